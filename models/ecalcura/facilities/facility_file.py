"""Reading the desk's file of facilities, a table as people have them: models/files/reading."""
import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from stdnum.be import vat
from stdnum.exceptions import ValidationError

from models.days import parse_date
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities.kinds import kind_of
from models.errors import Code, Refused
from models.files import changed_numbers
from models.files.cells import restore
from models.files.reading import table
from models.files.reading.errors import FileCode
from models.mail.addresses import clean_email
from models.organisations import PROVINCES


def _at_most(length: int) -> Callable[[str], str]:
    def clean(text: str) -> str:
        text = " ".join(text.split())
        if len(text) > length or not text.isprintable():
            raise Refused(EcalcuraCode.FACILITY_TEXT)
        return text

    return clean


def _hco(text: str) -> str:
    # The form of an HCO number is not published, so that each one in the desk's file is right if it fits in an address.
    if not (text.isascii() and text.isalnum() and len(text) <= 20):
        raise Refused(EcalcuraCode.HCO)
    return text.upper()


def _other_hco(text: str) -> str | None:
    return _hco(text) if text else None


def _riziv(text: str) -> str:
    digits = "".join(sign for sign in text if sign not in " .-/")
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) <= 11):
        raise Refused(EcalcuraCode.RIZIV)
    return digits


def _kbo(text: str) -> str:
    try:
        # A spreadsheet drops the zeros at the beginning; the check digits tell whether that is so.
        return str(vat.validate(text.zfill(10) if text.isdigit() else text))
    except ValidationError:
        raise Refused(EcalcuraCode.KBO) from None


def _name(text: str) -> str:
    text = " ".join(text.split())
    if not 1 <= len(text) <= 200 or not text.isprintable():
        raise Refused(EcalcuraCode.FACILITY_NAME)
    return text


def _province(text: str) -> str | None:
    if not text:
        return None
    found = [code for code, label in PROVINCES.items() if text.casefold() in (code, label.casefold())]
    if not found:
        raise Refused(Code.PROVINCE)
    return found[0]


def _places(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        raise Refused(EcalcuraCode.FACILITY_PLACES)
    return int(text)


def _day(text: str) -> datetime.date | None:
    return parse_date(text) if text else None


def _email(text: str) -> str:
    return clean_email(text) if text else ""


# Column → the value, and how a cell is read. A file without a column that is not required leaves its value as it is.
COLUMNS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "HCO-nummer": ("hco", _hco),
    "RIZIV-nummer": ("riziv", _riziv),
    "KBO-nummer": ("kbo", _kbo),
    "Organisatie": ("organisation", _at_most(200)),
    "Soort": ("soort", str),
    "Type": ("type", str),
    "Hoort bij HCO": ("parent", _other_hco),
    "Overeenkomst": ("agreement", _at_most(40)),
    "Naam": ("name", _name),
    "Straat": ("street", _at_most(200)),
    "Postcode": ("postcode", _at_most(10)),
    "Gemeente": ("town", _at_most(100)),
    "Provincie": ("province", _province),
    "E-mail": ("email", _email),
    "Telefoon": ("telephone", _at_most(50)),
    "Erkende plaatsen": ("places", _places),
    "Vanaf": ("since", _day),
    "Tot": ("until", _day),
    "Opvolger HCO": ("successor", _other_hco),
    "Gefuseerd op": ("merged_on", _day),
}
REQUIRED = ("HCO-nummer", "KBO-nummer", "Soort", "Naam")


class Row(NamedTuple):
    """A row of the file: its line, and its values by name; or the column with a fault, and the fault."""

    line: int
    values: dict[str, Any]
    column: str = ""
    fault: Refused | None = None


def read(path: Path) -> list[Row]:
    """Return the rows of the file. Raises `Refused` if it cannot be read, or has other columns."""
    found = table.open_table(path, _is_heading)
    known = {heading.casefold(): heading for heading in COLUMNS}
    columns = [known.get(heading.casefold(), heading) for heading in found.headings]
    if not set(REQUIRED) <= set(columns) <= set(COLUMNS) or len(set(columns)) < len(columns):
        raise Refused(EcalcuraCode.LIST_COLUMNS)
    return list(_rows(columns, found))


def _is_heading(cells: list[str]) -> bool:
    return {"hco-nummer", "naam"} <= {cell.casefold() for cell in cells}


def _rows(columns: list[str], found: table.Table) -> Iterator[Row]:
    seen: set[str] = set()
    for line in found.rows():
        # A spreadsheet leaves out empty cells at the end. In a CSV file they empty values that may be meant to stay.
        fault = line.fault or (FileCode.ROW_COLUMNS if line.added and not found.is_spreadsheet else None)
        if fault or line.cells is None:
            yield Row(line.line, {}, line.column, Refused(fault or FileCode.ROW_COLUMNS))
            continue
        cells = [changed_numbers.unprotected(restore(cell.strip())) for cell in line.cells]
        row = _row(line.line, dict(zip(columns, cells, strict=True)))
        if row.fault is None and row.values["hco"] in seen:
            row = Row(line.line, {}, "HCO-nummer", Refused(EcalcuraCode.HCO_TWICE))
        seen.add(row.values.get("hco", ""))
        yield row


def _row(line: int, cells: dict[str, str]) -> Row:
    values: dict[str, Any] = {}
    for column, cell in cells.items():
        name, clean = COLUMNS[column]
        try:
            values[name] = clean(cell)
            if column == "Soort":
                values["kind"] = kind_of(cell, cells.get("Type", ""))
        except Refused as fault:
            return Row(line, {}, column, fault)
    return Row(line, values)
