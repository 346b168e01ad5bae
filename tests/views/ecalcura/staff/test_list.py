"""'Personeelsgegevens': the list, its filters, orders and pages, and the search that leaves no trace."""
import datetime

import pytest

from models.ecalcura.people.employees import Employee
from tests.models.ecalcura.cast import BORN, contract, employee, facility, number_of, opened
from tests.page import row_headers, text_of

STAFF = "/ecalcura/990001/staff"
LONG_SINCE = datetime.date(2010, 9, 1)


@pytest.fixture
def staff(home, registers):
    """Three employees: An is entitled, Bert replaces, Cis has no contract yet."""
    opened()
    an = employee(home.facility, number_of(BORN), "An", "Zeker")
    bert = employee(home.facility, first="Bert", family="Midden")
    employee(home.facility, first="Çis", family="Aerts")
    contract(an, LONG_SINCE, hours=1900)
    contract(bert, role="replacement", qualification="ZKD", until=datetime.date(2026, 3, 31))
    Employee.update(step=55, open_checks=0).where(Employee.id == an.id).execute()
    Employee.update(step=None, open_checks=0).where(Employee.id != an.id).execute()
    Employee.update(open_checks=2).where(Employee.id == bert.id).execute()
    return an


def rows(soup):
    return [text_of(row) for row in soup.select("#list tbody tr")]


def test_the_newest_are_first_with_masked_numbers(officer, staff):
    """A24."""
    soup = officer.get(STAFF)
    assert row_headers(soup) == ["Çis Aerts", "Bert Midden", "An Zeker"]
    number = staff.person.number
    assert rows(soup)[2] == f"An Zeker ••.••.••-•••.{number[-2:]} gerechtigde, verpleegkundige 55 jaar in orde"
    assert "vervanger, zorgkundige (tot 31/03/2026) – 2 te controleren" in rows(soup)[1]
    assert "geen contract" in rows(soup)[0]
    assert number not in officer.response.text


@pytest.mark.parametrize(("asked", "names"), [
    ("role=entitled", ["An Zeker"]),
    ("role=replacement", ["Bert Midden"]),
    ("step=55", ["An Zeker"]),
    ("step=50", []),
    ("incomplete=1", ["Bert Midden"]),
    ("sort=name", ["Çis Aerts", "Bert Midden", "An Zeker"]),
    ("sort=step", ["An Zeker", "Çis Aerts", "Bert Midden"]),
    ("sort=checks", ["Bert Midden", "Çis Aerts", "An Zeker"]),
    ("role=x&step=x&sort=x&page=x", ["Çis Aerts", "Bert Midden", "An Zeker"]),
    ("role=entitled&incomplete=1", []),
])
def test_the_address_has_the_filters_and_the_order(officer, staff, asked, names):
    assert row_headers(officer.get(f"{STAFF}?{asked}")) == names


@pytest.mark.parametrize(("typed", "names"), [
    ("zek", ["An Zeker"]), ("cis", ["Çis Aerts"]), ("e", ["Çis Aerts", "Bert Midden", "An Zeker"]), ("xyz", []),
])
def test_somebody_is_found_by_a_part_of_the_name(officer, staff, typed, names):
    soup = officer.post(f"{STAFF}/find", {"text": typed}, 200, form=STAFF)
    assert row_headers(soup) == names
    assert soup.select_one("#text")["value"] == typed


def test_somebody_is_found_by_the_whole_number_only(officer, staff):
    number = staff.person.number
    assert row_headers(officer.post(f"{STAFF}/find", {"text": number}, 200, form=STAFF)) == ["An Zeker"]
    soup = officer.post(f"{STAFF}/find", {"text": number[:6]}, 200, form=STAFF)
    assert "Geen medewerker met dit nummer. Typ alle 11 cijfers." in text_of(soup)


def test_a_page_has_25_employees(officer, home):
    for place in range(27):
        employee(home.facility, first="Nr", family=f"{place:02}")
    soup = officer.get(STAFF)
    assert len(rows(soup)) == 25
    assert "1–25 van 27 medewerkers" in text_of(soup)
    soup = officer.get(f"{STAFF}?sort=name&page=2")
    assert row_headers(soup) == ["Nr 25", "Nr 26"]
    assert [link["href"] for link in soup.select("nav.pages a[rel=prev]")] == [f"{STAFF}?sort=name"]
    assert row_headers(officer.partial(f"{STAFF}?page=99")) == ["Nr 01", "Nr 00"]


def test_an_empty_list_says_who_belongs_in_it(officer):
    text = text_of(officer.get(STAFF).main)
    assert "Er staan nog geen medewerkers in je lijst." in text
    assert "gerechtigden" in text


def test_the_employees_of_another_facility_are_not_there(officer, staff):
    """A26."""
    other = facility("990002", name="De Brug")
    stranger = employee(other, staff.person.number, "Nooit", "Gezien")
    assert "Gezien" not in text_of(officer.get(STAFF))
    soup = officer.post(f"{STAFF}/find", {"text": staff.person.number}, 200, form=STAFF)
    assert row_headers(soup) == ["An Zeker"]
    for path in ("", "/number/correct", "/contracts/new", "/choices/new"):
        officer.get(f"{STAFF}/{stranger.id}{path}", 404)


def test_a_colleague_without_the_role_reads_which_one_is_missing(page, home, staff):
    """A2."""
    for account in (home.financial, home.ann):
        page.sign_in(account)
        for path in (STAFF, f"{STAFF}/new", f"{STAFF}/{staff.id}"):
            assert "‘Beheer privacygevoelige gegevens’" in text_of(page.get(path, 403).main)
        assert "Personeelsgegevens" not in text_of(page.get("/ecalcura/990001"))
