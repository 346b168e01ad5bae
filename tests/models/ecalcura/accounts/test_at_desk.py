"""The desk confirms an account after a call back, for a proposer who is alone, and opens a number with a reason."""
import datetime
import re
from pathlib import Path

import pytest

from models.accounts.accounts import Account
from models.audit import AuditEntry
from models.database import database, is_sqlite, run_script, today
from models.ecalcura.accounts import four_eyes
from models.ecalcura.accounts.bank_accounts import BankAccount
from models.ecalcura.accounts.four_eyes import ask_desk, confirm, confirm_by_desk, refuse_by_desk, withdraw
from models.ecalcura.desk.account_looks import AccountLook
from models.ecalcura.roles import FINANCIAL
from tests.hall import mails
from tests.models.ecalcura.bank_accounts import again, code_of, proposed
from tests.models.ecalcura.cast import somebody

MIGRATIONS = Path(__file__).parents[4] / "migrations" / "ecalcura"
pytestmark = pytest.mark.usefixtures("register", "mailing")


def test_a_proposer_who_works_at_the_desk_now_cannot_confirm_it_there(home, fien, dossier):
    """A19: whatever role somebody has, the accounts are compared."""
    account = proposed(home, fien)
    ask_desk(home, account, fien)
    assert code_of(confirm_by_desk, home, account, "management", today(), fien) == "account_own"


def test_somebody_alone_asks_the_desk_which_confirms_after_a_call_back(home, fien, dossier):
    account = proposed(home, fien)
    assert code_of(confirm_by_desk, home, account, "management", today(), dossier) == "account_not_asked"
    ask_desk(home, account, fien)
    ask_desk(home, account, fien)
    assert list(BankAccount.waiting_for_desk()) == [account]
    assert code_of(confirm_by_desk, home, account, "Jan", today(), dossier) == "account_called"
    for day in (-1, 1):
        call = today() + datetime.timedelta(days=day)
        assert code_of(confirm_by_desk, home, account, "management", call, dossier) == "account_call_day"
    confirm_by_desk(home, account, "management", today(), dossier)
    account = again(account)
    assert (account.state, account.by_desk, account.called, account.called_on) == (
        "confirmed", True, "management", today())
    assert list(BankAccount.waiting_for_desk()) == []


def test_the_desk_refuses_what_it_was_asked(home, fien, dossier):
    account = proposed(home, fien)
    assert code_of(refuse_by_desk, home, account, "Niet herkend", dossier) == "account_not_asked"
    ask_desk(home, account, fien)
    refuse_by_desk(home, account, "Niet herkend", dossier)
    assert (again(account).state, again(account).by_desk) == ("refused", True)


def test_the_desk_is_asked_only_by_a_proposer_whom_no_colleague_can_help(home, fien, luc):
    account = proposed(home, fien)
    assert code_of(ask_desk, home, account, luc) == "account_not_own"
    assert code_of(ask_desk, home, account, fien) == "account_not_alone"
    # Somebody who has not accepted the invitation cannot sign in.
    Account.update(password_hash=None).where(Account.id == luc.id).execute()
    ask_desk(home, account, fien)


def test_a_colleague_may_still_confirm_what_waits_for_the_desk(home, fien, dossier):
    account = proposed(home, fien)
    ask_desk(home, account, fien)
    confirm(home, account, somebody(home, FINANCIAL, "Luc Vos"))
    assert again(account).by_desk is False


def test_the_desk_is_mailed_about_what_waits_for_it(home, fien, dossier):
    account = proposed(home, fien)
    ask_desk(home, account, fien)
    withdraw(home, account, fien)
    assert [subject for recipient, subject, _ in mails() if recipient == dossier.email] == [
        "Een bankrekening wacht op je bevestiging in eCalcura", "Een bankrekening is ingetrokken in eCalcura"]


def test_the_whole_number_is_shown_only_with_a_reason(home, fien, dossier):
    account = proposed(home, fien)
    assert code_of(four_eyes.show_account, home, account, "", dossier) == "account_reason"
    assert not AuditEntry.select().where(AuditEntry.event == "account-shown").exists()
    assert not AccountLook.select().exists()
    four_eyes.show_account(home, account, "Vraag van de boekhouding", dossier)
    [look] = AccountLook.select()
    assert (look.facility_id, look.bank_account_id, look.account_id, look.reason) == (
        home.id, account.id, dossier.id, "Vraag van de boekhouding")


def test_the_looks_from_before_their_table_are_taken_from_the_log_with_their_reasons(home, fien, dossier):
    account = proposed(home, fien)
    four_eyes.show_account(home, account, "Vraag van de boekhouding", dossier)
    script = (MIGRATIONS / f"0019_rules_{'sqlite' if is_sqlite() else 'postgresql'}.sql").read_text(encoding="utf-8")
    [copied] = re.findall(r"INSERT INTO bank_account_look .*?;\n", script, re.DOTALL)
    run_script(database, copied)
    kept, taken = (look.__data__ for look in AccountLook.select().order_by(AccountLook.id))
    assert taken == kept | {"id": taken["id"]}
