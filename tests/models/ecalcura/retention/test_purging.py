"""Rows that were kept longer than their term are due, and the daily purge removes them once two people decided so."""
import datetime

import pytest

from models.audit import AuditEntry
from models.database import database
from models.ecalcura.calculations import counted
from models.ecalcura.calculations.counted import CountedSubmission
from models.ecalcura.communication import threads
from models.ecalcura.communication.threads import OF_DESK, OF_FACILITY, Message, Thread
from models.ecalcura.contracts import mergers
from models.ecalcura.deliveries.certificates import Certificate, CertificateFile
from models.ecalcura.deliveries.physicians import CraContract
from models.ecalcura.people.employees import Employee
from models.ecalcura.retention import due, listing, one_person, purges, terms
from models.ecalcura.retention.purges import Outcome, Purge
from models.ecalcura.retention.purging import purge
from models.ecalcura.roles import PRIVACY
from models.ecalcura.submissions import documents, snapshot
from models.ecalcura.submissions.submissions import Submission
from tests.hall import refusal
from tests.models.ecalcura.calculations.made import a_half_financed, published
from tests.models.ecalcura.cast import at_desk, contract, employee, facility, somebody, submitted
from tests.models.ecalcura.kept import BEGAN, DAY, ENDED, decide, deliveries, former, keep
from tests.models.ecalcura.submissions.snapshots import content, frozen
from tests.models.ecalcura.submissions.snapshots import employee as in_snapshot

pytestmark = pytest.mark.usefixtures("register", "registers")
at = datetime.datetime.fromisoformat
NOW = at("2026-11-29 12:00:00")
FIRST_KEPT = DAY(2021, 11, 29)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "purged-ecalcura.csv"


@pytest.fixture(autouse=True)
def now(clock):
    clock(NOW)


def due_of(term, before=FIRST_KEPT):
    return {facility_id: (one.rows, one.oldest) for facility_id, one in due.by_facility(term, before).items()}


def test_without_a_term_nothing_is_due(home):
    former(home)
    assert [one.rows for one in listing.overview()] == [0, 0, 0, 0]
    assert terms.first_kept("staff") is None
    assert refusal(lambda: purges.propose("staff", [home.id], at_desk())) == "no_term"


@pytest.mark.parametrize(("months", "first"), [
    (1, DAY(2026, 10, 29)), (12, DAY(2025, 11, 29)), (9, DAY(2026, 2, 28)), (11, DAY(2025, 12, 29))])
def test_a_term_counts_back_to_the_same_day_or_the_last_of_the_month(months, first):
    terms.use(staff=months)
    assert terms.first_kept("staff") == first


def test_an_employee_is_due_once_the_last_contract_ended_before_the_first_day_that_is_kept(home):
    one = former(home)
    assert due_of("staff", ENDED) == {}
    assert due_of("staff", ENDED + datetime.timedelta(days=1)) == {home.id: (1, ENDED)}
    contract(one, DAY(2016, 1, 1))
    assert due_of("staff") == {}


def test_an_employee_without_a_contract_is_due_from_the_day_of_being_added(home, clock):
    employee(home)
    assert due_of("staff") == {}
    assert due_of("staff", DAY(2026, 11, 30)) == {home.id: (1, None)}


def test_an_employee_in_a_submission_that_is_kept_is_not_due(home):
    former(home)
    submitted(home, 2014, 4)
    assert due_of("staff") == {}
    assert due_of("submissions") == {home.id: (1, DAY(2015, 6, 30))}


def test_an_employee_whose_contract_went_on_at_a_successor_is_not_due(home):
    successor = facility("990002")
    one = employee(home)
    contract(one, BEGAN)
    mergers.move_running(home, successor, DAY(2015, 7, 1))
    assert due_of("staff") == {}
    moved = Employee.of(successor).get()
    database.execute_sql(f"UPDATE contract SET until = '2016-01-01' WHERE employee_id = {moved.id}")
    assert due_of("staff") == {successor.id: (1, DAY(2016, 1, 1))}


def test_a_purge_takes_two_people_and_another_day(home, path):
    keep()
    one, first, second = former(home), at_desk(name="eerste"), at_desk(name="tweede")
    assert purges.propose("staff", [home.id], first) == Outcome(1)
    assert purges.propose("staff", [home.id], second) == Outcome(0)
    assert purges.approve("staff", [home.id], first) == Outcome(0, own=1)
    assert purge(path).rows == 0
    assert purges.approve("staff", [home.id], second) == Outcome(1)
    assert Employee.select().where(Employee.id == one.id).exists()
    assert purge(path).rows == 1
    assert not Employee.select().where(Employee.id == one.id).exists()
    assert Purge.get().state == "done"
    events = [(entry.event, entry.subject, entry.details.get("number")) for entry in
              AuditEntry.of_tenant(home.id).order_by(AuditEntry.id).where(AuditEntry.event.startswith("purge"))]
    assert events == [("purge-proposed", "staff", None), ("purge-confirmed", "staff", None), ("purged", "staff", 1)]


def test_a_purge_that_was_withdrawn_is_not_done(home, path):
    keep()
    former(home)
    decide(home, "staff")
    assert purges.withdraw("staff", [home.id], at_desk(name="derde")) == Outcome(1)
    assert purge(path).rows == 0
    assert due_of("staff") == {home.id: (1, ENDED)}


def test_an_employee_who_came_back_before_the_purge_is_kept(home, path):
    keep()
    one = former(home)
    decide(home, "staff")
    contract(one, DAY(2026, 1, 1))
    assert (purge(path).rows, Purge.get().state) == (0, "done")
    assert Employee.select().where(Employee.id == one.id).exists()


@pytest.mark.parametrize("months", [None, 240])
def test_a_term_that_became_longer_or_is_gone_counts_at_the_purge(home, path, months):
    keep()
    former(home)
    decide(home, "staff")
    terms.use(staff=months)
    assert purge(path).rows == 0


def test_a_purged_submission_keeps_its_hash_and_its_count_and_loses_all_else(home, path):
    keep()
    one = frozen(home, content(in_snapshot(7)), 2014, 4)
    counted.count(one)
    assert documents.make_missing() == 2
    decide(home, "submissions")
    assert purge(path).rows == 1
    after = Submission.get_by_id(one.id)
    assert (after.is_purged, after.sha256, after.number) == (True, one.sha256, 1)
    assert documents.kinds_of(after) == set()
    assert refusal(lambda: snapshot.content_of(after))
    assert CountedSubmission.one(one.id)
    assert (documents.make_missing(), counted.count_missing()) == (0, 0)
    assert due_of("submissions") == {}


def test_staff_follows_the_submissions_that_held_them_in_one_purge(home, path):
    keep()
    one = former(home)
    submitted(home, 2014, 4)
    decide(home, "submissions")
    assert purge(path).rows == 1
    decide(home, "staff")
    assert purge(path).rows == 1
    assert not Employee.select().where(Employee.id == one.id).exists()


def test_inzage_leaves_purged_submissions_out(home, path):
    keep()
    one = employee(home)
    contract(one, BEGAN)
    frozen(home, content(in_snapshot(one.id)), 2014, 4)
    decide(home, "submissions")
    purge(path)
    assert one_person.everything(home, one).submitted == []


@pytest.mark.usefixtures("mailing")
def test_messages_of_an_answered_question_are_purged_and_the_thread_begins_again(home, path, clock):
    clock(at("2015-11-29 12:00:00"))
    lies, desk = somebody(home, PRIVACY, "Lies Dok"), at_desk()
    a_half_financed(home)
    thread = Thread.about(home, published().id)
    threads.write(thread, "Waarom tellen ze niet mee?", 1, lies, OF_FACILITY)
    clock(NOW)
    keep()
    assert due_of("messages") == {}, "a question that waits for an answer"
    clock(at("2015-12-01 12:00:00"))
    threads.write(thread, "Ze zijn niet vervangen.", 2, desk, OF_DESK)
    clock(NOW)
    assert due_of("messages") == {home.id: (1, DAY(2015, 12, 1))}
    decide(home, "messages")
    assert purge(path).rows == 1
    assert Message.select().count() == 0
    again = Thread.get_by_id(thread.id)
    assert (again.state, again.version, again.is_answer_new) == ("open", 3, False)
    threads.write(again, "Nog een vraag", 3, lies, OF_FACILITY)


def test_files_of_certificates_and_physicians_are_purged_and_the_certificate_stays(home, path):
    keep()
    certificate, _ = deliveries(home)
    assert due_of("deliveries") == {home.id: (2, ENDED)}
    decide(home, "deliveries")
    assert purge(path).rows == 2
    assert CertificateFile.select().count() == CraContract.select().count() == 0
    assert Certificate.get().id == certificate.id


def test_nothing_of_another_facility_is_purged(home, path):
    keep()
    other = facility("990002")
    mine, theirs = former(home), former(other)
    decide(home, "staff")
    assert purge(path).rows == 1
    assert [one.id for one in Employee.select() if one.id in (mine.id, theirs.id)] == [theirs.id]


def test_each_table_that_refers_to_a_person_is_known_to_the_purge(register):
    """A new table must be added to models/ecalcura/retention/removing.py, and to these."""
    people = {"employee", "contract", "cra_contract"}
    found = {table for table in database.get_tables() for key in database.get_foreign_keys(table)
             if key.dest_table in people}
    assert found == {"choice", "contract", "irregular_work", "lookup", "number_look", "past_number", "performance_row",
                     "replacement", "terms"}
