"""People with contracts in several facilities who are above a full-time week (V31)."""
import datetime
from fractions import Fraction

import pytest

from models.ecalcura.oversight.elsewhere import above_full_time
from models.ecalcura.people.employees import CORRECTED, REPLACED, PastNumber
from models.ecalcura.people.index import hash_of
from models.ecalcura.trimesters.calendar import Trimester
from tests.models.ecalcura.cast import KBO, contract, employee, facility, number_of

BORN = datetime.date(1970, 3, 14)
FIRST, LAST, DAY = datetime.date(2026, 10, 1), datetime.date(2026, 12, 31), datetime.date(2026, 11, 16)


@pytest.fixture
def homes(cast):
    return facility("990001", name="De Linde"), facility("990002", name="De Beuk", kbo=KBO)


@pytest.fixture
def trimester(cast):
    return Trimester.get_or_make(2026, 2)


def of(trimester):
    """(day, hours, HCO numbers) of each."""
    return [(one.day, one.hours, [home.hco for _, home in one.people]) for one in above_full_time(trimester)]


def test_hours_in_two_facilities_are_counted_together_by_day(homes, trimester):
    """A26, at the desk: 19 and 19 are full-time; 30 from 16 November on are above it."""
    here, there = (employee(home, number_of(BORN)) for home in homes)
    own = contract(here, hours=1900)
    contract(there, hours=1900)
    assert of(trimester) == []
    own.change_hours(DAY, 3000, 3800, own.version)
    assert of(trimester) == [(DAY, Fraction(49), ["990001", "990002"])]
    assert of(Trimester.get_or_make(2026, 1)) == []


def test_contracts_that_follow_each_other_are_not_together(homes, trimester):
    here, there = (employee(home, number_of(BORN)) for home in homes)
    contract(here, until=DAY - datetime.timedelta(days=1))
    contract(there, start=DAY)
    assert of(trimester) == []


def test_the_same_person_twice_in_one_facility_is_that_facility_s_own_check(homes, trimester):
    here = employee(homes[0], number_of(BORN))
    contract(here, hours=1900)
    employee(homes[1], number_of(BORN))
    assert of(trimester) == []


def test_a_number_that_was_replaced_is_the_same_person_and_one_that_was_wrong_is_not(homes, trimester):
    """A27, at the desk: one facility has the bisnummer of before, the other the number that replaced it."""
    old, new = number_of(BORN, month_up=20), number_of(BORN)
    here, there = employee(homes[0], new), employee(homes[1], old)
    for owner in (here, there):
        contract(owner, hours=3000)
    assert of(trimester) == []
    past = PastNumber.create(employee_id=here.id, facility_id=homes[0].id, reason=REPLACED, number_hash=hash_of(old),
                             sealed=b"-")
    assert of(trimester) == [(FIRST, Fraction(60), ["990001", "990002"])]
    PastNumber.update(reason=CORRECTED).where(PastNumber.id == past.id).execute()
    assert of(trimester) == []


def test_full_time_weeks_of_different_length_are_compared_as_parts(homes, trimester):
    here, there = (employee(home, number_of(BORN)) for home in homes)
    contract(here, hours=2000, full_time=4000)
    contract(there, hours=1900, full_time=3800)
    assert of(trimester) == []
