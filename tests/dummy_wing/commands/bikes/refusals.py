"""The message that a command prints for each refusal of a model of bikes."""
from enum import StrEnum

from models.bikes.errors import BikesCode

REFUSALS: dict[StrEnum, str] = {
    BikesCode.NO_SHED: "There is no shed with that id.",
    BikesCode.BIKE_THERE: "That shed already has a bike with that number.",
}
