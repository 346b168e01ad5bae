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
from models.arbeidszorg.register.former_numbers import BETWEEN, OLD, FormerNumber
from models.arbeidszorg.transfer.columns import mark_of
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
        [client] = kept_rows.clients([deletion.kept_rows])
        mark = mark_of(client["number"], client["form_key"], deletion.registered_at)
        for key in filter(None, (client["old_number"], mark, *kept_rows.former_old_numbers(deletion.kept_rows))):
            yield (deletion.organisation_id, key), local_day(deletion.deleted_at)


def _moved() -> Iterable[Key]:
    """Yield the old numbers and marks at each organisation that a client left; some got a name behind them there."""
    past = peewee.Table("past_organisation", ("client_number", "organisation_id")).bind(database)
    left: Any = past.select(past.client_number, past.organisation_id).tuples()
    for number, organisation in left:
        client = Client.select(Client.number, Client.old_number, Client.form_key, Client.created_at).where(
            Client.number == number).get()
        former = FormerNumber.select(FormerNumber.number).where(
            FormerNumber.client_number == number, FormerNumber.kind == OLD).scalars()
        for text in filter(None, (client.old_number, *former)):
            yield organisation, text
            yield organisation, text.rsplit(BETWEEN, 1)[0]
        yield organisation, mark_of(number, client.form_key, client.created_at)
