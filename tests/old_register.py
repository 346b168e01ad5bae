"""Exports of the old register: written row by row for a test, or the real files if they are available."""
import os
from pathlib import Path

import pytest

from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer.register_file.columns import OLD, columns
from models.organisations import Organisation

ROW = {
    "province": "Oost-Vlaanderen",
    "organisation": "De Ploeg",
    "email": "ploeg@voorbeeld.be",
    "old_number": "1",
    "birth_date": "14/07/1985",
    "gender": "Vrouw",
    "marital_status": "Wettelijk samenwonend",
    "home_postcode": "9000",
    "work_postcode": "9050",
    "main_problem": "Justitieel",
    "living_situation": "Met kinderen",
    "education": "Lager onderwijs",
    "referrer": "OCMW",
    "income": "Leefloon",
    "compensation": "Neen",
    "paid_work": "Neen",
    "subsidy": "Ja, AMA welzijn (WVG)",
    "agreement": "Vrijwilligersovereenkomst",
    "method": "In groep",
    "hours": "12,5",
    "start_date": "03/06/2019",
    "end_date": "30/06/2020",
    "closing_reason": "Verhuis",
    "outlook": "Zelfde trede",
}
OPEN = {"end_date": "", "closing_reason": "", "outlook": ""}
NO_PERIOD = {"hours": "", "start_date": "", **OPEN}


def row(**changes):
    """The cells of a row: a closed period of a client of De Ploeg with all answers; `changes` are code → cell."""
    return [{**ROW, **changes}[code] for code in columns(OLD)]


def text(*rows, heading=None):
    """The text of a CSV file with these rows; `heading` replaces the usual one."""
    lines = [list(columns(OLD).values()) if heading is None else heading, *rows]
    return "".join(";".join(cells) + "\r\n" for cells in lines)


def write(folder, *rows, encoding="cp1252"):
    """Write a CSV file with these rows into `folder`; returns its path."""
    path = folder / "register.csv"
    path.write_bytes(text(*rows).encode(encoding))
    return path


def places(result):
    """(line, column, value) of each refusal of an import."""
    return [(refusal.line, refusal.column, refusal.value) for refusal in result.refusals]


def counts():
    """The numbers of organisations, clients, periods and open periods."""
    return (Organisation.select().count(), Client.select().count(), Period.select().count(),
            Period.select().where(Period.end_date.is_null()).count())


def real(name):
    """The path of a real export, which is not in this repository; the test is skipped if it is absent."""
    folder = Path(os.environ.get("LOKET_OLD_REGISTER") or Path(__file__).parents[2] / "shared" / "data")
    if not (folder / name).exists():
        pytest.skip(f"THE OLD REGISTER IS NOT THERE: {name} in {folder} (set LOKET_OLD_REGISTER)")
    return folder / name
