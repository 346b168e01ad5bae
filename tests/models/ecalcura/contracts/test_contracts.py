"""Contracts that somebody changes: the rules between contracts, later hours, older versions, submitted trimesters."""
import datetime
import threading

import pytest

from models.audit import AuditEntry
from models.database import database, today
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract, Values
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.contracts.terms import Terms
from models.ecalcura.people import changes
from models.ecalcura.trimesters import reopening
from models.ecalcura.trimesters.calendar import Place
from models.ecalcura.trimesters.files import TrimesterFile
from models.errors import Refused, Stale
from tests.models.ecalcura.cast import contract, employee, exempt, facility, opened, submitted

pytestmark = pytest.mark.usefixtures("register")
# Trimester 1 of reference period 2026 is July to September 2026.
JULY, SEPTEMBER, OCTOBER = datetime.date(2026, 7, 1), datetime.date(2026, 9, 30), datetime.date(2026, 10, 1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def nurse(home):
    return employee(home)


def refused(action, *arguments, **values):
    with pytest.raises(Refused) as error:
        action(*arguments, **values)
    return error.value


def change(row, **values):
    """Change these values of a contract as it is now."""
    kept = row.values._asdict()
    return row.change(**kept | values, version=Contract.get_by_id(row.id).version)


def test_somebody_who_is_not_15_yet_has_no_contract(home):
    """V08."""
    young = employee(home, born=datetime.date(2010, 7, 2))
    assert refused(contract, young, datetime.date(2025, 7, 1)).code == "contract_start"
    contract(young, datetime.date(2025, 7, 2))


def test_an_overlap_names_the_other_contract(nurse):
    """V09, A10."""
    first = contract(nurse, JULY, SEPTEMBER, hours=1900)
    error = refused(contract, nurse, SEPTEMBER, hours=1900)
    assert (error.code, error.context["contract"].id, error.context["first"], error.context["last"]) == (
        "contract_overlap", first.id, JULY, SEPTEMBER)
    contract(nurse, OCTOBER)


def test_contracts_together_are_never_above_the_full_time_week(nurse):
    """V10: the first day on which they are is named."""
    contract(nurse, JULY, hours=2000)
    error = refused(contract, nurse, JULY - DAY, OCTOBER, role="replacement", hours=1801)
    assert (error.code, error.context["day"], error.context["total"], error.context["full_time"]) == (
        "hours_above_full_time", JULY, 3801, 3800)
    contract(nurse, JULY - DAY, OCTOBER, role="replacement", hours=1800)


def test_more_hours_from_a_later_day_on_count_with_the_other_contracts(nurse):
    other = contract(nurse, OCTOBER, role="replacement", hours=1900)
    own = contract(nurse, JULY, hours=1900)
    error = refused(own.change_hours, JULY + DAY, 1901, 3800, 1)
    assert (error.code, error.context["day"]) == ("hours_above_full_time", OCTOBER)
    change(other, hours=1899)
    own.change_hours(JULY + DAY, 1901, 3800, 1)


def test_two_at_once_never_get_above_the_full_time_week(nurse):
    """V10 in a race: two colleagues each add a contract that fits alone."""
    opened()
    start, results = threading.Barrier(2), []

    def add(role):
        try:
            start.wait(5)
            Contract.add(nurse, Values(role, "VPK", "statutair", JULY, None, 2000, 3800))
            results.append("added")
        except Refused as error:
            results.append(str(error.code))
        finally:
            database.close()

    threads = [threading.Thread(target=add, args=(role,)) for role in ("entitled", "replacement")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(results) == ["added", "hours_above_full_time"]


def test_a_change_of_hours_is_a_row_and_a_mistake_is_mended_in_it(nurse):
    made = contract(nurse, JULY, hours=1900)
    changed = made.change_hours(OCTOBER, 3800, 3800, 1)
    assert [(row.since, row.hours) for row in Terms.of([made.id])] == [(OCTOBER, 3800)]
    mended = made.change_hours(OCTOBER, 2850, 3800, changed.version)
    assert [(row.since, row.hours) for row in Terms.of([made.id])] == [(OCTOBER, 2850)]
    assert made.change_hours(JULY, 1000, 3800, mended.version).hours == 1000
    assert Contract.get_by_id(made.id).version == 4


def test_hours_change_within_the_days_of_the_contract(nurse):
    made = contract(nurse, JULY, SEPTEMBER)
    for since in (JULY - DAY, OCTOBER):
        assert refused(made.change_hours, since, 1900, 3800, 1).code == "terms_outside"


def test_an_earlier_end_takes_later_hours_away_and_ends_replacements(nurse):
    made = contract(nurse, JULY, role="replacement", hours=1900)
    made.change_hours(OCTOBER, 1000, 3800, 1)
    replacement = Replacement.add(made, None, 200, JULY)
    ended = made.end(SEPTEMBER, 2)
    assert (ended.until, list(Terms.of([made.id]))) == (SEPTEMBER, [])
    assert Replacement.get_by_id(replacement.id).until == SEPTEMBER


def test_an_earlier_end_is_refused_before_a_replacement_begins(nurse):
    made = contract(nurse, JULY, role="replacement")
    Replacement.add(made, None, 200, OCTOBER)
    assert refused(made.end, SEPTEMBER, 1).code == "replacement_outside"


def test_an_older_version_is_stale_and_both_are_there(nurse):
    """V32."""
    made = contract(nurse, JULY)
    made.end(SEPTEMBER, 1)
    with pytest.raises(Stale) as stale:
        made.change_hours(JULY, 1900, 3800, 1)
    assert (stale.value.current.until, stale.value.current.version) == (SEPTEMBER, 2)


def test_a_change_without_a_difference_is_no_new_version(nurse):
    made = contract(nurse, JULY)
    before = AuditEntry.select().count()
    assert (change(made).version, AuditEntry.select().count()) == (1, before)


def test_another_qualification_is_checked_again_and_needs_no_premium(nurse):
    """V13."""
    made = contract(nurse, JULY, until=SEPTEMBER)
    Contract.update(qualification_state="in_order").where(Contract.id == made.id).execute()
    choice = exempt(nurse, since=JULY, kind="premium")
    assert refused(change, made, qualification="ZKD").code == "premium_not_allowed"
    choice.change(45, "exemption", JULY, None, 1)
    assert change(made, qualification="ZKD").qualification_state == "unchecked"


def test_a_submitted_trimester_keeps_its_days(home, nurse):
    """V33, A17: a later end date is taken, an edit of submitted days is not."""
    made = contract(nurse, JULY, OCTOBER)
    submitted(home)
    error = refused(change, made, hours=1900)
    assert (error.code, error.context["number"]) == ("trimester_submitted", 1)
    assert refused(made.end, SEPTEMBER - DAY, 1).code == "trimester_submitted"
    assert refused(made.remove, 1).code in ("trimester_submitted", "row_submitted")
    assert made.end(None, 1).until is None
    assert made.end(SEPTEMBER, 2).until == SEPTEMBER
    made.end(None, 3)
    assert made.change_hours(OCTOBER, 1900, 3800, 4).version == 5


def test_a_contract_counts_from_the_first_step_on(home):
    """A nurse who turns 45 in October may be entered after July to September is submitted."""
    opened()
    submitted(home)
    contract(employee(home, born=datetime.date(1981, 10, 9)), JULY)
    error = refused(contract, employee(home, born=datetime.date(1981, 9, 9)), JULY)
    assert error.code == "trimester_submitted"


def test_the_trimesters_of_a_change_are_in_entry(home, nurse):
    opened(2026, 1)
    opened(2026, 2)
    made = contract(nurse, JULY, SEPTEMBER)
    assert [(file.trimester.number, file.state) for file in TrimesterFile.of(home)] == [(1, "entry")]
    made.end(OCTOBER, 1)
    assert [(file.trimester.number, file.state) for file in TrimesterFile.of(home)] == [(1, "entry"), (2, "entry")]


def test_a_row_that_was_submitted_is_never_deleted_and_a_new_one_is(home, nurse, clock):
    made = contract(nurse, JULY, hours=1900)
    submitted(home)
    reopening.reopen(home, Place(2026, 1), "Uren vergeten")
    assert refused(made.remove, 1).code == "row_submitted"
    clock(datetime.datetime.combine(today(), datetime.time(23)) + DAY)
    new = contract(nurse, JULY, qualification="ZKD", hours=1900)
    new.remove(1)
    assert [row.id for row in Contract.of(nurse)] == [made.id]


def test_a_contract_is_removed_with_its_parts(nurse):
    made = contract(nurse, JULY, role="replacement")
    made.change_hours(OCTOBER, 1900, 3800, 1)
    Replacement.add(made, None, 200, JULY)
    made.remove(2)
    assert [model.select().count() for model in (Contract, Terms, Replacement)] == [0, 0, 0]


def test_before_a_trimester_is_open_nothing_is_saved(home, nurse):
    """V24."""
    assert refused(Contract.add, nurse, Values("entitled", "VPK", "statutair", JULY, None, 1, 3800)).code == (
        "no_trimester_open")


def test_nothing_new_begins_in_a_facility_that_merged(nurse, home):
    made = contract(nurse, datetime.date(2020, 1, 1), datetime.date(2020, 6, 30))
    successor = facility("990002")
    type(home).update(successor_id=successor.id, merged_on=datetime.date(2021, 1, 1)).where(
        type(home).id == home.id).execute()
    assert refused(contract, nurse, datetime.date(2021, 1, 1)).code == "merged_away"
    made.end(datetime.date(2020, 12, 31), 1)


def test_others_hear_of_each_employee_that_changed(nurse, home, monkeypatch):
    heard = []
    monkeypatch.setattr(changes._State, "followers", [heard.extend])
    contract(nurse)
    exempt(nurse)
    by = contract(employee(home), role="replacement")
    heard.clear()
    Replacement.add(by, nurse.id, 200, today())
    assert sorted(heard) == sorted([nurse.id, by.employee_id])


def test_the_log_names_the_employee_by_id_and_the_fields(nurse):
    made = contract(nurse, JULY)
    change(made, hours=1900)
    Choice.add(nurse, 45, "exemption", JULY).remove(1)
    entries = [(row.event, row.subject, row.details) for row in AuditEntry.select().order_by(AuditEntry.id.desc())]
    assert entries[2] == ("contract-changed", str(nurse.id), {"contract": made.id, "fields": ["hours"]})
    assert [event for event, *_ in entries[:2]] == ["choice-deleted", "choice-added"]


def test_the_full_time_week_that_counts_may_change_when_a_contract_ends(nurse):
    """V10: 20 of 36 hours and 18 of 36 fit only beside a contract of a longer full-time week."""
    contract(nurse, JULY, SEPTEMBER, hours=100, full_time=4000, qualification="KIN")
    contract(nurse, JULY, hours=2000, full_time=3600)
    error = refused(contract, nurse, JULY, role="replacement", hours=1800, full_time=3600)
    assert (error.context["day"], error.context["total"], error.context["full_time"]) == (OCTOBER, 3800, 3600)
