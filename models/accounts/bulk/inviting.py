"""Invites the logins of all organisations of a province that never were invited."""
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from models.accounts.accounts import Account
from models.accounts.bulk.errors import BulkCode
from models.audit import Actor
from models.errors import Code, Refused
from models.mail.addresses import clean_email
from models.organisations import Organisation


class Skipped(NamedTuple):
    """An organisation that is not invited, and why."""

    organisation: Organisation
    code: StrEnum


class Choice(NamedTuple):
    """The organisations without a login: those that can be invited, and those that cannot."""

    invitable: list[Organisation]
    skipped: list[Skipped]


def choose(province: str) -> Choice:
    """Return the organisations of the province that never were invited, by name."""
    new = [organisation for organisation in Organisation.select().order_by(Organisation.name)
           if not Account.of(organisation).exists()]
    # Also by those of other provinces: the first one that is invited has the address.
    shared = Counter(organisation.email.lower() for organisation in new)
    choice = Choice([], [])
    for organisation in new:
        if organisation.province != province:
            continue
        code = _obstacle(organisation, shared[organisation.email.lower()] > 1)
        if code:
            choice.skipped.append(Skipped(organisation, code))
        else:
            choice.invitable.append(organisation)
    return choice


def _obstacle(organisation: Organisation, is_shared: bool) -> StrEnum | None:
    if not organisation.email:
        return BulkCode.ADDRESS_ABSENT
    try:
        clean_email(organisation.email)
    except Refused as refused:
        return refused.code
    if Account.by_email(organisation.email):
        return Code.EMAIL_TAKEN
    return BulkCode.ADDRESS_SHARED if is_shared else None


def invite_all(organisations: Iterable[Organisation], by: Actor | None = None) -> Choice:
    """Invite these, each in a transaction of its own; return those that were invited, and those that meanwhile cannot.
    """
    choice = Choice([], [])
    for organisation in organisations:
        try:
            Account.invite(organisation, organisation.email, by)
        except Refused as refused:
            if refused.code == Code.MAIL_KEY:
                raise
            choice.skipped.append(Skipped(organisation, refused.code))
        else:
            choice.invitable.append(organisation)
    return choice
