"""A province at a glance: the numbers of clients beside each organisation in the hall's list."""
from typing import Any

from peewee import SQL, ModelSelect, fn

from models.accounts.organisation_list import Count
from models.arbeidszorg.register.clients import Client
from models.compiled import parameter
from models.organisations import Organisation


def _active() -> "ModelSelect[Any]":
    return _clients().where(Client.active_until >= parameter("today"))


def _incomplete() -> "ModelSelect[Any]":
    return _clients().where(Client.incomplete)


def _clients() -> "ModelSelect[Any]":
    return Client.select(fn.COUNT(SQL("*"))).where(Client.organisation == Organisation.id)


ACTIVE, INCOMPLETE = Count("active", _active), Count("incomplete", _incomplete)
