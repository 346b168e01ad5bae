"""The rules of contracts, choices and replacements hold in the database itself, round the models."""
import datetime
import json

import peewee
import pytest

from models.database import database, now, transaction
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.contracts.terms import Terms
from tests.models.ecalcura.cast import contract, employee, exempt, facility

pytestmark = pytest.mark.usefixtures("register")
START, END = datetime.date(2026, 1, 1), datetime.date(2026, 6, 30)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def nurse(home):
    return employee(home)


@pytest.fixture
def replacing(nurse):
    """A contract of somebody who replaces."""
    return contract(nurse, START, END, role="replacement", qualification="ZKD", hours=1000)


def refuses(piece, query):
    with pytest.raises(peewee.IntegrityError) as error, transaction():
        query.execute()
    assert piece.casefold() in str(error.value).casefold(), error.value


def insert(owner, **values):
    row = {"employee_id": owner.id, "facility_id": owner.facility_id, "role": "entitled", "qualification": "VPK",
           "statute": "statutair", "start": START, "until": END, "hours": 1900, "full_time": 3800,
           "created_at": now(), "changed_at": now()}
    return Contract.insert(row | values)


@pytest.mark.parametrize(("values", "piece"), [
    ({"role": "boss"}, ""),
    ({"qualification": "ARTS"}, "FOREIGN KEY"),
    ({"statute": "vrijwilliger"}, "FOREIGN KEY"),
    ({"acquired_step": 46}, "FOREIGN KEY"),
    ({"until": START - DAY}, "contract_days"),
    ({"hours": 0}, "contract_hours"),
    ({"hours": 3801}, "contract_hours"),
    ({"full_time": 6001}, "contract_hours"),
    ({"qualification_state": "good"}, ""),
])
def test_a_contract_that_breaks_a_rule_is_refused(nurse, values, piece):
    refuses(piece, insert(nurse, **values))


def test_a_contract_is_of_an_employee_of_its_facility(nurse):
    refuses("FOREIGN KEY", insert(nurse, facility_id=facility("990002").id))


@pytest.mark.parametrize(("first", "last"), [
    (START, END), (END, None), (START - DAY, START), (START + DAY, END - DAY), (START - DAY, None)])
def test_contracts_in_one_role_and_qualification_never_overlap(nurse, first, last):
    """A10."""
    insert(nurse).execute()
    refuses("contract_overlap", insert(nurse, start=first, until=last))
    insert(nurse, start=first, until=last, qualification="ZKD").execute()
    insert(nurse, start=first, until=last, role="replacement").execute()
    insert(employee(facility("990002")), start=first, until=last).execute()


def test_a_contract_that_moves_never_overlaps_another(nurse):
    insert(nurse).execute()
    later = contract(nurse, END + DAY)
    refuses("contract_overlap", Contract.update(start=END).where(Contract.id == later.id))
    other = insert(nurse, qualification="ZKD").execute()
    refuses("contract_overlap", Contract.update(qualification="VPK").where(Contract.id == other))


@pytest.mark.parametrize("since", [START, END + DAY, START - DAY])
def test_terms_begin_within_their_contract_after_its_first_day(nurse, since):
    made = contract(nurse, START, END)
    refuses("terms_outside", Terms.insert(contract_id=made.id, since=since, hours=1, full_time=2))


def test_a_contract_keeps_its_terms_within(nurse):
    made = contract(nurse, START, END)
    middle = START + 9 * DAY
    Terms.insert(contract_id=made.id, since=middle, hours=100, full_time=200).execute()
    refuses("terms_outside", Contract.update(start=middle).where(Contract.id == made.id))
    refuses("terms_outside", Contract.update(until=middle - DAY).where(Contract.id == made.id))
    refuses("terms_outside", Terms.update(since=END + DAY).where(Terms.contract_id == made.id))
    refuses("terms_hours", Terms.update(hours=201).where(Terms.contract_id == made.id))


def choose(owner, **values):
    row = {"employee_id": owner.id, "facility_id": owner.facility_id, "step": 45, "kind": "exemption", "since": START,
           "until": END, "created_at": now(), "changed_at": now()}
    return Choice.insert(row | values)


def test_of_a_step_there_is_one_choice_at_a_time(nurse):
    choose(nurse).execute()
    for since, until in ((START, END), (END, None), (START - DAY, START), (START - DAY, None)):
        refuses("choice_overlap", choose(nurse, since=since, until=until, kind="premium"))
    choose(nurse, step=50).execute()
    later = choose(nurse, since=END + DAY, until=None).execute()
    refuses("choice_overlap", Choice.update(since=END).where(Choice.id == later))
    refuses("choice_overlap", Choice.update(step=50, since=END).where(Choice.id == later))


@pytest.mark.parametrize(("values", "piece"), [
    ({"step": 46}, "FOREIGN KEY"), ({"kind": "both"}, ""), ({"until": START - DAY}, "choice_days")])
def test_a_choice_that_breaks_a_rule_is_refused(nurse, values, piece):
    refuses(piece, choose(nurse, **values))


def replace(by_contract, **values):
    row = {"contract_id": by_contract.id, "employee_id": by_contract.employee_id,
           "facility_id": by_contract.facility_id, "replaced_id": None, "hours": 200, "since": START, "until": END,
           "created_at": now(), "changed_at": now()}
    return Replacement.insert(row | values)


def test_only_a_replacement_contract_replaces(nurse, replacing):
    replace(replacing).execute()
    refuses("FOREIGN KEY", replace(contract(nurse, START, END, hours=100)))
    refuses("FOREIGN KEY", Contract.update(role="entitled").where(Contract.id == replacing.id))


@pytest.mark.parametrize(("values", "piece"), [
    ({"since": START - DAY}, "replacement_outside"), ({"until": None}, "replacement_outside"),
    ({"until": END + DAY}, "replacement_outside"), ({"hours": 0}, ""), ({"until": START - DAY}, ""),
])
def test_a_replacement_that_breaks_a_rule_is_refused(replacing, values, piece):
    refuses(piece, replace(replacing, **values))


def test_nobody_replaces_themselves_or_somebody_of_another_facility(nurse, replacing):
    refuses("replacement_of_oneself", replace(replacing, replaced_id=nurse.id))
    refuses("FOREIGN KEY", replace(replacing, replaced_id=employee(facility("990002")).id))


def test_a_contract_keeps_its_replacements_within(replacing):
    replace(replacing).execute()
    refuses("replacement_outside", Contract.update(until=END - DAY).where(Contract.id == replacing.id))
    refuses("replacement_outside", Contract.update(start=START + DAY).where(Contract.id == replacing.id))


def test_an_employee_with_rows_is_not_deleted(nurse, replacing):
    exempt(nurse)
    for table in ("employee", "contract"):
        if table == "contract":
            replace(replacing).execute()
        with pytest.raises(peewee.IntegrityError), transaction():
            database.execute_sql(f"DELETE FROM {table}")


def test_a_contract_is_taken_over_once(nurse):
    made = contract(nurse, START, END)
    insert(nurse, start=END + DAY, until=None, taken_from=made.id).execute()
    refuses("taken_from", insert(nurse, qualification="ZKD", taken_from=made.id))


def test_an_answer_of_ecad_is_read_back(nurse):
    made = contract(nurse)
    Contract.update(qualification_detail=json.dumps({"expired_on": "2026-01-31"})).where(
        Contract.id == made.id).execute()
    assert Contract.get_by_id(made.id).found == {"expired_on": datetime.date(2026, 1, 31)}
