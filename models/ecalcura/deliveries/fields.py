"""The deliveries of facilities beside their staff, and their fields, from fields.toml."""
import datetime
import functools
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities.facilities import Facility
from models.errors import Refused

FILE = Path(__file__).parent / "fields.toml"
BILLED, RESIDENTS, CRA = "billed", "residents", "cra"
MOST_DIGITS = 7


class Field(NamedTuple):
    """A field, with the days on which it exists and the kinds of facilities that fill it in; () for all kinds."""

    code: str
    label: str
    kinds: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None

    def is_for(self, kind: str, first: datetime.date, last: datetime.date) -> bool:
        """Say whether facilities of a kind fill it in for these days."""
        return ((not self.kinds or kind in self.kinds) and (self.since is None or self.since <= last)
                and (self.until is None or self.until >= first))


@functools.cache
def _read() -> dict[str, dict[str, Any]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@functools.cache
def _fields(delivery: str) -> tuple[Field, ...]:
    return tuple(Field(**one | {"kinds": tuple(one.get("kinds", ()))}) for one in _read()[delivery]["field"])


def delivers(facility: Facility, delivery: str) -> bool:
    """Say whether facilities of this kind deliver BILLED, RESIDENTS or CRA."""
    return facility.kind in kinds_of(delivery)


def kinds_of(delivery: str) -> list[str]:
    """Return the codes of the kinds of facilities that deliver BILLED, RESIDENTS or CRA."""
    return list(_read()[delivery]["kinds"])


def fields_of(facility: Facility, delivery: str, first: datetime.date, last: datetime.date) -> dict[str, str]:
    """Return code → label of the fields of BILLED or RESIDENTS that a facility fills in for these days, in order."""
    return {field.code: field.label for field in _fields(delivery) if field.is_for(facility.kind, first, last)}


def first_billed_year() -> int:
    """Return the first year of which facilities deliver billed days."""
    year: int = _read()[BILLED]["first_year"]
    return year


def certificate_kinds() -> dict[str, str]:
    """Return code → label of the kinds of certificates."""
    return {one["code"]: one["label"] for one in _read()["certificates"]["kind"]}


def parse_count(text: str) -> int | None:
    """Read a whole number as people type it, None for an empty text; raises `Refused` for any other text."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise Refused(EcalcuraCode.COUNT_TYPED)
    return int(text)
