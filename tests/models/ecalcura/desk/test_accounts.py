"""The people of the desk."""
import pytest

from models.accounts import roles
from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.sessions import Session
from models.audit import AuditEntry
from models.ecalcura.desk import accounts
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities import colleagues
from models.ecalcura.roles import ACCESS, CALCULATOR, COLLEAGUE, DOSSIER, PRIVACY
from models.errors import Code, Refused
from tests.hall import mails
from tests.models.ecalcura.cast import at_desk, calculator, facility, newcomer

pytestmark = pytest.mark.usefixtures("mailing")


def refused(do, *arguments, **named):
    with pytest.raises(Refused) as found:
        do(*arguments, **named)
    return found.value.code


def test_the_operator_gives_a_role_and_a_mail_invites(cast):
    account = accounts.give(DOSSIER, "Els@voorbeeld.be ")
    [grant] = Grant.of(account.id)
    assert (grant.code, grant.whole, grant.given_by) == ("ecalcura:dossier", True, None)
    [(recipient, _, body)] = mails()
    assert recipient == "els@voorbeeld.be"
    assert "als dossierbeheerder" in body
    assert [entry.event for entry in AuditEntry.select().where(AuditEntry.account_id.is_null()).order_by(
        AuditEntry.id.desc()).limit(2)] == ["invited", "grant-given"]


def test_run_again_it_gives_one_role_and_mails_a_new_link(cast):
    for _ in range(2):
        account = accounts.give(DOSSIER, "els@voorbeeld.be")
    accounts.give(CALCULATOR, "els@voorbeeld.be")
    assert [member.roles for member in accounts.members()] == [["ecalcura:dossier", "ecalcura:calculator"]]
    assert Grant.of(account.id).count() == 2
    assert [recipient for recipient, _, _ in mails()] == ["els@voorbeeld.be"] * 3


def test_somebody_of_a_facility_or_of_another_wing_gets_no_role_at_the_desk(cast):
    jan = newcomer(facility())
    for email in (jan.email, cast.ploeg.account.email):
        assert refused(accounts.give, DOSSIER, email) == Code.EMAIL_TAKEN
    # Also round the application.
    assert refused(Grant.give, jan.id, DOSSIER) == Code.GRANT_EXCLUDED
    assert refused(Grant.give, at_desk().id, PRIVACY, facility("990002")) == Code.GRANT_EXCLUDED


def test_a_role_that_ended_ends_the_sessions_too(cast):
    account = calculator()
    token = Session.start(account)
    assert accounts.end(CALCULATOR, account.email)
    assert Session.find(token) is None
    assert not accounts.end(CALCULATOR, account.email)
    assert not accounts.end(DOSSIER, "niemand@voorbeeld.be")
    assert accounts.members() == []


def test_where_another_service_gives_the_roles_the_operator_does_not(cast, monkeypatch):
    monkeypatch.setattr(roles._State, "outside", frozenset({DOSSIER.code}))
    assert refused(accounts.give, DOSSIER, "els@voorbeeld.be") == EcalcuraCode.ROLES_OUTSIDE


def test_nobody_at_the_desk_gives_a_role_at_the_desk_or_one_with_data(cast):
    els, home = at_desk(), facility()
    other = Account.create(email="ander@voorbeeld.be")
    for role, to in ((CALCULATOR, None), (DOSSIER, None), (PRIVACY, home)):
        with pytest.raises(Exception, match="facility_grant_giver"):
            Grant.add(other.id, role, to, els)
    for role in (COLLEAGUE, ACCESS):
        assert Grant.add(other.id, role, home, els).given_by == els.id
    with pytest.raises(Exception, match="facility_grant_giver"):
        Grant.add(Account.create(email="derde@voorbeeld.be").id, ACCESS, home, calculator())


def test_the_desk_names_the_first_access_manager_of_a_facility(cast):
    els, home = at_desk(), facility()
    account = colleagues.invite(home, "Ann Maes", "ann@voorbeeld.be", els)
    colleagues.give(home, account.id, ACCESS, by=els)
    assert colleagues.access_managers(home) == ["Ann Maes"]
