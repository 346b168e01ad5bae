"""Prepares 'Wie bereikt een stap': a mark for each employee above the month, and the table under it."""
from collections import Counter
from typing import NamedTuple

from flask import url_for

from models.ecalcura.contracts import lists
from models.ecalcura.people import numbers
from views.ecalcura.words import NO_NAME, fraction
from views.shell import filters

MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
# In pixels: the legend above the marks, the labels under them, the room for a mark, and the most for all marks.
LEGEND, LABELS, MARK, MOST = 68, 44, 18, 240
# The shapes of the marks that templates/ecalcura/pictures/steps.html defines.
SHAPES = 3


class Column(NamedTuple):
    """A month: its label, its place in percent, how many pixels lower the label is, and its marks.

    A mark is (number of its shape, pixels from the top).
    """

    label: str
    x: str
    lower: int
    marks: list


def values(hco, first, last, reached):
    """The values that the page needs of those who reach a step between two days."""
    months = _months(first, last)
    by_month = {month: [] for month in months}
    for one in reached:
        by_month[one.day.year, one.day.month].append(one.age)
    most = max(map(len, by_month.values()))
    room = min(MARK, MOST / most) if most else MARK
    base = round(LEGEND + room * most + MARK / 2)
    return {
        "span": f"{filters.day(first)} – {filters.day(last)}",
        "columns": [_column(place, len(months), month, sorted(by_month[month]), base, room)
                    for place, month in enumerate(months)],
        "legend": [(_shape(age), age) for age in lists.steps()], "base": base, "height": base + LABELS,
        "sentence": _sentence(first, last, reached),
        "rows": [_row(hco, one) for one in reached],
        "back": url_for("staff.index", hco=hco),
    }


def _months(first, last):
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [(first.year + (first.month - 1 + place) // 12, (first.month - 1 + place) % 12 + 1)
            for place in range(count)]


def _column(place, count, month, ages, base, room):
    year, number = month
    label = MONTHS[number - 1] if number > 1 else f"{MONTHS[number - 1]} ’{year % 100:02}"
    return Column(label, f"{100 * (place + .5) / count:.5g}%", 18 * (place % 2),
                  [(_shape(age), round(base - MARK / 2 - room * above)) for above, age in enumerate(ages)])


def _shape(age):
    return list(lists.steps()).index(age) % SHAPES


def _sentence(first, last, reached):
    ages = Counter(one.age for one in reached)
    counted = ", ".join(f"{ages[age]} keer {age} jaar" for age in sorted(ages))
    return (f"Van {filters.day(first)} tot en met {filters.day(last)} wordt een stap {len(reached)} keer bereikt"
            f"{': ' if counted else ''}{counted}.")


def _row(hco, one):
    """The cells of a step that is reached, as the template takes them apart."""
    return (filters.day(one.day), one.person.name or NO_NAME, numbers.masked(one.person.number), f"{one.age} jaar",
            fraction(one.hours) if one.hours else "", url_for("staff.show", hco=hco, employee_id=one.employee_id))
