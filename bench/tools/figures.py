"""A figure that was measured, and the table that shows them."""
import statistics
from typing import NamedTuple


class Figure(NamedTuple):
    """What was measured; `target` is a most or a least in words, `hit` whether it was reached, None without one."""

    what: str
    value: str
    target: str = ""
    hit: bool | None = None


def at_most(what, value, most, text):
    """A figure that must not be higher than `most`."""
    return Figure(what, text, f"at most {most:g}", value <= most)


def at_least(what, value, least, text):
    """A figure that must not be lower than `least`."""
    return Figure(what, text, f"at least {least:.2g}", value >= least)


def middle(values, places=0):
    """The median as text, with the lowest and the highest."""
    return f"{statistics.median(values):,.{places}f} ({min(values):,.{places}f} to {max(values):,.{places}f})"


def table(figures):
    """The figures as a table in Markdown, which reads as well on a terminal."""
    words = {True: "hit", False: "**miss**", None: ""}
    if not any(one.target for one in figures):
        lines = ["| what | |", "|---|---|", *(f"| {one.what} | {one.value} |" for one in figures)]
    else:
        lines = ["| measured | median (lowest to highest) | target | |", "|---|---|---|---|"]
        lines += [f"| {one.what} | {one.value} | {one.target} | {words[one.hit]} |" for one in figures]
    return "\n".join(lines)
