"""`flask ecalcura purge`, run daily; `init` does the same at each start."""
import pytest

from models.ecalcura.people.employees import Employee
from tests.models.ecalcura.cast import facility
from tests.models.ecalcura.kept import decide, former, keep


@pytest.fixture
def due(app):
    """A former employee whom two people decided to purge."""
    home = facility()
    one = former(home)
    keep()
    decide(home, "staff")
    return one


def is_purged(one):
    return not Employee.select().where(Employee.id == one.id).exists()


def test_confirmed_purges_are_done_and_a_purge_with_nothing_to_do_prints_nothing(run, due, app):
    assert run("ecalcura", "purge") == (0, "eCalcura: 1 rows purged, 0 purged again after a backup was restored\n")
    assert is_purged(due)
    path = app.config["KEY_DIR"] / "purged-ecalcura.csv"
    assert len(path.read_text().splitlines()) == 1
    assert path.stat().st_mode & 0o777 == 0o600
    assert run("ecalcura", "purge") == (0, "")


def test_init_purges_too(run, due):
    assert "1 rows purged" in run("init")[1]
    assert is_purged(due)


@pytest.mark.parametrize(("words", "status"), [(("ecalcura", "purge"), 1), (("init",), 0)])
def test_nothing_is_purged_when_the_list_cannot_be_written(run, due, app, tmp_path, words, status):
    app.config["PURGED_FILE"] = tmp_path / "none" / "purged.csv"
    code, output = run(*words)
    assert code == status
    assert f"Nothing was purged, because {tmp_path / 'none' / 'purged-ecalcura.csv'} cannot be written" in output
    assert not is_purged(due)


def test_unreadable_lines_and_a_log_that_is_not_emptied_are_reported(run, due, app, monkeypatch):
    (app.config["KEY_DIR"] / "purged-ecalcura.csv").write_text("kapot\n")
    monkeypatch.setattr("models.ecalcura.retention.purging.empty_log", lambda: False)
    code, output = run("ecalcura", "purge")
    assert code == 0
    assert "line 1 of" in output
    assert "until the next purge" in output
    assert is_purged(due)
