"""`flask ecalcura raas import`: its output, its file of results, and its refusals."""
import json

import pytest

from models.ecalcura.contracts.contracts import Contract
from tests.models.ecalcura.raas_files import BORN_1970, OTHER, OTHER_RIZIV, contract_line, write
from tests.tables import contents

PEOPLE = [{"number": number, "first": "Tweede", "last": "Test", "birth": "1970-06-15", "codes": ["VPK"]}
          for number in (BORN_1970, OTHER)]


@pytest.fixture
def people(tmp_path):
    """A file of people, from which the simulated registers answer."""
    path = tmp_path / "people.json"
    path.write_text(json.dumps(PEOPLE), encoding="utf-8")
    return path


@pytest.fixture
def taken(run, tmp_path, people):
    """Runs the command on files with these contracts; returns its exit code and lines."""
    def taken(*contracts, options=(), registers=True):
        source = ("--registers", people) if registers else ()
        code, output = run("ecalcura", "raas", "import", write(tmp_path, *contracts), *source, *options)
        return code, output.splitlines()

    return taken


def test_each_file_is_summed_up_and_nobody_is_named(taken):
    code, lines = taken(contract_line(), contract_line("C2", OTHER, hours="38.00", family="Geheim"))
    assert (code, lines) == (0, [
        "raas_voorzieningen.csv: 1 rows: 1 taken over", "raas_certificaten.csv: 0 rows",
        "raas_contracten.csv: 2 rows: 1 taken over, 1 refused", "raas_prestaties.csv: 0 rows"])


def test_the_file_of_results_has_each_contract_with_its_reasons_and_no_name_or_number(taken, tmp_path):
    target = tmp_path / "result.json"
    taken(contract_line(), contract_line("C2", OTHER, OTHER_RIZIV, hours="38.00"), options=("--result", target))
    text = target.read_text(encoding="utf-8")
    found = json.loads(text)
    assert (found["rows"], found["results"]) == (2, {"overgenomen": 1, "niet overgenomen": 1})
    assert [(one["contract"], one["result"]) for one in found["contracts"]] == [
        ("C1", "overgenomen"), ("C2", "niet overgenomen")]
    assert [(one["code"], one["check"], one["column"]) for one in found["contracts"][1]["reasons"]] == [
        ("hours_point", "V10", "Uren per week"), ("riziv_unknown", "", "RIZIV-nummer")]
    assert "Test" not in text
    assert OTHER not in text


def test_a_dry_run_writes_the_results_and_keeps_nothing(taken, tmp_path):
    before, target = contents(), tmp_path / "result.json"
    _, lines = taken(contract_line(), options=("--dry-run", "--result", target))
    assert lines[-1] == "Dry run: nothing is kept, except that the registers were asked."
    assert json.loads(target.read_text(encoding="utf-8"))["results"] == {"overgenomen": 1}
    assert contents() == before


def test_without_registers_the_run_pauses_and_goes_on_later(taken):
    rows = [contract_line(f"C{place}", BORN_1970, start=f"01/01/20{15 + place}", until=f"31/12/20{15 + place}")
            for place in range(6, 12)]
    code, lines = taken(*rows, registers=False)
    assert (code, lines[-1]) == (1, "The registers do not answer: the run has paused. Run it again later.")
    assert lines[2] == "raas_contracten.csv: 6 rows: 5 waiting for a register, 1 not reached"
    assert not Contract.select().exists()
    assert taken(*rows)[0] == 0
    assert Contract.select().count() == 6


def test_a_file_that_is_absent_is_named_and_changes_nothing(run, tmp_path, app):
    before = contents()
    code, output = run("ecalcura", "raas", "import", tmp_path)
    assert (code, "raas_voorzieningen.csv" in output, "Nothing was changed." in output) == (1, True, True)
    assert contents() == before


def test_made_up_people_are_refused_in_production(run, app, tmp_path, people):
    app.config["PRODUCTION"] = True
    code, output = run("ecalcura", "raas", "import", write(tmp_path, contract_line()), "--registers", people)
    assert (code, "made-up people" in output) == (1, True)
    assert not Contract.select().exists()
