"""Of an employee who was purged nothing is left in the raw files on SQLite, nor in the log (ASVS 14.2.7)."""
import logging

import pytest

from models.audit import AuditEntry
from models.database import database
from models.ecalcura.people.employees import Employee, PastNumber
from models.ecalcura.people.numbers import written
from models.ecalcura.retention.purging import purge
from models.ecalcura.roles import PRIVACY
from models.ecalcura.submissions import documents
from models.ecalcura.submissions.documents import SubmissionDocument
from tests.models.ecalcura.cast import contract, employee, number_of, somebody
from tests.models.ecalcura.kept import DAY, decide, deliveries, former, keep
from tests.models.ecalcura.submissions.snapshots import content, frozen
from tests.models.ecalcura.submissions.snapshots import employee as in_snapshot

pytestmark = [pytest.mark.usefixtures("register", "registers"),
              pytest.mark.skipif("os.environ.get('DATABASE_URL')", reason="PostgreSQL's files are its own")]
FAMILY, FIRST = "Zwaluwkanarie", "Wilgentak"
BORN, LATER = DAY(1956, 6, 6), DAY(2020, 1, 1)
NUMBER = number_of(BORN)


def raw(database_url):
    """The bytes of the database file, its write-ahead log and its index."""
    path = database_url.removeprefix("sqlite:///")
    found = b""
    for end in ("", "-wal", "-shm"):
        with open(path + end, "rb") as file:
            found += file.read()
    return found


@pytest.mark.parametrize("checkpointed", [False, True])
def test_the_raw_files_hold_nothing_of_a_purged_employee(home, tmp_path, database_url, checkpointed, caplog):
    keep()
    caplog.set_level(logging.DEBUG)
    path = tmp_path / "purged-ecalcura.csv"
    one = former(home, by=somebody(home, PRIVACY, "Lies Dok"), number=NUMBER, born=BORN, family=FAMILY, first=FIRST)
    submission = frozen(home, content(in_snapshot(one.id, FAMILY, FIRST, number=NUMBER)), 2014, 4)
    documents.make_missing()
    certificate, physician = deliveries(home)
    one = Employee.get_by_id(one.id)
    past = PastNumber.get()
    traces = {
        "sealed person": bytes(one.sealed), "a piece of it": bytes(one.sealed)[20:60],
        "hash of the number": bytes(one.number_hash), "sealed earlier number": bytes(past.sealed),
        "hash of that": bytes(past.number_hash), "a piece of the snapshot": bytes(submission.sealed)[60:120],
        "sealed physician": bytes(physician.sealed), "hash of the physician": bytes(physician.number_hash),
        **{f"a piece of the {row.kind}": bytes(row.sealed)[100:160] for row in SubmissionDocument.select()},
    }
    clear = {FAMILY, FIRST, NUMBER, written(NUMBER), "Quinta", "Zwartjes"}

    def found():
        everything = raw(database_url)
        return {what for what, trace in traces.items() if trace in everything}

    for _ in range(60):
        contract(employee(home), LATER)
    if checkpointed:
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute_sql("VACUUM")
    assert found() == set(traces)
    for term in ("submissions", "staff", "deliveries"):
        decide(home, term)
        assert purge(path).rows
    assert found() == set()
    kept = raw(database_url).decode("latin-1") + path.read_text() + caplog.text + "".join(
        f"{entry.subject} {entry.detail}" for entry in AuditEntry.select())
    assert {name for name in clear if name in kept} == set()
    assert database.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
    assert certificate.id
