"""Prepares the time line on an employee's page, and the table under it.

Horizontal positions are percentages of the width and vertical ones are pixels, as in exempt_and_replaced.py.
"""
import textwrap
from typing import NamedTuple

from models.ecalcura.pictures.time_line import CHOICE, CONTRACT, REPLACED
from views.ecalcura import words
from views.shell import filters

# In pixels: the head with years and steps, the label of a lane, the numbers above a contract, the height of full-time
# hours and of another bar, and the gap under a bar.
HEAD, LABEL, NUMBERS, FULL, THIN, GAP = 44, 20, 16, 24, 14, 8
# The most years that are written, and the narrowest bar with its hours above it, in percent.
MOST_YEARS, WIDE = 6, 12
# The most letters on a line of a label, for the narrowest screen; and the place after which a year has no room.
LETTERS, NO_ROOM = 36, 88
POOL = "de pool van de voorziening"


class Mark(NamedTuple):
    """A vertical line with its label: in percent from the left, and on which side of it the label stands."""

    label: str
    x: str
    anchor: str


class Bar(NamedTuple):
    """A bar: its class, position and size, and the hours above it, if there is room."""

    kind: str
    x: str
    y: int
    width: str
    height: int
    text: str


class Lane(NamedTuple):
    """A lane: the lines of its label, each with its pixels from the top, and its bars."""

    label: list
    bars: list


def values(line, names, day):
    """The values of a time line, or None; `names`: id → name of the employees who replace or are replaced."""
    if line is None:
        return None
    lanes, bottom = [], HEAD
    for lane in line.lanes:
        lanes.append(_Drawn(line, lane, names, bottom))
        bottom += lanes[-1].height
    rows = _rows(line, lanes)
    return {
        "height": bottom + 20, "bottom": bottom, "head": HEAD,
        "years": [_year(line, year) for year in _years(line)],
        "steps": [_mark(line, start, f"{age} jaar") for age, start in line.steps.items()
                  if line.first <= start <= line.last],
        "now": _mark(line, day, "vandaag"),
        "lanes": [Lane([(line, one.y + LABEL * place) for place, line in enumerate(one.lines)], one.bars)
                  for one in lanes],
        "sentence": f"Tijdlijn van {line.first.year} tot en met {line.last.year}: "
                    f"{'; '.join(one.sentence for one in lanes)}.",
        "rows": [row[1:] for row in rows],
        "since": line.first.year if rows[0][0] < line.first else None,
    }


class _Drawn:
    """A lane of the model with its words, `y` pixels from the top."""

    def __init__(self, line, lane, names, y):
        self.line, self.lane, self.y = line, lane, y
        self.label = _label(lane, names)
        self.lines = textwrap.wrap(self.title, LETTERS)
        self.bottom = y + LABEL * len(self.lines) + (NUMBERS + FULL if lane.kind == CONTRACT else THIN)
        self.height = self.bottom + GAP - y

    @property
    def title(self):
        """The label, with the hours of a replacement."""
        hours = sorted({bar.hours for bar in self.lane.bars if bar.hours and not bar.full_time})
        return f"{self.label}, {' of '.join(map(words.hours, hours))} uur per week" if hours else self.label

    @property
    def sentence(self):
        return f"{self.title} {', '.join(words.period(bar.first, bar.last) for bar in self.lane.bars)}"

    @property
    def rows(self):
        """(first day, label, days, hours) of each bar."""
        for bar in self.lane.bars:
            hours = words.hours(bar.hours)
            yield (bar.first, self.label, words.period(bar.first, bar.last),
                   f"{hours} van {words.hours(bar.full_time)}" if bar.full_time else hours)

    @property
    def bars(self):
        """The bars that have a day in the picture; that of a contract has a frame as high as full time."""
        shown = [(bar, max(bar.first, self.line.first), min(bar.last or self.line.last, self.line.last))
                 for bar in self.lane.bars]
        return [drawn for bar, first, last in shown if first <= last for drawn in self._bar(bar, first, last)]

    def _bar(self, bar, first, last):
        left, right = _place(self.line, first), _place(self.line, last, 1)
        x, width, bottom = f"{left:.5g}%", f"{right - left:.5g}%", self.bottom
        if self.lane.kind != CONTRACT:
            return [Bar(self._kind(), x, bottom - THIN, width, THIN, "")]
        height = max(2, round(FULL * bar.hours / bar.full_time))
        text = words.hours(bar.hours) if right - left >= WIDE else ""
        return [Bar("axis", x, bottom - FULL, width, FULL, text), Bar("a", x, bottom - height, width, height, "")]

    def _kind(self):
        if self.lane.kind == CHOICE:
            return "open" if self.lane.of[1] == "premium" else "a"
        return "over"


def _label(lane, names):
    if lane.kind == CONTRACT:
        role, qualification = lane.of
        return f"{words.ROLES[role].capitalize()}, {words.qualification(qualification)}"
    if lane.kind == CHOICE:
        age, kind = lane.of
        return f"{words.CHOICES[kind].capitalize()} voor {age} jaar"
    other = names.get(lane.of[0]) or POOL
    return f"Vervangen door {other}" if lane.kind == REPLACED else f"Vervangt {other}"


def _place(line, day, after=0):
    """Where a day stands, in percent; with `after` 1, where it ends."""
    return 100 * ((day - line.first).days + after) / ((line.last - line.first).days + 1)


def _mark(line, day, label):
    place = _place(line, day)
    return Mark(label, f"{place:.5g}%", "start" if place < 80 else "end")


def _year(line, year):
    day = line.first.replace(year=year)
    return Mark(str(year) if _place(line, day) < NO_ROOM else "", f"{_place(line, day):.5g}%", "start")


def _years(line):
    every = -(-(line.last.year - line.first.year + 1) // MOST_YEARS)
    return range(line.first.year, line.last.year + 1, every)


def _rows(line, lanes):
    """The rows of the table by day, each with its day: each bar, and the first day of each step."""
    rows = [row for lane in lanes for row in lane.rows]
    rows += [(start, f"Stap van {age} jaar", f"vanaf {filters.day(start)}", "") for age, start in line.steps.items()]
    return sorted(rows, key=lambda row: row[0])
