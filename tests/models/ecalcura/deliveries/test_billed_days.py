"""Billed days of a calendar year: saved, bounded, submitted as a version, and reopened by the desk."""
import datetime

import peewee
import pytest

from models.audit import AuditEntry
from models.database import database, transaction
from models.ecalcura.deliveries import billed_days, billed_reopening
from models.ecalcura.deliveries.billed_days import BilledDays, BilledVersion, BilledYear
from models.ecalcura.roles import FINANCIAL, PRIVACY
from tests.hall import mails, refusal
from tests.models.ecalcura.cast import facility, somebody

pytestmark = pytest.mark.usefixtures("register", "mailing")
REASON = "Dagen van juni vergeten"
at = datetime.datetime.fromisoformat


@pytest.fixture
def ibw(register, clock):
    """A facility for sheltered living with 20 recognised places."""
    clock(at("2026-11-29 12:00:00"))
    return facility("990003", kind="ibw", name="Beschut Wonen De Brug", places=20)


@pytest.fixture
def officer(ibw):
    """Somebody who enters its data."""
    return somebody(ibw, PRIVACY, "Lies Dok")


def save(ibw, first=100, second=200, year=2025, version=None, by=None):
    """Save the days of both parts, from the version that is stored."""
    version = version or BilledYear.at(ibw, year).version
    return billed_days.save_days(ibw, year, {(1, "days"): first, (2, "days"): second}, version, by)


def submit(ibw, officer, year=2025, declared=True):
    """Submit a year from the version that is stored."""
    return billed_days.submit_days(ibw, year, BilledYear.at(ibw, year).version, officer, declared)


@pytest.mark.parametrize(("year", "first"), [(2024, 182), (2025, 181)])
def test_each_recognised_place_counts_for_each_day_of_a_part(ibw, year, first):
    """A20, V28."""
    save(ibw, 20 * first, 20 * 184, year)
    assert BilledYear.at(ibw, year).days() == {(1, "days"): 20 * first, (2, "days"): 20 * 184}
    assert refusal(save, ibw, 20 * first + 1, 0, year) == "billed_most"
    assert refusal(save, ibw, 0, 20 * 184 + 1, year) == "billed_most"


@pytest.mark.parametrize(("year", "part", "most"), [(2024, 1, 3640), (2025, 1, 3620), (2100, 1, 3620), (2025, 2, 3680)])
def test_the_database_bounds_the_days_of_a_part_too(ibw, year, part, most):
    """A20: going round the application."""
    billed = BilledYear.get_or_make(ibw, year)
    BilledDays.create(billed_year_id=billed.id, part=part, field="days", days=most)
    with pytest.raises(peewee.IntegrityError, match="billed_days_most"), transaction():
        BilledDays.create(billed_year_id=billed.id, part=part, field="other", days=1)
    with pytest.raises(peewee.IntegrityError, match="billed_days_most"), transaction():
        BilledDays.update(days=most + 1).execute()


def test_a_facility_without_a_number_of_places_is_not_bounded(register):
    save(facility("990003", kind="ibw", name="Beschut Wonen De Brug"), 99_999)


def test_the_years_are_those_from_the_first_one_until_today_or_a_merger(ibw, home):
    assert billed_days.years(ibw) == [2026, 2025, 2024, 2023]
    assert billed_days.years(home) == []
    gone = facility("990004", kind="ibw", name="Huis Noord", successor_id=ibw.id, merged_on=datetime.date(2025, 1, 1))
    assert billed_days.years(gone) == [2024, 2023]


def test_a_year_is_submitted_once_it_is_over_and_filled_in_and_declared(ibw, officer, clock):
    save(ibw, second=None, year=2026)
    assert refusal(submit, ibw, officer, 2026) == "billed_early"
    clock(at("2026-12-31 23:30:00"))
    assert refusal(submit, ibw, officer, 2026) == "billed_empty"
    save(ibw, second=0, year=2026)
    assert refusal(submit, ibw, officer, 2026, False) == "not_declared"
    assert submit(ibw, officer, 2026) is True
    assert submit(ibw, officer, 2026) is False
    assert BilledVersion.select().count() == 1
    assert [entry.event for entry in AuditEntry.of_tenant(ibw.id)].count("billed-days-submitted") == 1


def test_a_submitted_year_is_frozen_also_round_the_application(ibw, officer):
    save(ibw)
    submit(ibw, officer)
    assert refusal(save, ibw, 1) == "billed_submitted"
    year = BilledYear.get()
    for change in (BilledDays.update(days=1), BilledDays.delete(),
                   BilledDays.insert(billed_year_id=year.id, part=1, field="other", days=1),
                   BilledVersion.update(content="{}"), BilledVersion.delete()):
        with pytest.raises(peewee.IntegrityError, match="frozen"), transaction():
            change.execute()
    with pytest.raises(peewee.IntegrityError, match="billed_year_unsubmitted"), transaction():
        BilledYear.create(facility_id=ibw.id, year=2024, state="submitted")


def test_a_reopened_year_is_changed_and_submitted_as_a_next_version(ibw, officer):
    somebody(ibw, FINANCIAL, "Jan Claes")
    save(ibw)
    submit(ibw, officer)
    billed_reopening.ask_to_reopen_days(ibw, 2025, f" {REASON}\n", officer)
    assert BilledYear.get().asked_reason == REASON
    billed_reopening.reopen_days(ibw, 2025, REASON)
    [(recipient, _, text)] = mails()
    assert recipient == "lies@voorbeeld.be"
    assert "2025" in text
    assert "juni" not in text
    save(ibw, first=150)
    submit(ibw, officer)
    assert [(one.number, one.days) for one in BilledYear.get().versions()] == [
        (2, {(1, "days"): 150, (2, "days"): 200}), (1, {(1, "days"): 100, (2, "days"): 200})]
    assert [entry.event for entry in AuditEntry.of_tenant(ibw.id).order_by(AuditEntry.id)][-5:] == [
        "billed-days-submitted", "billed-reopening-asked", "billed-days-reopened", "billed-days-changed",
        "billed-days-submitted"]


def test_a_version_keeps_the_places_and_the_labels_of_its_day(ibw, officer):
    save(ibw)
    submit(ibw, officer)
    assert BilledVersion.get().content == (
        '{"days":{"1":{"days":100},"2":{"days":200}},"fields":{"days":"Gefactureerde dagen"},"places":20,"year":2025}')


@pytest.mark.parametrize("reason", ["", "x" * 501])
def test_a_year_is_not_reopened_without_a_reason_or_before_it_is_submitted(ibw, officer, reason):
    assert refusal(billed_reopening.reopen_days, ibw, 2025, reason) == "reopen_reason"
    assert refusal(billed_reopening.reopen_days, ibw, 2025, REASON) == "billed_not_submitted"
    assert refusal(billed_reopening.ask_to_reopen_days, ibw, 2025, "Zie 57010100010", officer) == "text_number"


def test_the_same_days_once_more_change_nothing_and_an_older_form_is_refused(ibw):
    save(ibw)
    save(ibw, version=1)
    assert BilledYear.get().version == 2
    assert refusal(save, ibw, 5, 5, 2025, 1) == "stale"
    assert [entry.event for entry in AuditEntry.of_tenant(ibw.id)] == ["billed-days-changed"]


def test_the_desk_sees_how_far_each_facility_is_those_that_ask_first(ibw, officer, home):
    other = facility("990002", kind="ibw", name="Beschut Wonen Aster", places=5)
    save(ibw)
    submit(ibw, officer)
    assert [(one.facility.hco, one.state, str(one.submitted_on)) for one in billed_reopening.progress(2025)] == [
        (other.hco, "empty", "None"), (ibw.hco, "submitted", "2026-11-29")]
    billed_reopening.ask_to_reopen_days(ibw, 2025, REASON, officer)
    assert [one.asked_reason for one in billed_reopening.progress(2025)] == [REASON, ""]


def test_opening_the_form_of_a_year_makes_no_row(ibw):
    BilledYear.at(ibw, 2025)
    assert database.execute_sql("SELECT count(*) FROM billed_year").fetchone()[0] == 0
