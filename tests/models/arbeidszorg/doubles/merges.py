"""Merges two clients in a test, everything decided in one way unless the test says otherwise."""
import peewee

from models.arbeidszorg.doubles.comparison import Comparison
from models.arbeidszorg.doubles.merging import Decisions, Merge
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.former_numbers import old_number_sort
from models.database import database
from tests.tables import rows_of

# Not compared after an undo: a version only goes up, and the moment of the last change goes with it.
MOVING_ON = {"version", "changed_at"}
# The register's tables; the merge itself and its log stay.
COMPARED = ("client", "answer", "past_answer", "period", "past_hours", "former_number", "past_organisation",
            "merged_name")


def merged(kept, other, by=None, answers=None, name=None, clashes=None):
    """Merge `other` into `kept`: where nothing is given, the answers, name and periods of `kept` go on."""
    compared = Comparison.of(kept.organisation_id, kept.number, other.number)
    number = kept.number
    chosen = {question.code: number for question in compared.differing} | (answers or {})
    groups = {group[0].id: number if clashes is None else clashes for group in compared.clashes}
    decided = Decisions(number, compared.seen, chosen, name or number, groups)
    return Merge.make(kept.organisation_id, kept.number, other.number, decided, by)


def with_old_number(client, old_number):
    """Give a client an old number, as an import does."""
    rank, key = old_number_sort(old_number)
    Client.update(old_number=old_number, old_number_rank=rank, old_number_key=key).where(
        Client.number == client.number).execute()
    return Client.get_by_id(client.number)


def register_rows():
    """Every row of the register, by table, as comparable text."""
    return {table: sorted(repr({name: _plain(value) for name, value in row.items() if name not in MOVING_ON})
                          for row in rows_of(table)) for table in COMPARED}


def _plain(value):
    return bytes(value).hex() if isinstance(value, (bytes, memoryview)) else value


def hours_changed(period, *changes):
    """Add earlier hours to a period, each (hours in hundredths, until)."""
    table = peewee.Table("past_hours", ("period_id", "hours", "until", "made_at")).bind(database)
    for hours, until in changes:
        table.insert({"period_id": period.id, "hours": hours, "until": until,
                      "made_at": "2024-01-01 00:00:00"}).execute()
