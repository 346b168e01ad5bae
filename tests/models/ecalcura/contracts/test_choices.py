"""Choices for a step, and the declaration of a gelijkgestelde."""
import datetime

import pytest

from models.ecalcura.contracts import steps
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.irregular_work import IrregularWork, months_before
from models.errors import Refused, Stale
from tests.models.ecalcura.cast import contract, employee, exempt, submitted

pytestmark = pytest.mark.usefixtures("register")
# 45 on 20 September 2026: the step begins on the first of that month.
BORN = datetime.date(1981, 9, 20)
JULY, AUGUST, SEPTEMBER = (datetime.date(2026, month, 1) for month in (7, 8, 9))
DAY = datetime.timedelta(days=1)


@pytest.fixture
def nurse(home):
    made = employee(home, born=BORN)
    contract(made, JULY)
    return made


def refused(action, *arguments, **values):
    with pytest.raises(Refused) as error:
        action(*arguments, **values)
    return error.value


def test_a_choice_begins_on_the_first_day_of_its_step_or_later(nurse):
    """V15, A13."""
    error = refused(exempt, nurse, 45, SEPTEMBER - DAY)
    assert (error.code, error.context["step"], error.context["starts"]) == ("choice_early", 45, SEPTEMBER)
    assert exempt(nurse, 45, SEPTEMBER).kind == "exemption"


def test_the_setting_decides_the_first_day(nurse):
    steps.use(steps.BIRTHDAY)
    try:
        assert refused(exempt, nurse, 45, SEPTEMBER).context["starts"] == datetime.date(2026, 9, 20)
    finally:
        steps.use(steps.FIRST_OF_MONTH)


def test_of_a_step_there_is_one_choice_at_a_time(nurse):
    """V15."""
    first = exempt(nurse, 45, SEPTEMBER, SEPTEMBER + 9 * DAY)
    error = refused(exempt, nurse, 45, SEPTEMBER + 9 * DAY, kind="premium")
    assert (error.code, error.context["choice"].id, error.context["last"]) == (
        "choice_twice", first.id, SEPTEMBER + 9 * DAY)
    exempt(nurse, 45, SEPTEMBER + 10 * DAY, kind="premium")


def test_only_a_nurse_chooses_the_premium(home):
    """V13."""
    carer = employee(home)
    contract(carer, JULY, qualification="ZKD", hours=1900)
    assert refused(exempt, carer, 45, JULY, kind="premium").code == "premium_not_allowed"
    contract(carer, JULY, role="replacement", hours=1900)
    assert refused(exempt, carer, 45, JULY, kind="premium").code == "premium_not_allowed"
    exempt(carer, 45, JULY)


def test_without_a_full_birth_date_a_choice_is_kept_as_it_is(home):
    unknown = employee(home, born=None)
    contract(unknown, JULY)
    assert exempt(unknown, 45, JULY).since == JULY


def test_a_choice_of_submitted_days_stays_and_may_end_later(home):
    """V33."""
    nurse = employee(home)
    contract(nurse, JULY)
    made = exempt(nurse, 45, JULY)
    submitted(home)
    assert refused(made.change, 45, "premium", JULY, None, 1).code == "trimester_submitted"
    assert refused(made.remove, 1).code == "row_submitted"
    assert refused(exempt, nurse, 50, AUGUST).code == "trimester_submitted"
    ended = made.change(45, "exemption", JULY, datetime.date(2026, 9, 30), 1)
    with pytest.raises(Stale) as stale:
        made.change(45, "premium", JULY, None, 1)
    assert stale.value.current.version == ended.version == 2


def test_a_form_that_is_sent_twice_makes_one_choice(nurse):
    made = [Choice.add(nurse, 45, "exemption", SEPTEMBER, form_key="a") for _ in range(2)]
    assert made[0].id == made[1].id
    assert refused(Choice.add, nurse, 45, "premium", SEPTEMBER, form_key="a").code == "row_saved"


def test_the_last_day_is_not_before_the_first(nurse):
    assert refused(exempt, nurse, 45, SEPTEMBER, SEPTEMBER - DAY).code == "days_order"
    assert refused(exempt, nurse, 46, SEPTEMBER).code == "step_unknown"


def test_a_gelijkgestelde_declares_hours_of_the_24_months_before_the_month_of_the_birthday(nurse):
    """V16."""
    first, last = datetime.date(2024, 9, 1), datetime.date(2026, 8, 31)
    assert months_before(nurse, 45) == (first, last)
    for wrong in ((first - DAY, last), (first, last + DAY), (last, first)):
        assert refused(IrregularWork.declare, nurse, 45, *wrong).code == "irregular_work_days"
    IrregularWork.declare(nurse, 45, first, last)
    IrregularWork.declare(nurse, 45, first + DAY, last)
    assert [(row.step, row.first) for row in IrregularWork.of(nurse)] == [(45, first + DAY)]
