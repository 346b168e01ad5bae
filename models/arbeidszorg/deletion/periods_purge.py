"""Purging withdrawn periods, each with a line in the list outside the database, as purge.py does for clients."""
import datetime
from collections.abc import Collection, Sequence

import peewee

from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.deletion.purged_file import PurgedFile, PurgedPeriod
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.audit import record
from models.database import locked

AT_ONCE = 500


def purge_periods(file: PurgedFile, register: str, numbers: Collection[int], moment: datetime.datetime) -> int:
    """Purge the withdrawals that are due, and those of the clients with these numbers; return their count."""
    due = list(locked(Withdrawal.due(numbers)))
    listed = {entry.key for entry in file.periods()}
    # Earlier purges too: they restore a list that was lost.
    purged = Withdrawal.select().where(Withdrawal.purged_at.is_null(False)).order_by(Withdrawal.id)
    entries = [_entry(register, withdrawal, withdrawal.purged_at or moment) for withdrawal in [*purged, *due]]
    file.append([entry for entry in entries if entry.key not in listed])
    for withdrawal in due:
        _empty(Withdrawal.id == withdrawal.id, moment)
        record(ArbeidszorgEvent.PERIOD_PURGED, organisation=withdrawal.organisation, subject=withdrawal.client_number,
               period=withdrawal.period_id)
    return len(due)


def empty_withdrawals(number: int, moment: datetime.datetime) -> None:
    """Empty the withdrawals of the client with this number, which is purged."""
    _empty(Withdrawal.client_number == number, moment)


def repeat_periods(entries: Sequence[PurgedPeriod]) -> int:
    """Purge again the periods that a backup brought back; return their count."""
    repeated = 0
    for some in peewee.chunked(entries, AT_ONCE):
        ids = [entry.period_id for entry in some]
        numbers = [number for number, in Period.select(Period.client).where(Period.id.in_(ids)).tuples()]
        clients = {client.number: client for client in locked(
            Client.select(Client.number, Client.organisation).where(Client.number.in_(numbers)))}
        live = {period.id: period for period in Period.select().where(Period.id.in_(ids))}
        kept = {withdrawal.period_id: withdrawal for withdrawal in locked(
            Withdrawal.select().where(Withdrawal.period_id.in_(ids), Withdrawal.kept_rows.is_null(False)))}
        for entry in some:
            period, withdrawal = live.get(entry.period_id), kept.get(entry.period_id)
            if period and period.created_at == entry.added_at:
                number, organisation = period.client_number, clients[period.client_number].organisation
                _purge_again(live.pop(entry.period_id), organisation.id, entry)
            elif withdrawal and withdrawal.added_at == entry.added_at:
                number, organisation = withdrawal.client_number, withdrawal.organisation
                _empty(Withdrawal.id == kept.pop(entry.period_id).id, entry.purged_at)
            else:
                continue
            record(ArbeidszorgEvent.PERIOD_PURGED, organisation=organisation, subject=number, period=entry.period_id,
                   repeated=True)
            repeated += 1
    return repeated


def _purge_again(period: Period, organisation_id: int, entry: PurgedPeriod) -> None:
    """Purge a period that was not yet withdrawn when the backup was made."""
    Withdrawal.create(
        period_id=period.id, client_number=period.client_number, organisation=organisation_id,
        added_at=entry.added_at, first_year=entry.first_year, last_year=entry.last_year,
        withdrawn_at=entry.withdrawn_at, purged_at=entry.purged_at)
    kept_rows.remove_period(period.id)


def _entry(register: str, withdrawal: Withdrawal, moment: datetime.datetime) -> PurgedPeriod:
    return PurgedPeriod(
        register, withdrawal.period_id, withdrawal.client_number, withdrawal.organisation_id, withdrawal.added_at,
        withdrawal.first_year, withdrawal.last_year, withdrawal.withdrawn_at, moment)


def _empty(which: peewee.Expression, moment: datetime.datetime) -> None:
    (Withdrawal.update(kept_rows=None, purged_at=moment)
     .where(which, Withdrawal.kept_rows.is_null(False))
     .execute())
