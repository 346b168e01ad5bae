"""A register that stops while somebody is entered, as a process that ends and starts again: A8."""
import datetime
import json

import pytest

from models.ecalcura.checks import checks
from models.ecalcura.contracts import entry, visa
from models.ecalcura.contracts.entry import NewContract
from models.ecalcura.people import registers, retries
from models.ecalcura.people.employees import Employee
from models.ecalcura.people.register_client import HttpRegisters
from models.ecalcura.roles import PRIVACY
from models.ecalcura.submissions import submitting
from models.errors import Refused
from tests.models.ecalcura.cast import facility, number_of, opened, somebody
from tests.models.ecalcura.simulation import running

pytestmark = pytest.mark.usefixtures("register", "mailing")
NOON = datetime.datetime.fromisoformat("2026-10-05 10:00:00")
NUMBER = number_of()


@pytest.fixture
def simulation(tmp_path):
    """Registers that know one nurse, and that the application asks."""
    seed = tmp_path / "people.json"
    seed.write_text(json.dumps([
        {"number": NUMBER, "first": "Zoë", "last": "Maes", "birth": "1970-03-14", "codes": ["VPK"]}]))
    with running("--seed", seed) as simulation:
        registers.use(HttpRegisters(simulation.url))
        yield simulation
    registers.use(None)


def codes(home, trimester):
    return {check.code for check in checks.of_facility(home, trimester) if check.blocks_submission}


def test_an_employee_entered_while_the_registers_are_down_is_submitted_after_they_return(register, clock, simulation):
    clock(NOON)
    home, trimester = facility(), opened()
    lies = somebody(home, PRIVACY, "Lies Dok")
    simulation.stop()
    nurse = NewContract(NUMBER, trimester.first, None, "entitled", "VPK", "arbeidsovereenkomst", 3800, 3800,
                        {45: "exemption", 50: "exemption", 55: "exemption"})
    entered = entry.enter(home, nurse, lies, "form-1")
    assert (entered.employee.register_state, entered.employee.person.name) == ("silent", "")
    assert codes(home, trimester) == {"V03", "V12"}
    with pytest.raises(Refused, match="checks_left"):
        submitting.submit(home, trimester, lies, declared=True)
    # Still down: nothing changes, and nobody is held up.
    clock(NOON + datetime.timedelta(minutes=2))
    assert retries.retry() == 0
    assert codes(home, trimester) == {"V03", "V12"}

    simulation.start()
    clock(NOON + datetime.timedelta(minutes=30))
    assert retries.retry() == 1
    visa.retry()
    assert Employee.one(home, entered.employee.id).person.name == "Zoë Maes"
    assert codes(home, trimester) == set()
    assert submitting.submit(home, trimester, lies, declared=True).made
