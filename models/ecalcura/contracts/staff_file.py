"""'Personeel inlezen': many contracts from one spreadsheet. A row is saved as a whole, or refused with its column."""
import datetime
import itertools
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from models.audit import Actor
from models.database import transaction
from models.days import parse_date
from models.ecalcura.contracts import entry, lists
from models.ecalcura.contracts.days import ENTITLED, EXEMPTION, PREMIUM, REPLACEMENT
from models.ecalcura.contracts.entry import NewContract
from models.ecalcura.contracts.saving import changing
from models.ecalcura.contracts.terms import parse_hours
from models.ecalcura.contracts.visa import Found
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import changes, numbers
from models.ecalcura.people.employees import Asked, Employee
from models.ecalcura.people.index import hash_of
from models.ecalcura.people.lookups import IMPORT
from models.ecalcura.people.persons import Person
from models.errors import Refused
from models.files import spreadsheet
from models.files.invisible import clean
from models.files.reading.sources import Source
from models.files.reading.table import Row, open_table
from models.files.spreadsheet import Book, Look, Sheet

NUMBER, REPLACES = "Rijksregisternummer", "Vervangt (rijksregisternummer)"
START, END, ROLE, QUALIFICATION, STATUTE = "Begindatum", "Einddatum", "Rol", "Kwalificatie", "Statuut"
HOURS, FULL_TIME, REPLACED_HOURS, ACT_ON = "Uren per week", "Voltijdse uren", "Vervangen uren", "Datum van de akte"
ACQUIRED = "Verworven recht tot stap"
ROLES = {"gerechtigde": ENTITLED, "vervanger": REPLACEMENT}
CHOICES = {"premie": PREMIUM, "vrijstelling": EXEMPTION}
POOL = "pool"
Word = TypeVar("Word", str, int)
FULL_TIME_WEEK = 3800
DAYS = (START, END, ACT_ON)
# As many as the template has lists for. An XLSX of some kilobytes may hold a hundred thousand.
LINES = 1000
WIDTH = 18
# Rows whose person a silent register was asked for; no more people are asked for after them.
MOST_SILENT = 3


def choice_heading(age: int) -> str:
    """Return the heading of the choice for a step: 'Keuze 45'."""
    return f"Keuze {age}"


def headings() -> list[str]:
    """Return the columns of the file, in order."""
    return [NUMBER, START, END, ROLE, QUALIFICATION, STATUTE, HOURS, FULL_TIME,
            *(choice_heading(age) for age in lists.steps()), ACQUIRED, REPLACES, REPLACED_HOURS, ACT_ON]


REQUIRED = (NUMBER, START, ROLE, QUALIFICATION, STATUTE, HOURS)
# Code of a rule → the column that it is about.
COLUMNS: dict[StrEnum, str] = {
    **dict.fromkeys((EcalcuraCode.NUMBER_INVALID, EcalcuraCode.PERSON_UNKNOWN, EcalcuraCode.LOOKUPS_TODAY,
                     EcalcuraCode.ALREADY_EMPLOYEE, EcalcuraCode.REGISTER_SILENT), NUMBER),
    **dict.fromkeys((EcalcuraCode.CONTRACT_START, EcalcuraCode.CONTRACT_OVERLAP, EcalcuraCode.TRIMESTER_SUBMITTED,
                     EcalcuraCode.REOPENED_ENDED, EcalcuraCode.MERGED_AWAY), START),
    EcalcuraCode.CONTRACT_END: END,
    EcalcuraCode.QUALIFICATION_UNKNOWN: QUALIFICATION,
    EcalcuraCode.HOURS_POSITIVE: HOURS,
    EcalcuraCode.HOURS_ABOVE_FULL_TIME: HOURS,
    EcalcuraCode.FULL_TIME_RANGE: FULL_TIME,
    EcalcuraCode.REPLACEMENT_CHOICE: ROLE,
    EcalcuraCode.REPLACED_NOT_EXEMPT: REPLACES,
    EcalcuraCode.REPLACEMENT_OUTSIDE: REPLACES,
}
OF_A_CHOICE = (EcalcuraCode.PREMIUM_NOT_ALLOWED, EcalcuraCode.CHOICE_EARLY, EcalcuraCode.CHOICE_TWICE)


class Line(NamedTuple):
    """The outcome of a row: the contract that was added, or why it was refused and in which column ('': the row)."""

    number: int
    employee_id: int | None = None
    contract_id: int | None = None
    column: str = ""
    refused: Refused | None = None


class Report(NamedTuple):
    """The outcome of each row, in the order of the file."""

    lines: list[Line]

    @property
    def added(self) -> int:
        """The number of contracts that were added."""
        return sum(line.refused is None for line in self.lines)

    @property
    def refused(self) -> int:
        """The number of rows that were refused."""
        return len(self.lines) - self.added


class _Read(NamedTuple):
    """A row that can be read. `replaces` is the number of the replaced employee, '' for the pool."""

    line: int
    new: NewContract
    replaces: str


def template() -> bytes:
    """Return an empty spreadsheet to fill in, with the words that it takes on a second sheet."""
    options = [("Rol", list(ROLES)), ("Kwalificatie", [one.label for one in lists.qualifications().values()]),
               ("Statuut", list(lists.statutes().values())), ("Keuze", list(CHOICES)), ("Stap", list(_ages()))]
    columns = {ROLE: 0, QUALIFICATION: 1, STATUTE: 2, ACQUIRED: 4} | {choice_heading(age): 3 for age in lists.steps()}

    def fill(book: Book) -> None:
        sheet = Sheet(book, "Personeel", [WIDTH] * len(headings()))
        sheet.write(*((heading, Look.HEADING) for heading in headings()))
        sheet.freeze(1)
        for place, heading in enumerate(headings()):
            # A number as text: a spreadsheet takes away the zero in front.
            sheet.type_in(place, Look.DAY if heading in DAYS else Look.TYPED if heading in (NUMBER, REPLACES) else None)
            if heading in columns:
                sheet.choose(place, LINES, "Lijsten", columns[heading], len(options[columns[heading]][1]))
        words = Sheet(book, "Lijsten", [WIDTH * 2] * len(options))
        words.write(*((heading, Look.HEADING) for heading, _ in options))
        for line in range(max(len(words_of) for _, words_of in options)):
            words.write(*((found[line] if line < len(found) else None, Look.TEXT) for _, found in options))

    return spreadsheet.in_memory("Personeel inlezen", fill)


def read(facility: Facility, source: Source, by: Actor | None = None, dry_run: bool = False,
         form_key: str | None = None) -> Report:
    """Add the contract of each row, and return what became of the rows; a refused row costs no other.

    A form that is sent twice, recognised by its `form_key`, adds each row once.

    With `dry_run` no register is asked, and nothing is kept: the report lacks what only a register knows. Otherwise it
    asks about each new person, so never call it in a transaction; while the register is silent, rows of new people are
    refused, to be read again later. Raises `Refused` for a file that is no such table, or has more rows than LINES.
    """
    table = open_table(source, lambda found: NUMBER in found)
    if missing := [heading for heading in REQUIRED if heading not in table.headings]:
        raise Refused(EcalcuraCode.STAFF_FILE_COLUMNS, columns=", ".join(missing))
    rows = [_parsed(row, table.headings) for row in itertools.islice(table.rows(), LINES + 1)]
    if len(rows) > LINES:
        raise Refused(EcalcuraCode.STAFF_FILE_LONG, most=LINES)
    # Somebody who is replaced comes before the replacement.
    ordered = sorted((row for row in rows if isinstance(row, _Read)), key=lambda row: row.new.role == REPLACEMENT)
    lines = [row for row in rows if isinstance(row, Line)]
    if dry_run:
        # All others wait for this transaction: it is short.
        with transaction() as tried, changes.untold():
            lines += [_saved(row, lambda row: _try(facility, row, by)) for row in ordered]
            tried.rollback()
    else:
        register = _Register()
        lines += [_saved(row, lambda row: _enter(facility, row, by, register, form_key)) for row in ordered]
    return Report(sorted(lines, key=lambda line: line.number))


def _saved(row: _Read, save: Callable[[_Read], tuple[int, int]]) -> Line:
    try:
        employee_id, contract_id = save(row)
    except Refused as refused:
        return Line(row.line, column=_column(refused), refused=refused)
    return Line(row.line, employee_id, contract_id)


def _column(refused: Refused) -> str:
    if refused.code in OF_A_CHOICE:
        return choice_heading(refused.context["step"])
    return COLUMNS.get(refused.code, "")


class _Register:
    """How often the register was silent while a file was read: each time costs seconds."""

    silent = 0


def _enter(facility: Facility, row: _Read, by: Actor | None, register: _Register,
           form_key: str | None) -> tuple[int, int]:
    """Enter a row as the form does; an employee who is there gets a further contract."""
    new = _with_replaced(facility, row)
    known = Employee.by_number(facility, new.number)
    if known is None and register.silent >= MOST_SILENT:
        raise Refused(EcalcuraCode.REGISTER_SILENT)
    entered = entry.enter(facility, new, by, form_key and f"{form_key}-{row.line}", known, IMPORT)
    register.silent += entered.asked is not None and not entered.asked.answered
    return entered.employee.id, entered.contract.id


def _try(facility: Facility, row: _Read, by: Actor | None) -> tuple[int, int]:
    """Save a row in a transaction that is rolled back later, as while the registers are silent."""
    new = _with_replaced(facility, row)
    asked = Asked(Person(new.number), hash_of(new.number), False, "", 0)
    with transaction():
        employee = Employee.by_number(facility, new.number) or Employee.add(facility, asked, by)
        with changing(facility.id, [employee.id]) as held:
            return employee.id, entry.save_checked(held, employee, new, Found("unchecked"), by).id


def _with_replaced(facility: Facility, row: _Read) -> NewContract:
    if not row.replaces:
        return row.new
    replaced = Employee.by_number(facility, row.replaces)
    if replaced is None:
        raise Refused(EcalcuraCode.REPLACED_NOT_EXEMPT)
    return row.new._replace(replaces=replaced.id)


def _parsed(row: Row, columns: list[str]) -> _Read | Line:
    """Return a row of the file as a contract, or the line of the report that refuses it."""
    if row.fault is not None or row.cells is None:
        return Line(row.line, column=row.column, refused=Refused(row.fault) if row.fault else None)
    cells = {column: clean(cell).strip() for column, cell in zip(columns, row.cells, strict=True)}
    values: dict[str, Any] = {}
    for column, parse in _parsers():
        try:
            if column in REQUIRED and not cells[column]:
                raise Refused(EcalcuraCode.STAFF_FILE_EMPTY)
            values[column] = parse(cells[column]) if cells.get(column) else None
        except Refused as refused:
            return Line(row.line, column=column, refused=refused)
    if values[ACQUIRED] and values[ROLE] == REPLACEMENT:
        return Line(row.line, column=ACQUIRED, refused=Refused(EcalcuraCode.STAFF_FILE_ACQUIRED))
    choices = {age: values[choice_heading(age)] for age in lists.steps() if values[choice_heading(age)]}
    return _Read(row.line, NewContract(
        values[NUMBER], values[START], values[END], values[ROLE], values[QUALIFICATION], values[STATUTE],
        values[HOURS], values[FULL_TIME] or FULL_TIME_WEEK, choices, replaced_hours=values[REPLACED_HOURS],
        act_on=values[ACT_ON], acquired_step=values[ACQUIRED]), values[REPLACES] or "")


def _parsers() -> Iterator[tuple[str, Callable[[str], Any]]]:
    qualifications = {text: one.code for one in lists.qualifications().values() for text in (one.label, one.code)}
    yield NUMBER, numbers.clean
    yield from ((column, _day) for column in DAYS)
    yield ROLE, _one_of(ROLES, EcalcuraCode.ROLE_UNKNOWN)
    yield QUALIFICATION, _one_of(qualifications, EcalcuraCode.QUALIFICATION_UNKNOWN)
    yield STATUTE, _one_of({label: code for code, label in lists.statutes().items()}, EcalcuraCode.STATUTE_UNKNOWN)
    yield from ((column, parse_hours) for column in (HOURS, FULL_TIME, REPLACED_HOURS))
    yield from ((choice_heading(age), _one_of(CHOICES, EcalcuraCode.STEP_UNKNOWN)) for age in lists.steps())
    yield ACQUIRED, _one_of(_ages(), EcalcuraCode.STAFF_FILE_ACQUIRED)
    yield REPLACES, lambda text: "" if text.casefold() == POOL else numbers.clean(text)


def _ages() -> dict[str, int]:
    return {str(age): age for age in lists.steps()}


def _one_of(words: Mapping[str, Word], code: EcalcuraCode) -> Callable[[str], Word]:
    known = {word.casefold(): value for word, value in words.items()}

    def parse(text: str) -> Word:
        if text.casefold() not in known:
            raise Refused(code)
        return known[text.casefold()]

    return parse


def _day(text: str) -> datetime.date:
    try:
        return parse_date(text)
    except Refused:
        # Without the text: a cell of another column may hold a name.
        raise Refused(EcalcuraCode.STAFF_FILE_DAY) from None
