"""The reader of a register's file: a file that is not a register is refused before a row is read."""
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from models.arbeidszorg.errors import ImportCode
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.transfer.register_file import own_list
from models.arbeidszorg.transfer.register_file.columns import OLD, OWN, columns, columns_in
from models.arbeidszorg.transfer.register_file.short_rows import ShortRows
from models.errors import Refused
from models.files.reading.errors import FileCode
from models.files.reading.table import Row, Table, open_table


@dataclass(frozen=True)
class RegisterFile:
    """A file whose heading is known; its columns are those of `kind`, OLD or OWN."""

    table: Table
    kind: str
    columns: dict[str, str]

    @property
    def size(self) -> int:
        """The size to which the positions of rows count."""
        return self.table.size

    @property
    def is_spreadsheet(self) -> bool:
        """Whether its dates and numbers may be real ones."""
        return self.table.is_spreadsheet

    def rows(self) -> Iterator[Row]:
        """Yield each row that is not blank; a row that may have lost a cell is at fault."""
        short_rows = ShortRows(self.columns, questionnaire.current())
        for row in self.table.rows():
            # The last column of Loket's own file is never empty.
            lacks = not self.is_spreadsheet and row.added and row.cells and (
                self.kind == OWN or short_rows.may_lack(row.cells, row.added))
            yield row._replace(cells=None, fault=FileCode.ROW_COLUMNS) if lacks else row


def examine(source: Path | BinaryIO, is_own_list: bool = False) -> RegisterFile:
    """Check a whole file; raises `Refused` with the reason if it is not a register that can be read.

    `is_own_list` says that it is an organisation's own list, whose columns are freer.
    """
    table = open_table(source, _is_heading)
    kind, wanted = own_list.columns_in(table.headings) if is_own_list else columns_in(table.headings)
    _compare(table.headings, list(wanted.values()))
    return RegisterFile(table, kind, wanted)


def _is_heading(cells: list[str]) -> bool:
    return len({*columns(OLD).values(), *columns(OWN).values()}.intersection(cells)) > 1


def _compare(heading: list[str], expected: list[str]) -> None:
    doubled = [column for column in expected if heading.count(column) > 1]
    missing = [column for column in expected if column not in heading]
    unknown = [place for place, column in enumerate(heading, 1) if column not in expected]
    if doubled:
        raise Refused(ImportCode.COLUMNS_DOUBLED, columns=doubled)
    if missing:
        raise Refused(ImportCode.COLUMNS_MISSING, columns=missing)
    if unknown:
        raise Refused(ImportCode.COLUMNS_UNKNOWN, places=unknown)
    for place, (actual, column) in enumerate(zip(heading, expected, strict=True), 1):
        if actual != column:
            raise Refused(ImportCode.COLUMNS_ORDER, place=place, column=column, found=actual)
