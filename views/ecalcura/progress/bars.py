"""Prepares 'Voortgang': a stacked bar for each trimester, and the tables under it.

Horizontal positions are percentages of the width and vertical ones are pixels, as in the other pictures.
"""
from collections import Counter
from typing import NamedTuple

from flask import url_for

from models.ecalcura.progress.parts import CLOSED, LATE, PARTS, SUBMITTED
from models.ecalcura.trimesters.calendar import Place
from views.ecalcura.progress import words

SENT = (SUBMITTED, LATE, CLOSED)
# The height of a trimester with its label and bar, and that of a row of the legend, in pixels.
TALL, ROW = 60, 22
# A part that is narrower than this, in percent, has no room for its number: the table has it.
NARROW = 6


class Part(NamedTuple):
    """A part of a bar: its code, its words, its number, the list of its facilities, its place and width in percent."""

    code: str
    label: str
    number: int
    url: str
    x: str
    width: str
    middle: str
    shows_number: bool


class Bar(NamedTuple):
    """A trimester: its label, pixels from the top, its parts, its total, and the list of those that did not submit."""

    label: str
    y: int
    parts: list
    total: int
    url: str


def values(period, counts, kind, province):
    """The values that the page needs of the `Count`s of a reference period; kind and province are those chosen."""
    chosen = {name: value for name, value in (("kind", kind), ("province", province)) if value}
    mine = [one for one in counts if kind in ("", one.kind) and province in ("", one.province or "")]
    drawn = sorted({one.part for one in mine}, key=PARTS.index)
    return {
        "bars": [_bar(period, number, mine, chosen, place) for place, number in enumerate((1, 2, 3, 4))],
        "legend": [(code, words.LABELS[code]) for code in drawn],
        "legend_height": ROW * -(-len(drawn) // 2) + 10, "height": TALL * 4,
        "columns": ["Trimester", *(words.LABELS[code] for code in PARTS), "Samen"],
        "by_kind": _table(period, counts, "kind", words.kind_options()),
        "by_province": _table(period, counts, "province", words.province_options()),
    }


def _bar(period, number, counts, chosen, place):
    numbers = Counter()
    for one in counts:
        if one.trimester == number:
            numbers[one.part] += one.facilities
    total, before, parts = sum(numbers.values()), 0, []
    for code in PARTS:
        width = 100 * numbers[code] / total if total else 0
        parts.append(Part(code, words.LABELS[code], numbers[code],
                          _list(period, number, part=code, **chosen), _percent(before), _percent(width),
                          _percent(before + width / 2), width >= NARROW))
        before += width
    return Bar(Place(period, number).label, TALL * place, parts, total, _list(period, number, **chosen))


def _percent(value):
    return f"{value:.5g}%"


def _list(period, number, **chosen):
    return url_for("progress.show", period=period, number=number, **chosen)


def _table(period, counts, name, labels):
    """(label, cells) for each kind or province that occurs; a cell is (submitted, all, list of the others) or None."""
    sent, everything = Counter(), Counter()
    for one in counts:
        key = getattr(one, name), one.trimester
        everything[key] += one.facilities
        sent[key] += one.facilities if one.part in SENT else 0
    return [(label, [_cell(period, number, sent[code, number], everything[code, number], {name: code})
                     for number in (1, 2, 3, 4)])
            for code, label in [*labels.items(), *_without(name, counts)]]


def _without(name, counts):
    return [(None, words.NO_PROVINCE)] if name == "province" and any(one.province is None for one in counts) else []


def _cell(period, number, sent, total, chosen):
    if not total:
        return None
    return sent, total, _list(period, number, **chosen) if None not in chosen.values() else None
