"""Fields of ecalcura's forms: a day, and hours in hundredths."""
from decimal import Decimal

from models.days import parse_date
from models.ecalcura.contracts.terms import parse_hours
from views.shell import filters
from views.shell.fields import ParsedField


def hours_field(label, required="", **options):
    """A text field for hours, typed as 19,5."""
    return ParsedField(label, parse_hours, _as_typed, required, **options)


def day_field(label, required="", **options):
    """A text field for a day, typed as 03/06/2026."""
    return ParsedField(label, parse_date, filters.day, required, **options)


def _as_typed(hundredths):
    return filters.hours(Decimal(hundredths) / 100)
