"""'Historiek eindeloopbaan': all choices of a facility's employees as time lines, by name, in pages."""
import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from models.ecalcura.contracts.choices import Choice
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.employees import Employee, open_some
from models.ecalcura.people.persons import Person
from models.ecalcura.pictures.time_line import CHOICE, Bar, TimeLine, lanes_of, span_of
from models.paging import PAGE_SIZE, shown_page
from models.searching import BIGGEST_NUMBER, fold


class Chosen(NamedTuple):
    """An employee with a choice: the time line has a lane for each step and kind."""

    employee_id: int
    person: Person
    line: TimeLine


class History:
    """A page of the history: `rows` are the employees on it, `total` how many have a choice."""

    def __init__(self, facility: Facility, page: int, day: datetime.date) -> None:
        choices: dict[int, list[Choice]] = defaultdict(list)
        for choice in Choice.select().where(Choice.facility_id == facility.id).order_by(Choice.step, Choice.since):
            choices[choice.employee_id].append(choice)
        self.total = len(choices)
        self.page, self.pages = shown_page(min(page, BIGGEST_NUMBER), self.total)
        first = (self.page - 1) * PAGE_SIZE
        shown = _by_name(open_some(facility, list(choices)))[first:first + PAGE_SIZE]
        # The same days for each employee on the page, so that the eye can compare them.
        days = [span for employee, _ in shown for span in _bars(choices[employee.id])]
        self.rows = [Chosen(employee.id, person, TimeLine(*span_of(days, day), lanes_of(
            (CHOICE, (one.step, one.kind), Bar(one.since, one.until)) for one in choices[employee.id]), {}))
            for employee, person in shown]


def _by_name(people: Iterable[tuple[Employee, Person]]) -> list[tuple[Employee, Person]]:
    return sorted(people, key=lambda one: (fold(one[1].family), fold(one[1].first), one[0].id))


def _bars(choices: Iterable[Choice]) -> list[Bar]:
    return [Bar(one.since, one.until) for one in choices]
