"""The confirmation of a submission: a PDF that follows PDF/UA-1, with the same bytes for the same snapshot."""
import datetime
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst

from models.ecalcura.submissions import tables
from models.ecalcura.submissions.glyphs import REPLACEMENT, fonts, shown
from models.ecalcura.submissions.snapshot import Content

SOURCE = Path(__file__).parent / "confirmation.typ"
TITLE = "Bevestiging van indiening"
EMPTY = "De voorziening verklaart dat er in dit trimester niets aan te geven is."
NO_CONTRACTS = "Er zijn geen contracten in dit trimester."
NO_GLYPH = (f"Een {REPLACEMENT} staat op de plaats van een teken dat dit document niet kan tonen. "
            "In Loket staat de naam voluit.")
MASKED = "Van een rijksregister- of bisnummer staan alleen de laatste twee cijfers in dit document."
# The columns of the table, each with its width beside the others.
COLUMNS = {"Naam": 5, "Nummer": 4, "Rol": 3, "Kwalificatie": 4, "Contract": 5, "Uren per week": 3, "Keuzes": 5,
           "Prestaties (uren)": 3}
NUMBERS = (5, 7)


def make(content: Content, sha256: str) -> bytes:
    """Return the PDF of a snapshot. Everything in it comes from the snapshot, and no date is added.

    Raises `typst.TypstError`, whose message may hold a name, when it cannot be made.
    """
    compiler = typst.Compiler(SOURCE.read_bytes(), font_paths=fonts(), ignore_system_fonts=True)
    inputs = {"data": json.dumps(_data(content, sha256))}
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], sys_inputs=inputs)
    if not isinstance(made, bytes):
        raise TypeError("Typst made no single document")
    return made


def _data(content: Content, sha256: str) -> dict[str, Any]:
    facility = content["facility"]
    place = f"HCO {facility['hco']} · {tables.label(content)} · versie {content['version']}"
    data = _shown({
        "title": TITLE,
        "description": f"{facility['name']}, {place}",
        "footer": place,
        "facts": tables.facts(content, sha256),
        "declared_title": "Verklaring",
        "declaration": content["submitted"]["declaration"],
        "table_title": "Contracten in dit trimester",
        "empty": NO_CONTRACTS if content.get("residents") else EMPTY,
        "headings": list(COLUMNS),
        "widths": list(COLUMNS.values()),
        "numbers": NUMBERS,
        "rows": _rows(content),
        "residents_title": "Bewonersgegevens",
        "residents": _residents(content),
    })
    lacking = REPLACEMENT in json.dumps(data, ensure_ascii=False)
    return data | {"notes": [MASKED] * bool(data["rows"]) + [NO_GLYPH] * lacking}


def _rows(content: Content) -> list[list[str]]:
    return [[tables.name(employee), tables.masked(employee["number"]), tables.ROLES[contract["role"]],
             contract["qualification_label"], _days(contract), _hours_a_week(contract, content["trimester"]),
             _choices(employee) if contract["role"] == "entitled" else "",
             _hours(sum(contract["performances"].values())) if contract["performances"] else ""]
            for employee in content["employees"] for contract in employee["contracts"]]


def _residents(content: Content) -> list[list[str]]:
    """Return the headings and the rows of the resident data, without their codes; an empty list without any."""
    if not content.get("residents"):
        return []
    headings, rows = tables.residents(content)
    return [list(headings), *(["–" if cell is None else _written(cell) for cell in row] for row in rows)]


def _written(cell: str | int) -> str:
    return f"{cell:,}".replace(",", ".") if isinstance(cell, int) else cell


def _days(contract: Content) -> str:
    first, last = tables.day(contract["start"]), tables.day(contract["until"])
    return f"vanaf {first:%d/%m/%Y}" if last is None else f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"


def _hours_a_week(contract: Content, trimester: Content) -> str:
    """The hours on the first day of the contract in the trimester, and those after each change within it."""
    first = max(contract["start"], trimester["first"])
    before = [terms["hours"] for terms in contract["terms"] if terms["since"] <= first]
    within = [terms for terms in contract["terms"] if first < terms["since"] <= trimester["last"]]
    texts = [_hours(before[-1] if before else contract["hours"])]
    texts += [f"{_hours(terms['hours'])} vanaf {_day(terms['since'])}" for terms in within]
    return ", ".join(texts)


def _choices(employee: Content) -> str:
    return ", ".join(f"{choice['step']} jaar: {tables.CHOICES[choice['kind']]}" for choice in employee["choices"])


def _hours(hundredths: int) -> str:
    return f"{Decimal(hundredths).scaleb(-2):.2f}".replace(".", ",")


def _day(text: str) -> str:
    return f"{datetime.date.fromisoformat(text):%d/%m/%Y}"


def _shown(value: Any) -> Any:
    """Return the data with each text as the fonts can show it."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {key: _shown(part) for key, part in value.items()}
    return [_shown(part) for part in value] if isinstance(value, list | tuple) else value
