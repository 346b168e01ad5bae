"""Merge an organisation into another one: the operator moves all of its clients, each in a transaction of its own."""
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from models import names
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.clients import Client, likely_duplicates
from models.database import today
from models.errors import Refused
from models.organisations import Organisation


@dataclass
class Merge:
    """The outcome of a merge, all as clients' numbers.

    `moved` of which some are `active`, `renumbered` because their old number was taken, or like others (`doubles`:
    number → the numbers of the clients that are like it); `refused`: code → the clients that were not moved. `in_trash`
    counts the deleted clients of the sender that can still be restored there.
    """

    moved: list[int] = field(default_factory=list)
    active: list[int] = field(default_factory=list)
    renumbered: list[int] = field(default_factory=list)
    doubles: dict[int, list[int]] = field(default_factory=dict)
    refused: dict[StrEnum, list[int]] = field(default_factory=lambda: defaultdict(list))
    in_trash: int = 0


def merge(sender: Organisation, receiver: Organisation, on_client: Callable[[], object] = lambda: None) -> Merge:
    """Move every client of the sender. Run again after an interruption, it goes on with those that are left.

    Raises `Refused`, and moves nobody, if none of the names can be opened. `on_client` is called after each client.
    """
    done = Merge(in_trash=Deletion.in_trash(sender.province).where(Deletion.organisation == sender).count())
    numbers = _readable(sender)
    for number in numbers:
        try:
            if ClientMove.move_at_once(number, sender, receiver):
                done.renumbered.append(number)
            done.moved.append(number)
        except Refused as refused:
            done.refused[refused.code].append(number)
        on_client()
    for number in done.moved:
        _look_at(number, receiver, done)
    return done


def number_of_clients(organisation: Organisation) -> int:
    """Return how many clients an organisation has."""
    return Client.of(organisation).count()


def _readable(sender: Organisation) -> list[int]:
    """Return the numbers of the sender's clients; raises `Refused` if there are names and none can be opened."""
    pairs = list(Client.of(sender).select(Client.number, Client.sealed_name).order_by(Client.number).tuples())
    opened = [name for name in names.open_names(sender.id, pairs) if name is not None]
    if opened and set(opened) == {names.UNREADABLE}:
        raise Refused(ArbeidszorgCode.CLIENT_MOVE_NAME)
    return [number for number, _ in pairs]


def _look_at(number: int, receiver: Organisation, done: Merge) -> None:
    client = Client.one(receiver, number)
    if client is None:
        return
    if client.is_active(today()):
        done.active.append(number)
    if doubles := likely_duplicates(receiver, client.answers(), but=number):
        done.doubles[number] = [double.number for double in doubles]
