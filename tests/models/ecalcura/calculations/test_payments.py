"""The payment list: only confirmed accounts of others, only amounts that follow from parameters."""
import datetime

import pytest

from models import names
from models.audit import AuditEntry
from models.database import today
from models.ecalcura.calculations import payments, publishing
from models.ecalcura.calculations.payments import PaymentList
from models.ecalcura.desk.account_looks import AccountLook
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import FINANCIAL
from models.ecalcura.trimesters import reopening
from models.ecalcura.trimesters.calendar import Place
from models.errors import Refused
from tests.models.ecalcura.bank_accounts import HOLDER, NUMBER, code_of, from_raas, iban_of, pair, proposed
from tests.models.ecalcura.bank_accounts import confirmed as confirmed_account
from tests.models.ecalcura.calculations.made import (
    a_half_financed,
    calculation,
    confirmed,
    exempt,
    published,
    replacement,
    replacing,
    submitted,
)
from tests.models.ecalcura.cast import at_desk, facility, somebody

pytestmark = pytest.mark.usefixtures("register", "mailing")


@pytest.fixture
def account(home):
    """The confirmed bank account of the facility."""
    return confirmed_account(home, *pair(home))


def cells(calculation, by=None):
    """The cells of the rows of the file, under its headings."""
    text = payments.csv(calculation, by or at_desk()).decode("utf-8-sig")
    return [line.split(";") for line in text.splitlines()[1:]]


def of(found):
    """(HCO number, cents) of each part of a list."""
    return [[(one.facility.hco, one.cents) for one in part] for part in found]


def test_the_list_has_facility_amount_account_and_reference(home, account):
    a_half_financed(home)
    confirmed()
    made = published()
    assert of(payments.of(made)) == [[("990001", 658)], [], []]
    assert cells(made) == [["990001", "Woonzorgcentrum De Linde", "", "6,58", NUMBER, HOLDER,
                            f"eCalcura 2026/1 definitief {made.id} 990001",
                            "Rekening minder dan 10 dagen geleden bevestigd: kijk ze na"]]
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.subject, entry.details) == ("payment-list-made", str(made.id), {"number": 1})
    assert NUMBER not in "".join(row.detail for row in AuditEntry.select())
    assert [(look.bank_account_id, look.reason) for look in AccountLook.select()] == [
        (account.id, f"Betaallijst van berekening {made.id}")]


def test_an_account_that_was_confirmed_ten_days_ago_is_not_flagged(home, account, clock):
    a_half_financed(home)
    confirmed()
    made = published()
    clock(account.decided_at + datetime.timedelta(days=10, hours=2))
    assert not payments.of(made).ready[0].lately
    assert cells(made)[0][-1] == ""


def test_an_account_that_nobody_confirmed_is_never_in_the_list(home):
    """A19, and the accounts of RaaS."""
    other = facility("990002")
    proposed(home, pair(home)[0])
    from_raas(other)
    for one in (home, other):
        a_half_financed(one)
    confirmed()
    made = published()
    assert of(payments.of(made)) == [[], [("990001", 658), ("990002", 658)], []]
    assert cells(made) == []


def test_without_parameters_there_is_no_list(home, account):
    """A22."""
    a_half_financed(home)
    assert code_of(payments.of, published()) == EcalcuraCode.NO_PARAMETERS


def test_a_calculation_that_is_not_published_has_no_list(home, account):
    a_half_financed(home)
    confirmed()
    draft = calculation()
    assert code_of(payments.of, draft) == EcalcuraCode.NOT_FINAL
    assert code_of(payments.csv, publishing.freeze(draft, None), at_desk()) == EcalcuraCode.NOT_FINAL


def test_a_definitive_list_pays_the_rest_after_the_advance(home, account):
    a_half_financed(home)
    confirmed()
    assert of(payments.of(published("advance")))[0] == [("990001", 526)]
    assert of(payments.of(published()))[0] == [("990001", 132)]


def test_a_revision_that_lowers_the_amount_is_to_be_recovered_and_one_of_the_same_amount_is_not_listed(home, account):
    a_half_financed(home)
    confirmed()
    published()
    for hours, found in ((50, [[], [], [("990001", -329)]]), (50, [[], [], []])):
        reopening.reopen(home, Place(2026, 1), "Uren verkeerd", for_revision=True)
        submitted(home, exempt(), replacing(2, replacement(hours=hours)))
        made = published("revision")
        assert of(payments.of(made)) == found
    assert payments.of(made) == PaymentList([], [], [])


def test_without_the_names_key_the_list_is_shown_and_the_file_is_refused(home, account):
    a_half_financed(home)
    confirmed()
    made = published()
    by = at_desk()
    names.use(None)
    assert len(payments.of(made).ready) == 1
    with pytest.raises(Refused):
        payments.csv(made, by)


def test_the_account_of_a_facility_that_merged_meanwhile_is_flagged(home, account, clock):
    a_half_financed(home)
    confirmed()
    made = published()
    clock(account.decided_at + datetime.timedelta(days=11))
    assert payments.of(made).ready[0].remarks == []
    Facility.update(successor_id=facility("990009").id, merged_on=today()).where(Facility.id == home.id).execute()
    assert cells(made)[0][-1] == "Voorziening is gefuseerd: kijk de rekening na"


@pytest.mark.parametrize("own", [True, False])
def test_a_facility_that_merged_is_paid_on_the_account_of_its_last_successor(home, clock, own):
    if own:
        confirmed_account(home, *pair(home))
    a_half_financed(home)
    confirmed()
    made = published()
    between, last = facility("990008"), facility("990009")
    for one, successor in ((home, between), (between, last)):
        Facility.update(successor_id=successor.id, merged_on=today()).where(Facility.id == one.id).execute()
    if not own:
        [payment] = payments.of(made).without_account
        assert payment.remarks == ["Voorziening is gefuseerd: vraag de opvolger, HCO 990009, om een rekening"]
    account = confirmed_account(last, somebody(last, FINANCIAL, "An Nijs"), somebody(last, FINANCIAL, "Bo Claes"),
                                iban_of(account=9))
    clock(account.decided_at + datetime.timedelta(days=11))
    [row] = cells(made)
    assert row[4:] == [iban_of(account=9), HOLDER, f"eCalcura 2026/1 definitief {made.id} 990001",
                                  "Voorziening is gefuseerd: rekening van de opvolger, HCO 990009"]
