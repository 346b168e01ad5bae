"""The colleagues of a facility, and how they get and lose a role."""
import datetime

import pytest

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.sessions import Session
from models.audit import AuditEntry
from models.database import now, today
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import ACCESS, COLLEAGUE, FINANCIAL, PRIVACY
from models.errors import Code, Refused
from tests.factories import days
from tests.hall import mails
from tests.models.ecalcura.cast import facility, manager, newcomer, somebody

pytestmark = pytest.mark.usefixtures("register", "mailing")


@pytest.fixture
def home(register):
    return facility()


@pytest.fixture
def ann(home):
    return manager(home)


def roles_of(account):
    return [grant.role for grant in account.grants]


def code_of(action, *arguments, **options):
    with pytest.raises(Refused) as refused:
        action(*arguments, **options)
    return refused.value.code


def recipients():
    return [(recipient, subject) for recipient, subject, _ in mails()]


def test_an_invited_colleague_gets_a_mail_and_a_login_without_a_role(home, ann):
    account = colleagues.invite(home, " Jan  Claes ", "jan@voorbeeld.be", ann)
    assert roles_of(account) == [COLLEAGUE.name]
    [(recipient, subject, body)] = mails()
    assert (recipient, subject) == ("jan@voorbeeld.be", "Uitnodiging voor Loket")
    assert "Woonzorgcentrum De Linde" in body
    assert "/invitation/" in body
    [person] = [one for one in colleagues.people(home) if one.account.id == account.id]
    assert (person.name, person.state, person.roles) == ("Jan Claes", "invited", [])


def test_somebody_who_has_not_accepted_is_invited_again_with_another_name(home, ann):
    first = colleagues.invite(home, "Jan", "jan@voorbeeld.be", ann)
    again = colleagues.invite(home, "Jan Claes", "Jan@voorbeeld.be", ann)
    assert first.id == again.id
    assert len(mails()) == 2
    assert colleagues.one(home, first.id).name == "Jan Claes"
    assert roles_of(again) == [COLLEAGUE.name]


def test_a_colleague_of_another_facility_keeps_the_login_and_gets_no_invitation(home, ann):
    elsewhere = facility("990002", name="De Brug")
    jan = newcomer(elsewhere)
    assert colleagues.invite(home, "J. Claes", jan.email, ann).id == jan.id
    assert mails() == []
    assert [one.name for one in colleagues.people(elsewhere)] == ["Jan Claes"]


def test_an_invitation_that_cannot_be_sent_is_refused(home, ann, cast):
    assert code_of(colleagues.invite, home, "", "jan@voorbeeld.be", ann) == EcalcuraCode.COLLEAGUE_NAME
    assert code_of(colleagues.invite, home, "Jan", "geen adres", ann) == Code.EMAIL
    assert code_of(colleagues.invite, home, "Ploeg", "ploeg@voorbeeld.be", ann) == Code.EMAIL_TAKEN
    assert code_of(colleagues.invite, home, "Ann", ann.email, ann) == EcalcuraCode.COLLEAGUE_ACTIVE
    newcomer(home).block()
    assert code_of(colleagues.invite, home, "Jan", "jan@voorbeeld.be", ann) == Code.LOGIN_BLOCKED


def test_a_colleague_without_access_role_invites_nobody(home, ann):
    """A5."""
    jan = newcomer(home)
    Grant.give(jan.id, FINANCIAL, home)
    assert code_of(colleagues.invite, home, "Piet", "piet@voorbeeld.be", jan) == EcalcuraCode.ROLE_GIVER
    assert Account.by_email("piet@voorbeeld.be") is None


def test_a_role_that_is_given_is_mailed_and_recorded(home, ann):
    jan = newcomer(home)
    colleagues.give(home, jan.id, PRIVACY, by=ann)
    assert roles_of(Account.get_by_id(jan.id)) == [COLLEAGUE.name, PRIVACY.name]
    [(recipient, _, body)] = mails()
    assert recipient == jan.email
    assert f"Beheer privacygevoelige gegevens (vanaf {today():%d/%m/%Y})" in body
    assert "Claes" not in body
    entry = AuditEntry.of_tenant(home.id).get()
    assert (entry.event, entry.account_id, entry.details) == (
        "grant-given", ann.id, {"account": jan.id, "role": "ecalcura:privacy"})


def test_one_person_may_have_both_roles(home, ann):
    jan = newcomer(home)
    for role in (PRIVACY, FINANCIAL):
        colleagues.give(home, jan.id, role, by=ann)
    assert roles_of(Account.get_by_id(jan.id)) == [COLLEAGUE.name, PRIVACY.name, FINANCIAL.name]
    assert code_of(colleagues.give, home, jan.id, PRIVACY, days(1), by=ann) == Code.GRANT_DOUBLE


def test_a_role_holds_from_its_first_day_up_to_and_including_its_last(home, ann, clock):
    jan = newcomer(home)
    colleagues.give(home, jan.id, PRIVACY, days(2), days(3), ann)
    at = datetime.datetime.combine(today(), datetime.time(12))
    held = []
    for number in (1, 2, 3, 4):
        clock(at + datetime.timedelta(days=number))
        held.append(PRIVACY.name in roles_of(Account.get_by_id(jan.id)))
    assert held == [False, True, True, False]


def test_the_days_of_a_role_are_checked(home, ann):
    jan = newcomer(home)
    assert code_of(colleagues.give, home, jan.id, PRIVACY, days(-1), by=ann) == EcalcuraCode.ROLE_PAST
    assert code_of(colleagues.give, home, jan.id, PRIVACY, None, days(-1), ann) == EcalcuraCode.ROLE_PAST
    assert code_of(colleagues.give, home, jan.id, PRIVACY, days(3), days(2), ann) == EcalcuraCode.ROLE_DAYS


def test_an_access_manager_who_gives_a_role_to_themselves_is_seen_by_the_others(home, ann):
    manager(home, "Bob Nijs")
    colleagues.give(home, ann.id, FINANCIAL, by=ann)
    assert recipients() == [("ann@voorbeeld.be", "Je hebt een rol in eCalcura"),
                            ("bob@voorbeeld.be", "Toegang tot eCalcura gewijzigd")]


def test_the_other_access_managers_hear_of_a_new_and_of_an_ended_one(home, ann):
    manager(home, "Bob Nijs")
    jan = newcomer(home)
    grant = colleagues.give(home, jan.id, ACCESS, by=ann)
    colleagues.end(home, grant, ann)
    assert recipients() == [
        ("jan@voorbeeld.be", "Je hebt een rol in eCalcura"), ("bob@voorbeeld.be", "Toegang tot eCalcura gewijzigd"),
        ("jan@voorbeeld.be", "Een rol in eCalcura is beëindigd"),
        ("bob@voorbeeld.be", "Toegang tot eCalcura gewijzigd")]


def test_a_role_that_ends_counts_at_the_next_request(home, ann):
    """A3, for local accounts."""
    jan = somebody(home, PRIVACY, "Jan Claes")
    token = Session.start(jan)
    assert Session.find(token).role == "ecalcura:privacy"
    assert colleagues.end(home, Grant.of(jan.id).get(), ann)
    assert Session.find(token) is None
    assert not colleagues.end(home, Grant.of(jan.id).get(), ann)


def test_the_last_access_manager_cannot_be_taken_away(home, ann):
    grant = Grant.of(ann.id).get()
    assert code_of(colleagues.end, home, grant, ann) == EcalcuraCode.LAST_ACCESS
    assert roles_of(Account.get_by_id(ann.id)) == [ACCESS.name]
    assert mails() == []


def test_the_names_of_access_managers_are_of_those_who_can_sign_in(home, ann):
    manager(home, "Bob Nijs").block()
    assert colleagues.access_managers(home) == ["Ann Maes"]
    assert colleagues.numbers_of_managers() == [("990001", 1)]


def test_the_operator_makes_the_first_access_manager(home):
    for _ in range(2):
        account = colleagues.make_access_manager(home, "Ann Maes", "ann@voorbeeld.be")
    assert roles_of(account) == [COLLEAGUE.name, ACCESS.name]
    assert [subject for _, subject in recipients()] == [
        "Uitnodiging voor Loket", "Je hebt een rol in eCalcura", "Uitnodiging voor Loket"]
    assert colleagues.access_managers(home) == ["Ann Maes"]


def test_the_operator_makes_a_colleague_who_is_there_an_access_manager(home):
    jan = newcomer(home)
    colleagues.make_access_manager(home, "Jan C.", jan.email)
    assert roles_of(Account.get_by_id(jan.id)) == [COLLEAGUE.name, ACCESS.name]
    assert colleagues.one(home, jan.id).name == "Jan Claes"


def test_a_facility_knows_the_roles_of_each_login(home, ann):
    other = facility("990000", name="De Brug")
    Grant.give(ann.id, COLLEAGUE, other)
    assert [(one.hco, roles) for one, roles in colleagues.facilities_of(ann.id)] == [
        ("990000", ["ecalcura:colleague"]), ("990001", ["ecalcura:access"])]
    assert isinstance(colleagues.facilities_of(ann.id)[0][0], Facility)


def test_a_session_of_somebody_with_several_roles_asks_for_no_choice(home, ann):
    Grant.give(ann.id, PRIVACY, home, since=now() - datetime.timedelta(days=1))
    signed_in = Session.find(Session.start(ann))
    assert signed_in.role == "ecalcura:access"
    assert [grant.role for grant in signed_in.grants] == ["ecalcura:access", "ecalcura:privacy"]
    entry = AuditEntry.of_tenant(home.id).get()
    assert (entry.event, entry.actor) == ("signed-in", "ecalcura:access")


def test_a_session_goes_on_by_another_role_when_its_own_ends(home, ann):
    bob = manager(home, "Bob Nijs")
    Grant.give(bob.id, PRIVACY, home, since=now() - datetime.timedelta(days=1))
    token = Session.start(bob)
    Grant.of(bob.id).get().end()
    assert Session.find(token).role == "ecalcura:privacy"
