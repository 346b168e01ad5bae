"""An organisation's login as its province's administrator sees it, and what he can do with it."""
import datetime
from typing import NamedTuple

from models.accounts.accounts import Account, clean_email
from models.accounts.links import OneTimeLink
from models.accounts.sessions import Session
from models.audit import Event, record
from models.database import now, transaction
from models.errors import Code, Refused
from models.mail import letters, outbox
from models.organisations import Organisation

# A second click within this time mails no second link, which would make the first one worthless.
LATELY = datetime.timedelta(minutes=1)


class Login(NamedTuple):
    """`state`: new, invited, expired (its link), active or blocked; `account` is None where nobody was invited yet."""

    state: str
    email: str
    account: Account | None = None
    invitation: OneTimeLink | None = None
    last_sign_in: datetime.datetime | None = None

    @classmethod
    def of(cls, organisation):
        """The login of an organisation, as it is now."""
        account = organisation.accounts.first()
        if not account:
            return cls("new", organisation.email)
        invitation = None if account.password_hash else OneTimeLink.of(account, "invitation")
        state = state_of(account.blocked, account.password_hash, invitation and invitation.works)
        return cls(state, account.email, account, invitation, Session.last_start(account))


def state_of(blocked, accepted, invited):
    """Where a login stands; `invited` says whether its invitation still works."""
    if blocked:
        return "blocked"
    if accepted:
        return "active"
    return "invited" if invited else "expired"


def make_organisation(province, values, email, invite, by=None):
    """Make an organisation, and invite its login if asked to: both or neither. The same again gives the same one."""
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
        organisation = Organisation.by_name(province, values["name"])
        if not _is_same(organisation, values, email, invite):
            raise
    return organisation


def _is_same(organisation, values, email, invite):
    kept = {name: getattr(organisation, name) for name in values if name != "name"}
    return (kept == {name: values[name] for name in kept}
            and email == Account.known_email(organisation)
            and organisation.accounts.exists() == invite)


def invite(organisation, email, by=None):
    """Mail an invitation for the organisation's login; who has not accepted yet is invited again, at this address."""
    login = Login.of(organisation)
    if login.state == "invited" and login.email == clean_email(email) and lately(login.invitation):
        return
    Account.invite(organisation, email, by)


def offer_password(account, by=None):
    """Mail the login a link to choose a new password (ASVS 6.4.6); until that is done nothing changes."""
    if not account.password_hash:
        raise Refused(Code.NOT_ACCEPTED)
    if account.blocked:
        raise Refused(Code.LOGIN_BLOCKED)
    if lately(OneTimeLink.of(account, "password")):
        return
    with transaction():
        token = OneTimeLink.make(account, "password")
        outbox.post(account.email, *letters.password_offered(account.email, token))
        record(Event.PASSWORD_REQUESTED, by=by, organisation=account.organisation, account=account.id)


def lately(link):
    """Whether this link was mailed a moment ago, and works."""
    return link is not None and link.works and now() - link.created_at < LATELY
