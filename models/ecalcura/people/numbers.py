"""Rijksregisternummers and bisnummers: their check digits, and what is unusual about one.

The first six digits look like a birth date, but only the register knows that date: it may be absent here or there.
"""
import calendar
import datetime
import re
from typing import ClassVar

from stdnum.be import bis, nn, ssn
from stdnum.exceptions import ValidationError

from models.database import today
from models.ecalcura.errors import EcalcuraCode
from models.errors import Refused

LENGTH = 11
# The month of a bisnummer is 20 or more; that of a rijksregisternummer 12 or less.
MONTH_OF_BIS = "2"
# Years that the clocks of Loket and of python-stdnum, which takes no year after this one, may differ at the most.
YEARS_TO_COME = 20
# Sequences that are not given out.
UNUSED = ("000", "999")
# Signs that people and spreadsheets write between the digits.
_BETWEEN = re.compile(r"[\s.\-/\u2010-\u2015\u2212]+")


class _State:
    simulated: ClassVar[bool] = False


def use(simulated: bool) -> None:
    """With simulated registers all people are fictional: none of their numbers is called unusual."""
    _State.simulated = simulated


def clean(text: str) -> str:
    """Return the 11 digits of a number as people type it; raises `Refused` for any other text (V01)."""
    digits = _BETWEEN.sub("", text)
    try:
        # Its own rules for separators and foreign digits are wider than ours.
        if len(digits) != LENGTH or not digits.isascii() or not digits.isdigit():
            raise Refused(EcalcuraCode.NUMBER_INVALID)
        # As `ssn.validate`, which tries one kind after the other: an import reads thousands of numbers.
        (nn if digits[2] < MONTH_OF_BIS else bis).validate(digits)
    except ValidationError as error:
        raise Refused(EcalcuraCode.NUMBER_INVALID) from error
    day = today()
    # Other two digits of a year cannot be of a birth to come.
    if 0 <= 2000 + int(digits[:2]) - day.year < YEARS_TO_COME:
        year, month = ssn.get_birth_year(digits), ssn.get_birth_month(digits)
        if year and (birth_of(digits) or datetime.date(year, month or 1, 1)) > day:
            raise Refused(EcalcuraCode.NUMBER_INVALID)
    return digits


def is_unusual(number: str) -> bool:
    """Say whether to ask somebody to look again at a valid number (V01a): its date does not exist, or its sequence."""
    return not _State.simulated and (number[6:9] in UNUSED or not _date_may_exist(number))


def _date_may_exist(number: str) -> bool:
    """Whether its date exists, or is one of those with an unknown part: without month, or without day."""
    year, month, day = ssn.get_birth_year(number), ssn.get_birth_month(number), int(number[4:6])
    return day <= (calendar.monthrange(year, month)[1] if year and month else 31)


def birth_of(number: str) -> datetime.date | None:
    """Return the date in a valid number, or None if it has no whole date; the register's own date may be another."""
    return ssn.get_birth_date(number)


def written(number: str) -> str:
    """Return a number as people write it: 85.07.30-033.28."""
    return nn.format(number)


def masked(number: str) -> str:
    """Return a number as lists show it, with its check digits only; '' for a number that does not open."""
    return f"••.••.••-•••.{number[-2:]}" if number else ""
