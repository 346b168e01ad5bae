"""The colleagues of a facility: inviting them, giving and ending their roles, and the mails about it."""
import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

import peewee

from models.accounts import roles
from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.links import OneTimeLink
from models.accounts.logins import addresses, state_of
from models.accounts.roles import Role
from models.audit import Actor, Event, record
from models.database import BaseModel, now, refusing, today, transaction
from models.days import local_day, start_of_day
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities import letters
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import ACCESS, COLLEAGUE, DOSSIER, FINANCIAL, GIVEN, PRIVACY, WING
from models.errors import Code, Refused
from models.mail import outbox
from models.mail.addresses import clean_email
from models.mail.letters import invitation_of

# The rule of the database that refuses a grant or its end -> the code.
RULES = {
    "facility_grant_dossier": EcalcuraCode.NO_DOSSIER,
    "facility_grant_giver": EcalcuraCode.ROLE_GIVER,
    "facility_last_access": EcalcuraCode.LAST_ACCESS,
}


class Colleague(BaseModel):
    """The name of an account, as this facility wrote it."""

    facility_id = peewee.IntegerField()
    account_id = peewee.IntegerField()
    name = peewee.TextField()
    created_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "facility_colleague"
        primary_key = peewee.CompositeKey("facility_id", "account_id")


class Person(NamedTuple):
    """A colleague with a login: its state as `logins.state_of` says, and the roles that have not ended."""

    account: Account
    name: str
    state: str
    roles: list[Grant]


def people(facility: Facility) -> list[Person]:
    """Return everybody who has, had or will have a role in the facility, by name."""
    given = list(_grants(facility))
    names = names_of(facility)
    accounts: Iterable[Account] = Account.select().where(Account.id.in_({grant.account_id for grant in given}))
    found = [
        Person(one, names.get(one.id, one.email or "–"), _state(one),
               [grant for grant in given if grant.account_id == one.id and grant.lasts and grant.role in _GIVEN])
        for one in accounts]
    return sorted(found, key=lambda person: (person.name.casefold(), person.account.id))


_GIVEN = {role.name for role in GIVEN}


def _grants(facility: Facility) -> "peewee.ModelSelect[Grant]":
    return Grant.select().where(Grant.tenant_id == facility.id, Grant.wing == WING).order_by(Grant.id)


def names_of(facility: Facility) -> dict[int, str]:
    """Return id of the account → name of each colleague of the facility, also of those without a role now."""
    found: Any = Colleague.select(Colleague.account_id, Colleague.name).where(
        Colleague.facility_id == facility.id).tuples()
    return dict(found)


def _state(account: Account) -> str:
    link = OneTimeLink.of(account, "invitation")
    return state_of(account.blocked, account.password_hash or not account.local, link and link.works)


def one(facility: Facility, account_id: int) -> Person | None:
    """Return the colleague of the facility with this account, or None."""
    return next((person for person in people(facility) if person.account.id == account_id), None)


def role_of(facility: Facility, grant_id: int) -> Grant | None:
    """Return the role with this id that was given in the facility, or None."""
    return _grants(facility).where(Grant.id == grant_id, Grant.role.in_(_GIVEN)).first()


def access_managers(facility: Facility) -> list[str]:
    """Return the names of those who give roles in the facility now; not of anybody who cannot sign in."""
    names = names_of(facility)
    return sorted(names[account.id] for account in _managers(facility) if account.id in names)


def _managers(facility: Facility) -> list[Account]:
    return list(Account.select().where(Account.id.in_(Grant.holders(ACCESS, facility)), ~Account.blocked))


def roles_without_holder(facility: Facility) -> list[str]:
    """Return the codes of the roles with data to manage that nobody has in the facility now."""
    held = {grant.code for grant in Grant.current(Grant.tenant_id == facility.id, Grant.wing == WING)}
    return [role.code for role in (PRIVACY, FINANCIAL) if role.code not in held]


def numbers_of_managers() -> list[tuple[str, int]]:
    """Return the HCO number of each facility with a dossier, and how many give roles there now and can sign in."""
    count = peewee.fn.COUNT(Account.id)
    holding = Grant.current(Grant.wing == WING, Grant.role == ACCESS.name).select(
        Grant.account_id, Grant.tenant_id).alias("holding")
    found: Any = (
        Facility.select(Facility.hco, count)
        .join(holding, peewee.JOIN.LEFT_OUTER, on=holding.c.tenant_id == Facility.id)
        .join(Account, peewee.JOIN.LEFT_OUTER, on=(Account.id == holding.c.account_id) & ~Account.blocked)
        .where(Facility.under == "")
        .group_by(Facility.hco)
        .order_by(Facility.hco)
        .tuples())
    return list(found)


def facilities_of(account_id: int) -> list[tuple[Facility, list[str]]]:
    """Return the facilities where an account has a role now, by name, each with the codes of its roles."""
    held: dict[int, list[str]] = {}
    for grant in Grant.current(Grant.account_id == account_id, Grant.wing == WING):
        held.setdefault(grant.tenant_id or 0, []).append(grant.code)
    return [(facility, held[facility.id]) for facility in Facility.named(list(held))]


def invite(facility: Facility, name: str, email: str, by: Actor | None = None) -> Account:
    """Let somebody sign in for the facility, without a role yet, and mail a link; return the account.

    Called again for somebody who has not accepted, it mails a new link. Raises `Refused` if the login is blocked, is of
    another wing, or is a colleague who has accepted already.
    """
    _check_given_here()
    name, email = clean_name(name), clean_email(email)
    with transaction(), refusing(email=Code.EMAIL_TAKEN, **RULES):
        account = _account(facility, email, by)
        call(facility.id, account.id, name)
        if not account.password_hash and account.local:
            token = OneTimeLink.make(account, "invitation")
            outbox.post(email, *invitation_of(email, letters.invited(facility.name), token))
        record(Event.INVITED, by=by, tenant_id=facility.id, account=account.id)
    return account


def call(facility_id: int, account_id: int, name: str) -> None:
    """Write by which name an account is known at a facility."""
    Colleague.insert(facility_id=facility_id, account_id=account_id, name=name, created_at=now()).on_conflict(
        conflict_target=[Colleague.facility_id, Colleague.account_id], update={Colleague.name: name}).execute()


def _check_given_here() -> None:
    """Raise `Refused` if another service gives the roles."""
    if roles.is_outside(ACCESS.code):
        raise Refused(EcalcuraCode.ROLES_OUTSIDE)


def _account(facility: Facility, email: str, by: Actor | None) -> Account:
    account = Account.by_email(email)
    lasting = [grant for grant in Grant.of(account.id) if grant.lasts] if account else []
    if account and not lasting:
        # Others may have its password, links or phone.
        account.retire()
        account = None
    if account is None:
        return Account.new(COLLEAGUE, facility, by=by, email=email)
    if account.blocked:
        raise Refused(Code.LOGIN_BLOCKED)
    if any(grant.wing != WING for grant in lasting):
        raise Refused(Code.EMAIL_TAKEN)
    here = [grant for grant in lasting if grant.tenant_id == facility.id]
    if here and (account.password_hash or not account.local):
        raise Refused(EcalcuraCode.COLLEAGUE_ACTIVE)
    if not here:
        Grant.add(account.id, COLLEAGUE, facility, by)
    return account


def give(facility: Facility, account_id: int, role: Role, since: datetime.date | None = None,
         until: datetime.date | None = None, by: Actor | None = None) -> Grant:
    """Give a colleague a role from a day (by default today) up to and including a day, and mail whom it concerns.

    Raises `Refused` for a day in the past, an end before the begin, a role that the colleague has on one of these days,
    and if `by` gives no roles in this facility then.
    """
    _check_given_here()
    first = since or today()
    if first < today() or (until and until < today()):
        raise Refused(EcalcuraCode.ROLE_PAST)
    if until and until < first:
        raise Refused(EcalcuraCode.ROLE_DAYS)
    start = now() if first == today() else start_of_day(first)
    end = start_of_day(until + datetime.timedelta(days=1)) if until else None
    with transaction(), refusing(**RULES):
        # A form that is sent twice gives one role.
        for held in _grants(facility).where(Grant.account_id == account_id, Grant.role == role.name):
            if held.lasts and (local_day(held.since), held.until) == (first, end):
                return held
        grant = Grant.give(account_id, role, facility, by, start, end)
        _tell(facility, grant, letters.given(facility.name, role.code, first, until), "given", by)
    return grant


def end(facility: Facility, grant: Grant, by: Actor | None = None) -> bool:
    """End a role from this moment on, and mail whom it concerns; return False if it had ended already.

    Raises `Refused` for the last access manager.
    """
    _check_given_here()
    with transaction(), refusing(**RULES):
        ended = grant.end(by)
        if ended:
            _tell(facility, grant, letters.ended(facility.name, grant.code), "ended", by)
    return ended


def _tell(facility: Facility, grant: Grant, letter: tuple[str, str], change: str, by: Actor | None) -> None:
    """Mail the colleague. Mail the other access managers if it concerns one of them, or the role of whoever acts."""
    account = Account.get_by_id(grant.account_id)
    if account.email:
        outbox.post(account.email, *letter)
    own = by is not None and by.id == grant.account_id
    if grant.code == ACCESS.code or own:
        others = {other.email for other in _managers(facility)
                  if other.email and other.id not in (grant.account_id, by and by.id)}
        for email in sorted(others):
            outbox.post(email, *letters.to_managers(facility.name, facility.hco, grant.code, change))


def tell_desk_if_last(facility: Facility) -> None:
    """Mail the dossier managers if nobody gives roles in the facility any more."""
    if not _managers(facility):
        for email in addresses(DOSSIER):
            outbox.post(email, *letters.without_manager(facility.name, facility.hco))


def make_access_manager(facility: Facility, name: str, email: str, by: Actor | None = None) -> Account:
    """Make somebody an access manager of the facility, as the operator and the desk do; invite if needed.

    Run again for somebody who has not accepted, it mails a new link. Raises `Refused` as `invite` and `give` do.
    """
    with transaction():
        account = Account.by_email(email)
        known = account and one(facility, account.id)
        if account is None or not known or known.state in ("invited", "expired"):
            account = invite(facility, name, email, by)
        if account.id not in [grant.account_id for grant in Grant.holders(ACCESS, facility)]:
            give(facility, account.id, ACCESS, by=by)
    return account


def role_named(name: str) -> Role | None:
    """Return the role with this name that can be given, or None; also if the wing is off."""
    return roles.of(f"{WING}:{name}") if name in _GIVEN else None


def clean_name(name: str) -> str:
    """Return the name of a colleague with single spaces. Raises `Refused` for a name that cannot be stored."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= 100 or not name.isprintable():
        raise Refused(EcalcuraCode.COLLEAGUE_NAME)
    return name
