"""Figures, which are measured values with their targets, and a table of them."""
import statistics
from typing import NamedTuple


class Figure(NamedTuple):
    """A measured value as text; `target` is its bound as text, `hit` whether it was met; None without a target."""

    what: str
    value: str
    target: str = ""
    hit: bool | None = None


def at_most(what, value, most, text):
    """A figure with the target to be at most `most`."""
    return Figure(what, text, f"at most {most:g}", value <= most)


def at_least(what, value, least, text):
    """A figure with the target to be at least `least`."""
    return Figure(what, text, f"at least {least:.2g}", value >= least)


def middle(values, decimals=0):
    """The median as text, with the lowest and the highest value."""
    return f"{statistics.median(values):,.{decimals}f} ({min(values):,.{decimals}f} to {max(values):,.{decimals}f})"


def table(figures):
    """The figures as a table in Markdown, which is readable in a terminal too."""
    words = {True: "hit", False: "**miss**", None: ""}
    if not any(one.target for one in figures):
        lines = ["| what | |", "|---|---|", *(f"| {one.what} | {one.value} |" for one in figures)]
    else:
        lines = ["| measured | median (lowest to highest) | target | |", "|---|---|---|---|"]
        lines += [f"| {one.what} | {one.value} | {one.target} | {words[one.hit]} |" for one in figures]
    return "\n".join(lines)
