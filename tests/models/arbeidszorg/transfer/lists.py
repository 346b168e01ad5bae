"""Lists that an organisation imports, written row by row."""
import io

from models.arbeidszorg.transfer.importing import import_register
from models.arbeidszorg.transfer.register_file.columns import OWN, columns
from models.arbeidszorg.transfer.report_files import InMemory
from models.files.csv_file import Csv
from tests.old_register import NO_PERIOD, OPEN, ROW

__all__ = ["NO_PERIOD", "OPEN"]
# The columns of the template: those of Loket's own file that an organisation fills in.
FILLED_IN = [code for code in columns(OWN) if code in {"name", *ROW} - {"province", "organisation", "email"}]
LIST_ROW = {**ROW, "old_number": "", "name": ""}


def table(*rows, codes=FILLED_IN):
    """A list as CSV with these columns; each row is code → cell, for the cells that differ from an ordinary row's."""
    headings = columns(OWN)
    return Csv.whole([headings[code] for code in codes],
                     [[{**LIST_ROW, **row}.get(code, "") for code in codes] for row in rows])


def take(login, content, **options):
    """Import this list as this login's organisation; returns the `Result`."""
    return import_register(io.BytesIO(content), InMemory(), login.account,
                           own_list_of=login.organisation.id, **options)


def reasons(result):
    """(line, column) → reason of each refused row."""
    return {(refusal.line, refusal.column): refusal.reason for refusal in result.refusals}
