"""How long clients are kept after their guidance: the organisation decides what happens to those kept longer.

Without the setting RETENTION_YEARS no client is due (docs/decisions/0091).
"""
import datetime
from collections.abc import Mapping
from typing import Any

import peewee

from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import RETENTION, Deletion
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import AnyOrganisation, Client
from models.audit import Actor, record
from models.database import locked, now, refusing, today, transaction
from models.days import start_of_day
from models.errors import Refused


class _Current:
    years: int | None = None


def use(years: int | None) -> None:
    """Count a client as due after this number of years; never if it is None."""
    _Current.years = years


def start(settings: Mapping[str, Any]) -> None:
    """Use RETENTION_YEARS of these settings, when the application starts."""
    use(settings["RETENTION_YEARS"])


def term() -> int | None:
    """Return the number of years, or None without a term."""
    return _Current.years


def due(organisation: AnyOrganisation) -> "peewee.ModelSelect[Client]":
    """Select the organisation's clients whose guidance ended, or who were registered without it, too long ago."""
    if _Current.years is None:
        return Client.of(organisation).where(False)
    first = _years_before(today(), _Current.years)
    never = Client.active_until.is_null() & (Client.created_at < start_of_day(first))
    return Client.of(organisation).where((Client.active_until < first) | never).order_by(Client.number)


def with_name(clients: "peewee.ModelSelect[Client]", named: bool) -> "peewee.ModelSelect[Client]":
    """Select those of these clients that have a name, or those that have no name."""
    return clients.where(Client.sealed_name.is_null(not named))


def one(organisation: AnyOrganisation, number: int) -> Client:
    """Return the organisation's client with this number; raises `Refused` if it is not due."""
    return _due(due(organisation).where(Client.number == number).first(), number)


def forget_name(organisation: AnyOrganisation, number: int, by: Actor | None = None) -> bool:
    """Erase the name of a client that is due, and record it; the rest stays. Returns False if it has no name.

    Works without reading the name. Raises `Refused` if the client is not due.
    """
    with transaction():
        client = _locked(organisation, number)
        if client.sealed_name is None:
            return False
        (Client.update(sealed_name=None, version=Client.version + 1, changed_at=now())
         .where(Client.number == number).execute())
        record(ArbeidszorgEvent.CLIENT_NAME_CHANGED, by=by, organisation=client.organisation, subject=number)
    return True


def delete(organisation: AnyOrganisation, number: int, by: Actor | None = None) -> Deletion:
    """Delete a client that is due: for 30 days the administrator can restore it, then it is purged.

    A pending request for its deletion is approved by it. Raises `Refused` if the client is not due, or if a move of it
    to another organisation is pending.
    """
    with refusing(client_move_undecided=ArbeidszorgCode.CLIENT_MOVE_FIRST), transaction():
        client = _locked(organisation, number)
        request = DeletionRequest.pending(client)
        if request:
            request.approve(by)
        return Deletion.take_out(client, RETENTION, by, request)


def _locked(organisation: AnyOrganisation, number: int) -> Client:
    return _due(locked(due(organisation).where(Client.number == number)).first(), number)


def _due(client: Client | None, number: int) -> Client:
    if client is None:
        raise Refused(ArbeidszorgCode.NOT_DUE, number=number)
    return client


def _years_before(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
