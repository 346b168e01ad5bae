"""Makes registers of any size to measure in, by fast plain SQL: the same each time, except for random nonces."""
import datetime
import hashlib
import random
import shutil
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from models import keys, names
from models.accounts import roles
from models.accounts.passwords import hash_password
from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.register import clients, questionnaire
from models.arbeidszorg.register.former_numbers import old_number_sort
from models.arbeidszorg.register.questionnaire import TYPED
from models.arbeidszorg.roles import ROLES
from models.database import connect, database, migrate, now, today, transaction
from models.organisations import PROVINCES

PASSWORD = "paarse fiets zonder bel"
# The number of clients of the first organisations, almost all active. The others have some USUAL_SIZE clients each.
OF_200, ALSO_OF_200, OF_50, OF_5000 = 1, 2, 3, 4
SIZES = {OF_200: 200, ALSO_OF_200: 200, OF_50: 50, OF_5000: 5000}
USUAL_SIZE = 125
INACTIVE_OF_LARGE = 5

FIRST = ("Amina", "Bart", "Chloé", "Dirk", "Elke", "Fatima", "Geert", "Hilde", "Ibrahim", "Joke", "Koen", "Lieve")
LAST = ("Aerts", "Bogaerts", "Claes", "De Smet", "Évrard", "Goossens", "Jacobs", "Maes", "Peeters", "Wouters")


@dataclass(frozen=True)
class Register:
    """A register on disk: the paths of its database and keys."""

    folder: Path
    size: int

    @property
    def database(self):
        """The path of the SQLite file."""
        return self.folder / "data" / "loket.db"

    @property
    def key_dir(self):
        """The folder of the keys."""
        return self.folder / "keys"

    def environment(self):
        """The environment variables with which Loket runs on this register."""
        return {"DATA_DIR": str(self.folder / "data"), "KEY_DIR": str(self.key_dir)}


def email_of(organisation_id):
    """The e-mail address with which the organisation signs in."""
    return f"organisatie{organisation_id}@voorbeeld.be"


def make(workplace, size):
    """The register with `size` clients; one of the same schema in `workplace` is used again."""
    register = Register(Path(workplace) / f"register-{size}", size)
    roles.use(ROLES)
    made = register.folder / "made"
    if made.exists() and made.read_text() == _fingerprint():
        return register
    shutil.rmtree(register.folder, ignore_errors=True)
    register.database.parent.mkdir(parents=True)
    started = time.perf_counter()
    connect(f"sqlite:///{register.database}")
    migrate()
    roles.store()
    clients.apply_questionnaire(questionnaire.current(), kept_rows.options_in_use)
    names.use(keys.Keys.load_or_make(register.key_dir, False).names)
    _fill(register)
    database.close()
    made.write_text(_fingerprint())
    print(f"register of {size:,} clients made in {time.perf_counter() - started:.0f} s")
    return register


def _fingerprint():
    """A text that changes with the schema, the questions, this file and the year; then a register is made again."""
    root = Path(__file__).parents[2]
    sources = [*sorted((root / "migrations").iterdir()), questionnaire.DEFAULT_FILE, Path(__file__)]
    return f"{today().year} " + hashlib.sha256(b"".join(p.read_bytes() for p in sources if p.is_file())).hexdigest()


def _fill(register):
    owners = _owners(register.size)
    bulk = sqlite3.connect(register.database, isolation_level=None)
    bulk.execute("PRAGMA synchronous = OFF")
    bulk.execute("PRAGMA cache_size = -200000")
    _add_organisations(bulk, max(owners))
    with transaction():
        for organisation_id in range(1, max(owners) + 1):
            names.seal(organisation_id, 1, "")  # makes the organisation's data key
    made = list(bulk.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('index', 'trigger')"
        " AND tbl_name IN ('client', 'answer', 'period')"))
    bulk.execute("BEGIN IMMEDIATE")
    for kind, name, _ in made:
        dropping = f"DROP {kind} {name}"
        bulk.execute(dropping)
    _add_clients(bulk, owners)
    for _, _, sql in made:
        bulk.execute(sql)
    bulk.execute("COMMIT")
    bulk.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    bulk.close()


def _owners(size):
    """The organisation id of each client, in order of number, shuffled."""
    owners = [organisation_id for organisation_id, clients_ in SIZES.items() for _ in range(clients_)]
    first, others = len(SIZES) + 1, max(1, (size - len(owners)) // USUAL_SIZE)
    owners += [first + turn % others for turn in range(size - len(owners))]
    random.Random(1).shuffle(owners)
    return owners


def _add_organisations(bulk, count):
    moment, password = now(), hash_password(PASSWORD)
    provinces = tuple(PROVINCES)
    bulk.execute("BEGIN IMMEDIATE")
    bulk.executemany("INSERT INTO tenant (id, wing, kind) VALUES (?, 'arbeidszorg', 'organisation')",
                     ((one,) for one in range(1, count + 1)))
    bulk.executemany(
        "INSERT INTO organisation (id, name, province, created_at, changed_at) VALUES (?, ?, ?, ?, ?)",
        ((one, f"Organisatie {one}", provinces[one % len(provinces)], moment, moment) for one in range(1, count + 1)))
    bulk.executemany(
        "INSERT INTO account (id, local, email, password_hash, blocked, created_at, changed_at)"
        " VALUES (?, 1, ?, ?, 0, ?, ?)",
        ((one, email_of(one), password, moment, moment) for one in range(1, count + 1)))
    bulk.executemany(
        "INSERT INTO account_grant (account_id, wing, role, tenant_id, since)"
        " VALUES (?, 'arbeidszorg', 'organisation', ?, ?)", ((one, one, moment) for one in range(1, count + 1)))
    bulk.execute("COMMIT")


def _add_clients(bulk, owners):
    bulk.executemany(
        "INSERT INTO client (number, organisation_id, old_number, old_number_rank, old_number_key, sealed_name,"
        " birth_date, home_postcode, work_postcode, incomplete, active_until, created_at, changed_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '2024-01-01 00:00:00', '2024-01-01 00:00:00')",
        (_client(number, *owner) for number, owner in enumerate(_ranked(owners), 1)))
    bulk.executemany("INSERT INTO answer (client_number, question, option) VALUES (?, ?, ?)", _answers(len(owners)))
    bulk.executemany(
        "INSERT INTO period (client_number, hours, start_date, end_date, closing_reason, outlook,"
        " created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, '2024-01-01 00:00:00', '2024-01-01 00:00:00')",
        (row for number, owner in enumerate(_ranked(owners), 1) for row in _periods(number, *owner)))


def _ranked(owners):
    """(organisation id, rank among its clients from 1) of each client."""
    counts = {}
    for owner in owners:
        counts[owner] = counts.get(owner, 0) + 1
        yield owner, counts[owner]


def _client(number, organisation_id, rank):
    old_number = str(rank) if number % 5 else None
    name = f"{FIRST[number % len(FIRST)]} {LAST[number % 7]}-{LAST[number // 7 % len(LAST)]}"
    ends = [row[3] or "9999-12-31" for row in _periods(number, organisation_id, rank)]
    birth_date = datetime.date(1955 + number % 45, 1 + number % 12, 1 + number % 28)
    return (
        number, organisation_id, old_number, *old_number_sort(old_number),
        names.seal(organisation_id, number, name) if number % 10 else None, birth_date.isoformat(),
        str(1000 + number * 7 % 9000), str(1000 + organisation_id * 13 % 9000), _incomplete(number),
        max(ends, default=None))


def _incomplete(number):
    return number % 10 == 3


def _answers(size):
    questions = [(question.code, [option.code for option in question.options])
                 for question in questionnaire.current().of_client if question.code not in TYPED]
    questions.sort()
    for number in range(1, size + 1):
        mixed = number * 2654435761 >> 8
        for index, (code, options) in enumerate(questions):
            if index or not _incomplete(number):
                yield number, code, options[(mixed >> index) % len(options)]


def _periods(number, organisation_id, rank):
    """The rows of a client's periods, 1.3 on average: for some an older one, then the last; a few have no period."""
    older = (number, 1250, f"{2015 + number % 3}-03-01", f"{2018 + number % 3}-06-30", "paid-work", "higher")
    last = (number, 400 + number % 30 * 100, f"{2021 + number % 3}-{1 + number % 12:02}-15")
    if organisation_id in SIZES:
        active = rank > (INACTIVE_OF_LARGE if SIZES[organisation_id] > OF_50 else 0)
    else:
        active = number % 10 < 3
    rows = [older] if number % 3 == 0 else []
    if active:
        planned = (f"{today().year + 1}-12-31", "health", "same") if number % 4 == 0 else (None, None, None)
        rows.append((*last, *planned))
    elif number % 25:
        rows.append((*last, f"{2024 + number % 2}-02-01", "training", "lower"))
    return rows
