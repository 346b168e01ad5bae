import datetime

import peewee
import pytest

from models.arbeidszorg.register.places import LABELS, place_in_sql, place_of
from models.database import database

TODAY = datetime.date(2026, 3, 10)
# The edges of the table in docs/domain.md.
PLACES = {
    "1000": "Brussel", "1299": "Brussel", "1300": "Waals-Brabant", "1499": "Waals-Brabant", "1500": "Vlaams-Brabant",
    "1999": "Vlaams-Brabant", "2000": "Antwerpen", "2069": "Antwerpen", "2071": "Antwerpen", "2999": "Antwerpen",
    "3000": "Vlaams-Brabant", "3499": "Vlaams-Brabant", "3500": "Limburg", "3999": "Limburg",
    "4000": "Buiten Vlaanderen", "7999": "Buiten Vlaanderen", "8000": "West-Vlaanderen", "8999": "West-Vlaanderen",
    "9000": "Oost-Vlaanderen", "9999": "Oost-Vlaanderen",
}


def test_a_postcode_lies_in_the_province_of_the_table():
    assert {postcode: LABELS[place_of(postcode, TODAY)] for postcode in PLACES} == PLACES


def test_zwijndrecht_went_to_another_province_on_new_years_day_of_2025():
    days = [datetime.date(2024, 12, 31), datetime.date(2025, 1, 1), TODAY]
    assert [place_of("2070", day) for day in days] == ["antwerpen", "oost-vlaanderen", "oost-vlaanderen"]


@pytest.mark.parametrize("answer", ["unknown", "none", "abroad", None])
def test_what_is_no_postcode_stays_as_it_is(answer):
    assert place_of(answer, TODAY) == answer


@pytest.mark.parametrize("day", [datetime.date(2024, 12, 31), TODAY])
def test_the_database_says_the_same_of_every_postcode(register, day):
    answers = [*map(str, range(1000, 10000)), "unknown", "none", "abroad", None]
    table = peewee.Table("asked", ("answer",)).bind(database)
    database.execute_sql("CREATE TEMPORARY TABLE asked (answer TEXT)")
    table.insert([{"answer": answer} for answer in answers]).execute()
    found = dict(table.select(table.answer, place_in_sql(table.answer, day)).tuples())
    assert found == {answer: place_of(answer, day) for answer in answers}
