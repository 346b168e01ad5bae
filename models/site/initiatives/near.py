"""The place that a visitor types, a postcode or a municipality, and how near to it an initiative is."""
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from models.searching import fold

# How near an initiative is to a place, the nearest first; one that has the name of the place in its own comes second.
HERE, NAMED, SAME_REGION, SAME_PROVINCE = "here", "named", "region", "province"
NEARNESS = (HERE, NAMED, SAME_REGION, SAME_PROVINCE)
# The provinces by the first digits of their postcodes; those of Brussels have no province.
FIRST_DIGITS = {"antwerpen": ("2",), "limburg": ("35", "36", "37", "38", "39"), "oost-vlaanderen": ("9",),
                "vlaams-brabant": ("15", "16", "17", "18", "19", "30", "31", "32", "33", "34"),
                "west-vlaanderen": ("8",)}
POSTCODE = re.compile(r"\b[1-9][0-9]{3}\b")


class Place(NamedTuple):
    """A place: its name for a page, its postcodes, and its name as `key` makes it; '' for a postcode alone."""

    name: str
    postcodes: frozenset[str]
    key: str = ""

    def nearness(self, postcode: str, municipality: str, province: str) -> str:
        """Return how near this address is, '' for one in another province."""
        if postcode in self.postcodes or (self.key and key(municipality) == self.key):
            return HERE
        if postcode[:2] in {own[:2] for own in self.postcodes}:
            return SAME_REGION
        return SAME_PROVINCE if any(own.startswith(FIRST_DIGITS[province]) for own in self.postcodes) else ""


def key(name: str) -> str:
    """Return the name of a municipality without case, accents, hyphens and other marks."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(name)))


def _load() -> dict[str, Place]:
    groups = tomllib.loads((Path(__file__).parent / "municipalities.toml").read_text(encoding="utf-8"))
    return {key(name): Place(name, frozenset(postcodes.split()), key(name))
            for group in groups.values() for name, postcodes in group.items()}


# The municipalities of Flanders by their keys.
MUNICIPALITIES = _load()


def place_of(typed: str, addresses: Iterable[tuple[str, str]]) -> Place | None:
    """Return the place that these words are, or None if they are something else.

    `addresses` are the postcodes and municipalities of initiatives: one may be in a village that no list has.
    """
    found = POSTCODE.findall(typed)
    rest = key(POSTCODE.sub(" ", typed))
    known = _municipality(rest, addresses) if rest else None
    if len(found) == 1 and (known or not rest):
        return Place(found[0], frozenset(found))
    return None if found else known


def _municipality(name: str, addresses: Iterable[tuple[str, str]]) -> Place | None:
    listed = MUNICIPALITIES.get(name)
    same = [(postcode, municipality) for postcode, municipality in addresses if key(municipality) == name]
    if listed is None and not same:
        return None
    postcodes = {postcode for postcode, _ in same if postcode} | (listed.postcodes if listed else set())
    return Place(listed.name if listed else same[0][1], frozenset(postcodes), name)
