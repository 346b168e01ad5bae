"""Somebody on the staff in a trimester, for tests about submitting."""
import datetime

from models.ecalcura.contracts import lists
from models.ecalcura.contracts.contracts import Contract, Values
from models.ecalcura.performances.performances import save_row
from models.ecalcura.trimesters.calendar import Trimester
from tests.models.ecalcura.cast import employee

START = datetime.date(2026, 7, 1)


def replacing(made, **person):
    """An employee and the contract by which they replace the pool, as if eCad had said that it is right."""
    one = employee(made, **person)
    contract = Contract.add(one, Values("replacement", "VPK", "arbeidsovereenkomst", START, None, 1900, 3800))
    Contract.update(qualification_state="in_order").where(Contract.id == contract.id).execute()
    return one, contract


def with_hours(made, contract):
    """Save the prestaties of a contract in the trimester July to September 2026."""
    save_row(made, Trimester.get_or_make(2026, 1), contract.id, {next(iter(lists.performance_kinds())): 2600}, 0)
