"""What was deleted more than 30 days ago goes for good; number, organisation, dates and reason stay.

Each purge is written down outside the database first. A backup that is put back meets that list again, and then what
it brought back is purged anew.
"""
from dataclasses import dataclass

import peewee

from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.deletion.purged_file import Purged, PurgedFile
from models.arbeidszorg.deletion.requests import REFUSED, DeletionRequest
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.register import series
from models.arbeidszorg.register.clients import Client
from models.audit import Event, record
from models.database import BaseModel, empty_log, locked, now, transaction

# The constraint of a refusal wants a word back.
GONE = "–"
AT_ONCE = 500


class Register(BaseModel):
    """Which register this is: a restored backup is the same one, a new installation another."""

    id = peewee.TextField(primary_key=True)


@dataclass
class Purge:
    """What a purge did: how many went, how many a backup had brought back, and what the operator should know."""

    purged: int = 0
    repeated: int = 0
    unreadable: tuple = ()
    emptied: bool = True


def purge(path):
    """Purge what is due, and again what was purged before. Nothing where `path` cannot be written: OSError."""
    done = Purge()
    with PurgedFile(path).open() as file:
        with transaction():
            register = Register.get().id
            _purge_due(file, register, done)
            _repeat([entry for entry in file.read() if entry.register == register], done)
            done.unreadable = tuple(file.unreadable)
        done.emptied = empty_log()
    return done


def _purge_due(file, register, done):
    moment = now()
    due = list(locked(Deletion.due()))
    there = {entry.who for entry in file.read()}
    # Those of before too: a file that was lost is written anew.
    purged = Deletion.select().where(Deletion.purged_at.is_null(False)).order_by(Deletion.id)
    entries = [_entry(register, deletion, deletion.purged_at or moment) for deletion in [*purged, *due]]
    file.append([entry for entry in entries if entry.who not in there])
    for deletion in due:
        _empty(deletion, moment)
        record(Event.CLIENT_PURGED, organisation=deletion.organisation, client=deletion.client_number)
        done.purged += 1


def _entry(register, deletion, moment):
    return Purged(register, deletion.client_number, deletion.organisation_id, deletion.registered_at,
                  deletion.first_year, deletion.last_year, deletion.reason, deletion.deleted_at, moment)


def _empty(deletion, moment):
    Deletion.update(kept_rows=None, purged_at=moment).where(Deletion.id == deletion.id).execute()
    kept_rows.forget_name(deletion.client_number)
    _empty_requests(deletion.client_number)


def _empty_requests(number):
    mine = DeletionRequest.client_number == number
    DeletionRequest.update(remark="").where(mine).execute()
    DeletionRequest.update(answer=GONE).where(mine, DeletionRequest.status == REFUSED).execute()


def _repeat(entries, done):
    """Purge what a backup brought back, and give no number anew."""
    if not entries:
        return
    highest = max(entry.number for entry in entries)
    if highest > series.highest():
        series.advance(highest)
    for some in peewee.chunked(entries, AT_ONCE):
        numbers = [entry.number for entry in some]
        # Locked: nobody deletes or restores them meanwhile.
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
            organisation = (client or deletion).organisation
            record(Event.CLIENT_PURGED, organisation=organisation, client=entry.number, repeated=True)
            done.repeated += 1


def _purge_again(client, entry):
    """A client that was not even deleted when the backup was made."""
    if request := DeletionRequest.pending(client):
        request.approve()
    Deletion.create(
        client_number=client.number, organisation=client.organisation_id, reason=entry.reason,
        registered_at=entry.registered_at, first_year=entry.first_year, last_year=entry.last_year,
        deleted_at=entry.deleted_at, purged_at=entry.purged_at)
    kept_rows.remove(client.number)
    _empty_requests(client.number)
