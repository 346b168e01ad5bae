"""The payment list of a published calculation: amounts and confirmed bank accounts. Paying is done elsewhere."""
from collections import defaultdict
from typing import NamedTuple

from models.audit import Actor, record
from models.database import today, transaction
from models.ecalcura.accounts import bank_accounts
from models.ecalcura.accounts.bank_accounts import BankAccount
from models.ecalcura.calculations.calculations import PUBLISHED, Calculation, Result
from models.ecalcura.calculations.formula import ADVANCE, DEFINITIVE, REVISION, euros
from models.ecalcura.desk import account_looks
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.errors import Refused
from models.files.csv_file import Csv

HEADINGS = ("HCO-nummer", "Voorziening", "Overeenkomst", "Bedrag", "Rekening", "Rekeninghouder", "Mededeling",
            "Opmerking")
LABELS = {ADVANCE: "voorschot", DEFINITIVE: "definitief", REVISION: "herziening"}
CHANGED = "Rekening minder dan 10 dagen geleden bevestigd: kijk ze na"
MERGED = "Voorziening is gefuseerd: kijk de rekening na"
OF_SUCCESSOR = "Voorziening is gefuseerd: rekening van de opvolger, HCO {hco}"
ASK_SUCCESSOR = "Voorziening is gefuseerd: vraag de opvolger, HCO {hco}, om een rekening"


class Payment(NamedTuple):
    """The cents that a result adds to the former one, and the account: of the facility, or of its `successor`.

    `lately`: the account was confirmed less than ten days ago.
    """

    facility: Facility
    cents: int
    reference: str
    account: BankAccount | None
    successor: Facility | None
    lately: bool

    @property
    def remarks(self) -> list[str]:
        """The reasons to look at the account again before it is paid, or the facility that is asked for one."""
        return [*([CHANGED] if self.lately else []), *([self._of_merged()] if self.successor else [])]

    def _of_merged(self) -> str:
        successor, account = self.successor, self.account
        if successor is None or (account and account.facility_id == self.facility.id):
            return MERGED
        return (OF_SUCCESSOR if account else ASK_SUCCESSOR).format(hco=successor.hco)


class PaymentList(NamedTuple):
    """Payments that can be made; those without a confirmed account; and amounts that a facility has to pay back."""

    ready: list[Payment]
    without_account: list[Payment]
    to_recover: list[Payment]


def of(calculation: Calculation) -> PaymentList:
    """Return the payments of a calculation, by HCO number; nothing for a facility whose amount did not change.

    A facility that merged is paid on the account of its successor, or on its own if the successor lacks an account.

    Raises `Refused` while it is not published, and if it has no parameters and so no amounts.
    """
    if calculation.state != PUBLISHED:
        raise Refused(EcalcuraCode.NOT_FINAL)
    if calculation.parameter_version_id is None:
        raise Refused(EcalcuraCode.NO_PARAMETERS)
    results, day = list(Result.of(calculation)), today()
    former = _former_amounts(results)
    successors = {one.facility_id: one.facility.readers()[-1][0] for one in results if one.facility.is_merged}
    accounts = bank_accounts.in_use(
        [*(one.facility_id for one in results), *(one.id for one in successors.values())], day)
    found = PaymentList([], [], [])
    for one in results:
        cents = (one.amount or 0) - former[one.former_id, one.facility_id]
        successor = successors.get(one.facility_id)
        account = (successor and accounts.get(successor.id)) or accounts.get(one.facility_id)
        payment = Payment(one.facility, cents, _reference(calculation, one.facility), account, successor,
                          account is not None and bank_accounts.changed_lately(account, day))
        if cents < 0:
            found.to_recover.append(payment)
        elif cents:
            (found.ready if account else found.without_account).append(payment)
    return found


def _former_amounts(results: list[Result]) -> dict[tuple[int | None, int], int]:
    """Return the cents of the former results, by calculation and facility; 0 without one, or without an amount."""
    found: dict[tuple[int | None, int], int] = defaultdict(int)
    rows = Result.select(Result.calculation, Result.facility, Result.amount).where(
        Result.calculation.in_({one.former_id for one in results if one.former_id}))
    for calculation_id, facility_id, amount in rows.tuples():
        found[calculation_id, facility_id] = amount or 0
    return found


def _reference(calculation: Calculation, facility: Facility) -> str:
    return f"eCalcura {calculation.trimester.subject} {LABELS[calculation.kind]} {calculation.id} {facility.hco}"


def csv(calculation: Calculation, by: Actor) -> bytes:
    """Return the payments that can be made as a CSV file, and record that it was made.

    It holds the numbers of bank accounts, so it is not for a calculator. Raises `Refused` as `of` does, and without the
    names' key.
    """
    rows, ready = [], of(calculation).ready
    for one in ready:
        number, holder = one.account.opened() if one.account else ("", "")
        rows.append((one.facility.hco, one.facility.name, one.facility.agreement, euros(one.cents), number, holder,
                     one.reference, "; ".join(one.remarks)))
    with transaction():
        account_looks.keep([(one.account.facility_id, one.account.id) for one in ready if one.account],
                           f"Betaallijst van berekening {calculation.id}", by)
        record(EcalcuraEvent.PAYMENT_LIST_MADE, by=by, subject=calculation.id, number=len(rows))
    return Csv.whole(HEADINGS, rows)
