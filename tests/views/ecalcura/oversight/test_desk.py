"""'Toezicht' at the desk."""
import datetime

import pytest

from models.ecalcura.people.lookups import Lookup
from models.ecalcura.roles import PRIVACY
from tests.models.ecalcura.cast import contract, employee, facility, number_of, opened, somebody
from tests.page import text_of

BASE = "/ecalcura/desk/oversight"
ELSEWHERE = f"{BASE}/elsewhere"
BORN = datetime.date(1970, 3, 14)
at = datetime.datetime.fromisoformat


@pytest.fixture
def both(home, clock):
    """Somebody who works full-time in one facility and half-time in another."""
    clock(at("2026-11-29 12:00:00"))
    opened(number=2)
    other = facility("990002", name="De Beuk")
    for made, hours in ((home.facility, 3800), (other, 1900)):
        contract(employee(made, number_of(BORN)), hours=hours)
    return other


def test_the_desk_sees_who_also_works_elsewhere_and_the_facilities_do_not(page, home, desk, both):
    """A26."""
    page.sign_in(desk.dossier)
    [row] = page.get(ELSEWHERE).select("tbody tr")
    assert text_of(row.th) == "Test, Tweede"
    assert text_of(row.td) == "Ook elders: samen 57 uren op 01/10/2026. V31"
    assert [link["href"] for link in row.select("a")] == [
        "/ecalcura/desk/facilities/990001/staff/1", "/ecalcura/desk/facilities/990002/staff/2"]
    for account, own, other in ((home.privacy, "990001", "De Beuk"),
                                (somebody(both, PRIVACY, "Mia Thys"), "990002", "De Linde")):
        page.sign_in(account)
        for path in ("", "/staff", "/trimesters/2026/2", f"/staff/{1 if own == '990001' else 2}"):
            page.get(f"/ecalcura/{own}{path}")
            assert other not in page.response.text
            assert "Ook elders" not in page.response.text


def test_another_trimester_is_chosen_and_one_that_is_not_there_is_the_present_one(page, desk, both):
    opened(number=1)
    page.sign_in(desk.dossier)
    soup = page.get(f"{ELSEWHERE}?trimester=2026/1")
    assert soup.select_one("option[selected]")["value"] == "2026/1"
    assert page.get(f"{ELSEWHERE}?trimester=weg").select_one("option[selected]")["value"] == "2026/2"


def test_without_anybody_or_without_a_trimester_the_page_says_so(page, desk):
    page.sign_in(desk.dossier)
    assert "Niemand werkt in dit trimester" in text_of(page.get(ELSEWHERE).main)
    assert "Elke opzoeking leidde tot een contract." in text_of(page.get(BASE).main)


def test_the_answers_of_the_registers_stand_by_day_without_a_number(page, home, desk, clock):
    clock(at("2026-11-29 12:00:00"))
    number = number_of(BORN)
    Lookup.create(facility_id=home.facility.id, account_id=home.privacy.id, purpose="contract", answer="found",
                  number_hash=b"-" * 32)
    page.sign_in(desk.dossier)
    soup = page.get(BASE)
    [row] = soup.select("section[aria-labelledby=lookups] tbody tr")
    assert [text_of(cell) for cell in row.select("th, td")] == ["29/11/2026", "1", "0", "0", "0", "0"]
    [line] = soup.select("#list tbody tr")
    assert [text_of(cell) for cell in line.select("th, td")] == [
        "29/11/2026 13:00", "Woonzorgcentrum De Linde", "piet@voorbeeld.be", "niet ingevoerd"]
    assert number not in page.response.text


def test_a_calculator_sees_none_of_it(page, desk):
    page.sign_in(desk.calculator)
    for path in (BASE, ELSEWHERE):
        page.get(path, 403)
