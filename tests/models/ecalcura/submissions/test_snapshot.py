"""The snapshot: canonical, salted, hashed and sealed."""
import hashlib
import json

import peewee
import pytest

from models import names
from models.database import database, transaction
from models.ecalcura.submissions import snapshot
from models.ecalcura.submissions.submissions import Submission
from models.errors import Refused
from tests.models.ecalcura.cast import facility
from tests.models.ecalcura.submissions.snapshots import NUMBER, content, employee, frozen

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture
def home(register):
    return facility()


def test_equal_content_has_another_hash_each_time_because_of_its_salt():
    taken = [snapshot.take(content(employee())) for _ in range(2)]
    assert taken[0].sha256 != taken[1].sha256
    salts = {json.loads(one.canonical)["salt"] for one in taken}
    assert {len(salt) for salt in salts} == {64}
    assert len(salts) == 2


def test_a_snapshot_is_canonical_json_and_its_hash_is_of_these_bytes():
    taken = snapshot.take(content(employee(family="Šimić")))
    read = json.loads(taken.canonical)
    assert taken.canonical == json.dumps(
        read, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    assert "Šimić".encode() in taken.canonical
    assert taken.sha256 == hashlib.sha256(taken.canonical).hexdigest()


@pytest.mark.parametrize("value", [float("nan"), 1j, {1, 2}])
def test_a_value_without_a_canonical_form_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        snapshot.take({"value": value})


def test_a_snapshot_at_rest_has_no_name_and_no_number(home):
    submission = frozen(home, content(employee()))
    sealed = bytes(Submission.get_by_id(submission.id).sealed)
    assert b"Tweede" not in sealed
    assert NUMBER.encode() not in sealed
    assert snapshot.content_of(submission)["employees"][0]["number"] == NUMBER
    assert snapshot.is_intact(submission)


def test_a_snapshot_opens_in_its_own_place_only(home):
    first, second = (frozen(home, content(employee())) for _ in range(2))
    other = facility("990002")
    for moved in ({"number": second.number}, {"file_id": 999}, {"facility_id": other.id}):
        values = {"id": first.id, "file_id": first.file_id, "number": 1, "facility_id": home.id, **moved}
        with pytest.raises(Refused):
            snapshot.open_snapshot(Submission(sealed=first.sealed, sha256=first.sha256, **values))
    names.use(None)
    with pytest.raises(Refused):
        snapshot.open_snapshot(first)


@pytest.mark.parametrize("statement", [
    "UPDATE submission SET sha256 = '{0}'",
    "UPDATE submission SET number = 7",
    "DELETE FROM submission",
    "UPDATE submission_document SET kind = 'xlsx'",
    "DELETE FROM submission_document",
    "INSERT INTO submission_document SELECT * FROM submission_document",
])
def test_the_database_keeps_a_submission_and_its_documents_as_they_are(home, statement):
    submission = frozen(home, content(employee()))
    database.execute_sql("INSERT INTO submission_document (submission_id, kind, sealed, made_at) "
                         f"SELECT {submission.id}, 'pdf', sealed, made_at FROM submission")
    with pytest.raises(peewee.DatabaseError), transaction():
        database.execute_sql(statement.format("0" * 64))
    assert snapshot.is_intact(Submission.get_by_id(submission.id))


def test_the_database_refuses_a_submitted_file_without_a_submission(home):
    submission = frozen(home, content(employee()))
    statement = (
        "INSERT INTO trimester_file (facility_id, trimester_id, state, created_at, changed_at) "
        f"SELECT {facility('990002').id}, trimester_id, 'submitted', created_at, changed_at FROM trimester_file")
    with pytest.raises(peewee.IntegrityError, match="trimester_file_unsubmitted"), transaction():
        database.execute_sql(statement)
    assert submission.number == 1
