"""Bank accounts at the desk."""
import pytest

from models.audit import AuditEntry
from models.database import today
from models.ecalcura.accounts.bank_accounts import BankAccount, in_use
from models.ecalcura.accounts.four_eyes import ask_desk, withdraw
from tests.hall import mails
from tests.models.ecalcura.bank_accounts import HOLDER, confirmed, from_raas, iban_of, proposed
from tests.page import text_of
from tests.views.ecalcura.accounts.pressing import press

INDEX, OF = "/ecalcura/desk/accounts", "/ecalcura/desk/facilities/990001/accounts"
CALLED = {"called_on": f"{today():%d/%m/%Y}", "called": "management", "known": "y"}


@pytest.fixture
def asked(home):
    """An account that somebody alone asked the desk to confirm."""
    account = proposed(home.facility, home.financial)
    ask_desk(home.facility, account, home.financial)
    return account


def test_the_desk_confirms_after_a_call_back(page, home, desk, asked):
    page.sign_in(desk.dossier)
    assert page.get(INDEX).select_one("#waiting + table th a")["href"] == f"{OF}/{asked.id}"
    mails()
    press(page, f"{OF}/{asked.id}/confirm", CALLED)
    assert page.response.location == OF
    account = in_use([home.facility.id], today())[home.facility.id]
    assert (account.by_desk, account.decider_id, account.called) == (True, desk.dossier.id, "management")
    shown = page.get(OF).main.text
    assert "bevestigd door de dossierbeheerder" in shown
    assert "gesproken met de directie" in shown
    assert [recipient for recipient, *_ in mails()] == ["fien@voorbeeld.be", "dossier@voorbeeld.be"]
    press(page, f"{OF}/{asked.id}/confirm", CALLED)
    assert AuditEntry.select().where(AuditEntry.event == "account-confirmed").count() == 1


@pytest.mark.parametrize(("values", "field"), [
    ({"known": ""}, "known"), ({"called": ""}, "called"), ({"called_on": "gisteren"}, "called_on"),
    ({"called_on": "01/01/2020"}, "called_on")])
def test_without_a_call_back_nothing_is_confirmed(page, home, desk, asked, values, field):
    page.sign_in(desk.dossier)
    assert press(page, f"{OF}/{asked.id}/confirm", CALLED | values, 422).select_one(f"#{field}-error")
    assert BankAccount.get().state == "proposed"


def test_the_desk_confirms_only_what_it_was_asked(page, home, desk):
    account = proposed(home.facility, home.financial)
    page.sign_in(desk.dossier)
    assert not page.get(f"{OF}/{account.id}").select("#confirm, #refuse")
    for step in ("confirm", "refuse"):
        press(page, f"{OF}/{account.id}/{step}", CALLED | {"reason": "Fout"}, 409)
    assert BankAccount.get().state == "proposed"


def test_a_proposal_that_was_withdrawn_meanwhile_gets_409(page, home, desk, asked):
    withdraw(home.facility, asked, home.financial)
    page.sign_in(desk.dossier)
    shown = press(page, f"{OF}/{asked.id}/confirm", CALLED, 409)
    assert "intussen al beslist" in shown.select_one("main [role=alert]:not([hidden])").text


def test_the_desk_refuses_with_a_word(page, home, desk, asked):
    page.sign_in(desk.dossier)
    assert press(page, f"{OF}/{asked.id}/refuse", {"reason": ""}, 422).select_one("#reason-error")
    press(page, f"{OF}/{asked.id}/refuse", {"reason": "Niet herkend"})
    assert "geweigerd door de dossierbeheerder" in page.get(OF).main.text


def test_the_whole_number_is_shown_once_with_a_reason_and_the_log_has_it(page, home, desk, asked):
    page.sign_in(desk.dossier)
    shown = page.get(f"{OF}/{asked.id}")
    assert "BE•• •••• •••• 0095" in shown.main.text
    assert HOLDER not in shown.main.text
    assert press(page, f"{OF}/{asked.id}/number", {"purpose": ""}, 422).select_one("#purpose-error")
    assert press(page, f"{OF}/{asked.id}/number", {"purpose": "85.07.30-033.28"}, 422).select_one("#purpose-error")
    shown = press(page, f"{OF}/{asked.id}/number", {"purpose": "Vraag van de boekhouding"}, 200)
    assert shown.select_one("#number").text == "BE76 1170 0010 0095"
    entry = AuditEntry.select().where(AuditEntry.event == "account-shown").get()
    assert (entry.account_id, entry.details["reason"]) == (desk.dossier.id, "Vraag van de boekhouding")
    assert "BE76" not in page.get(f"{OF}/{asked.id}").main.text


def test_a_calculator_sees_confirmed_accounts_masked_and_nobody(page, home, desk, luc):
    confirmed(home.facility, luc, home.financial)
    waiting = proposed(home.facility, luc, iban_of(account=5))
    page.sign_in(desk.calculator)
    shown = page.get(INDEX)
    assert not shown.select("#waiting")
    assert "BE•• •••• •••• 0095" in shown.main.text
    shown = page.get(OF)
    assert "BE•• •••• •••• 0095" in shown.main.text
    assert waiting.masked not in shown.main.text
    assert not [name for name in ("Luc Vos", "Fien Boon", HOLDER) if name in shown.main.text]
    page.get(f"{OF}/{waiting.id}", 403)


def test_the_list_says_how_many_have_an_account_and_what_changed_lately(page, home, desk, luc):
    page.sign_in(desk.dossier)
    assert "0 van 1 voorziening heeft vandaag een bevestigde rekening" in text_of(page.get(INDEX).main)
    confirmed(home.facility, luc, home.financial)
    shown = page.get(INDEX)
    assert "1 van 1 voorziening" in text_of(shown.main)
    assert shown.select_one("#lately + table th a")["href"] == OF


def test_an_account_from_raas_waits_without_its_number(page, home, desk):
    account = from_raas(home.facility)
    page.sign_in(desk.dossier)
    assert "uit RaaS, nog voor te stellen" in page.get(OF).main.text
    page.get(f"/ecalcura/desk/facilities/990002/accounts/{account.id}", 404)
