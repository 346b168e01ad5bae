"""The message that a command prints for each refusal of a model of site."""
from enum import StrEnum

REFUSALS: dict[StrEnum, str] = {}
