"""The rules of bank accounts hold in the database itself, round the models."""
import datetime

import peewee
import pytest

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.identities import Identity
from models.database import database, is_sqlite, now, today, transaction
from models.ecalcura.accounts.bank_accounts import BankAccount
from models.ecalcura.desk import account_looks
from models.ecalcura.desk.account_looks import AccountLook
from models.ecalcura.roles import FINANCIAL
from tests.models.ecalcura.bank_accounts import JANUARY, confirmed, from_raas, iban_of, pair, proposed
from tests.models.ecalcura.cast import at_desk, facility, somebody

pytestmark = pytest.mark.usefixtures("register", "mailing")
YESTERDAY = datetime.timedelta(days=1)


@pytest.fixture
def people(home):
    return pair(home)


@pytest.fixture
def account(home, people):
    return proposed(home, people[0])


def refused(piece, query):
    """Whether the database refuses this with this piece in its message."""
    with pytest.raises(peewee.IntegrityError) as error, transaction():
        query.execute()
    assert piece in str(error.value), error.value


def change(account, **values):
    return BankAccount.update(**values).where(BankAccount.id == account.id)


def decision(by, state="confirmed", **values):
    return {"state": state, "decider_id": by.id, "decided_at": now(),
            "ordinal": 1 if state == "confirmed" else None, **values}


def row(home, **values):
    return BankAccount.insert({"facility_id": home.id, "source": "proposal", "sealed": b"-", "created_at": now(),
                               "state": "proposed", **values})


def test_nobody_confirms_their_own_proposal(account, people):
    """A19."""
    refused("bank_account_four_eyes", change(account, **decision(people[0])))
    assert change(account, **decision(people[1])).execute() == 1


def test_two_accounts_of_one_person_do_not_confirm_each_other_s_proposal(account, people):
    Account.update(email=people[0].email, local=False, password_hash=None).where(Account.id == people[1].id).execute()
    refused("bank_account_of_one_person", change(account, **decision(people[1])))
    # A service signs both in: two people who share a mailbox.
    for subject, person in enumerate(people):
        refused("bank_account_of_one_person", change(account, **decision(people[1])))
        Identity.add(person, "https://aanbieder.voorbeeld.be", str(subject))
    assert change(account, **decision(people[1])).execute() == 1


def test_only_the_proposer_withdraws_and_only_another_refuses(account, people):
    refused("bank_account_withdrawn", change(account, **decision(people[1], "withdrawn")))
    refused("bank_account_refused", change(account, **decision(people[0], "refused", reason="Fout")))
    refused("bank_account_refused", change(account, **decision(people[1], "refused")))


def test_a_decision_is_of_somebody_with_the_role_at_that_moment(home, account, people):
    refused("bank_account_role", change(account, **decision(at_desk())))
    refused("bank_account_role", change(account, **decision(somebody(facility("990002"), FINANCIAL, "Bo Nijs"))))
    Grant.of(people[1].id).get().end()
    refused("bank_account_role", change(account, **decision(people[1])))


def test_a_proposal_is_of_somebody_with_the_role(home):
    stranger = pair(facility("990002"))[0]
    values = {"proposer_id": stranger.id, "proposed_at": now(), "valid_from": JANUARY}
    refused("bank_account_role", row(home, **values))
    refused("bank_account_role", change(from_raas(home), **values))


def test_the_desk_confirms_only_what_it_was_asked_and_after_a_call(home, account, people):
    desk = at_desk()
    by_desk = decision(desk, by_desk=True, called="management", called_on=today())
    refused("bank_account_desk", change(account, **by_desk))
    change(account, asked_at=now()).execute()
    refused("bank_account_called", change(account, **by_desk | {"called_on": None, "called": ""}))
    refused("bank_account_role", change(account, **by_desk | {"decider_id": people[1].id}))
    assert change(account, **by_desk).execute() == 1


def test_an_account_begins_as_a_proposal_of_somebody_unless_it_comes_from_raas(home, people):
    refused("bank_account_source", row(home))
    values = {"proposer_id": people[0].id, "proposed_at": now(), "valid_from": JANUARY}
    refused("bank_account_begins", row(home, **values, **decision(people[1])))
    refused("bank_account_begins", row(home, **values, asked_at=now()))
    refused("bank_account_proposal", row(home, **values | {"valid_from": None}))


@pytest.mark.parametrize("values", [
    {"sealed": b"x"}, {"masked": "BE"}, {"valid_from": today()}, {"proposed_at": now() - YESTERDAY}, {"source": "raas"},
    {"created_at": now() - YESTERDAY}, {"form_key": "x"}, {"proposer_id": None}])
def test_a_proposal_is_never_overwritten(account, values):
    refused("bank_account_", change(account, **values))


def test_no_other_takes_the_place_of_the_proposer(account, people):
    refused("bank_account_is_kept", change(account, proposer_id=people[1].id))


def test_the_desk_is_never_unasked(home, people, account):
    change(account, asked_at=now()).execute()
    refused("bank_account_is_kept", change(account, asked_at=None))


@pytest.mark.parametrize("values", [
    {"state": "proposed", "decider_id": None, "decided_at": None, "ordinal": None}, {"reason": "x"}, {"ordinal": 2},
    {"called": "management"}, {"sealed": b"x"}])
def test_a_decided_row_is_never_changed(home, people, values):
    refused("bank_account_", change(confirmed(home, *people), **values))


def test_no_account_is_deleted_or_replaced(home, people, account):
    refused("bank_account_is_kept", BankAccount.delete().where(BankAccount.id == account.id))
    if database.param == "?":
        values = {**account.__data__, "masked": "BE"}
        refused("bank_account_is_kept", BankAccount.replace(**values))


def test_a_confirmed_account_begins_no_earlier_than_the_one_that_it_ends(home, people):
    early = proposed(home, people[0])
    confirmed(home, *people, iban_of(account=2000), today())
    refused("bank_account_order", change(early, **decision(people[1], ordinal=2)))
    same_day = proposed(home, people[0], iban_of(account=3000), today())
    refused("bank_account_order", change(same_day, **decision(people[1], ordinal=1)))


def test_a_facility_has_one_account_from_raas(home):
    account = from_raas(home)
    with pytest.raises(peewee.IntegrityError), transaction():
        row(home, source="raas").execute()
    assert BankAccount.of(home).get() == account


def test_an_account_of_raas_is_confirmed_only_after_somebody_proposed_it(home, people):
    account = from_raas(home)
    refused("bank_account_", change(account, **decision(people[1])))
    refused("bank_account_proposal", change(account, asked_at=now()))


def test_a_look_at_a_number_is_kept(home, account):
    desk = at_desk()
    account_looks.keep([(home.id, account.id)], "Vraag van de boekhouding", desk)
    refused("bank_account_look_is_kept", AccountLook.update(reason="iets anders"))
    refused("bank_account_look_is_kept", AccountLook.delete())
    [look] = AccountLook.select()
    unsaid = {"facility_id": home.id, "bank_account_id": account.id, "account_id": desk.id, "reason": ""}
    refused("reason", AccountLook.insert(unsaid))
    other = facility("990002")
    with pytest.raises(peewee.IntegrityError), transaction():
        account_looks.keep([(other.id, account.id)], "Vraag", desk)
    if is_sqlite():
        values = {name: value for name, value in look.__data__.items() if name != "reason"}
        refused("bank_account_look_is_kept", AccountLook.replace(values, reason="iets anders"))
