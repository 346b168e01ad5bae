"""Makes registers of facilities with staff to measure in, by fast plain SQL; persons are sealed and hashed for real.

Every trimester can be submitted: the checks of all employees find nothing that blocks it.
"""
import contextlib
import datetime
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from app import create_app
from bench.tools.registers import FIRST, LAST, Register
from bench.tools.servers import ROOT
from models import keys, names
from models.accounts import roles
from models.accounts.accounts import Account
from models.accounts.sessions import Session
from models.database import connect, database, now, transaction
from models.ecalcura.contracts import steps
from models.ecalcura.facilities.colleagues import Colleague
from models.ecalcura.facilities.facilities import Facility, LegalEntity
from models.ecalcura.facilities.kinds import kinds
from models.ecalcura.people import persons
from models.ecalcura.people.index import hash_of
from models.ecalcura.people.persons import Person
from models.ecalcura.roles import PRIVACY, ROLES
from models.ecalcura.trimesters import windows
from models.ecalcura.trimesters.calendar import Place

# The number of employees of the first facilities, by their places; the others have USUAL_SIZE each.
SIZES = (400, 40, 120)
OF_400, OF_40, OF_120 = range(3)
USUAL_SIZE = 118
# A trimester that is over, and its days.
TRIMESTER = Place(2026, 1)
LONG_AGO = datetime.date(2020, 1, 1)
EMPLOYEE = (
    "INSERT INTO employee (id, facility_id, number_hash, sealed, register_state, register_asked_at, step, created_at,"
    " changed_at) VALUES (?, ?, ?, ?, 'found', ?, ?, ?, ?)")
CONTRACT = (
    "INSERT INTO contract (id, employee_id, facility_id, role, qualification, statute, start, hours, full_time,"
    " qualification_state, created_at, changed_at)"
    " VALUES (?, ?, ?, ?, 'VPK', 'arbeidsovereenkomst', '2015-01-01', ?, 3800, 'in_order', ?, ?)")
CHOICE = (
    "INSERT INTO choice (employee_id, facility_id, step, kind, since, created_at, changed_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)")
REPLACEMENT = (
    "INSERT INTO replacement (contract_id, employee_id, facility_id, hours, since, act_on, created_at, changed_at)"
    " VALUES (?, ?, ?, ?, '2025-01-01', '2024-12-20', ?, ?)")
ROW = "INSERT INTO performance_row (contract_id, facility_id, trimester_id, changed_at) VALUES (?, ?, ?, ?)"
HOURS = "INSERT INTO performance (contract_id, trimester_id, kind, hours) VALUES (?, ?, 'worked', ?)"


class StaffRegister(Register):
    """A register on disk with this number of facilities."""

    def environment(self):
        """The environment variables with which Loket runs on this register."""
        return super().environment() | {"WINGS": "ecalcura", "SIMULATED_REGISTERS": "1"}


def hco_of(place):
    """The HCO number of the facility at a place, from 0."""
    return str(990001 + place)


def email_of(place):
    """The e-mail address of the login that enters the facility's data."""
    return f"voorziening{place}@voorbeeld.be"


def make(workplace, facilities):
    """The register with this number of facilities; one of the same schema in `workplace` is used again."""
    register = StaffRegister(Path(workplace) / f"staff-{facilities}", facilities)
    roles.use(ROLES)
    made = register.folder / "made"
    if made.exists() and made.read_text() == _fingerprint():
        return register
    shutil.rmtree(register.folder, ignore_errors=True)
    register.database.parent.mkdir(parents=True)
    started = time.perf_counter()
    init(register)
    with opened(register):
        _fill(register)
    made.write_text(_fingerprint())
    print(f"register of {facilities:,} facilities made in {time.perf_counter() - started:.0f} s")
    return register


def init(register):
    """Make the tables and keys of a register."""
    subprocess.run([sys.executable, "-m", "flask", "--app", "app", "init"], check=True, cwd=ROOT, capture_output=True,
                   env={"PATH": os.environ["PATH"], **register.environment()})


@contextlib.contextmanager
def opened(register):
    """Use the database and the names' key of a register within this process."""
    connect(f"sqlite:///{register.database}")
    names.use(keys.Keys.load_or_make(register.key_dir, True).names)
    try:
        yield
    finally:
        names.use(None)
        database.close()


def sign_in(register, *places):
    """Start a session of the login of the facility at each place: its Cookie header, and the token in it."""
    return sign_in_as(register, *(email_of(place) for place in places))


def sign_in_as(register, *emails):
    """Start a session of each of these logins, likewise."""
    settings = {name: Path(folder) for name, folder in Register.environment(register).items()}
    app = create_app({**settings, "WINGS": ["ecalcura"], "SIMULATED_REGISTERS": True, "TRUSTED_HOSTS": ["localhost"]})
    name, found = app.config["SESSION_COOKIE_NAME"], []
    for email in emails:
        token = Session.start(Account.get(Account.email == email))
        browser = app.test_client()
        with browser.session_transaction() as cookie:
            # Without the CSRF token of an earlier page each page would make one.
            cookie |= {"_user_id": token, "_fresh": True, "csrf_token": "gemeten"}
        found.append((f"{name}={browser.get_cookie(name).value}", token))
    database.close()
    return found


def _fingerprint():
    folder = ROOT / "migrations" / "ecalcura"
    sources = [*sorted(folder.iterdir()), Path(__file__)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources if path.is_file())).hexdigest()


def _fill(register):
    facilities = _facilities(register.size)
    for facility in facilities:
        names.make_ready(facility.id)
    hash_of("")  # makes the key of the hashes
    trimester = windows.open_trimester(TRIMESTER, windows.kinds_with_files(), LONG_AGO, LONG_AGO, None)
    bulk = sqlite3.connect(register.database, isolation_level=None)
    bulk.execute("PRAGMA synchronous = OFF")
    bulk.execute("PRAGMA cache_size = -200000")
    bulk.execute("BEGIN IMMEDIATE")
    first = 1
    for place, facility in enumerate(facilities):
        size = SIZES[place] if place < len(SIZES) else USUAL_SIZE
        _add_staff(bulk, facility.id, range(first, first + size), trimester.id)
        first += size
    bulk.execute("COMMIT")
    bulk.execute("ANALYZE")
    bulk.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    bulk.close()


def _facilities(count):
    """Add the facilities, each with a login that enters its data."""
    with transaction():
        LegalEntity.insert(kbo="0000000196", name="Zorg Vlier vzw").execute()
        found = [Facility.add(kinds()["woonzorgcentrum"], hco=hco_of(place), name=f"Woonzorgcentrum {place}",
                              kbo="0000000196") for place in range(count)]
        for place, facility in enumerate(found):
            account = Account.new(PRIVACY, facility, email=email_of(place), password_hash="-")
            Colleague.create(facility_id=facility.id, account_id=account.id, name="Ann Maes")
    return found


def _add_staff(bulk, facility_id, numbers, trimester_id):
    moment, people = str(now()), {number: person(number) for number in numbers}
    starts = {number: steps.step_starts(one.birth) for number, one in people.items()}
    reached = {number: [(age, day) for age, day in found.items() if day <= TRIMESTER.last]
               for number, found in starts.items()}
    sealed = persons.seal_all(facility_id, people.items())
    bulk.executemany(EMPLOYEE, [
        (number, facility_id, hash_of(one.number), text, moment, reached[number][-1][0], moment, moment)
        for (number, one), text in zip(people.items(), sealed, strict=True)])
    bulk.executemany(CONTRACT, [
        (number, number, facility_id, "replacement" if _replaces(number) else "entitled",
         1900 if _replaces(number) else 3800, moment, moment) for number in numbers])
    bulk.executemany(CHOICE, [
        (number, facility_id, age, _kind(number), str(max(day, datetime.date(2015, 1, 1))), moment, moment)
        for number in numbers if not _replaces(number) for age, day in reached[number]])
    replacing = [number for number in numbers if _replaces(number)]
    bulk.executemany(REPLACEMENT, [(number, number, facility_id, 1900, moment, moment) for number in replacing])
    filled = [number for number in numbers if _replaces(number) or _kind(number) == "premium"]
    bulk.executemany(ROW, [(number, facility_id, trimester_id, moment) for number in filled])
    bulk.executemany(HOURS, [(number, trimester_id, 20_000) for number in filled])


def _replaces(number):
    return number % 4 == 3


def _kind(number):
    return "premium" if number % 4 == 0 else "exemption"


def person(number):
    """The person of an employee's number, born from 1964 to 1979; the sequence of the own number is not given out."""
    born = datetime.date(1964, 1, 1) + datetime.timedelta(days=number * 7919 % 5800)
    nine = f"{born:%y%m%d}{'000' if number // 5800 % 2 else '999'}"
    return Person(f"{nine}{97 - int(nine) % 97:02}", f"{LAST[number % 7]}-{LAST[number // 7 % len(LAST)]}",
                  FIRST[number % len(FIRST)], born)
