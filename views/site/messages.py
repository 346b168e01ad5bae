"""The messages of pages for each code with which a model of site refuses."""
from enum import StrEnum

MESSAGES: dict[StrEnum, str] = {}
