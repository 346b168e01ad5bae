"""Places the rows of a file: each at the client of the register or of the file that it is about, or at a new one.

Nothing is guessed, and existing data stay as they are: a row that contradicts the register is refused, a missing answer
is filled in. A refused row does not affect the others (docs/decisions/0030 to 0033).
"""
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from models import names
from models.arbeidszorg.errors import ArbeidszorgCode, ImportCode
from models.arbeidszorg.register import questionnaire, series
from models.arbeidszorg.register.hours import PAST_HOURS
from models.arbeidszorg.register.periods import END, START
from models.arbeidszorg.register.plausible import Remark
from models.arbeidszorg.transfer.doubts import Doubts
from models.arbeidszorg.transfer.noting import Notes, remarks_on
from models.arbeidszorg.transfer.outcome import SHOWN, Result
from models.arbeidszorg.transfer.register_file.columns import NAME, NUMBER, OLD_NUMBER, OWN, PAST
from models.arbeidszorg.transfer.register_file.own_list import OwnList, other_number
from models.arbeidszorg.transfer.register_file.reading import RegisterFile, Row
from models.arbeidszorg.transfer.register_file.rows import RowReader, RowRefused
from models.arbeidszorg.transfer.report_files import InMemory, Report
from models.arbeidszorg.transfer.staging.absent import Absent
from models.arbeidszorg.transfer.staging.batches import Batch
from models.arbeidszorg.transfer.staging.entries import Entry, Past, Period
from models.arbeidszorg.transfer.staging.known import Known
from models.arbeidszorg.transfer.staging.staged import PROVISIONAL, Staging
from models.errors import Code, Refused
from models.organisations import Organisation

ORGANISATIONS = 1000
# After this number of refused rows, a file with more than nine in ten refused is not a register.
NONSENSE = 1000


class Importer:
    """Takes the rows of one file, a batch at a time."""

    def __init__(self, source: RegisterFile, report: Report | InMemory, staging: Staging, dates_are_dmy: bool = False,
                 own_list: OwnList | None = None) -> None:
        asked = questionnaire.current()
        self.reader = RowReader(source.kind, source.columns, asked, own_list)
        self.own_list = own_list
        self.asked = {question.code for question in asked.of_client}
        self.own = source.kind == OWN
        self.report = report
        self.staging = staging
        self.result = Result()
        # That of an own list is never looked up by its name: it may get another one meanwhile.
        self.organisations: dict[tuple[str, str], Organisation | None] = {**own_list.by_place} if own_list else {}
        self.before = series.last()
        # An installation that has never given a number keeps the file's own numbers.
        self.keeps_numbers = self.own and self.before == 0 and own_list is None
        self.highest = 0 if self.keeps_numbers else PROVISIONAL
        self.absent = Absent()
        self.batch = Batch(staging, [])
        self.paired: set[int] = set()
        self.notes = Notes(self.reader, report, self.result)
        self.doubts = Doubts(self.notes, dates_are_dmy)
        # Those on the row that was added last.
        self.remarks: list[Remark] = []

    def offset_from(self, highest: int) -> int:
        """Return what to add to the provisional number of a new client, after this number was given last."""
        return 0 if self.keeps_numbers else highest - PROVISIONAL

    def take(self, rows: Sequence[Row]) -> None:
        """Read, place and stage a batch of rows."""
        if len(self.organisations) > ORGANISATIONS:
            self.organisations.clear()
        entries = [(row.line, entry) for row in rows if (entry := self._read(row))]
        self.batch = Batch(self.staging, [(self._organisation(entry), entry) for _, entry in entries])
        before, self.paired = self.paired, set()
        for line, entry in entries:
            try:
                client = self._place(entry)
            except RowRefused as refused:
                self._refuse(line, refused)
            else:
                self._pair(entry, client, before)
                self._count_unasked(entry)
                self.notes.name(line, entry)
                self.notes.remark(line, entry.cells, self.remarks)
                if client.is_new and not client.line:
                    client.line = line
                    self.doubts.look_at_number(line, entry)
        self.batch.write(self.asked)

    def _read(self, row: Row) -> Entry | None:
        self.result.rows += 1
        try:
            if row.fault:
                raise RowRefused(row.fault, row.column, "")
            entry = self.reader.read(row.cells or [])
        except RowRefused as refused:
            self.doubts.look_at(row, is_read=False)
            self._refuse(row.line, refused)
            return None
        self.doubts.look_at(row, is_read=True)
        return entry

    def _refuse(self, line: int, refused: RowRefused) -> None:
        self.result.refused += 1
        refusal = self.report.refuse(line, refused)
        if len(self.result.refusals) < SHOWN:
            self.result.refusals.append(refusal)
        if self.result.refused >= NONSENSE and self.result.refused > 0.9 * self.result.rows:
            self.doubts.check_order(only_swapped=True)
            raise Refused(ImportCode.FILE_NONSENSE, rows=self.result.rows, refused=self.result.refused)

    def _count_unasked(self, entry: Entry) -> None:
        """Count the answers of a row that cannot be kept, because the questionnaire lacks their question."""
        for code in self.reader.unasked:
            self.result.unasked[self.reader.headings[code]] += entry.cells[code] != ""

    def _organisation(self, entry: Entry) -> int | None:
        """Return the organisation's id; None if it does not exist yet."""
        place = entry.province, entry.organisation
        if place not in self.organisations:
            self.organisations[place] = Organisation.by_name(*place) or self.staging.organisation(*place)
        organisation = self.organisations[place]
        if organisation is not None and entry.email not in ("", organisation.email):
            self._note_email(organisation)
        return organisation and organisation.id

    def _note_email(self, organisation: Organisation) -> None:
        noted = self.result.other_emails
        if organisation.name not in noted and len(noted) < SHOWN:
            noted.append(organisation.name)

    def _place(self, entry: Entry) -> Known:
        """Add an entry to its client, which is made if it is not in the register yet; return the client."""
        client = self._match(entry)
        if client is None:
            self._check_absent(entry, [entry.old_number, *entry.former, entry.mark])
            return self._make(entry)
        additions = {code: answer for code, answer in entry.answers.items() if self._is_missing(code, client, entry)}
        name = entry.name if entry.name and self._is_new_name(client, entry) else ""
        period = self._new_period(client, entry)
        self._check_periods(client, entry, period, additions.get("birth_date") or client.answers.get("birth_date"))
        past = self._new_past(client, entry)
        self._check_absent(entry, [number for number in entry.former if number not in client.numbers])
        numbered = self._add_numbers(client, entry)
        if not (additions or name or period or past or numbered):
            self.result.known += 1
        if (additions or name) and not (client.is_new or client.is_completed):
            client.is_completed = True
            self.result.completed += 1
        self._add(client, additions, name, period, past)
        return client

    def _match(self, entry: Entry) -> Known | None:
        organisation_id = self._organisation(entry)
        marked = self.batch.by_mark.get((organisation_id, entry.mark)) if entry.mark else None
        numbers = [entry.old_number, *entry.former] if entry.old_number else []
        found = [client for number in numbers if (client := self.batch.by_old_number.get((organisation_id, number)))]
        if self.own_list and entry.number and not entry.mark:
            marked = self.batch.numbered(self.own_list.organisation.id, entry.number, self.before)
        client = next(iter(found), None) if numbers else marked
        if any(other is not client for other in found):
            self._differs(ImportCode.OTHER_CLIENT, OLD_NUMBER, entry)
        # In an organisation's own list an empty old number says nothing.
        numbers_of = {entry.old_number} if self.own_list and not numbers else marked.numbers if marked else ()
        if marked is not None and (marked is not client or entry.old_number not in numbers_of):
            self._differs(ImportCode.OTHER_CLIENT, OLD_NUMBER, entry)
        return client

    def _add_numbers(self, client: Known, entry: Entry) -> bool:
        """Add the old numbers of a row that its client does not have yet; say whether there were any."""
        missing = [number for number in (entry.old_number, *entry.former) if number and number not in client.numbers]
        for number in missing:
            self.batch.name(client, number)
            client.new_former.append(number)
        return bool(missing)

    def _check_absent(self, entry: Entry, keys: Iterable[str | None]) -> None:
        """Refuse a deleted client that can still be restored, or one that moved: an import does not bring it back."""
        if self.own_list and not entry.mark:
            self.own_list.check_gone(entry.number, entry.cells, self.reader.refuse)
        for key in filter(None, keys):
            place, column = (self._organisation(entry), key), NUMBER if key == entry.mark else OLD_NUMBER
            if deleted := self.absent.deleted.get(place):
                self._differs(ImportCode.DELETED, column, entry, deleted=deleted)
            if place in self.absent.moved:
                self._differs(ImportCode.MOVED, column, entry)

    def _is_missing(self, code: str, client: Known, entry: Entry) -> bool:
        answer = client.answers.get(code)
        if answer not in (None, entry.answers[code]):
            self._differs(ImportCode.DIFFERS, code, entry)
        return answer is None

    def _is_new_name(self, client: Known, entry: Entry) -> bool:
        name = client.name
        if name == names.UNREADABLE:
            raise Refused(Code.NAMES_KEY)
        if name not in (None, entry.name):
            self._differs(ImportCode.DIFFERS, NAME, entry)
        return name is None

    def _new_past(self, client: Known, entry: Entry) -> Past:
        """Return the earlier answers to keep; a client from before this import keeps the history that it has."""
        if not entry.past or client.number <= self.before:
            return {}
        if client.past and client.past != entry.past:
            self._differs(ImportCode.DIFFERS, PAST, entry)
        return {} if client.past else entry.past

    def _new_period(self, client: Known, entry: Entry) -> Period | None:
        """Return the period of a row, or None if the client has it; of such a period the earlier hours stay."""
        new = entry.period
        known = new and next((period for period in client.periods if new.is_same_as(period)), None)
        if new is None or known is None:
            if new and self.absent.is_withdrawn(client.number, new.start, new.end):
                self._differs(ImportCode.WITHDRAWN, START, entry)
            return new
        if client.number > self.before and new.past and new.past != known.past:
            self._differs(ImportCode.DIFFERS, PAST_HOURS, entry)
        return None

    def _check_periods(self, client: Known, entry: Entry, period: Period | None, born: date | str | None) -> None:
        if period is not None:
            for other in client.periods:
                if other.end is None and period.end is None:
                    self._differs(ImportCode.SECOND_OPEN, END, entry, period=other)
                if other.overlaps(period):
                    self._differs(ArbeidszorgCode.OVERLAP, START, entry, period=other)
        if born is None or isinstance(born, str):
            return
        if period is not None and period.start < born:
            self._differs(ArbeidszorgCode.BEFORE_BIRTH, START, entry, birth_date=born)
        for other in client.periods:
            if other.start < born:
                self._differs(ImportCode.BIRTH_AFTER_PERIOD, "birth_date", entry, start=other.start)

    def _differs(self, code: StrEnum, column: str, entry: Entry, **context: Any) -> None:
        self.reader.refuse(code, column, entry.cells, **context)

    def _make(self, entry: Entry) -> Known:
        number = entry.number if self.keeps_numbers and entry.number else self.highest + 1
        if number in self.batch.by_number:
            self._differs(ImportCode.NUMBER_TAKEN, NUMBER, entry)
        self.highest = max(self.highest, number)
        client = Known(number, self._made_organisation(entry), entry.old_number, entry.mark, {}, [], is_new=True)
        self.batch.put(client)
        self._add_numbers(client, entry)
        self.result.clients += 1
        self._add(client, entry.answers, entry.name, entry.period, entry.past)
        return client

    def _made_organisation(self, entry: Entry) -> int:
        place = entry.province, entry.organisation
        organisation = self.organisations[place]
        if organisation is None:
            organisation = self.organisations[place] = self.staging.add_organisation(*place, entry.email)
            self.result.organisations += 1
            self.notes.made(organisation)
        return organisation.id

    def _add(self, client: Known, answers: dict[str, Any], name: str, period: Period | None, past: Past) -> None:
        self.remarks = remarks_on(client, answers, period, self.reader.today)
        client.add(answers, name, period, past)
        if period:
            self.result.periods += 1
            self.result.open_periods += period.end is None

    def _pair(self, entry: Entry, client: Known, before: set[int]) -> None:
        """Keep the client's number in the file once, also if its rows are spread over two batches."""
        if entry.number is None:
            return
        if client.number not in before and client.number not in self.paired:
            self.staging.add_pair(entry.organisation, entry.number, client)
            if self.own_list and client not in (
                    self.batch.by_number.get(entry.number), self.batch.by_merged.get(entry.number)):
                self.remarks.append(other_number())
        self.paired.add(client.number)
