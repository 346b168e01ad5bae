"""The steps of a bank account: one person proposes, another confirms; each step is recorded and mailed."""
import datetime

import pytest

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.identities import Identity
from models.audit import AuditEntry
from models.database import database, today
from models.ecalcura.accounts import four_eyes
from models.ecalcura.accounts.bank_accounts import BankAccount, changed_lately, in_use, last_days
from models.ecalcura.accounts.four_eyes import (
    confirm,
    refuse,
    take_over,
    withdraw,
)
from models.ecalcura.facilities import colleagues
from models.ecalcura.roles import FINANCIAL
from models.errors import Refused
from tests.factories import account_with
from tests.hall import in_threads, mails
from tests.models.ecalcura.bank_accounts import (
    HOLDER,
    JANUARY,
    NUMBER,
    again,
    code_of,
    confirmed,
    from_raas,
    iban_of,
    proposed,
)
from tests.models.ecalcura.cast import facility, somebody

pytestmark = pytest.mark.usefixtures("register", "mailing")
OTHER = iban_of(account=2000)


def test_one_proposes_and_another_confirms(home, fien, luc):
    account = proposed(home, fien)
    assert in_use([home.id], today()) == {}
    confirm(home, account, luc)
    account = again(account)
    assert (account.state, account.proposer_id, account.decider_id, account.ordinal) == (
        "confirmed", fien.id, luc.id, 1)
    assert in_use([home.id], today()) == {home.id: account}
    assert in_use([home.id], JANUARY - datetime.timedelta(days=1)) == {}


def test_number_and_holder_are_sealed_under_the_key_of_the_facility_and_their_row(home, fien):
    account = proposed(home, fien)
    assert account.opened() == (NUMBER, HOLDER)
    assert account.masked == "BE•• •••• •••• 0095"
    account.id += 1
    with pytest.raises(Refused):
        account.opened()


def test_nobody_confirms_or_refuses_their_own_proposal(home, fien, luc):
    """A19."""
    account = proposed(home, fien)
    assert code_of(confirm, home, account, fien) == "account_own"
    assert code_of(refuse, home, account, "Fout", fien) == "account_own"
    assert again(account).state == "proposed"


def test_somebody_without_the_role_confirms_nothing(home, fien):
    account = proposed(home, fien)
    stranger = somebody(facility("990002"), FINANCIAL, "Bo Nijs")
    assert code_of(confirm, home, account, stranger) == "account_role"
    assert again(account).state == "proposed"


def test_the_next_account_ends_the_one_in_use_and_both_stay(home, fien, luc):
    first = confirmed(home, fien, luc)
    second = confirmed(home, luc, fien, OTHER, today() + datetime.timedelta(days=30))
    assert in_use([home.id], today()) == {home.id: first}
    assert in_use([home.id], second.valid_from) == {home.id: second}
    assert last_days(BankAccount.of(home)) == {first.id: second.valid_from - datetime.timedelta(days=1)}
    assert again(first) == first


def test_an_account_that_begins_on_the_same_day_replaces_the_one_before(home, fien, luc):
    confirmed(home, fien, luc)
    second = confirmed(home, luc, fien, OTHER)
    assert in_use([home.id], JANUARY) == {home.id: second}


def test_each_facility_has_its_own_account_in_use(home, fien, luc):
    elsewhere = facility("990002")
    there = confirmed(elsewhere, somebody(elsewhere, FINANCIAL, "Bo Nijs"), somebody(elsewhere, FINANCIAL, "An Pot"))
    here = confirmed(home, fien, luc)
    assert in_use([home.id, elsewhere.id], today()) == {home.id: here, elsewhere.id: there}


@pytest.mark.parametrize(("changed", "code"), [
    ({"valid_from": datetime.date(2025, 12, 31)}, "account_early"),
    ({"valid_from": datetime.date(2206, 1, 1)}, "account_late"),
    ({"number": NUMBER}, "account_there"),
    ({"number": "BE77117000100095"}, "iban_invalid"),
    ({"holder": ""}, "account_holder"),
    ({"holder": "x" * 101}, "account_holder"),
    ({"holder": "Jan, 85.07.30-033.28"}, "text_number"),
])
def test_a_wrong_proposal_is_refused(home, fien, luc, changed, code):
    confirmed(home, fien, luc)
    values = {"number": OTHER} | changed
    assert code_of(lambda: proposed(home, fien, **values)) == code
    assert BankAccount.select().count() == 1


def test_a_proposal_that_waits_is_not_made_twice(home, fien, luc):
    first = proposed(home, fien, form_key="k")
    assert proposed(home, fien, form_key="k") == first
    assert code_of(lambda: proposed(home, fien, holder="Ander", form_key="k")) == "row_saved"
    assert code_of(lambda: proposed(home, luc)) == "account_there"
    withdraw(home, first, fien)
    assert proposed(home, luc).id != first.id


def test_nothing_new_comes_to_a_facility_that_has_merged(home, fien):
    successor = facility("990002")
    home.successor_id, home.merged_on = successor.id, today()
    home.save()
    assert code_of(lambda: proposed(home, fien)) == "merged_away"


def test_an_account_that_would_begin_before_the_one_in_use_is_not_confirmed(home, fien, luc):
    early = proposed(home, fien)
    confirmed(home, luc, fien, OTHER, today())
    assert code_of(confirm, home, early, luc) == "account_early"


def test_a_proposer_withdraws_and_only_the_proposer(home, fien, luc):
    account = proposed(home, fien)
    assert code_of(withdraw, home, account, luc) == "account_not_own"
    withdraw(home, account, fien)
    assert again(account).state == "withdrawn"
    for step in (confirm, withdraw):
        assert code_of(step, home, account, luc) == "account_decided"


def test_another_refuses_with_a_word(home, fien, luc):
    account = proposed(home, fien)
    assert code_of(refuse, home, account, " ", luc) == "account_reason"
    refuse(home, account, "Dit is de oude rekening", luc)
    assert (again(account).state, again(account).reason) == ("refused", "Dit is de oude rekening")


def test_an_account_from_raas_is_seen_by_two_people(home, fien, luc):
    account = from_raas(home)
    assert code_of(confirm, home, account, fien) == "account_unproposed"
    take_over(home, account, JANUARY, fien)
    assert code_of(take_over, home, account, JANUARY, luc) == "account_decided"
    assert code_of(confirm, home, account, fien) == "account_own"
    confirm(home, account, luc)
    assert in_use([home.id], today())[home.id].source == "raas"


def test_an_account_from_raas_that_nobody_proposed_can_be_refused(home, fien):
    account = from_raas(home)
    refuse(home, account, "Afgesloten", fien)
    assert again(account).state == "refused"


def test_two_browsers_that_confirm_at_once_confirm_once(home, fien, luc):
    """A19."""
    account, third = proposed(home, fien), somebody(home, FINANCIAL, "Mia Thys")
    # Each browser has the account as its page showed it.
    seen = [(by, again(account)) for by in (luc, third, luc, third)]
    database.close()

    def press(by, account):
        try:
            confirm(home, account, by)
        except Refused as refused:
            return refused.code
        return "done"

    done = in_threads([lambda one=one: press(*one) for one in seen])
    assert sorted(done) == ["account_decided"] * 3 + ["done"]
    assert AuditEntry.select().where(AuditEntry.event == "account-confirmed").count() == 1


def test_two_accounts_that_are_confirmed_at_once_follow_each_other(home, fien, luc):
    accounts = [proposed(home, fien, iban_of(account=number)) for number in (3000, 4000)]
    database.close()
    in_threads([lambda account=account: confirm(home, account, luc) for account in accounts])
    assert sorted(account.ordinal for account in BankAccount.of(home)) == [1, 2]
    assert len(in_use([home.id], today())) == 1


def test_a_change_in_the_last_ten_days_is_seen(home, fien, luc, clock):
    account = confirmed(home, fien, luc)
    assert changed_lately(account, today())
    assert changed_lately(account, today() + datetime.timedelta(days=9))
    assert not changed_lately(account, today() + datetime.timedelta(days=10))
    assert [BankAccount.confirmed_lately(today() + datetime.timedelta(days=days)).count() for days in (0, 9, 10)] == [
        1, 1, 0]


def test_each_step_is_mailed_to_all_who_manage_the_money_without_the_number(home, fien, luc, dossier):
    account = proposed(home, fien)
    assert [recipient for recipient, *_ in mails()] == ["fien@voorbeeld.be", "luc@voorbeeld.be"]
    confirm(home, account, luc)
    refuse(home, proposed(home, fien, OTHER), "Fout nummer", luc)
    withdraw(home, proposed(home, fien, OTHER), fien)
    sent = mails()
    assert len(sent) == 10
    assert not [mail for mail in sent if "0095" in str(mail) or HOLDER in str(mail) or "Fien" in str(mail)]


def test_the_log_has_each_step_without_the_number(home, fien, luc, dossier):
    account = proposed(home, fien)
    confirm(home, account, luc)
    assert four_eyes.show_account(home, account, "Vraag van de boekhouding", dossier) == (NUMBER, HOLDER)
    entries = [entry for entry in AuditEntry.of_tenant(home.id) if entry.event.startswith("account-")]
    assert [(entry.event, entry.account_id, entry.subject) for entry in reversed(entries)] == [
        ("account-proposed", fien.id, str(account.id)), ("account-confirmed", luc.id, str(account.id)),
        ("account-shown", dossier.id, str(account.id))]
    assert not [entry for entry in entries if NUMBER in str(entry.__data__) or HOLDER in str(entry.__data__)]


@pytest.mark.parametrize("reason", [NUMBER, "Het is niet be76 1170-0010.0095 maar een andere", f"oud:{NUMBER}nieuw",
                                    "GB82 WEST 1234 5698 7654 32"])
def test_a_reason_holds_no_account_number_for_it_is_stored_and_logged_as_it_is(home, fien, luc, reason):
    account = proposed(home, fien)
    assert code_of(four_eyes.refuse, home, account, reason, luc) == "account_in_reason"
    assert code_of(four_eyes.show_account, home, account, reason, luc) == "account_in_reason"
    assert again(account).is_waiting
    four_eyes.refuse(home, account, "BE76 begint een andere rekening, 1170 niet", luc)


def again_as_new(home, person):
    """The second account of somebody who came back after all roles ended."""
    for grant in person.grants:
        grant.end()
    back = colleagues.invite(home, "Fien Boon", person.email)
    Grant.give(back.id, FINANCIAL, home)
    return Account.get_by_id(back.id)


def test_somebody_who_comes_back_with_a_new_account_does_not_confirm_the_own_proposal(home, fien, luc):
    account = proposed(home, fien)
    back = again_as_new(home, fien)
    assert back.id != fien.id
    assert code_of(confirm, home, account, back) == "account_own"
    confirm(home, account, luc)


def test_somebody_whom_a_service_signs_in_since_does_not_confirm_the_own_proposal(home, fien):
    """Once the roles come from outside everybody gets a second account."""
    account = proposed(home, fien)
    outside = account_with(FINANCIAL, home, email=fien.email, local=False, password_hash=None)
    Identity.add(outside, "https://aanmelden.voorbeeld.be", "1")
    assert code_of(confirm, home, account, outside) == "account_own"


def test_two_people_whom_a_service_signs_in_may_share_a_mailbox(home):
    one, other = (account_with(FINANCIAL, home, email="boekhouding@voorbeeld.be", local=False, password_hash=None)
                  for _ in range(2))
    for account in (one, other):
        Identity.add(account, "https://aanmelden.voorbeeld.be", str(account.id))
    confirm(home, proposed(home, one), other)
    assert [address for address, _, _ in mails()] == ["boekhouding@voorbeeld.be"] * 2
