"""The four files of RaaS with rows that a test chooses, and the outcome of their import."""
import datetime
from typing import NamedTuple

from models.ecalcura.transfer.raas import importing
from models.ecalcura.transfer.raas.columns import CERTIFICATES, CONTRACTS, FACILITIES, FILES, PERFORMANCES, open_files
from tests.models.ecalcura.cast import number_of

RIZIV, OTHER_RIZIV = "71000040", "71000733"
BORN = datetime.date(1970, 6, 15)
BORN_1970, OTHER = number_of(BORN), number_of(datetime.date(1975, 6, 15))
TAKEN, REMARKED, REFUSED, UNDECIDED = (
    "overgenomen", "overgenomen met opmerking", "niet overgenomen", "te beslissen")


class Found(NamedTuple):
    """The result of a contract, and the codes of the reasons."""

    result: str
    reasons: list[str]


def facility_line(riziv=RIZIV, hco="990001", soort="woonzorgcentrum", **other):
    """A row of raas_voorzieningen.csv."""
    values = {"name": f"De Linde {hco} (voorbeeld)", "kbo": "0000000196", "street": "Voorbeeldstraat 1",
              "email": "info@voorbeeld.be", "iban": "BE76117000100095", "changed": "01/09/2023"} | other
    return ";".join((riziv, hco, soort, values["name"], values["kbo"], values["street"], "9999", "Voorbeeld",
                     values["email"], "", values["iban"], values["name"], values["changed"]))


def contract_line(contract="C1", number=BORN_1970, riziv=RIZIV, **other):
    """A row of raas_contracten.csv: a nurse who works full-time since 2015."""
    values = {"family": "Test", "qualification": "VPK", "statute": "arbeidsovereenkomst", "role": "gerechtigde",
              "hours": "38,00", "full_time": "38,00", "start": "01/01/2015", "until": "", "at45": "", "at50": "",
              "at55": "", "replaces": "", "changed": "12/10/2023"} | other
    return ";".join((riziv, contract, number, values["family"], "Tweede", *(values[name] for name in (
        "qualification", "statute", "role", "hours", "full_time", "start", "until", "at45", "at50", "at55", "replaces",
        "changed"))))


def write(folder, *contracts, facilities=None, certificates=(), performances=(), encoding="utf-8"):
    """Write the four files; returns the folder."""
    facilities = (facility_line(),) if facilities is None else facilities
    rows = {FACILITIES: facilities, CERTIFICATES: certificates, CONTRACTS: contracts, PERFORMANCES: performances}
    for code, (name, columns) in FILES.items():
        (folder / name).write_text("\r\n".join([";".join(columns), *rows[code], ""]), encoding=encoding, newline="")
    return folder


def taken_over(folder, *contracts, **files):
    """Import the files with these rows; returns contract → `Found`."""
    return results(importing.import_raas(write(folder, *contracts, **files)))


def results(outcome):
    """Contract → `Found`, of a run."""
    return {one["contract"]: Found(one["result"], [reason["code"] for reason in one["reasons"]])
            for one in importing.results(outcome.import_id)}


def rows_of_facilities(folder, *lines):
    """Rows of raas_voorzieningen.csv, as they are read."""
    return list(open_files(write(folder, facilities=lines))[FACILITIES].rows())
