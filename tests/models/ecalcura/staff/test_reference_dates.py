"""The employees who wait for a date of the desk, because the register has no full birth date."""
import datetime

import pytest

from models.ecalcura.checks import checks
from models.ecalcura.people import changes
from models.ecalcura.staff import reference_dates
from tests.models.ecalcura.cast import at_desk, contract, employee, facility

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture(autouse=True)
def _with_checks():
    changes.follow(checks.refresh)


def waiting():
    return [(one.facility.hco, one.employee_id, one.person.name) for one in reference_dates.waiting()]


def test_an_entitled_employee_without_birth_date_waits_until_the_desk_sets_one(home):
    undated, dated = employee(home, first="Zonder", family="Datum", born=None), employee(home)
    replacing = employee(home, born=None)
    elsewhere = employee(facility("990002", name="Aan Zee"), born=None)
    for one in (undated, dated, elsewhere):
        contract(one)
    # A replacement has no step.
    contract(replacing, role="replacement")
    assert waiting() == [("990002", elsewhere.id, "Tweede Test"), ("990001", undated.id, "Zonder Datum")]
    current = type(undated).get_by_id(undated.id)
    reference_dates.set_date(current, datetime.date(1970, 1, 1), at_desk(), current.version)
    assert waiting() == [("990002", elsewhere.id, "Tweede Test")]
    current = type(undated).get_by_id(undated.id)
    reference_dates.set_date(current, None, at_desk(name="tweede"), current.version)
    assert len(waiting()) == 2


def test_nobody_waits_of_whom_the_register_has_yet_to_answer(home):
    silent = employee(home, born=None)
    contract(silent)
    type(silent).update(register_state="silent").where(type(silent).id == silent.id).execute()
    assert waiting() == []
