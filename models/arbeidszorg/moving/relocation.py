"""Hand a client's whole record over to another organisation, its name sealed under that organisation's key."""
import datetime
import secrets

import peewee

from models import names
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.former_numbers import (
    BETWEEN,
    NEW,
    OLD,
    OLD_NUMBER_LENGTH,
    FormerNumber,
    old_number_sort,
)
from models.arbeidszorg.register.past_organisations import PastOrganisation
from models.database import database, now, today
from models.errors import Code, Refused
from models.organisations import Organisation

# The tables without their class, which is in a folder that does not know this one.
_merge = peewee.Table("client_merge", ("id", "kept_number", "kept_rows", "purged_at")).bind(database)
_merged_name = peewee.Table("merged_name", ("merge_id",)).bind(database)


def relocate(client: Client, sender: Organisation, receiver: Organisation) -> bool:
    """Make the locked client the receiver's. Call it in the transaction of an agreed move.

    Return whether an old number was taken there, so that the sender's name was added to it. Raises `Refused` if the
    name cannot be opened.
    """
    sealed = _sealed_for(client, receiver)
    _keep_stay(client.number, sender.id)
    _give_up_undoing(client.number)
    renumbered = _free_former_numbers(client.number, sender, receiver)
    old_number = client.old_number
    if old_number and _is_taken(old_number, receiver.id, client.number):
        old_number, renumbered = _renumbered(old_number, sender, receiver), True
    rank, key = old_number_sort(old_number)
    # By its form key a file that the sender exported before says that the client moved.
    form_key = secrets.token_urlsafe(16) if _has_form_key(receiver, client.form_key) else client.form_key
    Client.update(
        organisation=receiver.id, old_number=old_number, old_number_rank=rank, old_number_key=key, sealed_name=sealed,
        form_key=form_key, version=Client.version + 1, changed_at=now()).where(Client.number == client.number).execute()
    # Those that can still be restored; the others are final.
    Withdrawal.update(organisation=receiver.id).where(
        Withdrawal.client_number == client.number, Withdrawal.kept_rows.is_null(False)).execute()
    return renumbered


def _sealed_for(client: Client, receiver: Organisation) -> bytes | None:
    """Open the client's name and seal it under the receiver's key."""
    name = client.name
    if name is None:
        return None
    if name == names.UNREADABLE:
        raise Refused(ArbeidszorgCode.CLIENT_MOVE_NAME)
    try:
        return names.seal(receiver.id, client.number, name)
    except Refused as refused:
        if refused.code != Code.NAMES_KEY:
            raise
        raise Refused(ArbeidszorgCode.CLIENT_MOVE_NAME) from refused


def _keep_stay(number: int, organisation_id: int) -> None:
    """Keep where the client was until yesterday. A client that moves twice on a day was not at the one between."""
    until = today() - datetime.timedelta(days=1)
    if not PastOrganisation.left_after(number, until):
        PastOrganisation.insert(client_number=number, organisation=organisation_id, until=until).execute()


def _give_up_undoing(number: int) -> None:
    """Empty what was kept to undo merges into this client, also through a third one: the names are of the sender."""
    merged = map(int, FormerNumber.of(number, NEW))
    pending = _merge.kept_number.in_([number, *merged]) & _merge.kept_rows.is_null(False)
    ids = [merge for merge, in _merge.select(_merge.id).where(pending).tuples()]
    if ids:
        _merged_name.delete().where(_merged_name.merge_id.in_(ids)).execute()
        _merge.update(kept_rows=None, purged_at=now()).where(_merge.id.in_(ids)).execute()


def _free_former_numbers(number: int, sender: Organisation, receiver: Organisation) -> bool:
    """Rename the client's earlier old numbers that the receiver has too; they follow the client by themselves."""
    taken = [text for text in FormerNumber.of(number, OLD) if _is_taken(text, receiver.id, number)]
    for text in taken:
        anew = _renumbered(text, sender, receiver)
        rank, key = old_number_sort(anew)
        FormerNumber.update(number=anew, rank=rank, sort_text=key).where(
            FormerNumber.client_number == number, FormerNumber.kind == OLD, FormerNumber.number == text).execute()
    return bool(taken)


def _renumbered(text: str, sender: Organisation, receiver: Organisation) -> str:
    """Return the old number with the sender's name, such as '17 – De Brug', which both organisations have free."""
    for count in range(1, 1000):
        end = f" ({count})" if count > 1 else ""
        number = text[:OLD_NUMBER_LENGTH - len(end)] if count > 1 else text
        room = OLD_NUMBER_LENGTH - len(number) - len(BETWEEN) - len(end)
        name = f"{BETWEEN}{sender.name[:room].rstrip()}" if room > 0 else ""
        anew = f"{number}{name}{end}"
        # Not one of the client's own either: it may have got this name by an earlier move, and then a merge.
        if not any(_is_taken(anew, one.id) for one in (sender, receiver)):
            return anew
    raise AssertionError("a thousand clients cannot have one old number")


def _has_form_key(organisation: Organisation, form_key: str | None) -> bool:
    return bool(Client.of(organisation).where(Client.form_key == form_key).exists())


def _is_taken(text: str, organisation_id: int, but: int = 0) -> bool:
    """Whether another client of the organisation has this old number, or had it before a merge."""
    others = Client.of(organisation_id).where(Client.old_number == text, Client.number != but)
    former = FormerNumber.select().where(
        FormerNumber.organisation_id == organisation_id, FormerNumber.kind == OLD, FormerNumber.number == text,
        FormerNumber.client_number != but)
    return bool(others.exists() or former.exists())
