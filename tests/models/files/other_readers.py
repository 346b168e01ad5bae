"""Reads spreadsheets with LibreOffice and ExcelJS, which .ci/readers provides: the kind and value of each cell."""
import csv
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

LONGEST_WAIT = 120  # seconds
# Commas, quotes, UTF-8, from the first line on, values instead of their looks, a file for each sheet.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
OFFICE, TABLE, STYLE, FO = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in (
    "office", "table", "style", "xsl-fo-compatible"))
KINDS = {"string": "text", "float": "number", "percentage": "share", "date": "day"}


class Cell(NamedTuple):
    """A cell that is not empty: `text`, `number`, `share` or `day`, its value (a day as yyyy-mm-dd), and its look."""

    kind: str
    value: str | float
    bold: bool = False


Sheets = dict[str, list[list[Cell | None]]]


def exceljs(path: Path) -> Sheets:
    """Return the lines of each sheet as ExcelJS reads them."""
    script = Path(__file__).with_name("read_with_exceljs.mjs")
    sheets = json.loads(_run("node", script, path))
    return {name: [[cell and Cell(*cell) for cell in line] for line in lines] for name, lines in sheets.items()}


def libreoffice(path: Path) -> Sheets:
    """Return the lines of each sheet as LibreOffice reads them; the files it makes are put beside `path`.

    Its XML has the kinds of the cells. Texts are those of its CSV: XML cannot hold every sign.
    """
    for form in ("fods", AS_CSV):
        _run(os.environ["LIBREOFFICE"], f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--headless",
             "--convert-to", form, "--outdir", path.parent, path)
    document = ET.parse(path.with_suffix(".fods"))
    bold = {style.get(f"{STYLE}name") for style in document.iter(f"{STYLE}style")
            if any(look.get(f"{FO}font-weight") == "bold" for look in style)}
    sheets = {}
    for table in document.iter(f"{TABLE}table"):
        name = table.attrib[f"{TABLE}name"]
        with path.with_name(f"{path.stem}-{name}.csv").open(encoding="utf-8", newline="") as file:
            sheets[name] = [[_cell(cell, text, bold) for cell, text in zip(_cells(row), line, strict=False)]
                            for row, line in zip(_rows(table), csv.reader(file), strict=False)]
    return sheets


def _rows(table: ET.Element) -> Iterator[ET.Element]:
    for row in table.iter(f"{TABLE}table-row"):
        yield from [row] * int(row.get(f"{TABLE}number-rows-repeated", 1))


def _cells(row: ET.Element) -> Iterator[ET.Element]:
    for cell in row:
        yield from [cell] * int(cell.get(f"{TABLE}number-columns-repeated", 1))


def _cell(cell: ET.Element, text: str, bold: set[str | None]) -> Cell | None:
    kind = cell.get(f"{OFFICE}value-type")
    if kind is None:
        return None
    value = cell.get(f"{OFFICE}date-value") or float(cell.get(f"{OFFICE}value", "nan"))
    # A kind that the tests do not expect, a formula say, keeps LibreOffice's name.
    name = "formula" if cell.get(f"{TABLE}formula") else KINDS.get(kind, kind)
    return Cell(name, text if kind == "string" else value, cell.get(f"{TABLE}style-name") in bold)


def _run(*command: str | Path) -> str:
    done = subprocess.run(command, stdout=subprocess.PIPE, timeout=LONGEST_WAIT, check=True, encoding="utf-8")
    return done.stdout
