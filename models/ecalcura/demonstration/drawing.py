"""Draws the staff of the demonstration: a contract for each made-up person, choices, and who replaces whom.

The random generator is seeded and every day is relative to the reference period of today.
"""
import datetime
import random
from collections.abc import Sequence
from typing import NamedTuple

from models.ecalcura.contracts import lists
from models.ecalcura.contracts.days import DAY, ENTITLED, EXEMPTION, PREMIUM, REPLACEMENT, Chosen
from models.ecalcura.contracts.steps import reaches, step_starts
from models.ecalcura.contracts.terms import Hours
from models.ecalcura.demonstration.plans import FULL_TIME, Plan
from models.ecalcura.demonstration.seed import Sample
from models.ecalcura.trimesters.calendar import Place

HOURS = (FULL_TIME, FULL_TIME, FULL_TIME, 3040, 2850, 1900)
ADULT = 20
# Hours a week, in hundredths.
ONE_HOUR, HALF_TIME = 100, 1900
STATUTES = ("arbeidsovereenkomst", "arbeidsovereenkomst", "arbeidsovereenkomst", "statutair")


class Period(NamedTuple):
    """The first two trimesters of a reference period."""

    first: Place
    second: Place


class Drawing:
    """The staff of one facility after the other."""

    def __init__(self, year: int) -> None:
        self.random = random.Random(2026)  # noqa: S311 - seeded to repeat its choices, not used for a secret
        self.period = Period(Place(year, 1), Place(year, 2))

    def staff(self, people: Sequence[Sample]) -> list[Plan]:
        """Return a plan for each of these people: those with a step are entitled, the others replace them."""
        old = [one for one in people if self._first_step(one) <= self.period.second.last]
        plans = [self.entitled(one) for one in old]
        return plans + self.replacements([one for one in people if one not in old], plans)

    def entitled(self, one: Sample) -> Plan:
        """Return an entitled employee; whoever has no step in the first trimester begins with the second."""
        begun = self._first_step(one) <= self.period.first.last
        start = self._start(one) if begun else self.period.second.first
        plan = Plan(one.number, one.born, ENTITLED, one.qualification, start, hours=self.random.choice(HOURS),
                    statute=self.random.choice(STATUTES))
        if begun and self.random.random() < 0.04:
            plan.until = max(self.period.first.first + 40 * DAY, start)
        elif begun and self.random.random() < 0.1:
            plan.later = [self._change(plan)]
        plan.choices = [choice for age, begin in plan.starts.items() if begin <= self.period.second.last
                        and (plan.until is None or begin <= plan.until) for choice in self._choices(plan, age, begin)]
        if lists.qualifications()[one.qualification].equated:
            plan.declared = [choice.step for choice in plan.choices]
        return plan

    def _choices(self, plan: Plan, age: int, begin: datetime.date) -> list[Chosen]:
        """Return the choice for a step; a few who had the premium took the exemption a year later."""
        first = max(plan.start, begin)
        if not lists.qualifications()[plan.qualification].premium or self.random.random() < 0.55:
            return [Chosen(first, plan.until, age, EXEMPTION)]
        changed = first + 365 * DAY
        if changed < self.period.first.first and self.random.random() < 0.2:
            return [Chosen(first, changed - DAY, age, PREMIUM), Chosen(changed, plan.until, age, EXEMPTION)]
        return [Chosen(first, plan.until, age, PREMIUM)]

    def replacements(self, people: Sequence[Sample], plans: Sequence[Plan]) -> list[Plan]:
        """Return a replacement by each of these people: of the employee with the most hours open, or of the pool."""
        day = self.period.second.last
        still = {plan: plan.exempt(day if plan.until is None else plan.until) for plan in plans}
        found = []
        for one in people:
            replaced = max(still, key=lambda plan: still[plan], default=None)
            hours = still[replaced] if replaced else 0
            if hours < ONE_HOUR:
                replaced, hours = None, HALF_TIME
            elif hours > 2 * ONE_HOUR and self.random.random() < 0.6:
                hours = 2 * ONE_HOUR
            if replaced:
                still[replaced] -= hours
            found.append(self.replacement(one, replaced, hours))
        return found

    def replacement(self, one: Sample, replaced: Plan | None, hours: int) -> Plan:
        """Return a replacement of an employee, within the days of the exemption, or of the pool."""
        earliest, until = replaced.exempt_span() if replaced else (reaches(one.born, ADULT), None)
        recent = self.period.first.first - self.random.randint(0, 900) * DAY
        # Nobody begins later than the trimester in which the hours are first replaced.
        start = max(earliest, reaches(one.born, ADULT), min(recent, until or recent))
        whole = hours if self.random.random() < 0.5 else max(hours, HALF_TIME)
        return Plan(one.number, one.born, REPLACEMENT, one.qualification, start, until, hours=whole,
                    replaces=replaced, replaced_hours=hours, act_on=start - 14 * DAY)

    def leave(self, plans: Sequence[Plan]) -> None:
        """Let half of those with an exemption leave on the last day of the first trimester, and who replaces them."""
        last = self.period.first.last
        exempt = [plan for plan in plans if plan.choices and not (plan.until or plan.later) and all(
            (choice.kind, choice.last) == (EXEMPTION, None) and choice.first < self.period.first.first
            for choice in plan.choices)]
        gone = exempt[::2]
        for plan in gone:
            plan.choices = [choice._replace(last=last) for choice in plan.choices]
        for plan in [*gone, *(one for one in plans if one.replaces in gone)]:
            plan.until = last

    def _first_step(self, one: Sample) -> datetime.date:
        return min(step_starts(one.born).values())

    def _start(self, one: Sample) -> datetime.date:
        """Return the first day of a contract, a first of the month: as an adult, and at least a year ago."""
        last = self.period.first.first - 365 * DAY
        first = reaches(one.born, ADULT)
        return (first + self.random.randint(0, max((last - first).days, 0)) * DAY).replace(day=1)

    def _change(self, plan: Plan) -> Hours:
        """Return other hours, from a day between the start and the end of the second trimester on."""
        day = plan.start + self.random.randint(60, (self.period.second.last - plan.start).days) * DAY
        return Hours(day, self.random.choice([hours for hours in HOURS if hours != plan.hours]), plan.full_time)
