"""The quantities against a second count, each day apart, to the last fraction: see independent.py."""
import json
from collections import Counter

import pytest
from hypothesis import given, settings

from models.database import database
from models.ecalcura.calculations import counted, quantities
from models.ecalcura.calculations.counted import CountedSubmission
from models.ecalcura.checks import dossiers
from models.ecalcura.contracts import lists, steps
from models.ecalcura.demonstration import demonstration
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import registers
from models.ecalcura.people.employees import Employee, open_people
from models.ecalcura.submissions import contents, snapshot
from models.ecalcura.submissions.snapshot import canonical_bytes
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.transfer.raas import importing
from models.ecalcura.trimesters.calendar import Trimester
from tests.models.ecalcura.calculations import independent
from tests.models.ecalcura.calculations.drawn import facilities
from tests.models.ecalcura.calculations.independent import Count, Exported
from tests.old_register import real

TABLES = {
    "contracts": "SELECT id, employee_id AS employee, role, qualification, start, until, hours, full_time, "
                 "acquired_step FROM contract WHERE facility_id = {0}",
    "terms": "SELECT t.contract_id AS contract, t.since, t.hours, t.full_time FROM terms t "
             "JOIN contract c ON c.id = t.contract_id WHERE c.facility_id = {0}",
    "choices": "SELECT id, employee_id AS employee, step, kind, since, until FROM choice WHERE facility_id = {0}",
    "replacements": "SELECT id, contract_id AS contract, replaced_id AS replaced, hours, since, until "
                    "FROM replacement WHERE facility_id = {0}",
}


def of_database(facility):
    """The rows of a facility as its tables have them."""
    found = {}
    for name, sql in TABLES.items():
        cursor = database.execute_sql(sql.format(facility.id))
        columns = [column[0] for column in cursor.description]
        found[name] = [{column: _text(value) for column, value in zip(columns, row, strict=True)}
                       for row in cursor.fetchall()]
    births = {employee.id: person.born and person.born.isoformat()
              for employee, person in open_people(facility, list(Employee.of(facility)))}
    return Exported(**found, births=births, step_starts=steps.in_use())


def _text(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def agree(rows, found):
    """Compare both counts, by row and by sum; returns the number of values."""
    choices, replaced = Count(rows).whole(found["trimester"]["first"], found["trimester"]["last"])
    assert independent.counted(found) == (choices, replaced)
    assert independent.counted_sums(found) == independent.sums(rows, choices, replaced)
    return len(choices) + len(replaced)


@settings(max_examples=200, deadline=None)
@given(facilities())
def test_random_facilities_agree(content):
    agree(independent.exported(content), quantities.count(content))


@pytest.mark.usefixtures("register", "mailing")
def test_the_demonstration_agrees_with_its_rows_and_with_its_snapshots():
    demonstration.fill()
    counted.count_missing(most=100)
    assert CountedSubmission.select().count() == Submission.select().count() >= 19
    compared = Counter()
    for submission in Submission.select():
        found = CountedSubmission.one(submission.id).quantities
        compared["rows"] += agree(of_database(Facility.get_by_id(submission.facility_id)), found)
        compared["snapshots"] += agree(independent.exported(snapshot.content_of(submission)), found)
    assert compared["rows"] == compared["snapshots"] > 500


@pytest.mark.usefixtures("register", "mailing")
def test_contracts_taken_over_from_raas_agree_with_their_rows():
    """Each facility in four trimesters, from a snapshot of its rows as they are after the import."""
    lists.store()
    folder = real("raas")
    registers.use(registers.FromFile(folder / "registers.json"))
    try:
        importing.import_raas(folder)
    finally:
        registers.use(None)
    compared = Counter()
    for number in range(1, 5):
        trimester = Trimester.get_or_make(2023, number)
        for facility in Facility.with_dossier():
            loaded = dossiers.load(facility, trimester)
            content = json.loads(canonical_bytes(
                contents.of(facility, trimester, contents.touching(loaded, trimester), [])))
            compared[number] += agree(of_database(facility), quantities.count(content))
    assert min(compared.values()) > 100
