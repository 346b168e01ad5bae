"""A wing is added to a copy of the project, and taken away again: docs/decisions/0084-a-wing-is-one-record.md.

The files of the wing are in dummy_wing, at the paths that they have in the project. Its own tests run in the copy.
"""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app import create_app
from models.accounts import roles
from models.audit import AuditEntry
from models.log import Log
from tests.tables import rows_of
from views.hall import log_words

ROOT = Path(__file__).parents[1]
DUMMY = Path(__file__).parent / "dummy_wing"
LINE, WITH_BIKES = 'WINGS = ("arbeidszorg", "ecalcura", "site")', 'WINGS = ("arbeidszorg", "ecalcura", "site", "bikes")'
# Made while Loket and its tests run.
MADE = re.compile(r"(^|/)__pycache__/|\.(br|gz)$")


def tree(folder):
    """The content of each file in a folder, by its path."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not MADE.search(name)}


def lines_that_differ(before, after):
    """The pairs of lines that differ between two texts of as many lines."""
    return [pair for pair in zip(before.splitlines(), after.splitlines(), strict=True) if pair[0] != pair[1]]


@pytest.fixture
def project(tmp_path):
    """A copy of the project, its tests included."""
    left_out = shutil.ignore_patterns(".*", "instance", DUMMY.name)
    return shutil.copytree(ROOT, tmp_path / "project", ignore=left_out)


@pytest.fixture
def run(project, empty_url, tmp_path):
    """Run a module in the copy, with these wings on; returns its exit code and output."""
    def run(wings, *words, url=empty_url):
        settings = {"WINGS": wings, "DATABASE_URL": url, "DATA_DIR": tmp_path / "data", "KEY_DIR": tmp_path / "keys"}
        # Other databases than those of the tests outside the copy.
        worker = {"PYTEST_XDIST_WORKER": f"copy_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=project, check=False, capture_output=True, text=True,
            env=kept | worker | {name: str(value) for name, value in settings.items() if value is not None})
        return done.returncode, done.stdout + done.stderr

    return run


def flask(run, wings, *words):
    """Run a command of Loket in the copy that must succeed; returns its output."""
    code, output = run(wings, "flask", "--app", "app", *words)
    assert code == 0, output
    return output


def add_wing(project):
    """Add the files of the wing, and its name to app.py."""
    shutil.copytree(DUMMY, project, dirs_exist_ok=True)
    app = project / "app.py"
    app.write_text(app.read_text(encoding="utf-8").replace(LINE, WITH_BIKES), encoding="utf-8")


def take_away(project):
    """Delete the files of the wing, and its name from app.py."""
    for name in tree(DUMMY):
        (project / name).unlink()
    app = project / "app.py"
    app.write_text(app.read_text(encoding="utf-8").replace(WITH_BIKES, LINE), encoding="utf-8")


def test_a_wing_is_its_own_files_and_one_line(project):
    before = tree(project)
    assert not before.keys() & tree(DUMMY).keys()
    add_wing(project)
    after = tree(project)
    assert {name: after[name] for name in after.keys() - before.keys()} == tree(DUMMY)
    assert [name for name in before if before[name] != after[name]] == ["app.py"]
    assert lines_that_differ(before["app.py"].decode(), after["app.py"].decode()) == [(LINE, WITH_BIKES)]
    take_away(project)
    assert tree(project) == before


def test_an_added_wing_passes_its_own_tests_and_those_of_every_wing(project, run):
    add_wing(project)
    url = os.environ.get("DATABASE_URL")
    for tests in (
            ["tests/views/bikes", "tests/commands/bikes", "tests/test_wings.py", "tests/house/test_wing_words.py"],
            ["tests/walks/test_routes.py", "tests/walks/test_grants.py", "-k", "bikes or every"],
            ["tests/house/test_layout.py", "-k", "bikes or wings or table or circle"]):
        code, output = run("arbeidszorg,bikes", "pytest", "-q", "-p", "no:cacheprovider", *tests, url=url)
        assert code == 0, output


def test_a_wing_that_is_off_or_taken_away_leaves_only_its_rows(project, run, empty_url, tmp_path):
    add_wing(project)
    assert "bikes" not in flask(run, "arbeidszorg", "init")
    assert flask(run, "arbeidszorg,bikes", "init") == "migration 0001_bikes applied\n"
    assert "/bikes" in flask(run, "arbeidszorg,bikes", "routes")
    assert flask(run, "arbeidszorg,bikes", "bike", "7") == "shed 1: bike 7\n"

    assert flask(run, "arbeidszorg", "init") == ""
    assert "bikes" not in flask(run, "arbeidszorg", "routes")
    assert "No such command 'bike'" in run("arbeidszorg", "flask", "--app", "app", "bike", "8")[1]

    take_away(project)
    assert flask(run, "arbeidszorg", "init") == ""
    app = create_app({"TESTING": True, "DATABASE_URL": empty_url, "DATA_DIR": tmp_path / "data",
                      "KEY_DIR": tmp_path / "keys", "WINGS": ["arbeidszorg"]})
    assert [(row["tenant_id"], row["number"]) for row in rows_of("bike")] == [(1, 7)]
    with app.app_context():
        lines = [log_words.line(line) for line in Log(AuditEntry.of_tenant(1)).lines]
    assert lines == ["Iets in een deel van Loket dat nu niet in gebruik is"]
    assert roles.of("bikes:keeper") is None


def test_contributing_lists_every_folder_of_a_wing_and_the_files_that_each_wing_has():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").replace("<wing>", "bikes")
    [listed] = re.findall(r"\*\*A wing\*\*(.*?)\n\n", text, re.DOTALL)
    places = [place for place in re.findall(r"`([\w./]+)`", listed) if "bikes" in place]
    files = tree(DUMMY)
    assert [name for name in files if not name.startswith(tuple(places))] == []
    assert [place for place in places if not any(name.startswith(place) for name in files)] == []
    named = re.findall(r"[\s(](\w+\.py)", listed)
    assert len(named) == 6
    assert [name for name in named if not any(file.endswith(f"/bikes/{name}") for file in files)] == []
