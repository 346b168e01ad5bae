"""The import's reads and writes: whole batches, by statements that are compiled once.

Building queries for each of 25,000 rows would take longer than the rest of the import.
"""
import functools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models import names
from models.arbeidszorg.register.answers import UNKNOWN
from models.arbeidszorg.register.former_numbers import old_number_sort
from models.arbeidszorg.register.questionnaire import TYPED
from models.arbeidszorg.transfer.staging.entries import Entry, Past, Period
from models.arbeidszorg.transfer.staging.marks import mark_of, number_in
from models.database import as_day, as_moment, database, is_sqlite, now

# Words of the statements below, each with its SQL for SQLite and for PostgreSQL. WANTED is a list of lists, as JSON.
DIALECT = {
    "WANTED_ID": ("json_extract(wanted.value, '$[0]')", "(wanted.value ->> 0)::integer"),
    "WANTED_TEXT": ("json_extract(wanted.value, '$[1]')", "(wanted.value ->> 1)"),
    "WANTED": ("json_each(?) AS wanted", "jsonb_array_elements(?::jsonb) AS wanted (value)"),
    "?": ("?", "%s"),
}
CLIENT = """
    SELECT number, organisation_id, old_number, form_key, created_at, sealed_name,
      birth_date, birth_date_unknown, home_postcode, work_postcode
    FROM WANTED JOIN client ON """
CLIENTS_BY_OLD_NUMBER = CLIENT + "organisation_id = WANTED_ID AND old_number = WANTED_TEXT"
CLIENTS_BY_MARK = CLIENT + "organisation_id = WANTED_ID AND form_key = WANTED_TEXT"
CLIENTS_BY_NUMBER = CLIENT + "number = WANTED_ID"
# The clients into which others were merged, by an old number, a form key or the number of the merged one.
FORMER = """
    SELECT former_number.client_number
    FROM WANTED JOIN former_number ON organisation_id = WANTED_ID AND kind = 'old' AND number = WANTED_TEXT"""
MERGED = """
    SELECT former_number.client_number, client_merge.organisation_id, merged_number, form_key, registered_at
    FROM WANTED JOIN client_merge ON undone_at IS NULL AND MATCHING
    JOIN former_number ON former_number.organisation_id = client_merge.organisation_id AND kind = 'new'
      AND number = CAST(merged_number AS TEXT)"""
MERGED_BY_MARK = MERGED.replace("MATCHING", "client_merge.organisation_id = WANTED_ID AND form_key = WANTED_TEXT")
MERGED_BY_NUMBER = MERGED.replace("MATCHING", "merged_number = WANTED_ID")
FORMER_NUMBERS = """
    SELECT client_number, number FROM WANTED JOIN former_number ON client_number = WANTED_ID AND kind = 'old'"""
ANSWERS = "SELECT client_number, question, option FROM WANTED JOIN answer ON client_number = WANTED_ID"
PAST_HOURS = """
    SELECT client_number, start_date, past_hours.hours, until
    FROM WANTED JOIN period ON client_number = WANTED_ID JOIN past_hours ON period_id = period.id"""
PERIODS = """
    SELECT client_number, start_date, end_date, hours, closing_reason, outlook
    FROM WANTED JOIN period ON client_number = WANTED_ID"""
ADD_CLIENT = """
    INSERT INTO client (number, organisation_id, old_number, old_number_rank, old_number_key, form_key, created_at,
      changed_at, sealed_name, birth_date, birth_date_unknown, home_postcode, work_postcode, incomplete)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
COMPLETE_CLIENT = """
    UPDATE client
    SET changed_at = ?, version = version + 1, sealed_name = ?, birth_date = ?, birth_date_unknown = ?,
      home_postcode = ?, work_postcode = ?, incomplete = ?
    WHERE number = ?"""
PAST_ANSWERS = """
    SELECT client_number, question, COALESCE(option, past_answer.value), until
    FROM WANTED JOIN past_answer ON client_number = WANTED_ID"""
ADD_ANSWER = "INSERT INTO answer (client_number, question, option) VALUES (?, ?, ?)"
ADD_PAST_ANSWER = """
    INSERT INTO past_answer (client_number, question, option, value, until, made_at) VALUES (?, ?, ?, ?, ?, ?)"""
ADD_FORMER_NUMBER = """
    INSERT INTO former_number (client_number, organisation_id, kind, number, rank, sort_text)
    VALUES (?, ?, 'old', ?, ?, ?)"""
ADD_PERIOD = """
    INSERT INTO period (client_number, start_date, end_date, hours, closing_reason, outlook, created_at, changed_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
ADD_PAST_HOURS = """
    INSERT INTO past_hours (period_id, hours, until, made_at)
    SELECT id, ?, ?, ? FROM period WHERE client_number = ? AND start_date = ?"""


@functools.cache
def _in_dialect(statement: str, sqlite: bool) -> str:
    for word, (on_sqlite, on_postgresql) in DIALECT.items():
        statement = statement.replace(word, on_sqlite if sqlite else on_postgresql)
    return statement


@dataclass(slots=True)
class Known:
    """A client as the register has it, with the additions of the current batch, which are not written yet."""

    number: int
    organisation_id: int
    old_number: str | None
    mark: str | None
    answers: dict[str, Any]
    periods: list[Period]
    sealed_name: bytes | None = None
    is_new: bool = False
    is_completed: bool = False
    new_answers: dict[str, Any] = field(default_factory=dict)
    new_periods: list[Period] = field(default_factory=list)
    past: Past = field(default_factory=dict)
    new_past: Past = field(default_factory=dict)
    # All old numbers by which it is known; None where a registration of this client had no old number.
    numbers: set[str | None] = field(default_factory=set)
    new_former: list[str] = field(default_factory=list)

    def add(self, answers: Mapping[str, Any], name: str, period: Period | None,
            past: Past | Iterable[tuple[tuple[str, date], str]] = ()) -> None:
        """Add these to the client; `Batch.write` stores them."""
        self.answers |= answers
        self.new_answers |= answers
        self.past |= past
        self.new_past |= past
        if name:
            self.sealed_name = names.seal(self.organisation_id, self.number, name)
        if period:
            self.periods.append(period)
            self.new_periods.append(period)

    @property
    def name(self) -> str | None:
        """The name; None without one, `names.UNREADABLE` without the key that fits."""
        return names.open_names(self.organisation_id, [(self.number, self.sealed_name)])[0]

    def _typed(self) -> tuple[Any, bool, Any, Any]:
        born = self.answers.get("birth_date")
        unknown = born == UNKNOWN
        return None if unknown else born, unknown, self.answers.get("home_postcode"), self.answers.get("work_postcode")


class Batch:
    """The clients that the rows of one batch may be about."""

    def __init__(self, entries: Sequence[tuple[int | None, Entry]]) -> None:
        """Read the clients of these (organisation's id, None if it does not exist yet; entry)."""
        known = [(organisation, entry) for organisation, entry in entries if organisation]
        numbers = {number for _, entry in entries for number in (entry.number, number_in(entry.mark or "")) if number}
        old_numbers = [(place, number) for place, one in known for number in (one.old_number, *one.former) if number]
        marks = [(place, one.mark) for place, one in known if one.mark]
        merged = {row[2]: row for row in (
            *_select(MERGED_BY_MARK, marks), *_select(MERGED_BY_NUMBER, [(number,) for number in numbers]))}
        numbers |= {row[0] for row in (*_select(FORMER, old_numbers), *merged.values())}
        rows = {
            row[0]: row for row in (
                *_select(CLIENTS_BY_OLD_NUMBER, old_numbers),
                *_select(CLIENTS_BY_MARK, marks),
                *_select(CLIENTS_BY_NUMBER, [(number,) for number in numbers]))}
        self.by_number: dict[int, Known] = {}
        # The organisation in a key is None where it does not exist yet, and then nothing is found.
        self.by_old_number: dict[tuple[int | None, str | None], Known] = {}
        self.by_mark: dict[tuple[int | None, str | None], Known] = {}
        for row in rows.values():
            self.put(_client(row))
        for number, former in _select(FORMER_NUMBERS, [(number,) for number in rows]):
            self.name(self.by_number[number], former)
        for number, organisation_id, merged_number, form_key, registered_at in merged.values():
            client = self.by_number[number]
            client.numbers.add(None)
            self.by_mark[organisation_id, mark_of(merged_number, form_key, as_moment(registered_at))] = client
        self._load([(number,) for number in rows])
        if any(entry.past for _, entry in entries):
            self._load_past([(number,) for number in rows])
        if any(entry.period and entry.period.past for _, entry in entries):
            self._load_past_hours([(number,) for number in rows])

    def put(self, client: Known) -> None:
        """Add a client to the batch."""
        self.by_number[client.number] = client
        self.name(client, client.old_number)
        self.by_mark[client.organisation_id, client.mark] = client

    def name(self, client: Known, old_number: str | None) -> None:
        """Let this old number find the client."""
        client.numbers.add(old_number)
        self.by_old_number[client.organisation_id, old_number] = client

    def _load(self, numbers: Sequence[tuple[int]]) -> None:
        for number, question, option in _select(ANSWERS, numbers):
            self.by_number[number].answers[question] = option
        for number, start, end, *rest in _select(PERIODS, numbers):
            self.by_number[number].periods.append(Period(as_day(start), as_day(end), *rest))

    def _load_past(self, numbers: Sequence[tuple[int]]) -> None:
        for number, question, kept, until in _select(PAST_ANSWERS, numbers):
            self.by_number[number].past[question, as_day(until)] = kept

    def _load_past_hours(self, numbers: Sequence[tuple[int]]) -> None:
        periods = {(number, period.start): period for number, in numbers for period in self.by_number[number].periods}
        for number, start, hours, until in _select(PAST_HOURS, numbers):
            periods[number, as_day(start)].past[as_day(until)] = hours

    def write(self, asked: set[str]) -> None:
        """Store the additions; `asked` are the questions that a complete client has answered."""
        moment = now()
        clients = list(self.by_number.values())
        _execute(ADD_CLIENT, (
            (client.number, client.organisation_id, client.old_number, *old_number_sort(client.old_number), client.mark,
             moment, moment, client.sealed_name, *client._typed(), not asked <= client.answers.keys())
            for client in clients if client.is_new))
        _execute(COMPLETE_CLIENT, (
            (moment, client.sealed_name, *client._typed(), not asked <= client.answers.keys(), client.number)
            for client in clients if client.is_completed and not client.is_new))
        _execute(ADD_FORMER_NUMBER, (
            (client.number, client.organisation_id, number, *old_number_sort(number))
            for client in clients for number in client.new_former))
        _execute(ADD_ANSWER, (
            (client.number, question, option)
            for client in clients for question, option in client.new_answers.items() if question not in TYPED))
        _execute(ADD_PAST_ANSWER, (
            (client.number, question, *((None, kept) if question in TYPED else (kept, None)), until, moment)
            for client in clients for (question, until), kept in client.new_past.items()))
        _execute(ADD_PERIOD, (
            (client.number, period.start, period.end, period.hours,
             *((UNKNOWN, UNKNOWN) if period.end and not period.reason else (period.reason, period.outlook)),
             moment, moment)
            for client in clients for period in client.new_periods))
        _execute(ADD_PAST_HOURS, (
            (hours, until, moment, client.number, period.start)
            for client in clients for period in client.new_periods for until, hours in period.past.items()))


def _select(statement: str, wanted: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    if not wanted:
        return []
    return database.execute_sql(_in_dialect(statement, is_sqlite()), (json.dumps(wanted),)).fetchall()


def _execute(statement: str, rows: Iterator[tuple[Any, ...]]) -> None:
    if values := list(rows):
        database.cursor().executemany(_in_dialect(statement, is_sqlite()), values)


def _client(row: tuple[Any, ...]) -> Known:
    number, organisation_id, old_number, form_key, created_at, sealed_name, born, unknown, home, work = row
    typed = {"birth_date": UNKNOWN if unknown else as_day(born), "home_postcode": home, "work_postcode": work}
    answers = {code: answer for code, answer in typed.items() if answer is not None}
    mark = mark_of(number, form_key, as_moment(created_at))
    return Known(number, organisation_id, old_number, mark, answers, [], sealed_name)

