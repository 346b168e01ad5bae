"""The quantities of a trimester, counted day by day from the snapshot of a submission, in exact fractions.

All is pure: the same snapshot gives the same bytes. Hours are means a week over the days of the trimester; `..._fte`
are parts of a full-time week; `wage_part` is the premium as a part of the full-time wage. They hold the ids of
the rows that they come from, and no name, number or birth date.
"""
import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from models.ecalcura.calculations import reading
from models.ecalcura.calculations.reading import Choice, Contract, Employee, Replacement, Staff
from models.ecalcura.contracts import days, lists
from models.ecalcura.contracts.days import ENTITLED, ZERO, Run
from models.ecalcura.submissions.snapshot import Content

# Goes up when other quantities, or other amounts, follow from the same rows (docs/decisions/0140).
FORMULA_VERSION = 1
OF_ENTITLED = ("exempt", "exempt_fte", "premium", "wage_part")
OF_REPLACEMENT = ("replaced", "financed", "financed_fte", "surplus")
Values = Mapping[str, Fraction]


class Spell(NamedTuple):
    """Days, the first and the last included, on which these values hold."""

    first: datetime.date
    last: datetime.date
    values: Values

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def count(content: Content) -> Content:
    """Return the quantities of the content of a snapshot: by contract, by employee, of the pool, and their sums."""
    staff = reading.staff(content)
    runs = {one.id: days.runs(one.rights, staff.first, staff.last) for one in staff.employees}
    pooled = days.pool_runs(
        runs.values(), [one.span for one in staff.replacements if one.replaced is None], staff.first, staff.last)
    given = {one.id: _given(one, _filled(one, runs, pooled, staff), staff) for one in staff.replacements}
    contracts = [_contract(contract, one, runs[one.id], staff, given)
                 for one in staff.employees for contract in one.contracts]
    facility, trimester = content["facility"], content["trimester"]
    return {
        "formula": FORMULA_VERSION,
        "facility": {name: facility[name] for name in ("hco", "kind", "agreement")},
        "trimester": {**trimester, "days": staff.days},
        "settings": {**content["settings"], "steps": [_step(step) for step in lists.steps().values()]},
        "contracts": contracts,
        "employees": [_employee(one.id, runs[one.id]) for one in staff.employees if one.choices or one.rights.replaced],
        "sums": {**_sums(contracts), "employees": len(staff.employees), "contracts": len(contracts),
                 "step_starts": content["settings"]["step_starts"]},
    }


def _step(step: lists.Step) -> Content:
    return {"age": step.age, "hours": step.hours, "wage_part": str(lists.premium_added(step) / 100)}


def _employee(employee_id: int, runs: Sequence[Run]) -> Content:
    means = days.mean(runs)
    return {"id": employee_id, **{name: str(getattr(means, name)) for name in (
        "exempt", "replaced", "financed", "open", "surplus")}}


class _Filled(NamedTuple):
    """Days, with the hours a week that are given for an employee or the pool, and those that are financed."""

    first: datetime.date
    last: datetime.date
    replaced: Fraction
    financed: Fraction


def _filled(one: Replacement, runs: Mapping[int, Sequence[Run]], pooled: Iterable[days.PoolRun],
            staff: Staff) -> list[_Filled]:
    """Return the days of the whole that a replacement is a part of; for an absent employee nothing is financed."""
    if one.replaced is None:
        return [_Filled(*run) for run in pooled]
    if one.replaced not in runs:
        return [_Filled(staff.first, staff.last, Fraction(1), ZERO)]
    return [_Filled(run.first, run.last, run.amounts.replaced, run.amounts.financed) for run in runs[one.replaced]]


def _given(one: Replacement, filled: Iterable[_Filled], staff: Staff) -> list[Spell]:
    """Return the spells of a replacement: its part in the financed hours is its part in the given ones [P]."""
    hours = Fraction(one.span.hours, 100)
    first, last = max(one.span.first, staff.first), min(one.span.last or staff.last, staff.last)
    spells = []
    for part in filled:
        for piece in one.contract.pieces:
            begin = max(first, part.first, piece.first)
            end = min(last, part.last, piece.last or last)
            if begin <= end:
                financed = hours * part.financed / part.replaced
                spells.append(Spell(begin, end, {
                    "replaced": hours, "financed": financed, "financed_fte": financed * 100 / piece.full_time,
                    "surplus": hours - financed}))
    return spells


def _chosen(contract: Contract, choice: Choice, owner: Employee, runs: Iterable[Run], staff: Staff) -> list[Spell]:
    """Return the spells of a choice by one contract.

    All contracts together count as one full-time week at most, in which each then has the same part.
    """
    entitled = [one for one in owner.contracts if one.role == ENTITLED]
    rights = owner.rights._replace(choices=[choice.chosen], replaced=())
    first, last = max(choice.chosen.first, staff.first), min(choice.chosen.last or staff.last, staff.last)
    spells = []
    for run in runs:
        if run.first > last or run.last < first:
            continue
        own = days.on(rights._replace(pieces=contract.pieces), run.first)
        if own.exempt or own.premium:
            factor = Fraction(1)
            if len(entitled) > 1:
                alone = (days.on(rights._replace(pieces=one.pieces), run.first) for one in entitled)
                together = days.on(rights, run.first)
                factor = (together.exempt + together.premium) / sum(one.exempt + one.premium for one in alone)
            spells.append(Spell(run.first, run.last, {
                "exempt": own.exempt * factor, "exempt_fte": own.exempt_fte * factor, "premium": own.premium * factor,
                "wage_part": own.percent * factor / 100}))
    return spells


def _contract(contract: Contract, owner: Employee, runs: Sequence[Run], staff: Staff,
              given: Mapping[int, list[Spell]]) -> Content:
    worked = [Spell(max(piece.first, staff.first), min(piece.last or staff.last, staff.last),
                    {"hours": Fraction(piece.hours, 100), "fte": Fraction(piece.hours, piece.full_time)})
              for piece in contract.pieces
              if piece.first <= staff.last and (piece.last is None or piece.last >= staff.first)]
    choices = [] if contract.role != ENTITLED else [
        (choice, _chosen(contract, choice, owner, runs, staff)) for choice in owner.choices]
    return {
        "id": contract.id, "employee": contract.employee, "role": contract.role,
        "qualification": contract.qualification, "performances": contract.performances,
        **_counted(worked, ("hours", "fte"), staff),
        "choices": [{"id": choice.id, "step": choice.chosen.step, "kind": choice.chosen.kind,
                     **_counted(spells, OF_ENTITLED, staff)} for choice, spells in choices if spells],
        "replacements": [{"id": one.id, "replaced_employee": one.replaced,
                          **_counted(given[one.id], OF_REPLACEMENT, staff)}
                         for one in staff.replacements if one.contract.id == contract.id],
    }


def _counted(spells: Sequence[Spell], names: Iterable[str], staff: Staff) -> Content:
    """Return the means over the trimester, and the spells that they come from."""
    means = {name: sum((spell.values[name] * spell.days for spell in spells), ZERO) / staff.days for name in names}
    merged: list[Spell] = []
    for spell in sorted(spells, key=lambda one: one.first):
        if merged and merged[-1].values == spell.values and merged[-1].last + days.DAY == spell.first:
            merged[-1] = merged[-1]._replace(last=spell.last)
        else:
            merged.append(spell)
    return {**_text(means), "spells": [
        {"first": spell.first.isoformat(), "last": spell.last.isoformat(), **_text(spell.values)} for spell in merged]}


def _text(values: Values) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}


def _sums(contracts: Iterable[Content]) -> Content:
    """Return the sums of a facility and of each qualification; premiums by step too."""
    groups: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    steps: dict[tuple[str, int], dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    performances: dict[str, int] = defaultdict(int)
    for contract in contracts:
        group = groups[contract["qualification"]]
        for choice in contract["choices"]:
            for name in OF_ENTITLED:
                group[name] += Fraction(choice[name])
                steps[contract["qualification"], choice["step"]][name] += Fraction(choice[name])
        for one in contract["replacements"]:
            for name in OF_REPLACEMENT:
                group[name] += Fraction(one[name])
        for kind, hours in contract["performances"].items():
            performances[kind] += hours
    names = (*OF_ENTITLED, *OF_REPLACEMENT)
    totals = {name: sum((group[name] for group in groups.values()), ZERO) for name in names}
    return {
        "performances": dict(performances),
        "totals": _text({**totals, "open": totals["exempt"] - totals["financed"]}),
        "groups": [{"qualification": code, **_text({name: group[name] for name in names}),
                    "steps": [{"step": step, **_text(values)} for (of, step), values in sorted(steps.items())
                              if of == code]}
                   for code, group in sorted(groups.items())],
    }
