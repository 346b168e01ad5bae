"""A login for a day, while the service that signs people in from outside fails."""
import datetime

import pytest

from models.accounts import roles
from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.sessions import Session
from models.audit import AuditEntry
from models.database import now
from models.ecalcura.accounts import holders
from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.emergencies import make_login
from models.ecalcura.roles import ACCESS, FINANCIAL, GIVEN, PRIVACY
from tests.conftest import ROLES
from tests.factories import account_with
from tests.hall import mails, refusal
from tests.models.ecalcura.cast import facility, manager, somebody


@pytest.fixture
def home(cast, mailing):
    """A facility, while another service gives the roles."""
    made = facility()
    roles.use(ROLES, outside=GIVEN)
    return made


def test_a_login_is_mailed_and_counts_for_a_day(home, clock):
    until = make_login(home, PRIVACY, "Ann Maes", "ann@voorbeeld.be")
    assert until - now() == datetime.timedelta(days=1)
    [(address, subject, _)] = mails()
    assert (address, "Uitnodiging" in subject) == ("ann@voorbeeld.be", True)
    account = Account.by_email("ann@voorbeeld.be")
    assert [grant.code for grant in account.grants] == ["ecalcura:privacy"]
    assert [(entry.event, entry.actor) for entry in AuditEntry.of_tenant(home.id)][:2] == [
        ("emergency-login", "operator"), ("grant-given", "operator")]
    token = Session.start(account)
    assert Session.find(token).role == "ecalcura:privacy"
    clock(until)
    assert Session.find(token) is None
    assert Account.by_email("ann@voorbeeld.be").grants == []


def test_a_login_from_before_gets_a_role_for_a_day_and_its_old_roles_stay_off(home):
    account = somebody(home, ACCESS, "Ann Maes")
    assert Account.get_by_id(account.id).grants == []
    make_login(home, PRIVACY, "Ann Maes", account.email)
    assert [grant.role for grant in Account.get_by_id(account.id).grants] == ["privacy"]
    assert Account.select().where(Account.email == account.email).count() == 1
    assert mails() == []


def test_only_those_whose_role_counts_are_mailed_and_can_confirm_an_account(home):
    """Once another service gives the roles, a colleague with a login from before cannot sign in to confirm."""
    somebody(home, FINANCIAL, "Luc Vos")
    fien = account_with(FINANCIAL, home, email="fien@voorbeeld.be", local=False)
    assert [grant.account_id for grant in Grant.current(Grant.role == "financial")] == [fien.id]
    assert holders.addresses(home) == ["fien@voorbeeld.be"]
    assert holders.is_alone(home, fien.id)
    make_login(home, FINANCIAL, "Ann Maes", "ann@voorbeeld.be")
    assert holders.addresses(home) == ["ann@voorbeeld.be", "fien@voorbeeld.be"]
    roles.use(ROLES)
    assert not holders.is_alone(home, fien.id)


def test_an_address_of_another_wing_and_a_blocked_login_are_refused(home):
    assert refusal(make_login, home, PRIVACY, "Ann", "ploeg@voorbeeld.be") == "email_taken"
    somebody(home, ACCESS, "Ann Maes").block()
    assert refusal(make_login, home, PRIVACY, "Ann", "ann@voorbeeld.be") == "login_blocked"
    make_login(home, PRIVACY, "Lies", "lies@voorbeeld.be")
    assert refusal(make_login, home, PRIVACY, "Lies", "lies@voorbeeld.be") == "grant_double"


def test_where_roles_are_given_here_nobody_needs_it_and_elsewhere_nobody_gives_them(home):
    ann = manager(home)
    for act in (lambda: colleagues.invite(home, "Jan", "jan@voorbeeld.be", ann),
                lambda: colleagues.give(home, ann.id, PRIVACY, by=ann),
                lambda: colleagues.end(home, Grant.of(ann.id).get(), ann),
                lambda: colleagues.make_access_manager(home, "Jan", "jan@voorbeeld.be")):
        assert refusal(act) == "roles_outside"
    roles.use(ROLES)
    assert refusal(make_login, home, PRIVACY, "Ann", "lies@voorbeeld.be") == "no_emergency"
