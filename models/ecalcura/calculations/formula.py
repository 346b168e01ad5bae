"""The formula of the amounts, from parameters.toml: quantities times parameters, rounded to cents line by line."""
import functools
import math
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from models.ecalcura.contracts import lists
from models.ecalcura.submissions.snapshot import Content

FILE = Path(__file__).parent / "parameters.toml"
ADVANCE, DEFINITIVE, REVISION = "advance", "definitive", "revision"
HALF_UP, HALF_EVEN = "half_up", "half_even"
BY_QUALIFICATION = "qualification"
# The name of a value → the value as a decimal number: 'index', or 'wage_cost VPK' of a qualification.
Values = Mapping[str, str]


class Parameter(NamedTuple):
    """A parameter: see parameters.toml. `by` is '' for one with a single value."""

    code: str
    label: str
    unit: str
    decimals: int
    by: str = ""


class Field(NamedTuple):
    """A value that a calculator enters: of a parameter, and of a qualification if the parameter has one for each."""

    name: str
    parameter: Parameter
    qualification: str = ""


class Line(NamedTuple):
    """A line of the amount: see parameters.toml."""

    code: str
    label: str
    quantity: str
    quantity_label: str
    times: tuple[str, ...]


class _State:
    rounding: ClassVar[str] = HALF_UP


def start(settings: Mapping[str, Any]) -> None:
    """Round as the setting CALCULATION_ROUNDING says; for the start of the application."""
    _State.rounding = settings["CALCULATION_ROUNDING"]


def rounding() -> str:
    """Return how amounts are rounded: HALF_UP or HALF_EVEN."""
    return _State.rounding


@functools.cache
def _read() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@functools.cache
def parameters() -> dict[str, Parameter]:
    """Return the parameters by their codes, in order."""
    return {one["code"]: Parameter(**one) for one in _read()["parameter"]}


@functools.cache
def lines() -> list[Line]:
    """Return the lines of the amount, in order."""
    return [Line(**one | {"times": tuple(one["times"])}) for one in _read()["line"]]


def fields() -> list[Field]:
    """Return every value that a version of the parameters has, in order."""
    return [field for one in parameters().values() for field in (
        [Field(f"{one.code} {code}", one, code) for code in lists.qualifications()] if one.by else [
            Field(one.code, one)])]


class Price(NamedTuple):
    """The parameters with which a line multiplies the quantity of a qualification, and their product."""

    factors: list[list[str]]
    product: Fraction


class Prices:
    """The prices of a kind of calculation with these values, each multiplied once for all facilities."""

    def __init__(self, kind: str, values: Values) -> None:
        """Take the values of the parameters."""
        self._more = _read()[ADVANCE]["times"] if kind == ADVANCE else ()
        self._values = values
        self._found: dict[tuple[str, str], Price] = {}

    def of(self, line: Line, qualification: str) -> Price:
        """Return the price of a line for a qualification."""
        key = line.code, qualification
        if key not in self._found:
            factors = [[code, self._values[f"{code} {qualification}" if parameters()[code].by else code]]
                       for code in (*line.times, *self._more)]
            self._found[key] = Price(factors, math.prod((Fraction(value) for _, value in factors), start=Fraction(1)))
        return self._found[key]


def amounts(sums: Content, prices: Prices, rounded: str) -> list[Content]:
    """Return each line of each qualification with its quantity, factors and cents; without those of a quantity 0."""
    found = []
    for line in lines():
        for group in sums["groups"]:
            quantity = group[line.quantity]
            if quantity != "0":
                price = prices.of(line, group["qualification"])
                found.append({"line": line.code, "qualification": group["qualification"], "quantity": quantity,
                              "factors": price.factors, "cents": cents(Fraction(quantity) * price.product, rounded)})
    return found


def cents(euros: Fraction, rounded: str) -> int:
    """Round an exact amount to cents; half a cent goes up, or to the even one of the two."""
    return math.floor(euros * 100 + Fraction(1, 2)) if rounded == HALF_UP else round(euros * 100)


def euros(amount: int) -> Decimal:
    """Return an amount in cents as euros."""
    return Decimal(amount).scaleb(-2)
