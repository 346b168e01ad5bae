"""`flask ecalcura employee`: the date that the desk sets for an employee, and the look-ups."""
import datetime

import pytest

from models.audit import AuditEntry
from models.ecalcura.people.employees import Employee, ask
from models.ecalcura.people.registers import use
from models.ecalcura.roles import PRIVACY
from models.errors import Refused
from tests.models.ecalcura.cast import FakeRegisters, employee, facility, number_of, somebody


@pytest.fixture
def home(app):
    return facility()


def test_the_desk_sets_and_removes_a_date_for_an_incomplete_birth_date(run, home):
    """V06."""
    undated = employee(home, born=None)
    setting = ("ecalcura", "employee", "reference-date", "--hco", "990001", "--employee", str(undated.id))
    assert run(*setting, "--date", "01/06/1970") == (0, "The date is set.\n")
    assert Employee.one(home, undated.id).person.born == datetime.date(1970, 6, 1)
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.actor, entry.subject) == ("reference-date-set", "operator", str(undated.id))
    assert run(*setting) == (0, "The date is removed.\n")
    assert Employee.one(home, undated.id).person.born is None


def test_a_date_is_refused_for_somebody_with_a_birth_date_or_elsewhere(run, home):
    dated, elsewhere = employee(home), employee(facility("990002"))
    setting = ("ecalcura", "employee", "reference-date", "--hco", "990001", "--date", "01/06/1970", "--employee")
    assert run(*setting, str(dated.id)) == (
        1, "Error: A date is set only for an incomplete birth date, and never in the future.\n")
    assert run(*setting, str(elsewhere.id)) == (1, "Error: The facility has no such employee.\n")


def test_the_look_ups_are_listed_without_a_number_or_a_name(run, home, json_of):
    officer, fake = somebody(home, PRIVACY, "Lies Dok"), FakeRegisters()
    use(fake)
    made = Employee.enter(home, fake.has(number_of(), "Zoë", "Zilverstaart"), officer)
    with pytest.raises(Refused):
        ask(home, number_of(sequence="999"), officer)
    rows = json_of("ecalcura", "employee", "look-ups", "--hco", "990001")
    assert [(row["login"], row["purpose"], row["answer"], row["employee"]) for row in rows] == [
        (officer.id, "contract", "not_found", None), (officer.id, "contract", "found", made.id)]
    code, output = run("ecalcura", "employee", "look-ups", "--hco", "990001")
    assert code == 0
    for trace in (number_of(), "Zilver", "Zoë"):
        assert trace not in output
