"""The contracts of RaaS: each trap, and what becomes of it."""
import datetime

import pytest

from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.employees import Employee, PastNumber
from models.ecalcura.transfer.raas.rows import RaasRow
from tests.models.ecalcura.cast import employee, facility, number_of, submitted
from tests.models.ecalcura.raas_files import (
    BORN,
    BORN_1970,
    OTHER,
    OTHER_RIZIV,
    REFUSED,
    REMARKED,
    RIZIV,
    TAKEN,
    UNDECIDED,
    contract_line,
    facility_line,
)
from tests.tables import rows_of


def days_of(table, *names):
    """The values of each row of a table, in order."""
    return [tuple(str(row[name]) if row[name] is not None else None for name in names) for row in rows_of(table)]


def test_a_nurse_of_52_is_taken_over_with_contract_and_choices(files):
    assert files(contract_line(at45="vrijstelling", at50="premie")) == {"C1": (TAKEN, [])}
    home = Facility.by_hco("990001")
    nurse = Employee.by_number(home, BORN_1970)
    assert (nurse.person.name, nurse.person.birth, nurse.step) == ("Tweede Test", BORN, 55)
    contract = Contract.get()
    assert (contract.raas_number, contract.hours, contract.qualification_state) == (f"{RIZIV}/C1", 3800, "in_order")
    assert days_of("choice", "step", "kind", "since", "until") == [
        ("45", "exemption", "2015-06-01", None), ("50", "premium", "2020-06-01", None)]


@pytest.mark.parametrize(("cells", "reason"), [
    ({"hours": "38.00"}, "hours_point"), ({"hours": "19:30"}, "hours_time"), ({"hours": "0"}, "hours_range"),
    ({"hours": "45,00"}, "hours_range"), ({"hours": ""}, "hours_empty"), ({"hours": "veel"}, "hours"),
    ({"until": "30/06/2021"}, "ended"), ({"start": "29/02/2023"}, "date_absent"), ({"start": "gisteren"}, "date"),
    ({"start": ""}, "empty"), ({"until": "31/12/2014"}, "end_before_start"),
    ({"changed": "06/12/2023"}, "changed_late"),
    ({"qualification": "XX9"}, "qualification"), ({"qualification": ""}, "empty"), ({"role": "stagiair"}, "role"),
    ({"statute": "vrijwilliger"}, "statute"), ({"number": "12345678901"}, "number"), ({"number": ""}, "empty"),
    ({"riziv": "71999999"}, "riziv_unknown"), ({"riziv": "990001"}, "hco_as_riziv"), ({"contract": ""}, "empty"),
    ({"qualification": "KIN"}, "other_visa"), ({"role": "gerechtigde", "replaces": "C9"}, "replaces_no_role"),
])
def test_a_wrong_cell_refuses_its_row_and_no_other(files, cells, reason):
    found = files(contract_line("C1", **{"number": BORN_1970} | cells) if "contract" not in cells
                  else contract_line(**cells), contract_line("C2", OTHER))
    assert found[cells.get("contract", "C1")] == (REFUSED, [reason])
    assert found["C2"] == (TAKEN, [])


@pytest.mark.parametrize("cells", [{"until": "01/07/2021"}, {"start": "29/02/2024"}, {"changed": "05/12/2023"}])
def test_the_days_at_the_edge_are_taken_over(files, cells):
    assert files(contract_line(**cells)) == {"C1": (TAKEN, [])}


def test_a_number_that_lost_its_zero_is_called_so(files):
    number = number_of(datetime.date(2003, 1, 5))
    assert number[0] == "0"
    assert files(contract_line(number=number[1:])) == {"C1": (REFUSED, ["number_zero"])}


def test_a_replaced_bisnummer_finds_the_employee_by_both_numbers(files, nurses):
    old = number_of(BORN, month_up=20)
    nurses.replaces(old, BORN_1970)
    assert files(contract_line(number=old)) == {"C1": (REMARKED, ["number_replaced"])}
    home = Facility.by_hco("990001")
    assert Employee.by_number(home, old) == Employee.by_number(home, BORN_1970)
    assert PastNumber.get().number == old


def test_an_employee_who_is_in_the_list_already_gets_the_contract(files, nurses):
    home = facility(riziv=RIZIV)
    there = employee(home, BORN_1970)
    assert files(contract_line())["C1"].result == TAKEN
    assert Contract.get().employee_id == there.id
    assert Employee.select().count() == 1


def test_overlapping_equal_and_touching_contracts(files):
    found = files(contract_line("C1", until="31/12/2022"), contract_line("C2", start="01/12/2022"),
                  contract_line("C3", until="31/12/2022"), contract_line("C4", start="01/01/2023"))
    assert found == {"C1": (TAKEN, []), "C2": (REFUSED, ["overlap"]), "C3": (REFUSED, ["double"]), "C4": (TAKEN, [])}


def test_together_above_full_time_is_refused(files):
    found = files(contract_line("C1", hours="30,00"), contract_line("C2", hours="10,00", qualification="ZKD"))
    assert found == {"C1": (TAKEN, []), "C2": (REFUSED, ["above_full_time"])}


def test_a_contract_number_on_two_rows_is_taken_over_once(files):
    found = files(contract_line("C1"), contract_line("C1", OTHER))
    assert found["C1"] == (REFUSED, ["number_twice"])
    assert Contract.select().count() == 1
    assert RaasRow.select().where(RaasRow.file == "contracts").count() == 2


def test_the_hours_changed_within_a_trimester_and_the_choice_goes_on(files):
    files(contract_line("C1", until="15/08/2023", hours="19,00", at45="vrijstelling"),
          contract_line("C2", start="16/08/2023", at45="vrijstelling"))
    assert days_of("choice", "since", "until") == [("2015-06-01", None)]


def test_choices_that_cannot_be_are_left_out_with_a_remark(files, nurses):
    nurses.has(undated := number_of(datetime.date(1972, 3, 4)), birth=None, VPK=None)
    found = files(contract_line("C1", OTHER, at55="vrijstelling"),
                  contract_line("C2", qualification="ZKD", at45="premie", at50="misschien"),
                  contract_line("C3", undated, at45="premie"))
    assert found == {"C1": (REMARKED, ["choice_early"]), "C2": (REMARKED, ["choice", "choice_premium"]),
                     "C3": (REMARKED, ["birth_unknown", "choice_unborn"])}
    assert rows_of("choice") == []


def test_a_replacement_is_linked_wherever_the_replaced_contract_is_in_the_file(files):
    found = files(contract_line("C1", OTHER, role="vervanger", hours="6,00", replaces="C2"),
                  contract_line("C2", at45="vrijstelling"))
    assert found == {"C1": (TAKEN, []), "C2": (TAKEN, [])}
    replaced = Contract.get(Contract.role == "entitled").employee_id
    assert days_of("replacement", "replaced_id", "hours", "since") == [(str(replaced), "600", "2015-06-01")]


def test_a_replacement_without_a_contract_is_for_the_pool(files):
    assert files(contract_line(role="vervanger")) == {"C1": (TAKEN, [])}
    assert days_of("replacement", "replaced_id", "since") == [(None, "2015-01-01")]


@pytest.mark.parametrize(("replaced", "replaces", "reason"), [
    ({"role": "vervanger"}, "C1", "replaces_replacement"), ({"at45": "premie"}, "C1", "replaces_premium"),
    ({"riziv": OTHER_RIZIV}, "C1", "replaces_elsewhere"), ({}, "C2", "replaces_itself"),
    ({"until": "31/12/2021", "at45": "vrijstelling"}, "C1", "replaces_outside"),
])
def test_a_replacement_that_cannot_be_is_refused(files, replaced, replaces, reason):
    found = files(contract_line("C1", **replaced),
                  contract_line("C2", OTHER, role="vervanger", replaces=replaces, start="01/01/2022"),
                  facilities=(facility_line(), facility_line(OTHER_RIZIV, "990002")))
    assert found["C2"] == (REFUSED, [reason])


@pytest.mark.parametrize(("cells", "reason"), [
    ({"hours": "0"}, "replaced_absent"), ({}, "replaced_unchosen")])
def test_a_replacement_of_somebody_without_a_right_is_for_the_pool_with_a_remark(files, cells, reason):
    found = files(contract_line("C1", **cells), contract_line("C2", OTHER, role="vervanger", replaces="C1"))
    assert found["C2"] == (REMARKED, [reason])
    assert days_of("replacement", "replaced_id") == [(None,)]


def test_a_contract_over_the_day_of_a_merger_goes_on_at_the_successor(files):
    successor = facility("990002")
    merged = facility("990001", riziv=RIZIV, successor_id=successor.id, merged_on=datetime.date(2022, 7, 1))
    found = files(
        contract_line("C1", at45="vrijstelling"), contract_line("C2", OTHER, until="30/06/2022"), facilities=())
    assert found == {"C1": (TAKEN, ["at_successor"]), "C2": (TAKEN, [])}
    assert [(one.facility_id, str(one.start), one.until and str(one.until), one.raas_number, one.taken_from)
            for one in Contract.select().order_by(Contract.id)] == [
        (merged.id, "2015-01-01", "2022-06-30", f"{RIZIV}/C1", None),
        (successor.id, "2022-07-01", None, None, 1),
        (merged.id, "2015-01-01", "2022-06-30", f"{RIZIV}/C2", None)]
    assert days_of("choice", "facility_id", "since", "until") == [
        (str(merged.id), "2015-06-01", "2022-06-30"), (str(successor.id), "2022-07-01", None)]


def test_a_replacement_over_the_day_of_a_merger_replaces_the_same_person_on_both_sides(files):
    successor = facility("990002")
    facility("990001", riziv=RIZIV, successor_id=successor.id, merged_on=datetime.date(2022, 7, 1))
    files(contract_line("C1", at45="vrijstelling"),
          contract_line("C2", OTHER, role="vervanger", hours="6,00", replaces="C1"), facilities=())
    assert days_of("replacement", "since", "until") == [("2015-06-01", "2022-06-30"), ("2022-07-01", None)]
    assert None not in {row["replaced_id"] for row in rows_of("replacement")}


def test_a_contract_of_a_short_stay_is_placed_at_its_residential_home(files):
    home = facility("990001")
    facility("990009", "kortverblijf", parent_id=home.id, riziv=RIZIV)
    assert files(contract_line(), facilities=()) == {"C1": (TAKEN, ["at_parent"])}
    assert Contract.get().facility_id == home.id


def test_a_short_stay_without_its_home_is_for_the_desk(files):
    found = files(contract_line(), facilities=(facility_line(soort="centrum voor kortverblijf"),))
    assert found == {"C1": (UNDECIDED, ["no_parent"])}
    assert not Facility.select().exists()


def test_two_facilities_of_one_riziv_number_are_for_the_desk(files):
    found = files(contract_line("C1"), contract_line("C2", OTHER, until="30/06/2021"),
                  facilities=(facility_line(), facility_line(hco="990002")))
    assert found == {"C1": (UNDECIDED, ["two_facilities"]), "C2": (REFUSED, ["ended", "two_facilities"])}


def test_nothing_of_an_ibw_is_taken_over(files):
    found = files(contract_line(), facilities=(facility_line(soort="initiatief beschut wonen"),))
    assert found == {"C1": (REFUSED, ["not_for_kind"])}
    assert rows_of("bank_account") == []


def test_an_employee_of_two_facilities_is_two_employees(files):
    found = files(contract_line("C1"), contract_line("C2", riziv=OTHER_RIZIV),
                  facilities=(facility_line(), facility_line(OTHER_RIZIV, "990002")))
    assert {one.result for one in found.values()} == {TAKEN}
    assert Employee.select().count() == 2


def test_days_of_a_submitted_trimester_do_not_change(files):
    submitted(facility(riziv=RIZIV))
    assert files(contract_line("C1"), contract_line("C2", OTHER, until="30/06/2026")) == {
        "C1": (REFUSED, ["submitted"]), "C2": (TAKEN, [])}
