"""`flask purge`, run daily; `init` does the same at each start."""
import pytest

from app import create_app
from models.arbeidszorg.deletion.purged_file import PurgedFile
from models.arbeidszorg.deletion.trash import KEPT, Deletion
from models.database import database
from tests.conftest import QUESTIONNAIRE
from tests.factories import client_of, deleted


@pytest.fixture
def run(app):
    """Run a command. Returns click's result."""
    return lambda *words: app.test_cli_runner().invoke(args=words)


@pytest.fixture
def due(ploeg):
    """A deletion of 30 days ago, which is due to be purged."""
    deletion = deleted(client_of(ploeg, "Roos Peeters"))
    Deletion.update(deleted_at=deletion.deleted_at - KEPT).where(Deletion.id == deletion.id).execute()
    return deletion


def is_purged(deletion):
    return Deletion.get_by_id(deletion.id).purged_at is not None


def test_due_deletions_are_purged_and_a_purge_with_nothing_to_do_prints_nothing(run, due, app):
    result = run("purge")
    assert (result.exit_code, result.output) == (0, "1 purged, 0 purged again after a backup was restored\n")
    assert is_purged(due)
    path = app.config["KEY_DIR"] / "purged.csv"
    assert app.config["PURGED_FILE"] == path
    assert len(path.read_text().splitlines()) == 1
    assert path.stat().st_mode & 0o777 == 0o600
    result = run("purge")
    assert (result.exit_code, result.output) == (0, "")


def test_init_purges_too(run, due):
    assert "1 purged" in run("init").output
    assert is_purged(due)


@pytest.mark.parametrize(("command", "status"), [("purge", 1), ("init", 0)])
def test_nothing_is_purged_when_the_purged_file_cannot_be_written(run, due, app, tmp_path, command, status):
    app.config["PURGED_FILE"] = tmp_path / "none" / "purged.csv"
    result = run(command)
    assert result.exit_code == status
    assert f"Nothing was purged, because {app.config['PURGED_FILE']} cannot be written" in result.output
    assert not is_purged(due)


def test_unreadable_lines_and_a_log_that_is_not_emptied_are_reported(run, due, app, monkeypatch):
    app.config["PURGED_FILE"].write_text("kapot\n")
    monkeypatch.setattr("models.arbeidszorg.deletion.purge.empty_log", lambda: False)
    result = run("purge")
    assert result.exit_code == 0
    assert "line 1 of" in result.output
    assert "until the next purge" in result.output
    assert is_purged(due)


def test_a_database_that_is_not_up_to_date_is_not_purged(tmp_path):
    app = create_app({
        "DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}", "DATA_DIR": tmp_path, "KEY_DIR": tmp_path / "k"})
    result = app.test_cli_runner().invoke(args=["purge"])
    assert result.exit_code == 1
    assert "not up to date" in result.output
    database.close()


def test_the_purged_file_can_be_elsewhere(database_url, cast, due, tmp_path):
    path = tmp_path / "elsewhere.csv"
    app = create_app({"DATABASE_URL": database_url, "DATA_DIR": tmp_path / "data", "KEY_DIR": tmp_path / "keys",
                      "PURGED_FILE": path, "QUESTIONNAIRE": QUESTIONNAIRE})
    assert app.test_cli_runner().invoke(args=["purge"]).exit_code == 0
    with PurgedFile(path).open() as file:
        assert [entry.number for entry in file.read()] == [due.client_number]
