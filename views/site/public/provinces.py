"""The picture of the provinces: a window each on the sill, as high as its number of initiatives."""
from typing import NamedTuple

from models.organisations import PROVINCES

# In the units of the picture: the round top with room for the words, and the window of the province with the most.
LOWEST, HIGHEST = 60, 176


class Window(NamedTuple):
    """A window of the picture: its height, and the link that filters by its province."""

    code: str
    name: str
    count: int
    height: int
    url: str
    current: bool


def provinces(counts, chosen, address_of):
    """The windows of all provinces; the link of the one that is chosen leads back to all of them."""
    most = max(1, *counts.values())
    return [Window(code, name, counts[code], max(LOWEST, round(HIGHEST * counts[code] / most)),
                   address_of("" if code == chosen else code), code == chosen) for code, name in PROVINCES.items()]
