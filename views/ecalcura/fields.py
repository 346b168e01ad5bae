"""Fields of ecalcura's forms: a day, and hours in hundredths."""
import re

from models.days import parse_date
from models.ecalcura.errors import EcalcuraCode
from models.errors import Refused
from views.ecalcura import words
from views.shell import filters
from views.shell.fields import ParsedField

_HOURS = re.compile(r"([0-9]{1,5})(?:[.,]([0-9]{1,2}))?")


def parse_hours(text):
    """Read hours, typed with a comma or a point and at most two decimals, as hundredths."""
    match = _HOURS.fullmatch(text.strip())
    if match is None:
        raise Refused(EcalcuraCode.HOURS_TYPED, value=text)
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def hours_field(label, required="", **options):
    """A text field for hours, typed as 19,5."""
    return ParsedField(label, parse_hours, words.hours, required, **options)


def day_field(label, required="", **options):
    """A text field for a day, typed as 03/06/2026."""
    return ParsedField(label, parse_date, filters.day, required, **options)
