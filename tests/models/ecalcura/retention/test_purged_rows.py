"""The list outside the database repeats purges on a restored backup; the database keeps the rules of a purge."""
import datetime
import shutil
from types import SimpleNamespace

import peewee
import pytest

from models import names
from models.accounts.accounts import Account
from models.accounts.identities import Identity
from models.audit import AuditEntry
from models.database import connect, database, now, transaction
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.deliveries.certificates import CertificateFile
from models.ecalcura.people.employees import Employee
from models.ecalcura.people.number_looks import NumberLook
from models.ecalcura.retention import purges
from models.ecalcura.retention.due import EMPLOYEE, SUBMISSION, Due
from models.ecalcura.retention.purged_rows import Listed, PurgedRow, PurgedRows
from models.ecalcura.retention.purges import Outcome, Purge
from models.ecalcura.retention.purging import list_of, purge
from models.ecalcura.roles import PRIVACY
from models.ecalcura.submissions import documents
from models.ecalcura.submissions.documents import SubmissionDocument
from models.ecalcura.submissions.submissions import Submission
from models.upkeep.purged_lines import Register
from tests.factories import NAMES_KEY
from tests.models.ecalcura.cast import at_desk, contract, employee, facility, somebody
from tests.models.ecalcura.kept import decide, deliveries, former, keep
from tests.models.ecalcura.submissions.snapshots import content, frozen
from tests.models.ecalcura.submissions.snapshots import employee as in_snapshot

pytestmark = pytest.mark.usefixtures("register", "registers")
on_sqlite = pytest.mark.skipif("os.environ.get('DATABASE_URL')", reason="a backup of PostgreSQL is its own")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "purged-ecalcura.csv"


@pytest.fixture
def there(home):
    """A facility with a former employee whose number was looked at, and a submission with its documents."""
    keep()
    officer = somebody(home, PRIVACY, "Lies Dok")
    one = former(home, by=officer)
    submission = frozen(home, content(in_snapshot(one.id)), 2014, 4)
    documents.make_missing()
    return SimpleNamespace(home=home, employee=one, submission=submission)


@pytest.fixture
def backup(database_url, tmp_path):
    """Keeps a copy of the database, and puts it back."""
    path, copy = tmp_path / "register.db", tmp_path / "copy.db"

    class Backup:
        def keep(self):
            database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copy(path, copy)

        def restore(self):
            database.close()
            for end in ("-wal", "-shm"):
                (tmp_path / f"register.db{end}").unlink(missing_ok=True)
            shutil.copy(copy, path)
            connect(database_url)
            names.use(NAMES_KEY)

    return Backup()


def purge_all(there, path):
    """Purge the submission, then the employee that it held."""
    for term in ("submissions", "staff"):
        decide(there.home, term)
        purge(path)


def refuses(statement, rule):
    with pytest.raises(peewee.IntegrityError, match=rule), transaction():
        database.execute_sql(statement)


def test_the_list_is_beside_that_of_arbeidszorg(tmp_path):
    assert list_of(tmp_path / "purged.csv") == tmp_path / "purged-ecalcura.csv"


def test_a_line_has_no_more_than_numbers_and_moments(there, path):
    decide(there.home, "submissions")
    purge(path)
    [line] = path.read_text().splitlines()
    row = PurgedRow.get()
    assert line == (f"{Register.get().id};submission;{there.submission.id};{there.home.id};{there.submission.made_at};"
                    f"{row.purged_at}")


@on_sqlite
def test_a_restored_backup_is_purged_again(there, path, backup):
    deliveries(there.home)
    backup.keep()
    purge_all(there, path)
    decide(there.home, "deliveries")
    purge(path)
    backup.restore()
    assert Employee.select().where(Employee.id == there.employee.id).exists()
    done = purge(path)
    assert (done.rows, done.repeated, done.held) == (0, 4, 0)
    assert not Employee.select().where(Employee.id == there.employee.id).exists()
    assert Submission.get_by_id(there.submission.id).is_purged
    assert CertificateFile.select().count() == 0
    assert {one.purge_id for one in PurgedRow.select()} == {None}
    assert [entry.subject for entry in AuditEntry.select().where(AuditEntry.event == "purged-again").order_by(
        AuditEntry.id)] == ["submissions", "staff", "deliveries", "deliveries"]
    assert purge(path).repeated == 0


def test_another_row_with_the_same_id_is_not_purged(there, path):
    one = there.employee
    row = Due(EMPLOYEE, one.id, there.home.id, one.created_at - datetime.timedelta(seconds=1))
    with PurgedRows(path).open() as file:
        file.append([Listed(Register.get().id, row, now()),
                     Listed("f" * 32, row._replace(made_at=one.created_at), now())])
    done = purge(path)
    assert (done.repeated, done.held) == (0, 0)
    assert Employee.select().where(Employee.id == one.id).exists()


def test_a_row_that_another_row_needs_is_counted_and_stays(there, path):
    [own] = Contract.select().where(Contract.employee_id == there.employee.id)
    successor = contract(employee(facility("990002")))
    database.execute_sql(f"UPDATE contract SET taken_from = {own.id} WHERE id = {successor.id}")
    with PurgedRows(path).open() as file:
        file.append([Listed(Register.get().id, Due(EMPLOYEE, there.employee.id, there.home.id,
                                                   there.employee.created_at), now())])
    assert (purge(path).held, PurgedRow.select().count()) == (1, 0)
    assert Contract.select().where(Contract.id == own.id).exists()


def test_a_list_that_was_lost_is_written_again_and_damaged_lines_are_reported(there, path):
    decide(there.home, "submissions")
    purge(path)
    line = path.read_text()
    path.write_text("kapot")
    assert purge(path).unreadable == (1,)
    assert path.read_text() == f"kapot\n{line}"


def test_nothing_is_purged_if_the_list_cannot_be_written(there, tmp_path):
    decide(there.home, "submissions")
    with pytest.raises(OSError, match="none"):
        purge(tmp_path / "none" / "purged.csv")
    assert not Submission.get_by_id(there.submission.id).is_purged


def test_the_database_refuses_to_empty_or_change_a_submission_that_nobody_purges(there, path):
    one = there.submission.id
    with pytest.raises(peewee.IntegrityError, match="submission_is_frozen"), transaction():
        Submission.update(sealed=b"").where(Submission.id == one).execute()
    refuses(f"DELETE FROM submission_document WHERE submission_id = {one}", "submission_is_frozen")
    decide(there.home, "submissions")
    purge(path)
    refuses(f"UPDATE submission SET number = 2 WHERE id = {one}", "submission_is_frozen")
    refuses(f"DELETE FROM submission WHERE id = {one}", "submission_is_frozen")
    with pytest.raises(peewee.IntegrityError, match="submission_is_frozen"), transaction():
        Submission.update(sealed=b"x").where(Submission.id == one).execute()
    with pytest.raises(peewee.IntegrityError, match="submission_is_frozen"), transaction():
        SubmissionDocument.insert(submission=one, kind="pdf", sealed=b"x").execute()


def test_the_database_keeps_looks_and_files_of_what_nobody_purges(there):
    deliveries(there.home)
    refuses("DELETE FROM number_look", "number_look_is_kept")
    refuses("DELETE FROM certificate_file", "certificate_is_kept")
    assert NumberLook.select().exists()


def test_a_row_is_purged_in_a_confirmed_purge_of_its_kind_only(there):
    one = there.submission
    desk = at_desk()
    purges.propose("submissions", [there.home.id], desk)
    asked = Purge.get()
    values = {"kind": SUBMISSION, "row_id": one.id, "facility_id": there.home.id, "made_at": one.made_at,
              "purge_id": asked.id}
    for wrong in ({}, {"kind": "letter"}, {"purge_id": 10**6}):
        with pytest.raises(peewee.IntegrityError), transaction():
            PurgedRow.create(**values | wrong)
    purges.approve("submissions", [there.home.id], at_desk(name="tweede"))
    for wrong in ({"kind": EMPLOYEE}, {"facility_id": facility("990002").id}):
        with pytest.raises(peewee.IntegrityError), transaction():
            PurgedRow.create(**values | wrong)
    PurgedRow.create(**values)
    refuses("DELETE FROM purged_row", "purged_row_is_kept")
    refuses("UPDATE purged_row SET purge_id = NULL", "purged_row_is_kept")
    with pytest.raises(peewee.IntegrityError), transaction():
        PurgedRow.create(**values)


def test_a_purge_only_goes_on_and_takes_two_people(there):
    desk, other = at_desk(), at_desk(name="tweede")
    purges.propose("staff", [there.home.id], desk)
    purges.propose("submissions", [there.home.id], desk)
    asked = Purge.get()
    row = (f"UPDATE retention_purge SET state = '{{}}', confirmer_id = {{}}, confirmed_at = '{now()}' "
           f"WHERE id = {asked.id}")
    refuses(row.format("confirmed", desk.id), "retention_purge_four_eyes")
    refuses(row.format("done", other.id), "retention_purge")
    refuses(f"UPDATE retention_purge SET state = 'confirmed' WHERE id = {asked.id}", "retention_purge_confirmed")
    refuses(f"UPDATE retention_purge SET before = '2026-01-01' WHERE id = {asked.id}", "retention_purge_step")
    refuses("DELETE FROM retention_purge", "retention_purge_step")
    purges.withdraw("submissions", [there.home.id], desk)
    refuses(row.format("confirmed", other.id), "retention_purge")
    for wrong in ({"state": "confirmed"}, {"term": "letters"}, {"facility_id": 10**6}):
        with pytest.raises(peewee.IntegrityError), transaction():
            Purge.create(**{"facility_id": there.home.id, "term": "messages", "before": asked.before,
                            "proposer_id": desk.id} | wrong)
    again = {"facility_id": there.home.id, "term": "messages", "before": asked.before, "proposer_id": desk.id}
    Purge.create(**again)
    with pytest.raises(peewee.IntegrityError, match="retention_purge_open|facility_id"), transaction():
        Purge.create(**again)


def test_two_accounts_of_one_person_do_not_decide_on_a_purge(there):
    desk, other = at_desk(), at_desk(name="tweede")
    Account.update(email=desk.email, local=False, password_hash=None).where(Account.id == other.id).execute()
    purges.propose("submissions", [there.home.id], desk)
    assert purges.approve("submissions", [there.home.id], other) == Outcome(0, own=1)
    row = f"UPDATE retention_purge SET state = 'confirmed', confirmer_id = {other.id}, confirmed_at = '{now()}'"
    refuses(row, "retention_purge_of_one_person")
    # A service signs both in: two people who share a mailbox.
    for subject, person in enumerate((desk, other)):
        refuses(row, "retention_purge_of_one_person")
        Identity.add(person, "https://aanbieder.voorbeeld.be", str(subject))
    assert purges.approve("submissions", [there.home.id], other) == Outcome(1)
