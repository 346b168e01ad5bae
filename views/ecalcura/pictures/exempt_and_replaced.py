"""Prepares 'Vrijgesteld en vervangen': two bars for each trimester, and the table under them.

Horizontal positions are percentages of the width and vertical ones are pixels, so a picture fills any width and its
letters keep their size.
"""
from typing import NamedTuple

from flask import url_for

from views.ecalcura.words import fraction

# The longest bar, in percent of the width; the rest is for its words.
LONGEST = 55
# The height of a trimester with its label and two bars, and of the legend above them, in pixels.
TALL, LEGEND = 84, 68


class Part(NamedTuple):
    """A part of a bar: its class in ecalcura.css, and where it begins and how wide it is, in percent."""

    kind: str
    x: str
    width: str


class Bar(NamedTuple):
    """A bar, the word for it, its hours, and where it ends, in percent."""

    label: str
    hours: str
    parts: list
    end: str


class Block(NamedTuple):
    """A trimester in the picture: its label, pixels from the top, and the bars of exempt and replaced hours."""

    label: str
    y: int
    bars: list


def values(hco, period, quarters):
    """The values that the page needs of the trimesters of a reference period."""
    most = max(max(one.exempt, one.replaced) for one in quarters)
    return {
        "period": f"{period}–{period + 1}",
        "any_hours": most > 0,
        "blocks": [_block(one, place, most) for place, one in enumerate(quarters)] if most else [],
        "height": LEGEND + TALL * len(quarters),
        "sentence": _sentence(period, quarters),
        "rows": [_row(one) for one in quarters],
        "before": (f"{period - 1}–{period}", url_for("pictures.replaced", hco=hco, period=period - 1)),
        "after": (f"{period + 1}–{period + 2}", url_for("pictures.replaced", hco=hco, period=period + 1)),
        "back": url_for("trimesters.index", hco=hco),
    }


def _block(quarter, place, most):
    return Block(quarter.place.label, LEGEND + TALL * place, [
        _bar("vrijgesteld", quarter.exempt, [("a", quarter.financed), ("open", quarter.open)], most),
        _bar("vervangen", quarter.replaced, [("a", quarter.financed), ("over", quarter.surplus)], most)])


def _bar(label, hours, parts, most):
    drawn, start = [], 0
    for kind, value in parts:
        width = LONGEST * value / most
        if width:
            drawn.append(Part(kind, _percent(start), _percent(width)))
        start += width
    return Bar(label, fraction(hours), drawn, _percent(start))


def _percent(value):
    return f"{float(value):.5g}%"


def _sentence(period, quarters):
    parts = "; ".join(
        f"{one.place.label} {fraction(one.exempt)} vrijgesteld en {fraction(one.replaced)} vervangen"
        for one in quarters)
    return f"Staafdiagram, gemiddelde uren per week in referentieperiode {period}–{period + 1}: {parts}."


def _row(quarter):
    """The cells of a trimester, as the template takes them apart."""
    return (quarter.place.label, fraction(quarter.exempt), fraction(quarter.exempt_fte), fraction(quarter.replaced),
            fraction(quarter.replaced_fte), fraction(quarter.financed), fraction(quarter.open),
            fraction(quarter.surplus))
