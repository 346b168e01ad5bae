"""An organisation's login, as an administrator of its province sees it and can change it."""
import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from models.accounts.accounts import Account
from models.accounts.grants import Grant, Scope, check_reach
from models.accounts.links import OneTimeLink
from models.accounts.roles import Role
from models.accounts.sessions import Session
from models.audit import Actor, Event, record
from models.database import now, transaction
from models.errors import Code, Refused
from models.mail import letters, outbox
from models.mail.addresses import clean_email
from models.organisations import Organisation

# A second click within this time mails no second link: that would end the first one.
LATELY = datetime.timedelta(minutes=1)


class Login(NamedTuple):
    """A login. `state` is 'new' (never invited; `account` is None), or as `state_of` says."""

    state: str
    email: str
    account: Account | None = None
    invitation: OneTimeLink | None = None
    last_sign_in: datetime.datetime | None = None

    @classmethod
    def of(cls, organisation: Organisation) -> "Login":
        """Return the login of an organisation, as it is now."""
        account = Account.of(organisation).first()
        if not account:
            return cls("new", organisation.email)
        accepted = account.password_hash or not account.local
        invitation = None if accepted else OneTimeLink.of(account, "invitation")
        state = state_of(account.blocked, accepted, invitation and invitation.works)
        return cls(state, account.email, account, invitation, Session.last_start(account))


def known_email(organisation: Organisation) -> str:
    """Return the address for an invitation of this organisation, or '' if none is known."""
    login = Account.of(organisation).first()
    return login.email if login else organisation.email


def state_of(blocked: bool, accepted: object, invited: object) -> str:
    """Return the state of a login: 'blocked', 'active', 'invited', or 'expired' if its invitation no longer works."""
    if blocked:
        return "blocked"
    if accepted:
        return "active"
    return "invited" if invited else "expired"


def addresses(role: Role, to: Scope = None) -> list[str]:
    """Return the mail addresses of those who have this role in a scope now, as in `Grant.give`, and can sign in."""
    holders = Account.select().where(Account.id.in_(Grant.holders(role, to)), ~Account.blocked)
    return sorted({account.email for account in holders if account.email})


def make_organisation(province: str, values: Mapping[str, Any], email: str, invite: bool,
                      by: Actor | None = None) -> Organisation:
    """Create an organisation and, with `invite`, invite its login, in one transaction; return the organisation.

    Called again with the same values it returns the organisation that exists. Raises `Refused` as `Account.invite` and
    `Organisation.create_new` do.
    """
    email = clean_email(email)
    try:
        with transaction():
            organisation = Organisation.create_new(province=province, email=email, by=by, **values)
            if Account.by_email(email):
                raise Refused(Code.EMAIL_TAKEN)
            if invite:
                Account.invite(organisation, email, by)
    except Refused as refused:
        if refused.code != Code.ORGANISATION_EXISTS:
            raise
        existing = Organisation.by_name(province, values["name"])
        if existing is None or not _is_same(existing, values, email, invite):
            raise
        return existing
    return organisation


def _is_same(organisation: Organisation, values: Mapping[str, Any], email: str, invite: bool) -> bool:
    kept = {name: getattr(organisation, name) for name in values if name != "name"}
    return (kept == {name: values[name] for name in kept}
            and email == known_email(organisation)
            and Account.of(organisation).exists() == invite)


def invite(organisation: Organisation, email: str, by: Actor | None = None) -> None:
    """Mail an invitation for the organisation's login to this address, also if an earlier one was not accepted yet.

    Raises `Refused` as `Account.invite` does.
    """
    login = Login.of(organisation)
    if login.state == "invited" and login.email == clean_email(email) and was_mailed_lately(login.invitation):
        return
    Account.invite(organisation, email, by)


def offer_password(account: Account, by: Actor | None = None) -> None:
    """Mail the login a link to choose a new password (ASVS 6.4.6); the old one works until then.

    Raises `Refused` if the login is blocked or has no password yet.
    """
    check_reach(account, by)
    if not account.password_hash:
        raise Refused(Code.NOT_ACCEPTED)
    if account.blocked:
        raise Refused(Code.LOGIN_BLOCKED)
    if was_mailed_lately(OneTimeLink.of(account, "password")):
        return
    with transaction():
        token = OneTimeLink.make(account, "password")
        outbox.post(account.email, *letters.password_offered(account.email, token))
        record(Event.PASSWORD_REQUESTED, by=by, organisation=account.organisation, account=account.id)


def was_mailed_lately(link: OneTimeLink | None) -> bool:
    """Say whether this link was mailed less than a minute ago, and still works."""
    return link is not None and link.works and now() - link.created_at < LATELY
