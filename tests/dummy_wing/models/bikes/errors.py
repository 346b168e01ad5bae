"""The codes of the rules of bikes: see models/errors.py."""
from enum import StrEnum, auto


class BikesCode(StrEnum):
    """Each rule about bikes that can be broken."""

    NO_SHED = auto()
    BIKE_THERE = auto()
