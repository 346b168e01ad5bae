"""Asking the registers because somebody presses a button; each takes seconds, so never in a transaction."""
from models.audit import Actor
from models.ecalcura.contracts import visa
from models.ecalcura.contracts.contracts import UNCHECKED, Contract
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import corrections, lookups, retries
from models.ecalcura.people.employees import Employee
from models.ecalcura.people.lookups import RETRY
from models.ecalcura.people.registers import SILENT
from models.ecalcura.trimesters.files import Span


def ask_again(employee: Employee, by: Actor | None) -> str:
    """Ask the rijksregister again about an employee; return the state of its answer. eCad is asked after it.

    Raises `Refused` if the account asked too often.
    """
    number = employee.person.number
    if not number:
        return SILENT
    facility = Facility.get_by_id(employee.facility_id)
    answer, lookup = lookups.find_person(facility, number, bytes(employee.number_hash), by, RETRY)
    lookup.employee_id = employee.id
    lookup.save()
    if answer.state != SILENT:
        retries.store(employee, answer)
        _ask_ecad(employee)
    return answer.state


def correct_number(employee: Employee, number: str, by: Actor | None, version: int) -> Employee:
    """Put a wrong number right, and ask eCad about the right person, whose visums may differ.

    Raises as `corrections.correct_number` does.
    """
    corrected = corrections.correct_number(employee, number, by, version, _days, _forget_visums)
    _ask_ecad(corrected)
    return corrected


def _days(employee: Employee) -> list[Span]:
    """The days of the contracts, some of which a colleague may add while the register is asked."""
    return [(contract.start, contract.until) for contract in Contract.of(employee)]


def _forget_visums(employee_id: int) -> None:
    """While eCad is silent an answer stays; this one was about somebody else, and nobody may submit it."""
    Contract.update(qualification_state=UNCHECKED, qualification_detail="{}").where(
        Contract.employee_id == employee_id).execute()


def _ask_ecad(employee: Employee) -> None:
    """Ask about each contract, until eCad is silent."""
    for contract in Contract.of(employee):
        if visa.check(contract).qualification_state == UNCHECKED:
            break
