"""The clients that the rows of one batch may be about: those of the register, and those that earlier rows staged."""
from collections.abc import Sequence
from typing import Any

from models.arbeidszorg.register.answers import UNKNOWN
from models.arbeidszorg.transfer.staging.entries import Entry, Period
from models.arbeidszorg.transfer.staging.known import Known
from models.arbeidszorg.transfer.staging.marks import mark_of, number_in
from models.arbeidszorg.transfer.staging.staged import Staging
from models.arbeidszorg.transfer.staging.statements import select
from models.database import as_day, as_moment

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
PAST_ANSWERS = """
    SELECT client_number, question, COALESCE(option, past_answer.value), until
    FROM WANTED JOIN past_answer ON client_number = WANTED_ID"""
PERIODS = """
    SELECT client_number, start_date, end_date, hours, closing_reason, outlook
    FROM WANTED JOIN period ON client_number = WANTED_ID"""
PAST_HOURS = """
    SELECT client_number, start_date, past_hours.hours, until
    FROM WANTED JOIN period ON client_number = WANTED_ID JOIN past_hours ON period_id = period.id"""

Numbers = Sequence[tuple[int]]


class Batch:
    """The clients that the rows of one batch may be about."""

    def __init__(self, staging: Staging, entries: Sequence[tuple[int | None, Entry]]) -> None:
        """Read the clients of these (organisation's id, None if it does not exist yet; entry)."""
        self.staging = staging
        self.by_number: dict[int, Known] = {}
        # The organisation in a key is None where it does not exist yet, and then nothing is found.
        self.by_old_number: dict[tuple[int | None, str | None], Known] = {}
        self.by_mark: dict[tuple[int | None, str | None], Known] = {}
        # By the number of a client that was merged into it.
        self.by_merged: dict[int, Known] = {}
        known = [(organisation, entry) for organisation, entry in entries if organisation]
        numbers = {number for _, entry in entries for number in (entry.number, number_in(entry.mark or "")) if number}
        old_numbers = [(place, number) for place, one in known for number in (one.old_number, *one.former) if number]
        marks = [(place, one.mark) for place, one in known if one.mark]
        staged = staging.found(old_numbers, marks)
        self._read(numbers | staged, old_numbers, marks, entries)
        self._take_staged([(number,) for number in {*self.by_number, *numbers, *staged}])

    def _read(self, numbers: set[int], old_numbers: Sequence[tuple[int, str]], marks: Sequence[tuple[int, str]],
              entries: Sequence[tuple[int | None, Entry]]) -> None:
        merged = {row[2]: row for row in (
            *select(MERGED_BY_MARK, marks), *select(MERGED_BY_NUMBER, [(number,) for number in numbers]))}
        numbers = numbers | {row[0] for row in (*select(FORMER, old_numbers), *merged.values())}
        rows = {
            row[0]: row for row in (
                *select(CLIENTS_BY_OLD_NUMBER, old_numbers),
                *select(CLIENTS_BY_MARK, marks),
                *select(CLIENTS_BY_NUMBER, [(number,) for number in numbers]))}
        for row in rows.values():
            self.put(_client(row))
        wanted = [(number,) for number in rows]
        for number, former in select(FORMER_NUMBERS, wanted):
            self.name(self.by_number[number], former)
        for number, organisation_id, merged_number, form_key, registered_at in merged.values():
            client = self.by_number[number]
            client.numbers.add(None)
            self.by_merged[merged_number] = client
            self.by_mark[organisation_id, mark_of(merged_number, form_key, as_moment(registered_at))] = client
        self._load(wanted)
        if any(entry.past for _, entry in entries):
            self._load_past(wanted)
        if any(entry.period and entry.period.past for _, entry in entries):
            self._load_past_hours(wanted)

    def numbered(self, organisation_id: int, number: int, last: int) -> Known | None:
        """Return the organisation's client with this number, or of a merged one; `last` is the highest from before."""
        client = (self.by_number.get(number) or self.by_merged.get(number)) if number <= last else None
        return client if client and client.organisation_id == organisation_id else None

    def put(self, client: Known) -> None:
        """Add a client to the batch."""
        self.by_number[client.number] = client
        self.name(client, client.old_number)
        self.by_mark[client.organisation_id, client.mark] = client

    def name(self, client: Known, old_number: str | None) -> None:
        """Let this old number find the client."""
        client.numbers.add(old_number)
        self.by_old_number[client.organisation_id, old_number] = client

    def _load(self, numbers: Numbers) -> None:
        for number, question, option in select(ANSWERS, numbers):
            self.by_number[number].answers[question] = option
        for number, start, end, *rest in select(PERIODS, numbers):
            self.by_number[number].periods.append(Period(as_day(start), as_day(end), *rest))

    def _load_past(self, numbers: Numbers) -> None:
        for number, question, kept, until in select(PAST_ANSWERS, numbers):
            self.by_number[number].past[question, as_day(until)] = kept

    def _load_past_hours(self, numbers: Numbers) -> None:
        periods = {(number, period.start): period for number, in numbers for period in self.by_number[number].periods}
        for number, start, hours, until in select(PAST_HOURS, numbers):
            periods[number, as_day(start)].past[as_day(until)] = hours

    def _take_staged(self, numbers: Numbers) -> None:
        for number, organisation_id, old_number, mark, is_new, line, is_completed, name, *texts in self.staging.rows(
                numbers):
            if is_new:
                self.put(Known(number, organisation_id, old_number, mark, {}, [], is_new=True, line=line))
            client = self.by_number.get(number)
            # Somebody deleted it since an earlier batch: the move finds that in the log.
            if client is None:
                continue
            client.take_staged(*texts)
            client.is_completed, client.new_name = bool(is_completed), name
            for former in client.new_former:
                self.name(client, former)

    def write(self, asked: set[str]) -> None:
        """Stage the additions; `asked` are the questions that a complete client has answered."""
        self.staging.write([client for client in self.by_number.values() if client.is_touched], asked)


def _client(row: tuple[Any, ...]) -> Known:
    number, organisation_id, old_number, form_key, created_at, sealed_name, born, unknown, home, work = row
    typed = {"birth_date": UNKNOWN if unknown else as_day(born), "home_postcode": home, "work_postcode": work}
    answers = {code: answer for code, answer in typed.items() if answer is not None}
    mark = mark_of(number, form_key, as_moment(created_at))
    return Known(number, organisation_id, old_number, mark, answers, [], sealed_name)
