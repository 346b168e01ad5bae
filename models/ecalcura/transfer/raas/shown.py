"""The rows of RaaS as their facility sees them: how many came, and each contract that asks for something."""
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from models import names
from models.compiled import Statement, parameter
from models.ecalcura.accounts import numbers as ibans
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import numbers
from models.ecalcura.people.employees import Employee, open_people
from models.ecalcura.transfer.raas.columns import CONTRACTS, FAMILY, FILES, FIRST, IBAN, NUMBER, START, UNTIL
from models.ecalcura.transfer.raas.reasons import NOTHING, Noted, Result
from models.ecalcura.transfer.raas.rows import SEALED, RaasRow
from models.ecalcura.transfer.raas.statements import among
from models.paging import PAGE_SIZE, shown_page

EMPLOYEES = "SELECT raas_number, employee_id FROM contract WHERE raas_number IN AMONG"
MASKS = {NUMBER: numbers.masked, IBAN: ibans.masked}
PLACES = {column: place for place, column in enumerate(FILES[CONTRACTS][1])}
# A page of a facility has all its rows in memory: the largest has some hundreds.
NOT_TAKEN = (Result.REFUSED, Result.UNDECIDED, Result.WAITING)


class Shown(NamedTuple):
    """A contract as the page shows it: the number masked; name and days are '' for a row without cells."""

    contract: str
    result: Result
    name: str
    number: str
    start: str
    until: str
    reasons: list[Noted]
    employee_id: int | None


class TakenOver(NamedTuple):
    """The rows of a facility: results with their numbers, the contracts to look at, and reasons without a task."""

    counts: dict[Result, int]
    rows: list[Shown]
    settled: list[tuple[str, int]]
    total: int
    page: int
    last: int
    performances: int


# For each list of staff.
_HAS_ROWS = Statement(lambda: RaasRow.select(RaasRow.id).where(
    RaasRow.facility_id == parameter("facility"), RaasRow.file == CONTRACTS).limit(1))


def has_rows(facility: Facility) -> bool:
    """Say whether RaaS had contracts of this facility."""
    return bool(_HAS_ROWS.rows(facility=facility.id))


def taken_over(facility: Facility, page: int = 1) -> TakenOver:
    """Return what became of the rows of a facility, with a page of the contracts that ask for something."""
    counts: Counter[Result] = Counter()
    performances = 0
    for (file, result), count in RaasRow.counts(facility).items():
        counts[result] += count if file == CONTRACTS else 0
        performances += count if file == "performances" else 0
    settled: Counter[str] = Counter()
    asking = []
    for row in RaasRow.contracts_of(facility).where(RaasRow.reasons != "[]"):
        reasons = row.noted
        if _settled(reasons):
            settled[reasons[0].text] += 0 if row.outcome.is_taken else 1
        else:
            asking.append(row)
    asking.sort(key=lambda row: (row.outcome.is_taken, row.line))
    page, last = shown_page(page, len(asking))
    rows = asking[(page - 1) * PAGE_SIZE:page * PAGE_SIZE]
    return TakenOver({result: counts[result] for result in Result if counts[result]}, _shown(facility, rows),
                     [one for one in settled.most_common() if one[1]], len(asking), page, last, performances)


def kept_rows(facility: Facility) -> Iterator[dict[str, Any]]:
    """Yield each row that is kept of a facility, in the words of the files, with the numbers in its cells masked."""
    for row in RaasRow.of(facility).iterator():
        name, columns = FILES[row.file]
        cells = {} if row.sealed is None else dict(zip(columns, _opened(facility, row), strict=True))
        masked = {column: mask(cells[column]) for column, mask in MASKS.items() if column in cells}
        yield {"Bestand": name, "Lijn": row.line, "Contract": row.contract_number, "Resultaat": row.outcome.value,
               "Redenen": [noted.text for noted in row.noted], "Rij": cells | masked}


def _settled(reasons: list[Noted]) -> bool:
    """Whether nobody has to do anything about a row."""
    return all(noted.reason.value.to_do in ("", NOTHING) for noted in reasons)


def _shown(facility: Facility, rows: list[RaasRow]) -> list[Shown]:
    found: dict[str, int] = dict(among(EMPLOYEES, [row.key for row in rows if row.outcome.is_taken]))
    employees = list(Employee.of(facility).where(Employee.id.in_(list(found.values()))))
    people = {employee.id: person for employee, person in open_people(facility, employees)}
    shown = []
    for row in rows:
        employee_id = found.get(row.key)
        person = people.get(employee_id) if employee_id else None
        name, number, start, until = (person.name, numbers.masked(person.number), "", "") if person else _cells(
            facility, row)
        shown.append(Shown(row.contract_number, row.outcome, name, number, start, until, row.noted,
                           employee_id if person else None))
    return shown


def _cells(facility: Facility, row: RaasRow) -> tuple[str, str, str, str]:
    if row.sealed is None:
        return "", "", "", ""
    cells = _opened(facility, row)
    family, first, number, start, until = (cells[PLACES[column]] for column in (FAMILY, FIRST, NUMBER, START, UNTIL))
    return f"{first} {family}".strip(), numbers.masked(number), start, until


def _opened(facility: Facility, row: RaasRow) -> list[str]:
    cells: list[str] = json.loads(names.open_bytes(facility.id, row.id, SEALED, bytes(row.sealed)))
    return cells
