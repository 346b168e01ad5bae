"""The tables beside the register in which an import is read and checked: those of one connection, and of one run.

They are temporary tables of the database: nobody else sees them, writing to them takes no lock of the register, and
nothing of them is left when the process ends, however it ends. Names are sealed in them with a key of this run.
"""
import secrets
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Self

from models import keys, names
from models.arbeidszorg.transfer.staging.known import Known
from models.arbeidszorg.transfer.staging.statements import (
    forget_rollback,
    keep_beside_register,
    run,
    run_each,
    select,
)
from models.audit import latest_entry
from models.organisations import Organisation

# Numbers of new clients count from here until they get their own, when they are moved to the register.
PROVISIONAL = 2**40
TABLES = (
    """CREATE TEMP TABLE staged_organisation (
      id ROW_KEY, province TEXT NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL, made_id INTEGER,
      UNIQUE (province, name))""",
    # The clients that the file adds, and those of the register that it is about. The JSON texts hold only additions.
    """CREATE TEMP TABLE staged_client (
      number ROW_KEY, organisation_id INTEGER NOT NULL, old_number TEXT, old_number_rank INTEGER NOT NULL,
      old_number_key TEXT NOT NULL, mark TEXT, is_new BOOLEAN NOT NULL, is_completed BOOLEAN NOT NULL,
      sealed_name BYTES, birth_date TEXT, birth_date_unknown BOOLEAN NOT NULL, home_postcode TEXT, work_postcode TEXT,
      incomplete BOOLEAN NOT NULL, answers TEXT, periods TEXT, past_hours TEXT, past TEXT, former TEXT, ledger TEXT,
      line INTEGER NOT NULL)""",
    "CREATE INDEX staged_client_old_number ON staged_client (organisation_id, old_number)",
    "CREATE INDEX staged_client_mark ON staged_client (organisation_id, mark) WHERE mark IS NOT NULL",
    """CREATE TEMP TABLE staged_former (
      organisation_id INTEGER NOT NULL, number TEXT NOT NULL, client_number BIGINT NOT NULL,
      PRIMARY KEY (organisation_id, number))""",
    # Clients whose number in the file may be another than here, in the order of the file.
    """CREATE TEMP TABLE staged_pair (
      place ROW_KEY, organisation TEXT NOT NULL, number_there INTEGER NOT NULL, number BIGINT NOT NULL,
      is_new BOOLEAN NOT NULL)""",
)
REMOVALS = tuple(f"DROP TABLE IF EXISTS {name}" for name in (
    "staged_organisation", "staged_client", "staged_former", "staged_pair"))

FOUND = (
    "SELECT s.number FROM WANTED JOIN staged_client s ON organisation_id = WANTED_ID AND old_number = WANTED_TEXT",
    "SELECT client_number FROM WANTED JOIN staged_former f ON organisation_id = WANTED_ID AND f.number = WANTED_TEXT")
FOUND_BY_MARK = "SELECT s.number FROM WANTED JOIN staged_client s ON organisation_id = WANTED_ID AND mark = WANTED_TEXT"
ROWS = """
    SELECT s.number, organisation_id, old_number, mark, is_new, line, is_completed, sealed_name,
      answers, periods, past_hours, past, former
    FROM WANTED JOIN staged_client s ON s.number = WANTED_ID"""
WRITE = """
    INSERT INTO staged_client (
      number, organisation_id, old_number, old_number_rank, old_number_key, mark, is_new, is_completed, sealed_name,
      birth_date, birth_date_unknown, home_postcode, work_postcode, incomplete, answers, periods, past_hours, past,
      former, ledger, line)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (number) DO UPDATE SET
      is_completed = excluded.is_completed, sealed_name = excluded.sealed_name, birth_date = excluded.birth_date,
      birth_date_unknown = excluded.birth_date_unknown, home_postcode = excluded.home_postcode,
      work_postcode = excluded.work_postcode, incomplete = excluded.incomplete, answers = excluded.answers,
      periods = excluded.periods, past_hours = excluded.past_hours, past = excluded.past, former = excluded.former,
      ledger = excluded.ledger"""
WRITE_FORMER = """
    INSERT INTO staged_former (organisation_id, number, client_number) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"""
ADD_ORGANISATION = "INSERT INTO staged_organisation (id, province, name, email) VALUES (?, ?, ?, ?)"
ORGANISATION = "SELECT id, email FROM staged_organisation WHERE province = ? AND name = ?"
ADD_PAIR = "INSERT INTO staged_pair (place, organisation, number_there, number, is_new) VALUES (?, ?, ?, ?, ?)"
PAIRS = """
    SELECT s.organisation, s.number_there, FINAL_NUMBER FROM staged_pair s
    WHERE s.number_there <> FINAL_NUMBER ORDER BY s.place"""


class Pair(NamedTuple):
    """A client's organisation, its number in the file and its number here."""

    organisation: str
    there: int
    here: int


class Staging:
    """The staged rows of one reading of a file. Use it with `with`: they are removed at the end."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._sealable: set[int] = set()
        self._organisations = self._pairs = 0
        # The state of the register from which on changes by others count.
        self.since = latest_entry()

    def __enter__(self) -> Self:
        keep_beside_register()
        for statement in (*REMOVALS, *TABLES):
            run(statement)
        return self

    def __exit__(self, *_: object) -> None:
        forget_rollback()
        for statement in REMOVALS:
            run(statement)

    def found(self, old_numbers: Sequence[tuple[int, str]], marks: Sequence[tuple[int, str]]) -> set[int]:
        """Return the numbers of the staged clients that have one of these old numbers or marks."""
        rows = [row for statement in FOUND for row in select(statement, old_numbers)] + select(FOUND_BY_MARK, marks)
        return {number for number, in rows}

    def rows(self, numbers: Sequence[tuple[int]]) -> Iterator[tuple[Any, ...]]:
        """Yield the staged rows of the clients with these numbers, with the name as it is."""
        for number, organisation_id, old_number, mark, is_new, line, is_completed, sealed, *texts in select(
                ROWS, numbers):
            name = "" if sealed is None else self.open_name(number, sealed)
            yield number, organisation_id, old_number, mark, is_new, line, is_completed, name, *texts

    def write(self, clients: Iterable[Known], asked: set[str]) -> None:
        """Stage these clients, or replace their staged rows."""
        clients = list(clients)
        run_each(WRITE, (client.staged(asked, self._sealed_name(client)) for client in clients))
        run_each(WRITE_FORMER, ((client.organisation_id, former, client.number)
                                for client in clients for former in client.new_former))

    def _sealed_name(self, client: Known) -> bytes | None:
        if not client.new_name:
            return None
        if client.organisation_id not in self._sealable:
            names.check_sealable(client.organisation_id)
            self._sealable.add(client.organisation_id)
        # Padded, as the stored names are: the length would tell initials from a full name.
        text = client.new_name.encode()
        return keys.seal(self._key, text + bytes(-len(text) % names.BLOCK), str(client.number).encode())

    def open_name(self, number: int, sealed: bytes) -> str:
        """Return the name that is staged for the client with this number."""
        return keys.unseal(self._key, bytes(sealed), str(number).encode()).rstrip(b"\0").decode()

    def organisation(self, province: str, name: str) -> Organisation | None:
        """Return the organisation that the file adds under this name, with a provisional id below zero, or None."""
        found = run(ORGANISATION, province, name).fetchone()
        return found and Organisation(id=found[0], province=province, name=name, email=found[1])

    def add_organisation(self, province: str, name: str, email: str) -> Organisation:
        """Stage an organisation that the file adds."""
        self._organisations += 1
        run(ADD_ORGANISATION, -self._organisations, province, name, email)
        return Organisation(id=-self._organisations, province=province, name=name, email=email)

    def add_pair(self, organisation: str, there: int, client: Known) -> None:
        """Stage the number of a client in the file."""
        self._pairs += 1
        run(ADD_PAIR, self._pairs, organisation, there, client.number, client.is_new)

    def pairs(self, offset: int) -> Iterator[Pair]:
        """Yield the clients whose number in the file is another than here."""
        for row in run(PAIRS, offset, offset):
            yield Pair(*row)
