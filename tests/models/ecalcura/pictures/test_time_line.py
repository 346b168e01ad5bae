"""The time line of an employee."""
import datetime

from models.ecalcura.contracts import terms
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.people.employees import Employee
from models.ecalcura.pictures import time_line
from models.ecalcura.pictures.time_line import CHOICE, CONTRACT, REPLACED, REPLACES, Bar, Lane
from tests.models.ecalcura.cast import employee
from tests.models.ecalcura.with_hours import choice, contract, replacement

DAY = datetime.date
NOW = DAY(2026, 11, 29)


def line(of):
    contracts = list(Contract.of(of))
    return time_line.of(of.person.born, contracts, terms.by_contract([one.id for one in contracts]), Choice.of(of),
                        Replacement.of(of), Replacement.replacing(of), NOW)


def test_a_nurse_has_lanes_for_contract_choices_and_those_who_replace_her(home):
    an = employee(home, born=DAY(1970, 3, 14))
    contract(an, start=DAY(2020, 9, 1), hours=1900, terms=[(DAY(2026, 11, 16), 3800)])
    choice(an, "premium", 45, DAY(2020, 9, 1), DAY(2021, 12, 31))
    choice(an, "exemption", 50, DAY(2020, 9, 1))
    helper = replacement(home, replaces=an, hours=100, start=DAY(2026, 1, 1), until=DAY(2026, 12, 31))
    assert line(an) == (DAY(2020, 1, 1), DAY(2027, 12, 31), [
        Lane(CONTRACT, ("entitled", "VPK"), [
            Bar(DAY(2020, 9, 1), DAY(2026, 11, 15), 1900, 3800), Bar(DAY(2026, 11, 16), None, 3800, 3800)]),
        Lane(CHOICE, (45, "premium"), [Bar(DAY(2020, 9, 1), DAY(2021, 12, 31))]),
        Lane(CHOICE, (50, "exemption"), [Bar(DAY(2020, 9, 1), None)]),
        Lane(REPLACED, (helper.employee_id,), [Bar(DAY(2026, 1, 1), DAY(2026, 12, 31), 100)]),
    ], {45: DAY(2015, 3, 1), 50: DAY(2020, 3, 1), 55: DAY(2025, 3, 1)})


def test_a_replacement_has_a_lane_for_whom_they_replace_and_no_steps(home):
    row = replacement(home, hours=400)
    drawn = line(Employee.get_by_id(row.employee_id))
    assert drawn.lanes[1] == Lane(REPLACES, (None,), [Bar(row.start, None, 400)])
    assert drawn.steps == {}


def test_an_old_contract_begins_twelve_years_ago_in_the_picture_and_keeps_its_days(home):
    an = employee(home)
    contract(an, start=DAY(1995, 5, 1), until=DAY(2060, 12, 31))
    drawn = line(an)
    assert (drawn.first, drawn.last) == (DAY(2014, 1, 1), DAY(2029, 12, 31))
    assert drawn.lanes[0].bars[0].first == DAY(1995, 5, 1)


def test_without_a_contract_there_is_no_time_line(home):
    assert line(employee(home)) is None
