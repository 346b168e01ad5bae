"""Which contracts need prestaties in a trimester: replacements, and entitled ones with a premium on one of its days."""
import datetime
from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import NamedTuple

import peewee

from models.database import END_OF_TIME
from models.ecalcura.contracts import lists
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.terms import Terms
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.performances.hours import Run, in_calendar, runs
from models.ecalcura.trimesters.calendar import Trimester

REPLACEMENT, PREMIUM = "replacement", "premium"


class Need(NamedTuple):
    """A contract in a trimester: its days in `runs`, and the highest step with a premium on one of them, if any."""

    contract: Contract
    runs: list[Run]
    step: int | None

    @property
    def employee_id(self) -> int:
        """The id of the employee whose contract it is."""
        return self.contract.employee_id

    @property
    def is_needed(self) -> bool:
        """Whether prestaties have to be filled in."""
        return bool(self.runs) and (self.contract.role == REPLACEMENT or self.step is not None)

    @property
    def most(self) -> int:
        """The hours that the contract gives in the trimester, in hundredths."""
        return in_calendar(self.runs)

    def mean(self, days: int) -> Fraction:
        """Return the mean hours a week over this many days of the trimester, in hundredths."""
        return Fraction(sum(run.hours * run.days for run in self.runs), days)

    def full_time_part(self, days: int) -> Fraction:
        """Return the FTE over this many days of the trimester."""
        return sum((Fraction(run.hours * run.days, run.full_time * days) for run in self.runs), Fraction())


def needs(facility: Facility, trimester: Trimester, also: Collection[int] = ()) -> dict[int, Need]:
    """Return the contracts of a facility that need prestaties in a trimester, by id, and those with the ids `also`."""
    touching = (Contract.start <= trimester.last) & (Contract.until.is_null() | (Contract.until >= trimester.first))
    found = _of(facility, trimester, Contract.select().where(
        Contract.facility_id == facility.id, touching | Contract.id.in_(list(also))))
    return {contract_id: need for contract_id, need in found.items() if need.is_needed or contract_id in also}


def needs_of(facility: Facility, trimester: Trimester, contract_ids: Collection[int]) -> dict[int, Need]:
    """Return these contracts of a facility by id, whether they need prestaties or not."""
    return _of(facility, trimester, Contract.select().where(
        Contract.facility_id == facility.id, Contract.id.in_(list(contract_ids))))


def _of(facility: Facility, trimester: Trimester, query: "peewee.ModelSelect[Contract]") -> dict[int, Need]:
    contracts: list[Contract] = list(query)
    terms: dict[int, list[tuple[datetime.date, int, int]]] = {}
    ids = [contract.id for contract in contracts]
    for contract_id, *term in Terms.select(Terms.contract_id, Terms.since, Terms.hours, Terms.full_time).where(
            Terms.contract_id.in_(ids)).tuples():
        terms.setdefault(contract_id, []).append(tuple(term))
    premiums: dict[int, list[Choice]] = {}
    for choice in Choice.select().where(
            Choice.facility_id == facility.id, Choice.employee_id.in_({contract.employee_id for contract in contracts}),
            Choice.kind == PREMIUM, Choice.since <= trimester.last,
            Choice.until.is_null() | (Choice.until >= trimester.first)):
        premiums.setdefault(choice.employee_id, []).append(choice)
    return {contract.id: _need(contract, trimester, terms.get(contract.id, ()), premiums.get(contract.employee_id, ()))
            for contract in contracts}


def _need(contract: Contract, trimester: Trimester, terms: Iterable[tuple[datetime.date, int, int]],
          premiums: Iterable[Choice]) -> Need:
    found = runs(contract.start, contract.until, contract.hours, contract.full_time, terms,
                 trimester.first, trimester.last)
    # A nurse may also work as somebody whose qualification gives no premium.
    earns = found and contract.role != REPLACEMENT and lists.qualifications()[contract.qualification].premium
    steps = [choice.step for choice in premiums if earns
             and choice.since <= found[-1].last and (choice.until or END_OF_TIME) >= found[0].first]
    return Need(contract, found, max(steps, default=None))
