"""A checked list of staff: sealed while it waits, read once, and forgotten in time."""
import datetime

import peewee
import pytest

from models import names
from models.database import database, now
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.transfer import staff_uploads
from models.ecalcura.transfer.staff_uploads import FILE, FORGOTTEN, KEPT, MOST_WAITING, StaffUpload
from models.errors import Refused
from tests.models.ecalcura.cast import BORN, facility, manager, number_of, opened
from tests.tables import rows_of

HEADINGS = "Rijksregisternummer;Begindatum;Rol;Kwalificatie;Statuut;Uren per week;Keuze 45"
SECOND = datetime.timedelta(seconds=1)
pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture
def home(register):
    opened()
    return facility()


@pytest.fixture
def by(home):
    return manager(home)


@pytest.fixture
def file(registers):
    """A list with a nurse of 56."""
    number = registers.has(number_of(BORN), "Greet", "Kanarie", BORN, VPK=None)
    return f"{HEADINGS}\n{number};01/07/2026;gerechtigde;verpleegkundige;statutair;38;vrijstelling".encode()


def stored():
    return {row["id"]: row["content"] for row in rows_of("staff_upload")}


def test_a_waiting_list_is_sealed_under_its_own_row(home, by, file):
    upload = staff_uploads.store(home, file, by, "key")
    content = bytes(stored()[upload.id])
    assert number_of(BORN).encode() not in content
    assert names.open_bytes(home.id, upload.id, FILE, content) == file
    with pytest.raises(Refused):
        names.open_bytes(home.id, upload.id + 1, FILE, content)


def test_it_is_read_once_and_forgotten_at_once(home, by, file):
    upload = staff_uploads.store(home, file, by, "key")
    seen_by_a_colleague = StaffUpload.one(home, upload.id)
    assert (upload.read(by).added, Contract.select().count()) == (1, 1)
    assert stored() == {upload.id: None}
    assert not StaffUpload.one(home, upload.id).waits
    # A second click that came while the first one was busy.
    assert (seen_by_a_colleague.read(by).added, Contract.select().count()) == (1, 1)


def test_a_form_that_is_posted_twice_keeps_one_list_and_another_file_is_another_list(home, by, file):
    first = staff_uploads.store(home, file, by, "key")
    assert staff_uploads.store(home, file, by, "key").id == first.id
    assert staff_uploads.store(home, file + b"\n", by, "key").id != first.id
    first.read(by)
    assert not staff_uploads.store(home, file, by, "key").waits


def test_a_sixth_list_takes_the_place_of_the_oldest_of_that_facility(home, by, file):
    elsewhere = staff_uploads.store(facility("990002"), file, by, "key")
    first, *others = [staff_uploads.store(home, file, by, f"key {number}") for number in range(MOST_WAITING + 1)]
    assert [number for number, content in stored().items() if content is None] == [first.id]
    assert all(StaffUpload.get_by_id(one.id).waits for one in (elsewhere, *others))


def test_after_an_hour_a_list_waits_no_more_and_is_emptied_and_a_day_later_it_is_gone(home, by, file):
    old = staff_uploads.store(home, file, by, "old")
    young = staff_uploads.store(home, file, by, "young")
    StaffUpload.update(uploaded_at=now() - KEPT - SECOND).where(StaffUpload.id == old.id).execute()
    assert not StaffUpload.one(home, old.id).waits
    staff_uploads.tidy()
    assert [number for number, content in stored().items() if content is None] == [old.id]
    StaffUpload.update(uploaded_at=now() - FORGOTTEN - SECOND).where(StaffUpload.id == old.id).execute()
    staff_uploads.tidy()
    assert list(stored()) == [young.id]


@pytest.mark.parametrize("change", [
    "UPDATE staff_upload SET facility_id = 999999",
    "UPDATE staff_upload SET account_id = 999999",
    "UPDATE staff_upload SET form_key = ''",
    "INSERT INTO staff_upload (facility_id, account_id, form_key, uploaded_at) "
    "SELECT facility_id, account_id, form_key, uploaded_at FROM staff_upload",
])
def test_the_database_refuses_a_list_of_nobody_and_a_form_that_is_kept_twice(home, by, file, change):
    staff_uploads.store(home, file, by, "key")
    with pytest.raises(peewee.IntegrityError):
        database.execute_sql(change)


def test_the_database_refuses_a_list_that_is_too_large(home, by, file):
    staff_uploads.store(home, file, by, "key")
    with pytest.raises(peewee.IntegrityError):
        StaffUpload.update(content=b"x" * 300_001).execute()
