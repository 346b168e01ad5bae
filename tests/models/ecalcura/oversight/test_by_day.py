"""The answers of the registers by day, and look-ups that led to no contract."""
import datetime

import pytest

from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.oversight import by_day
from models.ecalcura.people.lookups import Lookup
from models.ecalcura.roles import PRIVACY
from tests.models.ecalcura.cast import contract, employee, facility, somebody

at = datetime.datetime.fromisoformat


@pytest.fixture
def home(cast, clock):
    clock(at("2026-11-29 12:00:00"))
    return facility()


def looked_up(home, answer, made_at, **values):
    return Lookup.create(facility_id=home.id, answer=answer, made_at=at(made_at), number_hash=b"-" * 32,
                         **{"purpose": "contract", **values})


def test_a_day_is_that_of_brussels_and_each_answer_is_counted(home):
    looked_up(home, "found", "2026-11-28 23:30:00")
    looked_up(home, "found", "2026-11-28 22:30:00")
    looked_up(home, "silent", "2026-11-28 12:00:00")
    looked_up(home, "found", "2026-11-01 12:00:00")
    days = {one.day.isoformat(): one.numbers for one in by_day.lookups() if one.numbers}
    assert days == {"2026-11-29": {"found": 1}, "2026-11-28": {"found": 1, "silent": 1}}


def test_a_contract_counts_on_the_day_on_which_ecad_answered_last(home):
    made = contract(employee(home))
    Contract.update(qualification_state="no_visa", qualification_asked_at=at("2026-11-27 09:00:00")).where(
        Contract.id == made.id).execute()
    assert [(one.day.day, one.numbers) for one in by_day.qualifications() if one.numbers] == [(27, {"no_visa": 1})]


def test_a_look_up_without_a_contract_is_listed_and_a_number_that_nobody_has_is_not(home):
    officer = somebody(home, PRIVACY, "Piet Roels")
    owner, other = employee(home), employee(home)
    contract(owner)
    looked_up(home, "found", "2026-11-28 10:00:00", account_id=officer.id, employee_id=owner.id)
    looked_up(home, "not_found", "2026-11-28 10:01:00", account_id=officer.id)
    looked_up(home, "found", "2026-11-28 10:02:00", account_id=officer.id)
    looked_up(home, "found", "2026-11-28 10:03:00", account_id=officer.id, employee_id=other.id)
    looked_up(home, "found", "2026-11-28 10:04:00", purpose="retry")
    assert [(line.hco, line.email, line.employee_id) for line in by_day.WithoutContract().rows] == [
        ("990001", officer.email, other.id), ("990001", officer.email, None)]
