"""The first page of an employee: everything is saved, or nothing; a form that is sent twice is entered once."""
import datetime

import pytest

from models.ecalcura.contracts import entry
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.entry import NewContract
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.people.employees import Employee
from models.ecalcura.people.lookups import Lookup
from models.errors import Refused
from tests.models.ecalcura.cast import contract, employee, exempt, number_of, opened

pytestmark = pytest.mark.usefixtures("register")
# 56 years on 1 July 2026, so that all three steps have begun.
BORN = datetime.date(1970, 3, 14)
START = datetime.date(2026, 7, 1)
STATUTE = "arbeidsovereenkomst"


def nurse(number="", **values):
    made = {"start": START, "until": None, "role": "entitled", "qualification": "VPK", "statute": STATUTE,
            "hours": 3800, "full_time": 3800}
    return NewContract(number=number, **made | values)


@pytest.fixture
def known(home, registers):
    """The number of a nurse of 56 with a visum; a trimester is open."""
    opened()
    return registers.has(number_of(BORN), birth=BORN, VPK=None)


def test_a_nurse_of_56_is_entered_with_three_choices(home, known):
    """A12."""
    choices = {45: "premium", 50: "exemption", 55: "exemption"}
    entered = entry.enter(home, nurse(known, choices=choices))
    assert entered.employee.person.name == "Tweede Test"
    assert (entered.contract.hours, entered.contract.qualification_state) == (3800, "in_order")
    assert {row.step: (row.kind, row.since) for row in Choice.of(entered.employee)} == {
        step: (kind, START) for step, kind in choices.items()}


def test_a_choice_begins_with_its_step(home, known, registers):
    number = registers.has(number_of(datetime.date(1981, 9, 20)), birth=datetime.date(1981, 9, 20), VPK=None)
    entered = entry.enter(home, nurse(number, choices={45: "exemption"}))
    assert [row.since for row in Choice.of(entered.employee)] == [datetime.date(2026, 9, 1)]


def test_a_replacement_is_entered_with_the_hours_of_its_contract(home, known):
    replaced = employee(home)
    contract(replaced)
    exempt(replaced)
    act_on = datetime.date(2026, 6, 15)
    entered = entry.enter(home, nurse(known, role="replacement", hours=200, replaces=replaced.id, act_on=act_on))
    rows = list(Replacement.of(entered.employee))
    assert [(row.replaced_id, row.hours, row.since, row.until, row.act_on) for row in rows] == [
        (replaced.id, 200, START, None, act_on)]
    assert [row.id for row in Replacement.replacing(replaced)] == [rows[0].id]


def test_without_a_name_the_pool_is_replaced(home, known):
    entered = entry.enter(home, nurse(known, role="replacement", hours=1900, replaced_hours=400))
    assert [(row.replaced_id, row.hours) for row in Replacement.of(entered.employee)] == [(None, 400)]
    assert Replacement.select().where(Replacement.replaced_id.is_null()).count() == 1


def test_when_a_choice_is_refused_nothing_is_saved(home, known):
    with pytest.raises(Refused, match="premium_not_allowed"):
        entry.enter(home, nurse(known, qualification="ZKD", choices={45: "premium"}))
    assert [model.select().count() for model in (Employee, Contract, Choice)] == [0, 0, 0]
    assert [row.answer for row in Lookup.of(home)] == ["found"]


@pytest.mark.parametrize(("values", "code"), [
    ({"until": START - datetime.timedelta(days=1)}, "contract_end"),
    ({"hours": 0}, "hours_positive"), ({"hours": 3801}, "hours_above_full_time"),
    ({"qualification": "ARTS"}, "qualification_unknown"), ({"statute": "vrijwilliger"}, "statute_unknown"),
    ({"role": "replacement", "choices": {45: "exemption"}}, "replacement_choice"),
])
def test_a_contract_that_is_wrong_by_itself_asks_no_register(home, known, registers, values, code):
    with pytest.raises(Refused, match=code):
        entry.enter(home, nurse(known, **values))
    assert registers.asked == []


def test_a_silent_register_blocks_nothing(home, known, registers):
    """A8: saved as unchecked, without a name; both registers are asked again later."""
    registers.silent = True
    entered = entry.enter(home, nurse(known, choices={45: "premium"}))
    assert (entered.employee.register_state, entered.contract.qualification_state) == ("silent", "unchecked")


def test_a_form_that_is_sent_twice_is_entered_once(home, known, registers):
    first = entry.enter(home, nurse(known, choices={45: "exemption"}), form_key="a")
    again = entry.enter(home, nurse(known, choices={45: "exemption"}), form_key="a")
    assert (again.employee.id, again.contract.id) == (first.employee.id, first.contract.id)
    assert len(registers.asked) == 1
    with pytest.raises(Refused, match="row_saved") as error:
        entry.enter(home, nurse(known, hours=1900), form_key="a")
    assert error.value.context["row"].id == first.contract.id


def test_an_employee_who_is_there_gets_a_further_contract(home, known, registers):
    first = entry.enter(home, nurse(known, hours=1900))
    with pytest.raises(Refused, match="already_employee") as error:
        entry.enter(home, nurse(known, qualification="ZKD", hours=1900))
    assert error.value.context["employee"].id == first.employee.id
    entered = entry.enter(home, nurse(qualification="ZKD", hours=1900), employee=first.employee, form_key="b")
    assert (entered.employee.id, entered.asked) == (first.employee.id, None)
    assert entered.contract.qualification_state == "other"
    assert entered.contract.found == {"codes": ["VPK"]}
    assert len(registers.asked) == 1


@pytest.mark.parametrize("choices", [{45: "premium"}, {45: "exemption", 50: "exemption"}, {}])
def test_a_form_that_is_sent_again_with_other_choices_is_not_the_same_form(home, known, choices):
    sent = nurse(known, choices={45: "exemption"})
    made = entry.enter(home, sent, form_key="k")
    with pytest.raises(Refused, match="row_saved"):
        entry.enter(home, sent._replace(choices=choices), form_key="k")
    assert entry.enter(home, sent, form_key="k").contract == made.contract
    assert [(row.step, row.kind) for row in Choice.select()] == [(45, "exemption")]


@pytest.mark.parametrize("other", [{"replaced_hours": 100}, {"act_on": START}, {"replaces": 1}])
def test_a_form_that_is_sent_again_for_another_replacement_is_not_the_same_form(home, known, other):
    replaced = employee(home)
    contract(replaced)
    exempt(replaced)
    sent = nurse(known, role="replacement", hours=200)
    entry.enter(home, sent, form_key="k")
    entry.enter(home, sent, form_key="k")
    with pytest.raises(Refused, match="row_saved"):
        entry.enter(home, sent._replace(**other), form_key="k")
    assert [row.replaced_id for row in Replacement.select()] == [None]
