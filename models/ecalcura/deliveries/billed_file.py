"""Billed days as a spreadsheet: one row for the facility, a column for each field and part of the year."""
from models.audit import Actor
from models.ecalcura.deliveries import sheet
from models.ecalcura.deliveries.billed_days import SUBMITTED, BilledYear, Days, fields_of, parts, save_days
from models.ecalcura.deliveries.sheet import Numbers, Read, Shape
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities.facilities import Facility
from models.errors import Refused, Stale
from models.files.reading.sources import Source


def _shape(facility: Facility, year: int) -> Shape:
    columns = {f"{part.number} {field}": f"{label} {part.first:%d/%m} – {part.last:%d/%m}"
               for part in parts(year) for field, label in fields_of(facility, year).items()}
    return Shape("Gefactureerde dagen", ("HCO-nummer", "Voorziening"), {facility.hco: facility.name}, columns,
                 str(year))


def _numbers(facility: Facility, days: Days) -> Numbers:
    return {(facility.hco, f"{part} {field}"): number for (part, field), number in days.items()}


def template(facility: Facility, year: int) -> bytes:
    """Return the template of a year as XLSX, with the days that are stored."""
    billed = BilledYear.at(facility, year)
    return sheet.template(_shape(facility, year), _numbers(facility, billed.days()), billed.version)


def read(facility: Facility, year: int, source: Source, by: Actor | None = None) -> Read:
    """Save the days of a filled-in template, all of them or none.

    Raises `Refused` for a file that cannot be read, and once the year is submitted.
    """
    billed = BilledYear.at(facility, year)
    if billed.state == SUBMITTED:
        raise Refused(EcalcuraCode.BILLED_SUBMITTED, year=year)
    found = sheet.read(_shape(facility, year), _numbers(facility, billed.days()), billed.version, source)
    if found.refused or not found.lines:
        return found
    days = {(int(part), field): number for (_, column), number in found.numbers.items()
            for part, field in [column.split(" ", 1)]}
    try:
        save_days(facility, year, days, billed.version, by)
    except Refused as refused:
        if refused.code != EcalcuraCode.BILLED_MOST and not isinstance(refused, Stale):
            raise
        return Read([line._replace(refused=refused) for line in found.lines], found.numbers)
    return found
