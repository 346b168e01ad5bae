"""Two results of one facility, such as a revision and the former result, line by line."""
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from models.ecalcura.calculations.quantities import OF_ENTITLED, OF_REPLACEMENT
from models.ecalcura.submissions.snapshot import Content

QUANTITIES = (*OF_ENTITLED, *OF_REPLACEMENT)


class Line(NamedTuple):
    """A value before and now. `of` is a qualification, or the id of a contract; `name` is a quantity or a line."""

    of: str
    name: str
    before: Fraction
    now: Fraction

    @property
    def change(self) -> Fraction:
        """The value now less the value before."""
        return self.now - self.before


def of_quantities(before: Content, now: Content) -> list[Line]:
    """Return the quantities that differ between two results, by qualification; see `Result.parts`."""
    return _lines(*(_by_group(parts["sums"]) for parts in (before, now)))


def of_contracts(before: Content, now: Content) -> list[Line]:
    """Return the quantities that differ, by contract, of two `CountedSubmission.quantities`."""
    return _lines(*(_by_contract(counted) for counted in (before, now)))


def of_amounts(before: Content, now: Content) -> list[Line]:
    """Return the cents that differ, by qualification and line of the amount; without parameters each is 0."""
    return _lines(*({(line["qualification"], line["line"]): Fraction(line["cents"]) for line in parts["lines"] or ()}
                    for parts in (before, now)))


def _by_group(sums: Content) -> dict[tuple[str, str], Fraction]:
    return {(group["qualification"], name): Fraction(group[name]) for group in sums["groups"] for name in QUANTITIES}


def _by_contract(counted: Content) -> dict[tuple[str, str], Fraction]:
    found: dict[tuple[str, str], Fraction] = {}
    for contract in counted["contracts"]:
        for names, rows in ((OF_ENTITLED, contract["choices"]), (OF_REPLACEMENT, contract["replacements"])):
            for name in names if rows else ():
                found[str(contract["id"]), name] = sum((Fraction(row[name]) for row in rows), Fraction(0))
    return found


def _lines(before: Mapping[tuple[str, str], Fraction], now: Mapping[tuple[str, str], Fraction]) -> list[Line]:
    lines = (Line(of, name, before.get((of, name), Fraction(0)), now.get((of, name), Fraction(0)))
             for of, name in _keys(before, now))
    return [line for line in lines if line.change]


def _keys(*found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the keys of all, each once, in the order in which they come."""
    return list(dict.fromkeys(key for keys in found for key in keys))
