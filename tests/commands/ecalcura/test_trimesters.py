"""`flask ecalcura trimester`: the days of trimesters, and reopening."""
import datetime

import pytest

from models.database import today
from models.ecalcura.roles import PRIVACY
from models.ecalcura.trimesters import reopening
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import STATES, TrimesterFile
from models.ecalcura.trimesters.windows import TrimesterWindow, kinds_with_files
from tests.models.ecalcura.cast import facility, somebody, submitted

PLACE = ("--period", "2026", "--number", "1")


@pytest.fixture
def home(app):
    return facility()


def test_a_trimester_is_opened_for_some_kinds_and_changed_for_all(run, home, json_of):
    days = ("--entry-from", "1/7/2026", "--submit-from", "2026-10-01", "--deadline", "31/10/2026")
    opening = ("ecalcura", "trimester", "open", *PLACE)
    assert run(*opening, "--kind", "woonzorgcentrum", "--kind", "ibw", *days) == (
        0, "The days are set for 2 kinds.\n")
    window = TrimesterWindow.at(home, Trimester.get_or_make(2026, 1))
    assert (window.entry_from, window.submit_from, window.deadline) == tuple(
        datetime.date(2026, *day) for day in ((7, 1), (10, 1), (10, 31)))
    assert run(*opening, "--entry-from", "1/7/2026") == (
        0, f"The days are set for {len(kinds_with_files())} kinds.\n")
    [row] = [row for row in json_of("ecalcura", "trimester", "list") if row["kind"] == home.kind]
    assert (row["entry_from"], row["submit_from"], row["is_closed"]) == ("2026-07-01", None, False)
    assert [row[state] for state in STATES] == [1, 0, 0, 0, 0]


@pytest.mark.parametrize(("words", "told"), [
    (("--entry-from", "31/11/2026"), "type it as 01/10/2026"),
    (("--entry-from", "1/7/2026", "--kind", "kortverblijf"), "'kortverblijf' is not one of"),
    (("--entry-from", "1/7/2026", "--deadline", "1/8/2026"), "The days must be in this order"),
])
def test_wrong_days_and_kinds_are_refused(run, home, words, told):
    code, output = run("ecalcura", "trimester", "open", *PLACE, *words)
    assert code
    assert told in output
    assert TrimesterWindow.select().count() == 0


def test_a_trimester_is_closed_for_a_kind(run, home):
    run("ecalcura", "trimester", "open", *PLACE, "--entry-from", "1/7/2026")
    assert run("ecalcura", "trimester", "close", *PLACE, "--kind", home.kind) == (0, "Closed for 1 kinds.\n")
    assert TrimesterWindow.at(home, Trimester.get_or_make(2026, 1)).closed


def test_a_trimester_is_reopened_with_a_reason(run, home, json_of):
    file = submitted(home)
    reopening.ask_to_reopen(home, file.trimester, "Uren vergeten", somebody(home, PRIVACY, "Lies Dok"))
    [row] = json_of("ecalcura", "trimester", "requests")
    assert list(row.values()) == ["990001", 2026, 1, today().isoformat(), "Uren vergeten"]
    again = ("ecalcura", "trimester", "reopen", "--hco", "990001", *PLACE)
    assert run(*again)[0] == 2
    assert run(*again, "--reason", " ") == (1, "Error: A reason of 1 to 500 characters is needed.\n")
    assert run(*again, "--reason", "Op vraag", "--until", "31/12/2199") == (
        0, "The trimester is open again. The mails are on their way.\n")
    assert TrimesterFile.get_by_id(file.id).state == "reopened"
    assert run("ecalcura", "trimester", "reopen", "--hco", "990009", *PLACE, "--reason", "Op vraag") == (
        1, "Error: There is no facility with that HCO number.\n")
