"""Downloads of the staff of a facility."""
import pytest

from models.ecalcura.people.number_looks import NumberLook
from tests.models.ecalcura.cast import contract, employee, number_of
from tests.page import text_of

OWN = "/ecalcura/990001/trimesters/2026/1/staff.xlsx"
AT_DESK = "/ecalcura/desk/facilities/990001/staff/export"
NUMBER = number_of()


@pytest.fixture
def staffed(home):
    contract(employee(home.facility, NUMBER))
    return home


def test_a_facility_downloads_its_own_staff_from_the_trimester(page, staffed):
    page.sign_in(staffed.privacy)
    link = next(one for one in page.get("/ecalcura/990001/trimesters/2026/1").select("main a, .page-head a")
                if text_of(one) == "Personeel downloaden")
    page.get(link["href"])
    assert page.response.data.startswith(b"PK")
    assert page.response.headers["Content-Disposition"] == (
        'attachment; filename="personeel-990001-2026-trimester-1.xlsx"')
    page.get("/ecalcura/990001/trimesters/2031/1/staff.xlsx", 404)
    page.sign_in(staffed.financial)
    page.get(OWN, 403)


def test_the_desk_downloads_it_and_whole_numbers_ask_for_a_reason(page, staffed, desk):
    page.sign_in(desk.dossier)
    soup = page.post(AT_DESK, {"trimester": "2026/1", "whole": "y", "reason": ""}, 422)
    assert soup.select_one("#reason-error")
    assert soup.select_one("#whole").has_attr("checked")
    page.post(AT_DESK, {"trimester": "2026/1", "reason": ""}, 200)
    assert page.response.data.startswith(b"PK")
    assert not NumberLook.select().exists()
    page.post(AT_DESK, {"trimester": "2026/1", "whole": "y", "reason": "Vraag van de voorziening"}, 200)
    assert page.response.data.startswith(b"PK")
    assert NumberLook.select().count() == 1
    page.sign_in(desk.calculator)
    page.get(AT_DESK, 403)
