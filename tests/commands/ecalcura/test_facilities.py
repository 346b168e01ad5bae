"""`flask ecalcura`: facilities from the desk's file, and their access managers."""
import json

import pytest

from models.accounts.accounts import Account
from models.audit import AuditEntry
from models.ecalcura.facilities.facilities import Facility
from tests.models.ecalcura.cast import facility, line, newcomer, write
from tests.phones import factor_of
from tests.tables import contents


@pytest.fixture
def load(run, tmp_path):
    """Runs `flask ecalcura facilities load` on a file with these rows; returns its exit code and lines."""
    def load(*rows, options=()):
        code, output = run("ecalcura", "facilities", "load", str(write(tmp_path / "file.csv", *rows)), *options)
        return code, output.splitlines()

    return load


def test_a_file_is_loaded_and_loaded_again_it_changes_nothing(load):
    assert load(line("990001"), line("990002")) == (0, ["2 added, 0 changed, 0 the same, 0 refused"])
    before = contents()
    assert load(line("990001"), line("990002")) == (0, ["0 added, 0 changed, 2 the same, 0 refused"])
    assert contents() == before
    entry = AuditEntry.of_tenant(Facility.by_hco("990002").id).get()
    assert (entry.actor, entry.event, entry.subject) == ("operator", "facility-added", "990002")


def test_refused_rows_are_printed_with_line_column_and_reason_and_without_their_cells(load):
    code, lines = load(line("990001", kbo="1234567890"), line("990002", "ziekenhuis"), line("990003"))
    assert code == 1
    assert lines == [
        "line 2: KBO-nummer: This is not a valid KBO number: check its 10 digits.",
        "line 3: Soort: There is no such kind, or not with this type: see kinds.toml.",
        "1 added, 0 changed, 0 the same, 2 refused"]


def test_a_dry_run_keeps_nothing(load):
    code, [told] = load(line("990001"), options=["--dry-run"])
    assert (code, told) == (0, "1 added, 0 changed, 0 the same, 0 refused (dry run: nothing is kept)")
    assert Facility.select().count() == 0


def test_a_file_that_is_not_there_is_refused(run, tmp_path):
    assert run("ecalcura", "facilities", "load", str(tmp_path / "weg.csv")) == (
        1, "Error: There is no such file, or it is not a plain file.\n")


def test_the_first_access_manager_is_made_and_no_name_is_printed(run):
    facility()
    create = ("ecalcura", "access-manager", "create", "--hco", "990001", "--name", "Ann Maes", "--email",
              "ann@voorbeeld.be")
    assert run(*create) == (0, "The role is given. The mail is on its way.\n")
    assert [grant.code for grant in Account.by_email("ann@voorbeeld.be").grants] == [
        "ecalcura:colleague", "ecalcura:access"]
    code, output = run("ecalcura", "access-manager", "list", "--json")
    assert (code, json.loads(output)) == (0, [{"hco": "990001", "access_managers": 1}])
    assert run(*create)[0] == 0


def test_an_unknown_facility_and_one_without_a_dossier_are_refused(run):
    home = facility()
    facility("990002", "kortverblijf", "Kortverblijf", parent_id=home.id)
    create = ("ecalcura", "access-manager", "create", "--name", "Ann", "--email", "ann@voorbeeld.be", "--hco")
    assert run(*create, "990009") == (1, "Error: There is no facility with that HCO number.\n")
    assert run(*create, "990002") == (1, "Error: This facility has no dossier of its own, and so no roles.\n")
    assert Account.by_email("ann@voorbeeld.be") is None


def test_the_last_access_manager_is_not_ended_by_the_operator_either(run):
    facility()
    run("ecalcura", "access-manager", "create", "--hco", "990001", "--name", "Ann", "--email", "ann@voorbeeld.be")
    grant = Account.by_email("ann@voorbeeld.be").grants[-1]
    code, output = run("grant", "end", str(grant.id), "--email", "ann@voorbeeld.be")
    assert code == 1
    assert output.startswith("Error: The wing of this role refuses it: facility_last_access")


def test_a_lost_second_factor_is_removed(run):
    account = newcomer(facility())
    reset = ("ecalcura", "access-manager", "reset-factor", "--hco", "990001", "--email")
    assert run(*reset, account.email)[0] == 1
    factor_of(account)
    assert run(*reset, account.email) == (0, "The second factor is removed. The colleague is told by mail.\n")
    assert run(*reset, "ploeg@voorbeeld.be") == (1, "Error: This facility has no colleague with that address.\n")
    entry = AuditEntry.of_tenant(account.tenant_id).get()
    assert (entry.event, entry.actor) == ("factor-removed", "operator")
