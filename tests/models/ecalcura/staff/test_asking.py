"""Putting a number right: the visums that were found are those of somebody else."""
import pytest

from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.people import changes
from models.ecalcura.people.employees import Employee
from models.ecalcura.staff import asking
from models.errors import Refused
from tests.models.ecalcura.cast import BORN, contract, employee, number_of, submitted

pytestmark = pytest.mark.usefixtures("register")


def test_nobody_sees_the_right_person_with_the_visums_of_the_wrong_one(home, registers, monkeypatch):
    """A colleague who submits at that moment, or a server that stops there, would report somebody without a visum."""
    wrong, right = number_of(BORN), registers.has(number_of(BORN, month_up=20), "Nele", "Juist", BORN)
    made = employee(home, wrong)
    contract(made)
    Contract.update(qualification_state="in_order").execute()
    seen = []
    monkeypatch.setattr(changes, "tell", lambda _ids: seen.append(
        (Employee.get().person.number, Contract.get().qualification_state)))
    asking.correct_number(made, right, None, made.version)
    assert seen[0] == (right, "unchecked")
    assert seen[-1] == (right, "no_visa")


def test_a_contract_that_a_colleague_adds_meanwhile_counts_among_the_submitted_days(home, registers, monkeypatch):
    """V33: the days are read in the transaction, after the register has answered."""
    made, right = employee(home, number_of(BORN)), registers.has(number_of(BORN, month_up=20))
    answer = registers.find_person

    def find_person(number):
        # While the register is asked a colleague enters a contract, and submits.
        contract(made)
        submitted(home)
        return answer(number)

    monkeypatch.setattr(registers, "find_person", find_person)
    with pytest.raises(Refused, match="trimester_submitted"):
        asking.correct_number(made, right, None, made.version)
    assert Employee.get().person.number == number_of(BORN)
