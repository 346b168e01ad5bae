"""Purge clients deleted, and periods withdrawn, more than 30 days ago; number, organisation, dates and reason remain.

Each purge is first written to a list outside the database. After a backup was restored, the purges on the list are
repeated on the clients that came back with it.
"""
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import peewee

from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.deletion.imports_purge import empty_imports
from models.arbeidszorg.deletion.merges_purge import MergedClients, empty_merges
from models.arbeidszorg.deletion.periods_purge import empty_withdrawals, purge_periods, repeat_periods
from models.arbeidszorg.deletion.purged_file import Purged, PurgedFile
from models.arbeidszorg.deletion.requests import REFUSED, DeletionRequest
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register import series
from models.arbeidszorg.register.clients import Client
from models.audit import record
from models.database import database, empty_log, locked, now, transaction
from models.upkeep.purged_lines import Register

# The database requires an answer with a refusal.
GONE = "–"
AT_ONCE = 500


@dataclass
class Purge:
    """The outcome of a purge of clients and of periods.

    `merges` and `imports` count those that can no longer be undone.
    `repeated` counts clients that a restored backup had brought back, `unreadable` holds the numbers of damaged lines
    in the list, `emptied` says whether the purged rows have left the database's log file too.
    """

    purged: int = 0
    repeated: int = 0
    periods: int = 0
    periods_repeated: int = 0
    merges: int = 0
    imports: int = 0
    unreadable: tuple[int, ...] = ()
    emptied: bool = True


def purge(path: Path) -> Purge:
    """Purge the clients that are due, and repeat the purges on the list at `path`.

    Raises `OSError`, and purges nothing, if the list cannot be written.
    """
    done = Purge()
    with PurgedFile(path).open() as file:
        with transaction():
            register = Register.get().id
            _purge_due(file, register, done)
            _repeat([entry for entry in file.read() if entry.register == register], done)
            done.periods_repeated = repeat_periods([entry for entry in file.periods() if entry.register == register])
            done.unreadable = tuple(file.unreadable)
        done.emptied = empty_log()
    return done


def _purge_due(file: PurgedFile, register: str, done: Purge) -> None:
    moment = now()
    due = list(locked(Deletion.due()))
    listed = {entry.key for entry in file.read()}
    # Earlier purges too: they restore a list that was lost.
    purged = Deletion.select().where(Deletion.purged_at.is_null(False)).order_by(Deletion.id)
    merged = MergedClients()
    entries = [entry for deletion in [*purged, *due]
               for entry in _entries(register, deletion, merged, deletion.purged_at or moment)]
    file.append([entry for entry in entries if entry.key not in listed])
    numbers = [deletion.client_number for deletion in due]
    done.periods = purge_periods(file, register, numbers, moment)
    done.merges = empty_merges(numbers)
    done.imports = empty_imports(numbers)
    for deletion in due:
        _empty(deletion, moment)
        for one in merged.into(deletion.client_number):
            _empty_requests(one.number)
        record(ArbeidszorgEvent.CLIENT_PURGED, organisation=deletion.organisation, subject=deletion.client_number)
        done.purged += 1


def _entries(register: str, deletion: Deletion, merged: MergedClients, moment: datetime.datetime) -> list[Purged]:
    """Return the lines of a purged client and of each registration that was merged into it."""
    own = _entry(register, deletion, moment)
    return [own, *(own._replace(**one._asdict()) for one in merged.into(own.number))]


def _entry(register: str, deletion: Deletion, moment: datetime.datetime) -> Purged:
    return Purged(register, deletion.client_number, deletion.organisation_id, deletion.registered_at,
                  deletion.first_year, deletion.last_year, deletion.reason, deletion.deleted_at, moment)


def _empty(deletion: Deletion, moment: datetime.datetime) -> None:
    Deletion.update(kept_rows=None, purged_at=moment).where(Deletion.id == deletion.id).execute()
    kept_rows.forget_name(deletion.client_number)
    _empty_requests(deletion.client_number)
    empty_withdrawals(deletion.client_number, moment)


def _empty_requests(number: int) -> None:
    mine = DeletionRequest.client_number == number
    DeletionRequest.update(remark="").where(mine).execute()
    DeletionRequest.update(answer=GONE).where(mine, DeletionRequest.status == REFUSED).execute()


def _repeat(entries: Sequence[Purged], done: Purge) -> None:
    """Purge again the clients that a backup brought back, and keep their numbers from being given again."""
    if not entries:
        return
    highest = max(entry.number for entry in entries)
    if highest > series.highest():
        series.advance(highest)
    for some in peewee.chunked(entries, AT_ONCE):
        numbers = [entry.number for entry in some]
        # Locked, so that nobody deletes or restores them meanwhile.
        clients = {client.number: client for client in locked(
            Client.select(Client.number, Client.organisation, Client.created_at).where(Client.number.in_(numbers)))}
        kept = {deletion.client_number: deletion for deletion in locked(
            Deletion.select().where(Deletion.client_number.in_(numbers), Deletion.kept_rows.is_null(False)))}
        for entry in some:
            client, deletion = clients.get(entry.number), kept.get(entry.number)
            if client and client.created_at == entry.registered_at:
                _purge_again(clients.pop(entry.number), entry)
            elif deletion and deletion.registered_at == entry.registered_at:
                _empty(kept.pop(entry.number), entry.purged_at)
            else:
                continue
            organisation = (client or deletion).organisation  # type: ignore[union-attr]  # one of the two is there
            record(ArbeidszorgEvent.CLIENT_PURGED, organisation=organisation, subject=entry.number, repeated=True)
            done.repeated += 1


def _purge_again(client: Client, entry: Purged) -> None:
    """Purge a client that was not yet deleted when the backup was made."""
    if request := DeletionRequest.pending(client):
        request.approve()
    Deletion.create(
        client_number=client.number, organisation=client.organisation_id, reason=entry.reason,
        registered_at=entry.registered_at, first_year=entry.first_year, last_year=entry.last_year,
        deleted_at=entry.deleted_at, purged_at=entry.purged_at)
    _cancel_move(client.number)
    kept_rows.remove(client.number)
    empty_imports([client.number])
    _empty_requests(client.number)
    empty_withdrawals(client.number, entry.purged_at)


def _cancel_move(number: int) -> None:
    """Cancel the client's pending move, which came back with a backup too."""
    move: Any = peewee.Table("client_move", ("client_number", "status", "ended_at")).bind(database)
    move.update(status="cancelled", ended_at=now()).where(
        move.client_number == number, move.ended_at.is_null()).execute()
