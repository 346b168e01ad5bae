"""A login for a day, for when the service that signs people in from outside fails."""
import datetime

from models.accounts import roles
from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.links import OneTimeLink
from models.accounts.roles import EMERGENCY, Role
from models.audit import record
from models.database import now, refusing, transaction
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities import letters
from models.ecalcura.facilities.colleagues import RULES, call, clean_name
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import WING
from models.errors import Code, Refused
from models.mail import outbox
from models.mail.addresses import clean_email
from models.mail.letters import invitation_of


def make_login(facility: Facility, role: Role, name: str, email: str) -> datetime.datetime:
    """Give a login that signs in here a role in the facility for a day, mail it, and return when that ends.

    Raises `Refused` if roles are given here, for an address of another wing's login, and for a role that it has.
    """
    if not roles.is_outside(role.code):
        raise Refused(EcalcuraCode.NO_EMERGENCY)
    name, email = clean_name(name), clean_email(email)
    start = now()
    with transaction(), refusing(email=Code.EMAIL_TAKEN, account_grant_double=Code.GRANT_DOUBLE, **RULES):
        account = _account(email)
        grant = Grant.give(account.id, role, facility, since=start, until=start + EMERGENCY)
        call(facility.id, account.id, name)
        if not account.password_hash:
            token = OneTimeLink.make(Account.get_by_id(account.id), "invitation")
            outbox.post(email, *invitation_of(email, letters.invited(facility.name), token))
        record(EcalcuraEvent.EMERGENCY_LOGIN, tenant_id=facility.id, account=account.id, role=role.code)
    return grant.until or start


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
    if any(grant.wing != WING for grant in lasting):
        raise Refused(Code.EMAIL_TAKEN)
    return account
