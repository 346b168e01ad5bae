"""The people of the desk: their accounts and roles, which the operator gives and ends."""
from typing import NamedTuple

from models.accounts import logins, roles
from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.links import OneTimeLink
from models.accounts.logins import state_of
from models.accounts.roles import Role
from models.accounts.sessions import Session
from models.audit import OPERATOR, Event, record
from models.database import refusing, transaction
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.roles import DESK, DESK_LABELS, WING
from models.errors import Code, Refused
from models.mail import outbox
from models.mail.addresses import clean_email
from models.mail.letters import invitation_of

INVITED = (
    "Je bent uitgenodigd in Loket voor eCalcura, als {role}. Bij je eerste aanmelding heb je ook je telefoon nodig.")


class Member(NamedTuple):
    """Somebody at the desk: the account, its state as `logins.state_of` says, and the codes of its roles."""

    account: Account
    state: str
    roles: list[str]


def members() -> list[Member]:
    """Return everybody who has a role at the desk now, by address; of one without, by the id of the account."""
    held: dict[int, list[str]] = {}
    for grant in Grant.current(Grant.wing == WING, Grant.whole):
        held.setdefault(grant.account_id, []).append(grant.code)
    accounts = Account.select().where(Account.id.in_(list(held)))
    return sorted((Member(one, _state(one), held[one.id]) for one in accounts),
                  key=lambda member: (member.account.email or "", member.account.id))


def _state(account: Account) -> str:
    link = OneTimeLink.of(account, "invitation")
    return state_of(account.blocked, account.password_hash or not account.local, link and link.works)


def addresses(role: Role) -> list[str]:
    """Return the mail addresses of those who have this role at the desk now and can sign in."""
    return logins.addresses(role)


def give(role: Role, email: str) -> Account:
    """Give somebody a role at the desk, as the operator does, and mail an invitation; return the account.

    Run again for somebody who has not accepted, it mails a new one. Raises `Refused` if another service gives the
    role, for a blocked login, and for a login of another wing or of a facility.
    """
    if roles.is_outside(role.code):
        raise Refused(EcalcuraCode.ROLES_OUTSIDE)
    email = clean_email(email)
    with transaction(), refusing(email=Code.EMAIL_TAKEN):
        account = _account(email)
        held = [grant for grant in Grant.of(account.id) if grant.lasts]
        if role.code not in [grant.code for grant in held]:
            Grant.give(account.id, role, None, OPERATOR)
        if not account.password_hash:
            token = OneTimeLink.make(Account.get_by_id(account.id), "invitation")
            outbox.post(email, *invitation_of(email, INVITED.format(role=DESK_LABELS[role.code].lower()), token))
            record(Event.INVITED, by=OPERATOR, account=account.id)
    return account


def _account(email: str) -> Account:
    account = Account.by_email(email)
    lasting = [grant for grant in Grant.of(account.id) if grant.lasts] if account else []
    if account and not lasting:
        # Others may have its password, links or phone.
        account.retire()
        account = None
    if account is None:
        return Account.create(email=email)
    if account.blocked:
        raise Refused(Code.LOGIN_BLOCKED)
    if any(grant.wing != WING or not grant.whole for grant in lasting):
        raise Refused(Code.EMAIL_TAKEN)
    return account


def end(role: Role, email: str) -> bool:
    """End a role at the desk from this moment on, with the open sessions; return False if nobody had it here."""
    account = Account.by_email(email)
    grants = [grant for grant in Grant.of(account.id) if grant.code == role.code and grant.lasts] if account else []
    with transaction():
        for grant in grants:
            grant.end(OPERATOR)
        if account and grants:
            Session.end_all(account, by=OPERATOR)
    return bool(grants)


def role_named(name: str) -> Role:
    """Return the role at the desk with this name."""
    return next(role for role in DESK if role.name == name)
