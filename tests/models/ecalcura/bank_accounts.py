"""Bank accounts of facilities, for the tests. Their banks are in no list, so that nobody has these numbers."""
import datetime

import pytest
from stdnum import iban

from models.ecalcura.accounts import four_eyes
from models.ecalcura.accounts.bank_accounts import BankAccount
from models.ecalcura.roles import FINANCIAL
from models.errors import Refused
from tests.models.ecalcura.cast import somebody

BANK = 117
JANUARY = datetime.date(2026, 1, 1)
HOLDER = "Zorg Vlier vzw"
NUMBER = "BE76117000100095"


def iban_of(bank=BANK, account=1000):
    """A valid Belgian IBAN with this bank code."""
    bban = f"{bank:03}{account:07}"
    bban += f"{int(bban) % 97 or 97:02}"
    return f"BE{iban.calc_check_digits('BE00' + bban)}{bban}"


def pair(home):
    """Two people who manage the money of a facility."""
    return somebody(home, FINANCIAL, "Fien Boon"), somebody(home, FINANCIAL, "Luc Vos")


def proposed(home, by, number=NUMBER, valid_from=JANUARY, holder=HOLDER, form_key=None):
    """An account that somebody proposed."""
    return four_eyes.propose(home, number, holder, valid_from, by, form_key)


def confirmed(home, by, other, number=NUMBER, valid_from=JANUARY):
    """An account that one person proposed and another confirmed."""
    made = proposed(home, by, number, valid_from)
    four_eyes.confirm(home, made, other)
    return BankAccount.get_by_id(made.id)


def from_raas(home, number=NUMBER):
    """An account that came from RaaS."""
    BankAccount.take_from_raas(home.id, number, HOLDER)
    return BankAccount.of(home).where(BankAccount.source == "raas").get()


def code_of(step, *arguments):
    """The code with which a step is refused."""
    with pytest.raises(Refused) as refused:
        step(*arguments)
    return refused.value.code


def again(account):
    """The account as it is stored now."""
    return BankAccount.get_by_id(account.id)
