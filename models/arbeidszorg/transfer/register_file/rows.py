"""The rows of a file as entries of the register; `RowRefused` names the column, the value and the broken rule."""
import functools
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NoReturn

from models.arbeidszorg.errors import ArbeidszorgCode, ImportCode
from models.arbeidszorg.register import values
from models.arbeidszorg.register.former_numbers import OLD_NUMBER_LENGTH
from models.arbeidszorg.register.hours import PAST_HOURS
from models.arbeidszorg.register.periods import END, HEADINGS, HOURS, START
from models.arbeidszorg.register.questionnaire import CLOSING, CONTINUATION, TYPED, Questionnaire
from models.arbeidszorg.transfer.register_file import history, old_numbers
from models.arbeidszorg.transfer.register_file.columns import (
    EMAIL,
    FIRST_QUESTIONS,
    MARK,
    NAME,
    NUMBER,
    OLD_NUMBER,
    ORGANISATION,
    OWN,
    PAST,
    PROVINCE,
    version_in,
)
from models.arbeidszorg.transfer.register_file.own_list import LIST, OwnList
from models.arbeidszorg.transfer.staging.entries import Entry, Period
from models.database import today
from models.days import parse_date
from models.errors import Code, Refused
from models.files.cells import restore
from models.files.changed_numbers import is_error, unprotected
from models.files.invisible import about_invisible
from models.organisations import PROVINCES

EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)
DIGITS = 9

Cells = Mapping[str, str]

_parse_date = functools.lru_cache(8192)(parse_date)
_parse_postcode = functools.lru_cache(8192)(values.parse_postcode)
_parse_hours = functools.lru_cache(512)(values.parse_hours)


class RowRefused(Refused):
    """A refused row: the heading of the column, and its value, empty if that may not be repeated."""

    def __init__(self, code: StrEnum, column: str, value: str, **context: Any) -> None:
        super().__init__(code, column=column, value=value, **context)
        self.column = column
        self.value = value


class RowReader:
    """Reads the rows of one file; looks the questionnaire up once for all of them."""

    def __init__(self, kind: str, columns: Mapping[str, str], questionnaire: Questionnaire,
                 own_list: OwnList | None = None) -> None:
        self.own = kind in (OWN, LIST)
        # Without a mark a comma is not Loket's: a spreadsheet makes 1,00E+05 of 1E5.
        self.several_numbers = self.own and version_in(columns.get(MARK, "")) >= old_numbers.SINCE
        self.own_list = own_list
        self.headings = {**own_list.headings, **columns} if own_list else columns
        self.codes = tuple(columns)
        self.asked = {question.column: question for question in questionnaire.of_client}
        self.choices = [
            (q.code, q.codes) for q in questionnaire.of_client if q.code not in TYPED and q.code in columns]
        # Columns of the old register whose question is not in the questionnaire: their answers cannot be kept.
        asked = {question.code for question in questionnaire.of_client}
        self.unasked = [code for code in columns if code in FIRST_QUESTIONS and code not in asked]
        self.typed = {code: questionnaire[code].codes for code in TYPED}
        self.closing = {code: questionnaire[code].codes for code in CLOSING}
        self.provinces = {label.casefold(): code for code, label in PROVINCES.items()}
        self.today = today()

    def read(self, texts: Iterable[str]) -> Entry:
        """Return the `Entry` of a row's cells; raises `RowRefused` at the first cell that breaks a rule."""
        if self.own:
            texts = map(restore, texts)
        cells = {code: text.strip() for code, text in zip(self.codes, texts, strict=True)}
        if self.own_list:
            cells = self._of_own_list(self.own_list, cells)
        province = self.provinces.get(cells[PROVINCE].casefold())
        if province is None:
            self.refuse(Code.PROVINCE if cells[PROVINCE] else ImportCode.EMPTY, PROVINCE, cells)
        organisation, email = self._organisation(cells), self._email(cells)
        numbers = self._old_numbers(cells)
        entry = Entry(province, organisation, email, next(iter(numbers), None), self._answers(cells),
                      self._period(cells), cells, former=numbers[1:])
        if self.own:
            self._own(entry, cells)
        self._check_birth(entry, cells)
        return entry

    def _of_own_list(self, own_list: OwnList, cells: dict[str, str]) -> dict[str, str]:
        """Return the cells with the columns that the file lacks; refuse a row of another organisation."""
        cells = own_list.empty | cells
        if column := own_list.foreign_column(cells):
            self.refuse(ImportCode.OTHER_ORGANISATION, column, cells)
        return cells | own_list.place

    def refuse(self, code: StrEnum, column: str, cells: Cells, **context: Any) -> NoReturn:
        """Raise `RowRefused`. A national number is never repeated, nor what `cell` leaves out; its reason also names a
        sign in the cell that cannot be seen.
        """
        heading, value = self.cell(column, cells)
        raise RowRefused(code, heading, "" if code == ArbeidszorgCode.NATIONAL_NUMBER else value,
                         invisible=about_invisible(cells[column]), **context)

    def cell(self, column: str, cells: Cells) -> tuple[str, str]:
        """Return a column's heading and its cell for the report.

        Leaves out a name, an old number that reads as a name, and any text of a file with names, unless it is shown to
        the organisation whose list it is.
        """
        value = cells[column]
        may_name = (self.own and not self.own_list and any(map(str.isalpha, value))) or (
            column == OLD_NUMBER and values.reads_as_name(value))
        return self.headings[column], "" if column == NAME or may_name else value

    def _organisation(self, cells: Cells) -> str:
        name = " ".join(cells[ORGANISATION].split())
        if not name:
            self.refuse(ImportCode.EMPTY, ORGANISATION, cells)
        if is_error(name):
            self.refuse(ImportCode.SHEET_ERROR, ORGANISATION, cells)
        if len(name) > 200 or not name.isprintable():
            self.refuse(ImportCode.TEXT, ORGANISATION, cells, longest=200)
        return name

    def _email(self, cells: Cells) -> str:
        email = cells[EMAIL].lower()
        if email and (email.count("@") != 1 or len(email) > 254 or not email.isprintable() or " " in email):
            self.refuse(Code.EMAIL, EMAIL, cells)
        return email

    def _old_numbers(self, cells: Cells) -> list[str]:
        text = cells[OLD_NUMBER] if MARK in self.codes else unprotected(cells[OLD_NUMBER])
        if is_error(text):
            self.refuse(ImportCode.SHEET_ERROR, OLD_NUMBER, cells)
        if not text and not self.own:
            self.refuse(ImportCode.EMPTY, OLD_NUMBER, cells)
        numbers = old_numbers.read(text) if self.several_numbers else [text] if text else []
        for number in numbers:
            if len(number) > OLD_NUMBER_LENGTH or not number.isprintable():
                self.refuse(ImportCode.TEXT, OLD_NUMBER, cells, longest=OLD_NUMBER_LENGTH)
            if values.holds_national_number(number):
                self.refuse(ArbeidszorgCode.NATIONAL_NUMBER, OLD_NUMBER, cells)
        return numbers

    def _answers(self, cells: Cells) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for column, codes in self.typed.items():
            if text := cells[column]:
                parse = _parse_date if column == "birth_date" else _parse_postcode
                answers[column] = codes.get(text) or self._parsed(parse, column, cells)
        for column, codes in self.choices:
            if text := cells[column]:
                answers[column] = self._option(codes, column, cells)
        return answers

    def _option(self, codes: Mapping[str, str], column: str, cells: Cells) -> str:
        code = codes.get(cells[column])
        if code is None:
            self.refuse(ArbeidszorgCode.OPTION, column, cells)
        return code

    def _parsed(self, parse: Callable[[str], Any], column: str, cells: Cells) -> Any:
        try:
            return parse(cells[column])
        except Refused as refused:
            self.refuse(refused.code, column, cells)

    def _period(self, cells: Cells) -> Period | None:
        if not any(cells.get(column) for column in (*HEADINGS, PAST_HOURS, *CLOSING)):
            return None
        closed = any(cells[column] for column in (END, *CLOSING))
        continued = bool(cells[END]) and [cells[code] for code in CLOSING] == [CONTINUATION, ""]
        for column in (HOURS, START, *((END, *(() if continued else CLOSING)) if closed else ())):
            if not cells[column]:
                wrong: StrEnum = ArbeidszorgCode.CLOSING if column in (END, *CLOSING) else ImportCode.EMPTY
                self.refuse(wrong, column, cells)
        hours = int(self._parsed(_parse_hours, HOURS, cells) * 100)
        start = self._day(START, cells)
        if not closed:
            return Period(start, None, hours, None, None, self._past_hours(start, None, cells))
        end = self._day(END, cells)
        if end < start:
            self.refuse(ArbeidszorgCode.END_BEFORE_START, END, cells)
        past = self._past_hours(start, end, cells)
        if continued:
            return Period(start, end, hours, None, None, past)
        reason, outlook = (self._option(codes, code, cells) for code, codes in self.closing.items())
        return Period(start, end, hours, reason, outlook, past)

    def _past_hours(self, start: date, end: date | None, cells: Cells) -> dict[date, int]:
        try:
            return history.read_hours(cells.get(PAST_HOURS, ""), start, end, self.today)
        except Refused as refused:
            self.refuse(refused.code, PAST_HOURS, cells)

    def _day(self, column: str, cells: Cells) -> date:
        day: date = self._parsed(_parse_date, column, cells)
        if not EARLIEST <= day <= LATEST:
            self.refuse(ArbeidszorgCode.DAY_RANGE, column, cells)
        return day

    def _check_birth(self, entry: Entry, cells: Cells) -> None:
        born = entry.answers.get("birth_date")
        if not isinstance(born, date):
            return
        if entry.period and entry.period.start < born:
            self.refuse(ArbeidszorgCode.BEFORE_BIRTH, START, cells, birth_date=born)
        if not EARLIEST <= born <= self.today:
            self.refuse(ArbeidszorgCode.BIRTH_DATE, "birth_date", cells)

    def _own(self, entry: Entry, cells: Cells) -> None:
        number, mark = cells[NUMBER], cells[MARK]
        if number or not self.own_list:
            if not (number.isascii() and number.isdecimal() and len(number) <= DIGITS and int(number) > 0):
                self.refuse(ImportCode.NUMBER, NUMBER, cells)
            entry.number = int(number)
        if mark or not self.own_list:
            if not mark or len(mark) > 100 or not mark.isprintable():
                self.refuse(ImportCode.MARK, MARK, cells)
            entry.mark = mark
        entry.name = self._parsed(values.clean_name, NAME, cells) if cells[NAME] else ""
        try:
            entry.past = history.read(cells[PAST], self.asked, self.today)
        except Refused as refused:
            self.refuse(refused.code, PAST, cells, **refused.context)
