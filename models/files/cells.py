"""Values as cells: of a CSV that Excel in Dutch opens with a double click, and of a spreadsheet."""
from datetime import date
from decimal import Decimal

from models.arbeidszorg.transfer.columns import disarm


def text(value):
    """As it stands in a CSV: dd/mm/jjjj, a decimal comma, and no formula."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return disarm(value) if isinstance(value, str) else value


def put(sheet, line, place, value, day):
    """Write it into a sheet as what it is; `day` is the sheet's format of a date."""
    if isinstance(value, date):
        sheet.write_datetime(line, place, value, day)
    elif isinstance(value, str):
        # As text it is no formula, but it would become one in a CSV that is made of the sheet.
        sheet.write_string(line, place, disarm(value))
    elif value is not None:
        sheet.write_number(line, place, value)
