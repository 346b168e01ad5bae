"""`flask organisation load` and `flask organisation invite --all-new`."""
import pytest

from models.audit import Event
from models.mail.outbox import Mail
from models.organisations import Organisation
from tests.commands.audit import operator_did
from tests.tables import contents


@pytest.fixture
def kring(cast):
    return Organisation.create_new("De Kring", "limburg")


@pytest.fixture
def listed(tmp_path):
    """Write a list with these lines; return its path."""
    def listed(*lines):
        path = tmp_path / "lijst.csv"
        path.write_text("\n".join(["Organisatie;Sector;E-mailadres", *lines]), "utf-8")
        return path

    return listed


def test_a_list_is_loaded_and_each_change_is_said(run, listed, kring):
    path = listed("De Kring;welfare;kring@voorbeeld.be", "De Kringen;;", "De Ploeg;;ander@voorbeeld.be")
    code, output = run("organisation", "load", path)
    assert code == 0
    assert output.splitlines() == [
        "changed\tDe Kring\tLimburg\temail, sector",
        "kept\tline 4\tThe organisation has a login with another address: `organisation move` changes that.",
        "refused\tline 3\tThere is no organisation with that name.",
        "rows: 3, organisations changed: 1, values kept: 1, rows refused: 1"]
    assert Organisation.get_by_id(kring.id).email == "kring@voorbeeld.be"
    assert operator_did()[0] == (Event.ORGANISATION_CHANGED, kring.id, "limburg", None)


def test_a_dry_run_of_a_list_changes_nothing(run, listed, kring):
    path = listed("De Kring;welfare;kring@voorbeeld.be")
    before = contents()
    code, output = run("organisation", "load", path, "--dry-run")
    assert (code, contents()) == (0, before)
    assert output.endswith("This was a dry run: nothing was changed.\n")


def test_a_value_that_differs_is_replaced_on_request(run, listed, kring):
    run("organisation", "load", listed("De Kring;welfare;"))
    assert "--replace replaces it" in run("organisation", "load", listed("De Kring;other;"))[1]
    assert run("organisation", "load", listed("De Kring;other;"), "--replace")[0] == 0
    assert Organisation.get_by_id(kring.id).sector == "other"


@pytest.mark.parametrize("content", [b"", b"Geachte,\n", b"Organisatie;Sector;Telefoon\nDe Kring;welfare;1\n"])
def test_a_file_that_is_not_a_list_is_refused(run, tmp_path, kring, content):
    path = tmp_path / "lijst.csv"
    path.write_bytes(content)
    code, output = run("organisation", "load", path)
    assert code == 1
    assert output.startswith("Error: ")


def test_all_new_organisations_of_a_province_are_invited(run, kring):
    for number in range(3):
        Organisation.create_new(f"Kring {number}", "limburg", email=f"kring{number}@voorbeeld.be")
    Organisation.create_new("Elders", "antwerpen", email="elders@voorbeeld.be")
    code, output = run("organisation", "invite", "--all-new", "--province", "limburg", "--yes")
    assert code == 0
    assert output.splitlines() == [
        "skipped\tDe Kring\tNo mail address is known.",
        "to invite: 3, skipped: 1",
        *(f"invited\tKring {number}\tkring{number}@voorbeeld.be" for number in range(3)),
        "invited: 3. The mails are on their way."]
    assert Mail.select().count() == 3
    assert [did[0] for did in operator_did()].count(Event.INVITED) == 3
    assert run("organisation", "invite", "--all-new", "--province", "limburg", "--yes")[1].endswith(
        "to invite: 0, skipped: 1\n")


@pytest.mark.parametrize(("answer", "invited"), [("y\n", 1), ("n\n", 0), ("", 0)])
def test_inviting_all_asks_first(app, cast, answer, invited):
    Organisation.create_new("De Kring", "limburg", email="kring@voorbeeld.be")
    result = app.test_cli_runner().invoke(
        args=["organisation", "invite", "--all-new", "--province", "limburg"], input=answer)
    assert "to invite: 1, skipped: 0\n" in result.stdout
    assert "Invite them? [y/N]" in result.output
    assert (Mail.select().count(), result.exit_code) == (invited, 1 - invited)


@pytest.mark.parametrize("words", [
    ("--province", "limburg"), ("De Kring", "--all-new", "--province", "limburg"),
    ("--all-new", "--province", "limburg", "--email", "x@voorbeeld.be"), ("--all-new",)])
def test_inviting_takes_a_name_or_all_of_a_province(run, kring, words):
    before = contents()
    code, output = run("organisation", "invite", *words)
    assert (code, contents()) == (2, before)
    assert "Error: " in output
