"""An employee with all rows that the checks and the snapshot need, loaded for many employees by one query a table."""
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from models.ecalcura.contracts import rules, terms
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.days import Chosen, Replaced, Rights
from models.ecalcura.contracts.irregular_work import IrregularWork
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.contracts.rows import Performance
from models.ecalcura.contracts.steps import step_starts
from models.ecalcura.contracts.terms import Hours
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.employees import Employee, open_people
from models.ecalcura.people.persons import Person
from models.ecalcura.trimesters.calendar import Trimester


class ContractRows(NamedTuple):
    """A contract, its later hours by day, and its prestaties in the trimester: kind → hundredths of hours."""

    contract: Contract
    terms: list[Hours]
    performances: dict[str, int]


class Dossier(NamedTuple):
    """An employee with their rows. `replaced_by`: the replacements by others; `declared`: by the age of the step.

    `exempt`: the spans of days with exempt hours of each employee whom they replace, by id.
    """

    employee: Employee
    person: Person
    contracts: list[ContractRows]
    choices: list[Choice]
    replacements: list[Replacement]
    replaced_by: list[Replacement]
    declared: dict[int, IrregularWork]
    exempt: Mapping[int, list[rules.Span]] = {}

    @property
    def rights(self) -> Rights:
        """All that decides the employee's hours, for the counting by day."""
        return Rights(
            [piece for rows in self.contracts for piece in terms.pieces(rows.contract, rows.terms)],
            [Chosen(one.since, one.until, one.step, one.kind) for one in self.choices],
            [Replaced(one.since, one.until, one.hours) for one in self.replaced_by],
            step_starts(self.person.born))


def load(facility: Facility, trimester: Trimester | None = None,
         employee_ids: Collection[int] | None = None) -> list[Dossier]:
    """Load the employees of a facility, or those with these ids, in the order of their ids.

    With a trimester its prestaties are loaded too.
    """
    loaded = _load(facility, trimester, employee_ids)
    replaced = {one.replaced_id for dossier in loaded for one in dossier.replacements} - {None}
    known = {dossier.employee.id: dossier for dossier in loaded}
    if elsewhere := replaced - known.keys():
        known |= {dossier.employee.id: dossier for dossier in _load(facility, None, elsewhere)}
    exempt = {key: rules.exempt_spans(known[key].rights) for key in replaced}
    return [dossier._replace(exempt=exempt) for dossier in loaded]


def _load(facility: Facility, trimester: Trimester | None, employee_ids: Collection[int] | None) -> list[Dossier]:
    """Load as `load` does, without the exempt hours of others."""
    query = Employee.of(facility).order_by(Employee.id)
    if employee_ids is not None:
        query = query.where(Employee.id.in_(list(employee_ids)))
    people = open_people(facility, list(query))
    ids = [employee.id for employee, _ in people]
    contracts = list(Contract.select().where(Contract.employee_id.in_(ids)).order_by(Contract.start, Contract.id))
    numbers = [contract.id for contract in contracts]
    later = terms.by_contract(numbers)
    performances = _performances(numbers, trimester)
    rows = defaultdict(list)
    for contract in contracts:
        rows[contract.employee_id].append(
            ContractRows(contract, later[contract.id], performances.get(contract.id, {})))
    choices = _by("employee_id", Choice.select().where(Choice.employee_id.in_(ids)).order_by(Choice.since, Choice.id))
    own = _by("employee_id", Replacement.select().where(Replacement.employee_id.in_(ids)).order_by(Replacement.id))
    others = _by("replaced_id", Replacement.select().where(Replacement.replaced_id.in_(ids)).order_by(Replacement.id))
    declared = _by("employee_id", IrregularWork.select().where(IrregularWork.employee_id.in_(ids)))
    return [Dossier(employee, person, rows[employee.id], choices[employee.id], own[employee.id], others[employee.id],
                    {one.step: one for one in declared[employee.id]})
            for employee, person in people]


def _by(column: str, rows: Iterable[Any]) -> dict[int, list[Any]]:
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


def _performances(contract_ids: list[int], trimester: Trimester | None) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    if trimester is not None:
        for row in Performance.select().where(
                Performance.contract_id.in_(contract_ids), Performance.trimester_id == trimester.id):
            found[row.contract_id][row.kind] = row.hours
    return found
