"""The reference period of the demonstration: its windows, its staff, its prestaties and what is submitted of it."""
from collections.abc import Iterator, Mapping, Sequence

from models.accounts.accounts import Account
from models.database import today
from models.ecalcura.checks import checks
from models.ecalcura.contracts.days import DAY, EXEMPTION
from models.ecalcura.contracts.steps import step_starts
from models.ecalcura.demonstration import delivered, seed, sown, storing
from models.ecalcura.demonstration.drawing import Drawing
from models.ecalcura.demonstration.plans import FULL_TIME, Plan
from models.ecalcura.demonstration.seed import Sample
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.employees import Employee
from models.ecalcura.submissions.submitting import submit
from models.ecalcura.trimesters import files, reopening, windows
from models.ecalcura.trimesters.calendar import Place, Trimester, place_of

# The facility with one of every check, the one whose first trimester is open again, and one that has no staff yet.
SOWN, REOPENED, NEW = "990001", "990011", "990016"
# The one where somebody of SOWN works too, together above full-time (V31).
ELSEWHERE = "990003"
# The one where colleagues leave after the first trimester, so that its hours become less.
FEWER = "990012"
REASON = "Een contract ontbrak."
# The part of the staff that a facility of each kind has.
SHARES = {"woonzorgcentrum": 45, "dagverzorging": 13, "ibw": 11, "pvt": 25, "revalidatie": 20}


def fill(holders: Mapping[str, Account]) -> Trimester:
    """Fill the period of today: staff of each facility, the first trimester submitted and the second half done.

    `holders` are, by HCO number, the accounts with the privacy role: those facilities get staff. Returns the trimester
    that is submitted.
    """
    year = place_of(today()).period
    first, second = _open(year)
    facilities = [Facility.by_hco(hco) for hco in sorted(holders) if hco != NEW]
    drawing, works_too = Drawing(year), None
    for facility, people in _share([one for one in facilities if one]):
        plans, by = drawing.staff(people), holders[facility.hco]
        if facility.hco == SOWN:
            works_too = _full_time(plans)
            plans += sown.sow(drawing, _needed(drawing), _exempt(plans))
            delivered.fill_physicians(facility, second)
        elif facility.hco == FEWER:
            drawing.leave(plans)
        elif facility.hco == ELSEWHERE and works_too:
            plans.append(sown.elsewhere(drawing, works_too))
        storing.store(facility, plans)
        files.touch(facility, first.first, None)
        storing.fill_in(facility, first, True)
        storing.fill_in(facility, second, False)
        delivered.fill_residents(facility, first, by)
        delivered.fill_residents(facility, second, by, int(facility.hco == SOWN))
        submit(facility, first, by, True)
        if facility.hco == REOPENED:
            reopening.reopen(facility, first.place, REASON)
    checks.refresh([employee.id for employee in Employee.select(Employee.id)])
    delivered.fill_billed(holders, NEW)
    return first


def _open(year: int) -> list[Trimester]:
    """Open three trimesters to enter, the first two also to submit, and return these two."""
    found = []
    for number in (1, 2, 3):
        place = Place(year, number)
        submit_from = min(place.last, today()) if number < 3 else max(place.last + DAY, today())
        found.append(windows.open_trimester(place, windows.kinds_with_files(), min(place.first, today()), submit_from))
    return found[:2]


def _share(facilities: Sequence[Facility]) -> Iterator[tuple[Facility, list[Sample]]]:
    """Yield each facility with its part of the people: the file has them in no order, so all ages are everywhere."""
    people = seed.samples()[:seed.EMPLOYED]
    shares = [SHARES[one.kind] for one in facilities]
    ends = [len(people) * sum(shares[:index]) // sum(shares) for index in range(len(facilities) + 1)]
    for facility, first, last in zip(facilities, ends, ends[1:], strict=False):
        yield facility, people[first:last]


def _needed(drawing: Drawing) -> list[Sample]:
    """Return people for the sown checks, from outside the employed ones."""
    last = drawing.period.second.last
    there = seed.samples()[seed.EMPLOYED:]
    old = [one for one in there if min(step_starts(one.born).values()) <= drawing.period.second.first]
    young = [one for one in there if min(step_starts(one.born).values()) > last]
    return young[:3] + old[:2]


def _full_time(plans: Sequence[Plan]) -> Plan:
    return next(plan for plan in plans if plan.hours == FULL_TIME and plan.choices and not (plan.until or plan.later))


def _exempt(plans: Sequence[Plan]) -> Plan:
    return next(plan for plan in plans if plan.until is None and plan.choices and plan.choices[-1].kind == EXEMPTION)
