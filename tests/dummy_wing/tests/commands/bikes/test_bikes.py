"""`flask bike` adds bikes."""
import pytest

from models.audit import AuditEntry
from models.bikes.events import BikesEvent


@pytest.fixture
def bike(invoke):
    """Runs `flask bike` on a database that `flask init` made ready; returns its exit code and lines."""
    assert invoke("init").exit_code == 0

    def bike(*words):
        result = invoke("bike", *words)
        return result.exit_code, result.output.splitlines()

    return bike


def test_bikes_are_added_and_recorded(bike):
    code, [line] = bike(7)
    assert code == 0
    shed = line.removeprefix("shed ").removesuffix(": bike 7")
    assert bike(8, "--shed", shed) == (0, [f"shed {shed}: bike 8"])
    entries = AuditEntry.select().where(AuditEntry.event == BikesEvent.BIKE_ADDED).order_by(AuditEntry.id)
    assert [(entry.actor, str(entry.tenant_id), entry.subject) for entry in entries] == [
        ("operator", shed, "7"), ("operator", shed, "8")]


def test_a_bike_of_the_same_number_and_an_organisation_as_its_shed_are_refused(bike, cast):
    _, [line] = bike(7)
    shed = line.removeprefix("shed ").removesuffix(": bike 7")
    assert bike(7, "--shed", shed) == (1, ["Error: That shed already has a bike with that number."])
    assert bike(7, "--shed", cast.ploeg.organisation.id) == (1, ["Error: There is no shed with that id."])


def test_a_keeper_gets_a_role_in_a_shed_and_in_no_other_tenant(bike, run, cast):
    def give(tenant):
        return run("grant", "give", "--email", "ploeg@voorbeeld.be", "--role", "bikes:keeper", "--tenant", tenant)

    _, [line] = bike(7)
    shed = line.removeprefix("shed ").removesuffix(": bike 7")
    assert give(cast.outsider.organisation.id) == (1, "Error: This role has another scope.\n")
    assert give(99) == (1, "Error: There is no tenant with that id.\n")
    assert give(shed)[1].endswith(f": bikes:keeper tenant {shed}\n")
    assert cast.ploeg.account.tenant_id == cast.ploeg.organisation.id
