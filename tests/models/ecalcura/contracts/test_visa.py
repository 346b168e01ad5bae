"""The check of a qualification with eCad: its answers, again while it is silent, and nightly."""
import datetime

import pytest

from models.database import now, today
from models.ecalcura.contracts import visa
from models.ecalcura.contracts.contracts import Contract
from tests.factories import days
from tests.models.ecalcura.cast import contract, employee, number_of, opened

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture
def number(registers):
    """The number of somebody whom the registers know, without a visum."""
    return registers.has(number_of())


@pytest.fixture
def nurse(home, number):
    return employee(home, number)


@pytest.mark.parametrize(("codes", "state", "found"), [
    ({"VPK": None}, "in_order", {}),
    ({"VPK": 0}, "in_order", {}),
    ({"VPK": -1, "ZKD": None}, "expired", {"expired_on": -1}),
    ({"ZKD": None, "KIN": None}, "other", {"codes": ["KIN", "ZKD"]}),
    ({}, "no_visa", {}),
])
def test_an_answer_of_ecad_is_kept_with_the_contract(nurse, number, registers, codes, state, found):
    """A9."""
    registers.visas[number] = {code: until if until is None else days(until) for code, until in codes.items()}
    made = visa.check(contract(nurse, days(-90)))
    expected = {name: days(value) if name == "expired_on" else value for name, value in found.items()}
    assert (made.qualification_state, made.found, made.version) == (state, expected, 1)


def test_a_social_worker_needs_no_visum(home, registers):
    registers.silent = True
    made = visa.check(contract(employee(home), qualification="MAS"))
    assert made.qualification_state == "not_applicable"


def test_of_a_contract_that_ended_its_last_day_counts(nurse, number, registers):
    registers.visas[number] = {"VPK": days(-31)}
    made = contract(nurse, days(-90), days(-31))
    assert visa.check(made).qualification_state == "in_order"
    assert visa.day_of(days(10), None) == days(10)


def test_a_silent_ecad_is_asked_again_after_growing_pauses(nurse, registers, clock):
    """V12: five tries, then daily; the earlier answer stays."""
    registers.silent = True
    made, moment = contract(nurse), now()
    visa.retry()
    for minutes in (1, 5, 30, 120, 1440, 1440):
        moment += datetime.timedelta(minutes=minutes)
        clock(moment - datetime.timedelta(seconds=1))
        assert not visa.due()
        clock(moment)
        assert visa.retry() == 0
    assert Contract.get_by_id(made.id).qualification_tries == 7


def test_when_ecad_answers_again_the_contract_is_checked(nurse, number, registers, clock):
    """A8."""
    registers.silent = True
    made = visa.check(contract(nurse))
    assert (made.qualification_state, made.qualification_tries) == ("unchecked", 1)
    registers.silent = False
    registers.visas[number] = {"VPK": None}
    clock(now() + datetime.timedelta(minutes=2))
    assert visa.retry() == 1
    made = Contract.get_by_id(made.id)
    assert (made.qualification_state, made.qualification_tries) == ("in_order", 0)
    assert not visa.due()


def test_contracts_in_open_trimesters_are_checked_each_night(nurse, number, registers, clock):
    opened()
    registers.visas[number] = {"VPK": None}
    made = visa.check(contract(nurse, datetime.date(2026, 7, 1)))
    ended = visa.check(contract(nurse, datetime.date(2024, 1, 1), datetime.date(2024, 2, 1), qualification="ZKD"))
    clock(now() + datetime.timedelta(hours=21))
    assert [row.id for row in visa.due()] == [made.id]
    registers.visas[number] = {}
    visa.retry()
    assert Contract.get_by_id(made.id).qualification_state == "no_visa"
    registers.silent = True
    clock(now() + datetime.timedelta(hours=21))
    visa.retry()
    assert Contract.get_by_id(made.id).qualification_state == "no_visa"
    assert ended.until < today()


def test_an_answer_about_an_earlier_qualification_is_dropped(nurse, number, registers):
    registers.visas[number] = {"VPK": None}
    made = contract(nurse)
    made.change(**made.values._asdict() | {"qualification": "ZKD"}, version=1)
    assert visa.check(made).qualification_state == "unchecked"


def test_a_contract_that_changes_its_qualification_is_due_at_once(nurse, number, registers):
    registers.visas[number] = {"VPK": None}
    made = visa.check(contract(nurse))
    made.change(**made.values._asdict() | {"qualification": "ZKD"}, version=1)
    assert [row.id for row in visa.due()] == [made.id]
