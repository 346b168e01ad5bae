"""The checks of one employee in one trimester: V01a to V23, as docs/ecalcura.md has them."""
import datetime
from collections.abc import Iterator
from typing import NamedTuple

from models.database import END_OF_TIME
from models.ecalcura.checks.codes import Check
from models.ecalcura.checks.dossiers import ContractRows, Dossier
from models.ecalcura.contracts import lists, terms
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.days import DAY, ENTITLED, PREMIUM, REPLACEMENT, mean_over
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.contracts.rules import YOUNGEST, above_full_time, outside
from models.ecalcura.contracts.steps import reaches, step_starts
from models.ecalcura.people import numbers
from models.ecalcura.people.employees import NOT_FOUND, SILENT
from models.ecalcura.performances.hours import in_calendar, runs
from models.ecalcura.trimesters.calendar import Trimester

# State of the qualification of a contract → what the sentence of V11 is about.
WRONG_QUALIFICATION = ("no_visa", "other", "expired")


class Span(NamedTuple):
    """Days from the first to the last, both included."""

    first: datetime.date
    last: datetime.date

    def with_(self, first: datetime.date, last: datetime.date | None) -> "Span | None":
        """Return the days that both have, or None."""
        both = Span(max(self.first, first), min(self.last, last or END_OF_TIME))
        return both if both.first <= both.last else None


def of(dossier: Dossier, trimester: Trimester) -> Iterator[Check]:
    """Find what has to be put right about this employee in a trimester, by the order of the codes within each part."""
    whole = Span(trimester.first, trimester.last)
    running = [(rows, days) for rows in dossier.contracts
               if (days := whole.with_(rows.contract.start, rows.contract.until))]
    if not running:
        return
    yield from _person(dossier, trimester, running)
    yield from _together(dossier, whole)
    for rows, days in running:
        if dossier.person.born and rows.contract.start < reaches(dossier.person.born, YOUNGEST):
            yield Check("V08", dossier.employee.id, rows.contract.id)
        yield from _qualification(dossier, rows)
        if rows.contract.role == ENTITLED:
            yield from _steps(dossier, rows, days)
        yield from _performances(dossier, rows, days, trimester)
    yield from _early_choices(dossier, whole)
    for replacement in dossier.replacements:
        if replaced_days := whole.with_(replacement.since, replacement.until):
            yield from _replacement(dossier, replacement, replaced_days)


def _person(dossier: Dossier, trimester: Trimester, running: list[tuple[ContractRows, Span]]) -> Iterator[Check]:
    """V01a to V06: the answer of the register about the person."""
    employee, person = dossier.employee, dossier.person
    if person.number and numbers.is_unusual(person.number):
        yield Check("V01a", employee.id)
    if employee.register_state == NOT_FOUND:
        yield Check("V02", employee.id)
    elif employee.register_state == SILENT:
        yield Check("V03", employee.id)
    elif person.born is None and any(rows.contract.role == ENTITLED for rows, _ in running):
        yield Check("V06", employee.id)
    if person.deceased_on and person.deceased_on < trimester.first:
        yield Check("V04", employee.id, running[0][0].contract.id, values={"day": person.deceased_on})


def _together(dossier: Dossier, whole: Span) -> Iterator[Check]:
    """V10: all contracts together on one day, which a merger may bring above full-time."""
    pieces = [(rows.contract.id, piece._replace(first=days.first, last=days.last))
              for rows in dossier.contracts for piece in terms.pieces(rows.contract, rows.terms)
              if (days := whole.with_(piece.first, piece.last))]
    if above := above_full_time([piece for _, piece in pieces]):
        yield Check("V10", dossier.employee.id, pieces[-1][0], values=above._asdict())


def _qualification(dossier: Dossier, rows: ContractRows) -> Iterator[Check]:
    """V11 and V12: the answer of eCad about the visum."""
    contract = rows.contract
    if contract.qualification_state in WRONG_QUALIFICATION:
        yield Check("V11", dossier.employee.id, contract.id, values={
            "state": contract.qualification_state, "qualification": contract.qualification, **contract.found})
    elif contract.qualification_state == "unchecked":
        yield Check("V12", dossier.employee.id, contract.id)


def _steps(dossier: Dossier, rows: ContractRows, days: Span) -> Iterator[Check]:
    """V05, V14 and V16: each step that is reached has a choice, and a gelijkgestelde's the declaration."""
    contract, born = rows.contract, dossier.person.born
    if born is None:
        return
    equated = lists.qualifications()[contract.qualification].equated
    starts = {age: start for age, start in step_starts(born).items()
              if contract.acquired_step is None or equated or age <= contract.acquired_step}
    reached = {age: right for age, start in starts.items() if (right := days.with_(start, None))}
    if not reached:
        age = min(lists.steps())
        # The birthday, and not the first day of the step, which may be earlier or later in these days.
        yield Check("V05", dossier.employee.id, contract.id, values={"age": age, "day": reaches(born, age)})
    for age, right in reached.items():
        if not _is_covered(right, [choice for choice in dossier.choices if choice.step == age]):
            yield Check("V14", dossier.employee.id, contract.id, values={"age": age})
        if equated and age not in dossier.declared:
            yield Check("V16", dossier.employee.id, contract.id, values={"age": age})


def _is_covered(days: Span, choices: list[Choice]) -> bool:
    """Say whether each of these days has one of the choices, which do not overlap and begin with the oldest."""
    chosen = [there for choice in choices if (there := days.with_(choice.since, choice.until))]
    return sum((there.last - there.first).days + 1 for there in chosen) == (days.last - days.first).days + 1


def _early_choices(dossier: Dossier, whole: Span) -> Iterator[Check]:
    """V15: a choice before its step, as one that was made while the register was silent."""
    starts = step_starts(dossier.person.born)
    for choice in dossier.choices:
        start = starts.get(choice.step)
        if start and choice.since < start and whole.with_(choice.since, min(choice.until or END_OF_TIME, start - DAY)):
            yield Check("V15", dossier.employee.id, values={"step": choice.step, "starts": start},
                        choice_id=choice.id)


def _replacement(dossier: Dossier, replacement: Replacement, days: Span) -> Iterator[Check]:
    """V17 to V19: the exempt hours of the replaced employee on these days, and the act."""
    ids = dossier.employee.id, replacement.contract_id, replacement.id
    if replacement.replaced_id is not None:
        spans = dossier.exempt[replacement.replaced_id]
        if not spans:
            yield Check("V17", *ids)
        elif near := outside(days.first, days.last, spans):
            yield Check("V18", *ids, values={"first": near[0], "last": near[1]})
    if replacement.act_on is None:
        yield Check("V19", *ids)


def _performances(dossier: Dossier, rows: ContractRows, days: Span, trimester: Trimester) -> Iterator[Check]:
    """V21 and V23: a premium and a replacement need prestaties, and no more than the hours of the contract."""
    contract = rows.contract
    earns = contract.role == ENTITLED and lists.qualifications()[contract.qualification].premium
    premium = earns and any(
        choice.kind == PREMIUM and days.with_(choice.since, choice.until) for choice in dossier.choices)
    if (premium or contract.role == REPLACEMENT) and not rows.performances:
        yield Check("V21", dossier.employee.id, contract.id)
    most = in_calendar(runs(contract.start, contract.until, contract.hours, contract.full_time, rows.terms,
                            trimester.first, trimester.last))
    if sum(rows.performances.values()) > most:
        yield Check("V23", dossier.employee.id, contract.id, values={"most": most})


def balance(dossier: Dossier, trimester: Trimester, has_pool: bool) -> Iterator[Check]:
    """V20: whether the exempt hours of an employee are replaced, as a mean of hours a week.

    Where a replacement is for the pool of the facility, hours that are not replaced by name may be replaced by it.
    """
    means = mean_over(dossier.rights, trimester.first, trimester.last)
    if means.open and not has_pool:
        yield Check("V20", dossier.employee.id, values={"balance": "short", "hours": means.open})
    if means.surplus:
        yield Check("V20", dossier.employee.id, values={"balance": "more", "hours": means.surplus})
