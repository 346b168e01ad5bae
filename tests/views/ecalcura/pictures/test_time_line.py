"""The time line on an employee's page: the picture, its sentence, and the table under it."""
import datetime

import pytest

from tests.models.ecalcura.cast import employee
from tests.models.ecalcura.with_hours import choice, contract, replacement
from tests.page import text_of

DAY = datetime.date


@pytest.fixture
def an(home):
    """A nurse of 56 whose hours doubled on 16 November 2026, with two choices; two of her hours are replaced."""
    made = employee(home.facility, born=DAY(1970, 3, 14), first="An", family="Zeker")
    contract(made, start=DAY(2022, 1, 1), hours=1900, terms=[(DAY(2026, 11, 16), 3800)])
    choice(made, "premium", 45, DAY(2022, 1, 1))
    choice(made, "exemption", 50, DAY(2022, 1, 1), DAY(2026, 12, 31))
    return made


@pytest.fixture
def helper(home, an):
    """The colleague's contract."""
    return replacement(home.facility, "Midden", "Bert", replaces=an, hours=200, start=DAY(2026, 1, 1))


def line(officer, employee_id):
    return officer.get(f"/ecalcura/990001/staff/{employee_id}").select_one("section[aria-labelledby=time-line]")


@pytest.mark.usefixtures("helper")
def test_the_table_has_contract_hours_steps_choices_and_replacements_by_day(officer, an):
    rows = [[text_of(cell) for cell in row.select("th, td")] for row in line(officer, an.id).select("tbody tr")]
    assert rows == [
        ["Stap van 45 jaar", "vanaf 01/03/2015", "–"],
        ["Stap van 50 jaar", "vanaf 01/03/2020", "–"],
        ["Gerechtigde, verpleegkundige", "01/01/2022 – 15/11/2026", "19 van 38"],
        ["Premie voor 45 jaar", "vanaf 01/01/2022", "–"],
        ["Vrijstelling voor 50 jaar", "01/01/2022 – 31/12/2026", "–"],
        ["Stap van 55 jaar", "vanaf 01/03/2025", "–"],
        ["Vervangen door Bert Midden", "vanaf 01/01/2026", "2"],
        ["Gerechtigde, verpleegkundige", "vanaf 16/11/2026", "38 van 38"]]


@pytest.mark.usefixtures("helper")
def test_the_picture_draws_hours_as_height_and_each_kind_in_its_own_way(officer, an):
    svg = line(officer, an.id).select_one("svg[role=img]")
    assert [(bar["class"][0], bar["height"]) for bar in svg.select("rect")] == [
        ("axis", "24"), ("a", "12"), ("axis", "24"), ("a", "24"), ("open", "14"), ("a", "14"), ("over", "14")]
    assert svg.rect["x"] == "0%"
    last = svg.select("rect")[3]
    assert float(last["x"].rstrip("%")) + float(last["width"].rstrip("%")) == pytest.approx(100, abs=.01)
    texts = [text_of(text) for text in svg.select("text")]
    assert texts[:6] == ["2022", "2023", "2024", "2025", "2026", "2027"]
    assert "Dagen voor 2022 staan alleen in de tabel." in text_of(line(officer, an.id))
    assert texts[6:8] == ["55 jaar", "vandaag"]
    assert "Vervangen door Bert Midden, 2 uur per week vanaf 01/01/2026" in text_of(svg.title)


def test_somebody_who_replaces_has_the_name_of_the_replaced_employee_and_no_steps(officer, helper):
    section = line(officer, helper.employee_id)
    assert "Vervangt An Zeker, 2 uur per week" in text_of(section.svg.title)
    assert "staan alleen in de tabel" not in text_of(section)
    assert "Stap van" not in text_of(section)


def test_the_pool_has_a_lane_too_and_without_a_contract_there_is_no_time_line(officer, home):
    pool = replacement(home.facility, hours=400)
    assert "Vervangt de pool van de voorziening" in text_of(line(officer, pool.employee_id).svg)
    assert line(officer, employee(home.facility).id) is None


def test_a_long_name_takes_a_second_line(officer, home, an):
    replacement(home.facility, "Van der Langenakker-Vandenbroucke", "Marie", replaces=an, hours=250)
    texts = [text_of(text) for text in line(officer, an.id).select("svg text.bold")]
    assert texts[-3:] == ["Vervangen door Marie Van der", "Langenakker-Vandenbroucke, 2,5 uur", "per week"]
