"""The clients and periods that an import does not bring back: deleted, moved, withdrawn."""
import datetime
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import peewee

from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.former_numbers import BETWEEN, NEW, OLD, FormerNumber, merged_registrations
from models.arbeidszorg.transfer.staging.marks import mark_of
from models.database import database
from models.days import local_day

# An organisation's id, and an old number or a mark.
Key = tuple[int | None, str]


class Absent:
    """The keys of the clients in the trash, with the day of deletion, and of those that moved away; and the days of the
    withdrawn periods, by the number of their client.
    """

    def __init__(self) -> None:
        self.deleted: dict[Key, datetime.date] = dict(_deleted())
        self.moved: set[Key] = set(_moved())
        self.withdrawn: dict[int, set[tuple[str, str | None]]] = defaultdict(set)
        for withdrawal in Withdrawal.select().where(Withdrawal.kept_rows.is_null(False)):
            [period] = json.loads(withdrawal.kept_rows)["period"]
            self.withdrawn[withdrawal.client_number].add((period["start_date"], period["end_date"]))

    def is_withdrawn(self, number: int, start: datetime.date, end: datetime.date | None) -> bool:
        """Say whether the client with this number has a withdrawn period with these days."""
        return (start.isoformat(), end and end.isoformat()) in self.withdrawn.get(number, ())


def _deleted() -> Iterable[tuple[Key, datetime.date]]:
    for deletion in Deletion.select().where(Deletion.kept_rows.is_null(False)):
        for key in _kept_keys(deletion):
            yield (deletion.organisation_id, key), local_day(deletion.deleted_at)


def _moved() -> Iterable[Key]:
    """Yield the old numbers and marks at each organisation that a client left; some got a name behind them there.

    A client that was deleted after its move can be in the trash, and one that was merged has its mark left.
    """
    move: Any = peewee.Table("client_move", ("client_number", "from_organisation_id", "status")).bind(database)
    left = move.select(move.client_number, move.from_organisation_id).where(move.status == "done").distinct()
    for number, organisation in left.tuples():
        client = Client.select(Client.number, Client.old_number, Client.form_key, Client.created_at).where(
            Client.number == number).first()
        deletion = Deletion.get_or_none(Deletion.client_number == number, Deletion.kept_rows.is_null(False))
        keys = _keys(client) if client else _kept_keys(deletion) if deletion else _merged_marks([number])
        for key in keys:
            yield organisation, key
            yield organisation, key.rsplit(BETWEEN, 1)[0]


def _keys(client: Client) -> Iterable[str]:
    """Return the old numbers of a client and its marks, with those of the clients that were merged into it."""
    return filter(None, (
        client.old_number, mark_of(client.number, client.form_key, client.created_at),
        *FormerNumber.of(client.number, OLD), *_merged_marks(map(int, FormerNumber.of(client.number, NEW)))))


def _kept_keys(deletion: Deletion) -> Iterable[str]:
    """Return the same of a client in the trash."""
    [client] = kept_rows.clients([deletion.kept_rows])
    return filter(None, (
        client["old_number"], mark_of(client["number"], client["form_key"], deletion.registered_at),
        *kept_rows.former_numbers(deletion.kept_rows, OLD),
        *_merged_marks(map(int, kept_rows.former_numbers(deletion.kept_rows, NEW)))))


def _merged_marks(numbers: Iterable[int]) -> list[str]:
    """Return the marks that merged clients with these numbers had."""
    return [mark_of(*registration) for registration in merged_registrations(numbers)]
