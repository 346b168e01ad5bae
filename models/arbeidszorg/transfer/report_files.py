"""The files beside an imported one: refused rows, remarks, organisations that were made, pairs of numbers.

Their rows are written while they come, so that memory does not grow with the file; they are for their owner only.
"""
import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Self, TextIO

from models.alike import Alike
from models.arbeidszorg.register.plausible import Improbable, Remark
from models.arbeidszorg.transfer.outcome import Noted, NumberDoubt, reason
from models.arbeidszorg.transfer.register_file.own_list import Noticed
from models.arbeidszorg.transfer.register_file.rows import RowRefused
from models.files.cells import Value
from models.files.csv_file import Csv
from models.organisations import PROVINCES, Organisation

LONGEST_VALUE = 100
SAME_NAME, SAME_EMAIL = "bijna dezelfde naam", "hetzelfde e-mailadres"

REMARKS: dict[StrEnum, str] = {
    Improbable.START_AHEAD: "De periode begint over meer dan een jaar.",
    Improbable.END_AHEAD: "De periode eindigt over meer dan twee jaar.",
    Improbable.YOUNG: "De cliënt is bij de start op {start:%d/%m/%Y} nog maar {age} jaar.",
    Improbable.OLD: "De cliënt is bij de start op {start:%d/%m/%Y} al {age} jaar.",
    Improbable.BORN_LONG_AGO: "De cliënt is {age} jaar.",
    Improbable.LONG: "De periode duurt meer dan 40 jaar: van {start:%d/%m/%Y} tot en met {last:%d/%m/%Y}.",
    Improbable.AFTER_DEATH:
        "Op {died:%d/%m/%Y} is een periode afgesloten met 'Overlijden', en op {start:%d/%m/%Y} begint er nog een.",
    Improbable.OUTLOOK_OF_DEATH: "Bij 'Overlijden' staat een ander perspectief dan 'Onbekend'.",
    NumberDoubt.MADE: "Dit volgnummer lijkt door een rekenblad gemaakt.",
    NumberDoubt.LIKE: "Lijkt op {other}: dezelfde geboortedatum, hetzelfde geslacht en dezelfde postcodes.",
    Noticed.OTHER_NUMBER: "Dit nummer is in je organisatie niet van deze cliënt: Loket gebruikt het niet.",
}


class Report:
    """Four CSV files in `folder`, named after the imported one.

    They have the refused rows, the remarks on accepted ones, the organisations that were made, and the pairs of
    numbers. Each is made with its first row, and an older one of that name is removed at the start, so that the files
    are always those of the last run. A dry run or a failed import leaves the older pairs alone, because its numbers are
    not given.
    """

    def __init__(self, source: Path | str, folder: Path | str, dry_run: bool = False) -> None:
        stem = Path(source).stem
        self.refused = _Table(Path(folder) / f"{stem}.geweigerd.csv", ("Regel", "Kolom", "Waarde", "Reden"))
        self.pairs = _Table(Path(folder) / f"{stem}.nummers.csv",
                            ("Organisatie", "Nummer in het bestand", "Nummer in Loket"))
        self.remarks = _Table(Path(folder) / f"{stem}.opmerkingen.csv", ("Regel", "Kolom", "Waarde", "Opmerking"))
        self.made = _Table(Path(folder) / f"{stem}.organisaties.csv",
                           ("Organisatie", "Provincie", "Lijkt op", "Provincie daarvan", "Waarom"))
        self.dry_run = dry_run
        for table in (self.refused, self.remarks, self.made):
            table.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        for table in (self.refused, self.remarks, self.made):
            table.close()
        self.pairs.close(keep=failure is None and not self.dry_run)

    def restart(self) -> None:
        """Forget what was written: the file is read again."""
        for table in (self.refused, self.remarks, self.made, self.pairs):
            table.close(keep=False)

    def refuse(self, line: int, refused: RowRefused) -> Noted:
        """Write a refused row; return it in the form that may be shown."""
        refusal = noted_refusal(line, refused)
        self.refused.write((line, refusal.column, refusal.value, refusal.reason))
        return refusal

    def remark(self, line: int, column: str, value: str, remark: Remark) -> Noted:
        """Write a remark on an accepted row; return it in the form that may be shown."""
        noted = noted_remark(line, column, value, remark)
        self.remarks.write((line, noted.column, noted.value, noted.reason))
        return noted

    def make(self, organisation: Organisation, nearest: Alike | None) -> str:
        """Write an organisation that was made and the nearest one there is; return its line."""
        cells = (organisation.name, PROVINCES[organisation.province], *_near(nearest))
        self.made.write(cells)
        near = f": {cells[4]} als ‘{cells[2]}’ ({cells[3]})" if nearest else ""
        return f"  organisatie gemaakt: ‘{cells[0]}’ ({cells[1]}){near}"

    def lines(self) -> list[str]:
        """Return a line with the path of each written file."""
        tables = [("Geweigerde rijen", self.refused), ("Opmerkingen", self.remarks),
                  ("Organisaties die gemaakt zijn", self.made), ("Oude en nieuwe nummers", self.pairs)]
        return [f"{what}: {table.path}" for what, table in tables if table.was_kept]

    def pair(self, organisation: str, number_there: int, number_here: int) -> None:
        """Write a client's number in the file and its number here."""
        self.pairs.write((organisation, number_there, number_here))


class InMemory:
    """The report of an import without files: the first notes are in its `Result`, and nothing else is kept."""

    def restart(self) -> None:
        """Do nothing: the file is read again, with a new `Result`."""

    def refuse(self, line: int, refused: RowRefused) -> Noted:
        """Return a refused row in the form that may be shown."""
        return noted_refusal(line, refused)

    def remark(self, line: int, column: str, value: str, remark: Remark) -> Noted:
        """Return a remark on an accepted row in the form that may be shown."""
        return noted_remark(line, column, value, remark)

    def make(self, organisation: Organisation, nearest: Alike | None) -> str:
        """Never called: an organisation's own list makes no organisation."""
        raise NotImplementedError

    def pair(self, organisation: str, number_there: int, number_here: int) -> None:
        """Keep nothing: a remark tells that the number in the file is not the client's."""


def noted_refusal(line: int, refused: RowRefused) -> Noted:
    """Return a refused row in the form that may be shown."""
    return Noted(line, refused.context.get("column", ""), _short(refused.context.get("value", "")), reason(refused))


def noted_remark(line: int, column: str, value: str, remark: Remark) -> Noted:
    """Return a remark on an accepted row in the form that may be shown."""
    return Noted(line, column, _short(value), REMARKS[remark.code].format(**remark.context))


def _near(nearest: Alike | None) -> tuple[str, str, str]:
    if nearest is None:
        return "", "", ""
    there = nearest.organisation
    return there.name, PROVINCES[there.province], SAME_NAME if nearest.by_name else SAME_EMAIL


def _short(value: str) -> str:
    value = "".join(character if character.isprintable() else "�" for character in value)
    return value[:LONGEST_VALUE] + "…" if len(value) > LONGEST_VALUE else value


class _Table:
    """A CSV written to a temporary file, renamed into place on success."""

    def __init__(self, path: Path, heading: Sequence[str]) -> None:
        self.path = path
        self.part = path.with_name(f"{path.name}.deel")
        self.heading = heading
        self.file: TextIO | None = None
        self.table: Csv | None = None
        self.was_kept = False

    def write(self, cells: Sequence[Value]) -> None:
        if self.table is None:
            # A new file, never an existing one, that only its owner can read from the first byte on.
            self.part.unlink(missing_ok=True)
            descriptor = os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self.file = open(descriptor, "w", encoding="utf-8", newline="")  # noqa: SIM115
            self.table = Csv(self.file, self.heading)
        self.table.write([cells])

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)

    def close(self, keep: bool = True) -> None:
        if self.file is not None:
            self.file.close()
            self.was_kept = keep
            self.part.replace(self.path) if keep else self.part.unlink()
            self.file = self.table = None
