"""`flask ecalcura desk`: the people of the desk."""
import json

from models.ecalcura.desk import accounts
from tests.models.ecalcura.cast import at_desk, newcomer
from tests.models.ecalcura.cast import facility as facility_of
from tests.phones import factor_of


def test_a_role_is_given_listed_and_ended(run):
    given = ("ecalcura", "desk", "create", "--role", "dossier", "--email", "els@voorbeeld.be")
    assert run(*given) == (0, "The role is given. A login that was not accepted yet gets a mail.\n")
    code, output = run("ecalcura", "desk", "list", "--json")
    assert (code, json.loads(output)) == (0, [
        {"email": "els@voorbeeld.be", "state": "invited", "roles": "ecalcura:dossier"}])
    ending = ("ecalcura", "desk", "end", "--role", "dossier", "--email", "els@voorbeeld.be")
    assert run(*ending) == (0, "The role has ended.\n")
    assert run(*ending) == (1, "Error: Nobody with that address has this role.\n")
    assert accounts.members() == []


def test_a_lost_second_factor_is_removed_for_somebody_at_the_desk_alone(run):
    els, jan = at_desk(), newcomer(facility_of())
    for account in (els, jan):
        factor_of(account)
    assert run("ecalcura", "desk", "reset-factor", "--email", els.email)[0] == 0
    code, output = run("ecalcura", "desk", "reset-factor", "--email", jan.email)
    assert (code, output) == (1, "Error: Nobody with that address has a role at the desk.\n")
