"""'Vrijgesteld en vervangen': the picture, its sentence, and the table under it."""
import datetime

import pytest

from tests.models.ecalcura.cast import employee
from tests.models.ecalcura.with_hours import choice, contract, replacement
from tests.page import text_of

REPLACED = "/ecalcura/990001/trimesters/2026/replaced"
DAY = datetime.date


@pytest.fixture
def replaced(home):
    """A full-time nurse of 46 with two exempt hours; 3,5 hours replace them from 16 November 2026 on."""
    an = employee(home.facility, born=DAY(1980, 3, 14))
    contract(an)
    choice(an, "exemption")
    replacement(home.facility, replaces=an, hours=350, start=DAY(2026, 11, 16))


def table(soup):
    return [[text_of(cell) for cell in row.select("th, td")] for row in soup.select("main tbody tr")]


@pytest.mark.usefixtures("replaced")
def test_the_table_has_the_means_of_each_trimester_and_the_picture_draws_them(officer):
    soup = officer.get(REPLACED)
    assert table(soup) == [
        ["Trimester 1 (jul–sep 2026)", "2", "0,05", "0", "0", "0", "2", "0"],
        ["Trimester 2 (okt–dec 2026)", "2", "0,05", "1,75", "0,05", "1", "1", "0,75"],
        ["Trimester 3 (jan–mrt 2027)", "2", "0,05", "3,5", "0,09", "2", "0", "1,5"],
        ["Trimester 4 (apr–jun 2027)", "2", "0,05", "3,5", "0,09", "2", "0", "1,5"]]
    svg = soup.select_one("main .picture svg[role=img]")
    texts = [text_of(text) for text in svg.select("text")]
    assert texts[:3] == ["gefinancierd", "niet vervangen", "niet in deze financiering"]
    assert texts[6:9] == ["trimester 2 (okt–dec 2026)", "vrijgesteld 2", "vervangen 1,75"]
    assert "trimester 2 (okt–dec 2026) 2 vrijgesteld en 1,75 vervangen" in text_of(svg.title)


@pytest.mark.usefixtures("replaced")
def test_the_longest_bar_has_the_most_hours_and_its_parts_follow_each_other(officer):
    rects = officer.get(REPLACED).select("svg rect")[3:]
    assert [(rect["class"][0], rect["x"], rect["width"]) for rect in rects[-3:]] == [
        ("a", "0%", "31.429%"), ("a", "0%", "31.429%"), ("over", "31.429%", "23.571%")]


def test_without_hours_the_page_says_so_and_draws_nothing(officer):
    soup = officer.get(REPLACED)
    assert "In deze referentieperiode zijn er geen vrijgestelde en geen vervangen uren." in text_of(soup.main)
    assert soup.select("main svg") == []
    officer.get("/ecalcura/990001/trimesters/1999/replaced", 404)


def test_the_list_of_staff_and_indienen_lead_to_it(officer):
    for path in ("/ecalcura/990001/staff", "/ecalcura/990001/trimesters"):
        assert officer.get(path).select_one(f"main a[href='{REPLACED}']"), path
