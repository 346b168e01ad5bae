"""The place of a postcode: its province or region, in Python and in SQL."""
import datetime

import peewee
import pytest

from models.arbeidszorg.register.places import LABELS, place_in_sql, place_of
from models.database import database

TODAY = datetime.date(2026, 3, 10)
# The first and the last postcode of each range in docs/domain.md.
PLACES = {
    "1000": "Brussel", "1299": "Brussel", "1300": "Waals-Brabant", "1499": "Waals-Brabant", "1500": "Vlaams-Brabant",
    "1999": "Vlaams-Brabant", "2000": "Antwerpen", "2069": "Antwerpen", "2071": "Antwerpen", "2999": "Antwerpen",
    "3000": "Vlaams-Brabant", "3499": "Vlaams-Brabant", "3500": "Limburg", "3999": "Limburg",
    "4000": "Buiten Vlaanderen", "7999": "Buiten Vlaanderen", "8000": "West-Vlaanderen", "8999": "West-Vlaanderen",
    "9000": "Oost-Vlaanderen", "9999": "Oost-Vlaanderen",
}


def test_each_postcode_has_the_place_of_the_table():
    assert {postcode: LABELS[place_of(postcode, TODAY)] for postcode in PLACES} == PLACES


def test_zwijndrecht_moved_to_oost_vlaanderen_on_1_january_2025():
    days = [datetime.date(2024, 12, 31), datetime.date(2025, 1, 1), TODAY]
    assert [place_of("2070", day) for day in days] == ["antwerpen", "oost-vlaanderen", "oost-vlaanderen"]


@pytest.mark.parametrize("answer", ["unknown", "none", "abroad", None])
def test_an_answer_that_is_not_a_postcode_stays_as_it_is(answer):
    assert place_of(answer, TODAY) == answer


@pytest.mark.parametrize("day", [datetime.date(2024, 12, 31), TODAY])
def test_the_database_gives_every_postcode_the_same_place(register, day):
    answers = [*map(str, range(1000, 10000)), "unknown", "none", "abroad", None]
    table = peewee.Table("typed_answer", ("answer",)).bind(database)
    database.execute_sql("CREATE TEMPORARY TABLE typed_answer (answer TEXT)")
    table.insert([{"answer": answer} for answer in answers]).execute()
    places = dict(table.select(table.answer, place_in_sql(table.answer, day)).tuples())
    assert places == {answer: place_of(answer, day) for answer in answers}
