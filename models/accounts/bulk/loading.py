"""Loads the sectors and mail addresses of organisations from a table of a few columns.

Nothing is guessed: an empty value is filled in, and one that differs stays as it is unless it is to be replaced. A
refused row does not affect the others.
"""
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from models.accounts.accounts import Account
from models.accounts.bulk.errors import BulkCode
from models.accounts.logins import known_email
from models.audit import Actor
from models.database import transaction
from models.errors import Code, Refused
from models.files.reading.sources import Source
from models.files.reading.table import Row, open_table
from models.mail.addresses import clean_email
from models.organisations import PROVINCES, SECTORS, Organisation

NAME, SECTOR, EMAIL, PROVINCE = "name", "sector", "email", "province"
HEADINGS = {NAME: "Organisatie", SECTOR: "Sector", EMAIL: "E-mailadres", PROVINCE: "Provincie"}
_BY_HEADING = {heading.casefold(): column for column, heading in HEADINGS.items()}


class Noted(NamedTuple):
    """A row that was refused, or a value of it that was left as it was."""

    line: int
    code: StrEnum


@dataclass
class Loaded:
    """The outcome: the changed fields of each changed organisation, and the notes by line."""

    rows: int = 0
    changed: list[tuple[Organisation, list[str]]] = field(default_factory=list)
    refused: list[Noted] = field(default_factory=list)
    kept: list[Noted] = field(default_factory=list)


def load(source: Source, replace: bool = False, dry_run: bool = False, by: Actor | None = None) -> Loaded:
    """Load a list in one transaction; a dry run rolls it back. Raises `Refused` if the file is not such a list.

    The columns are Organisatie, with Sector or E-mailadres or both, and perhaps Provincie, in any order.
    """
    table = open_table(source, _is_heading)
    columns = [_BY_HEADING.get(heading.casefold()) for heading in table.headings]
    if None in columns:
        raise Refused(BulkCode.COLUMN_OTHER)
    if len({*columns}) < len(columns):
        raise Refused(BulkCode.COLUMN_TWICE)
    loader = _Loader([column for column in columns if column], replace, by)
    with transaction() as work:
        for row in table.rows():
            loader.take(row)
        if dry_run:
            work.rollback()
    return loader.loaded


def _is_heading(cells: list[str]) -> bool:
    columns = {_BY_HEADING.get(cell.casefold()) for cell in cells}
    return NAME in columns and bool(columns & {SECTOR, EMAIL})


class _Loader:
    def __init__(self, columns: list[str], replace: bool, by: Actor | None) -> None:
        self.columns = columns
        self.replace = replace
        self.by = by
        self.loaded = Loaded()
        self.seen: set[int] = set()
        self.sectors = _codes(SECTORS)
        self.provinces = _codes(PROVINCES)

    def take(self, row: Row) -> None:
        """Change the organisation of a row, or note why not."""
        self.loaded.rows += 1
        try:
            if row.fault:
                raise Refused(row.fault)
            cells = {column: " ".join(cell.split())
                     for column, cell in zip(self.columns, row.cells or [], strict=True)}
            organisation = self._organisation(cells)
            changes = self._changes(organisation, self._values(cells), row.line)
        except Refused as refused:
            self.loaded.refused.append(Noted(row.line, refused.code))
            return
        if changes:
            organisation.change({"name": organisation.name, **changes}, organisation.version, self.by)
            self.loaded.changed.append((organisation, sorted(changes)))

    def _organisation(self, cells: dict[str, str]) -> Organisation:
        if not cells[NAME]:
            raise Refused(Code.ORGANISATION_NAME)
        found = Organisation.select().where(Organisation.name == cells[NAME])
        if typed := cells.get(PROVINCE):
            province = self.provinces.get(typed.casefold())
            if province is None:
                raise Refused(Code.PROVINCE)
            found = found.where(Organisation.province == province)
        organisations = list(found)
        if not organisations:
            raise Refused(BulkCode.ORGANISATION_ABSENT)
        if len(organisations) > 1:
            raise Refused(BulkCode.ORGANISATION_NAMESAKES)
        organisation: Organisation = organisations[0]
        if organisation.id in self.seen:
            raise Refused(BulkCode.ORGANISATION_REPEATED)
        self.seen.add(organisation.id)
        return organisation

    def _values(self, cells: dict[str, str]) -> dict[str, str]:
        values = {}
        if typed := cells.get(SECTOR):
            sector = self.sectors.get(typed.casefold())
            if sector is None:
                raise Refused(BulkCode.SECTOR)
            values[SECTOR] = sector
        if typed := cells.get(EMAIL):
            values[EMAIL] = clean_email(typed)
        return values

    def _changes(self, organisation: Organisation, values: dict[str, str], line: int) -> dict[str, str]:
        has_login = Account.of(organisation).exists()
        known = {SECTOR: organisation.sector, EMAIL: known_email(organisation)}
        changes = {}
        for column, value in values.items():
            if value == known[column]:
                continue
            if column == EMAIL and has_login:
                self._keep(line, BulkCode.LOGIN_ADDRESS)
            elif known[column] and not self.replace:
                self._keep(line, BulkCode.VALUE_KEPT)
            else:
                changes[column] = value
        return changes

    def _keep(self, line: int, code: StrEnum) -> None:
        self.loaded.kept.append(Noted(line, code))


def _codes(labels: dict[str, str]) -> dict[str, str]:
    """Return code by label and by code, in small letters."""
    return {text.casefold(): code for code, label in labels.items() for text in (code, label)}
