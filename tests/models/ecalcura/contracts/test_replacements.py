"""Replacements: of whom, and within which days."""
import datetime

import pytest

from models.ecalcura.contracts import days
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.replacements import Replacement, exempt_spans, rights_of
from models.errors import Refused, Stale
from tests.models.ecalcura.cast import contract, employee, exempt, facility, submitted

pytestmark = pytest.mark.usefixtures("register")
JULY, SEPTEMBER, OCTOBER = datetime.date(2026, 7, 1), datetime.date(2026, 9, 30), datetime.date(2026, 10, 1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def nurse(home):
    """A nurse with exemption from July on, whose contract has no end."""
    made = employee(home)
    contract(made, JULY - 90 * DAY)
    exempt(made, 45, JULY)
    return made


@pytest.fixture
def replacing(home):
    """The contract of somebody who replaces, from June on."""
    return contract(employee(home), JULY - 30 * DAY, role="replacement", qualification="ZKD", hours=1000)


def refused(action, *arguments, **values):
    with pytest.raises(Refused) as error:
        action(*arguments, **values)
    return error.value


def test_exempt_hours_are_replaced(nurse, replacing):
    made = Replacement.add(replacing, nurse.id, 150, JULY, OCTOBER, JULY - DAY)
    rights = rights_of(nurse, list(Contract.of(nurse)), list(Choice.of(nurse)), [made])
    mean = days.mean_over(rights, JULY, SEPTEMBER)
    assert (mean.exempt, mean.financed, mean.open) == (2, days.Fraction(3, 2), days.Fraction(1, 2))


def test_a_replacement_without_an_end_lasts_as_long_as_its_contract(home, nurse):
    ending = contract(employee(home), JULY, OCTOBER, role="replacement")
    assert Replacement.add(ending, nurse.id, 150, JULY).until == OCTOBER


def test_neither_a_replacement_nor_oneself_nor_somebody_with_premium_is_replaced(home, nurse, replacing):
    """V17."""
    chosen = employee(home)
    contract(chosen, JULY, hours=1900)
    exempt(chosen, 45, JULY, kind="premium")
    other = contract(employee(home), JULY, role="replacement")
    stranger = employee(facility("990002"))
    for replaced in (chosen.id, other.employee_id, replacing.employee_id, stranger.id, 999_999):
        assert refused(Replacement.add, replacing, replaced, 150, JULY).code == "replaced_not_exempt"


def test_a_replacement_is_within_the_right_of_the_exempt_employee(home, nurse, replacing):
    """V18."""
    error = refused(Replacement.add, replacing, nurse.id, 150, JULY - DAY)
    assert (error.code, error.context["first"], error.context["last"]) == ("replacement_outside", JULY, None)
    Contract.of(nurse).get().end(OCTOBER, 1)
    error = refused(Replacement.add, replacing, nurse.id, 150, JULY)
    assert (error.code, error.context["last"]) == ("replacement_outside", OCTOBER)
    Replacement.add(replacing, nurse.id, 150, JULY, OCTOBER)


def test_a_replacement_is_within_its_own_contract(nurse, home):
    """V18."""
    ending = contract(employee(home), JULY, SEPTEMBER, role="replacement")
    error = refused(Replacement.add, ending, nurse.id, 150, JULY, OCTOBER)
    assert (error.code, error.context["last"]) == ("replacement_outside", SEPTEMBER)


def test_a_right_begins_with_the_step_and_goes_on_over_contracts_that_touch(home):
    nurse = employee(home, born=datetime.date(1981, 8, 9))
    contract(nurse, JULY, SEPTEMBER)
    contract(nurse, OCTOBER)
    exempt(nurse, 45, datetime.date(2026, 8, 1))
    assert exempt_spans(nurse) == [(datetime.date(2026, 8, 1), None)]


def test_while_the_register_is_silent_somebody_with_exemption_is_replaced(home, replacing):
    unknown = employee(home, born=None)
    contract(unknown, JULY)
    assert exempt_spans(unknown) == []
    exempt(unknown, 45, JULY)
    assert Replacement.add(replacing, unknown.id, 150, JULY).replaced_id == unknown.id


def test_only_a_replacement_contract_replaces(home, nurse):
    entitled = contract(employee(home), JULY)
    assert refused(Replacement.add, entitled, nurse.id, 150, JULY).code == "no_replacement_contract"


def test_the_pool_has_no_right_to_stay_within(replacing):
    assert Replacement.add(replacing, None, 150, JULY - 30 * DAY).replaced_id is None


def test_a_replacement_changes_with_its_version(nurse, replacing):
    made = Replacement.add(replacing, nurse.id, 150, JULY)
    changed = made.change(nurse.id, 200, JULY, SEPTEMBER, JULY, 1)
    assert (changed.hours, changed.until, changed.act_on, changed.version) == (200, SEPTEMBER, JULY, 2)
    with pytest.raises(Stale) as stale:
        made.remove(1)
    assert stale.value.current.hours == 200
    made.remove(2)
    with pytest.raises(Stale) as stale:
        made.change(None, 200, JULY, None, None, 2)
    assert stale.value.current is None


def test_submitted_days_of_a_replacement_stay(home, nurse, replacing):
    """V33."""
    made = Replacement.add(replacing, nurse.id, 150, JULY)
    submitted(home)
    assert refused(made.change, nurse.id, 200, JULY, None, None, 1).code == "trimester_submitted"
    assert made.change(nurse.id, 150, JULY, SEPTEMBER, None, 1).until == SEPTEMBER


def test_a_form_that_is_sent_twice_makes_one_replacement(nurse, replacing):
    made = [Replacement.add(replacing, nurse.id, 150, JULY, form_key="a") for _ in range(2)]
    assert made[0].id == made[1].id
