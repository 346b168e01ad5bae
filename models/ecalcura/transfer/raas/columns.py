"""The four files of RaaS: their names, their columns, and the reading of their rows (docs/decisions/0132)."""
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from models.ecalcura.errors import EcalcuraCode
from models.errors import Refused
from models.files.reading.table import Row, Table, open_table

RIZIV, HCO, CONTRACT, NUMBER = "RIZIV-nummer", "HCO-nummer", "Contractnummer", "Rijksregisternummer"
FAMILY, FIRST, QUALIFICATION, STATUTE, ROLE = "Naam", "Voornaam", "Kwalificatie", "Statuut", "Rol"
HOURS, FULL_TIME, START, UNTIL = "Uren per week", "Voltijdse uren", "Begindatum", "Einddatum"
REPLACES, CHANGED = "Vervangt contract", "Gewijzigd op"
CHOICES = {45: "Keuze 45", 50: "Keuze 50", 55: "Keuze 55"}
KIND, NAME, KBO, STREET, POSTCODE, TOWN = "Soort", "Naam", "KBO-nummer", "Straat", "Postcode", "Gemeente"
EMAIL, TELEPHONE, IBAN, HOLDER = "E-mail", "Telefoon", "IBAN", "Rekeninghouder"
CERTIFICATE, SINCE, LAST = "Nummer", "Van", "Tot"

FACILITIES, CERTIFICATES, CONTRACTS, PERFORMANCES = "facilities", "certificates", "contracts", "performances"
# The code of a file → its name and its columns.
FILES: dict[str, tuple[str, tuple[str, ...]]] = {
    FACILITIES: ("raas_voorzieningen.csv", (
        RIZIV, HCO, KIND, NAME, KBO, STREET, POSTCODE, TOWN, EMAIL, TELEPHONE, IBAN, HOLDER, CHANGED)),
    CERTIFICATES: ("raas_certificaten.csv", (RIZIV, KIND, CERTIFICATE, SINCE, LAST, CHANGED)),
    CONTRACTS: ("raas_contracten.csv", (
        RIZIV, CONTRACT, NUMBER, FAMILY, FIRST, QUALIFICATION, STATUTE, ROLE, HOURS, FULL_TIME, START, UNTIL,
        *CHOICES.values(), REPLACES, CHANGED)),
    PERFORMANCES: ("raas_prestaties.csv", (RIZIV, CONTRACT, "Trimester", "Gepresteerde uren", "Gelijkgestelde uren")),
}


class RaasFile(NamedTuple):
    """A file of RaaS whose heading is known."""

    code: str
    table: Table

    def rows(self) -> Iterator[Row]:
        """Yield each row that is not blank, with its cells in the order of FILES; may be called again."""
        columns = FILES[self.code][1]
        places = [self.table.headings.index(column) for column in columns]
        in_order = places == list(range(len(self.table.headings)))
        for row in self.table.rows():
            if row.cells is None or in_order:
                yield row
            else:
                yield row._replace(cells=[row.cells[place] for place in places])


def open_files(folder: Path) -> dict[str, RaasFile]:
    """Check the four files of a folder, and return them by their codes.

    Raises `Refused` for a file that is absent, empty, cannot be read, or lacks a column; `name` in its context says
    which file.
    """
    return {code: _open(code, folder) for code in FILES}


def _open(code: str, folder: Path) -> RaasFile:
    name, columns = FILES[code]
    try:
        table = open_table(folder / name, _knows(columns))
        if not set(columns) <= set(table.headings) or len(set(table.headings)) < len(table.headings):
            raise Refused(EcalcuraCode.LIST_COLUMNS)
    except Refused as refused:
        refused.context["name"] = name
        raise
    return RaasFile(code, table)


def _knows(columns: tuple[str, ...]) -> Callable[[list[str]], bool]:
    return lambda headings: len(set(columns).intersection(headings)) > 2
