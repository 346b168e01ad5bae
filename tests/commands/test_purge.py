"""`flask purge`, for a daily timer; `init` does the same at each start."""
import pytest

from app import create_app
from models.arbeidszorg.deletion.purged_file import PurgedFile
from models.arbeidszorg.deletion.trash import KEPT, Deletion
from models.database import database
from tests.factories import client_of, deleted


@pytest.fixture
def run(app):
    """Runs a command; its answer."""
    return lambda *words: app.test_cli_runner().invoke(args=words)


@pytest.fixture
def due(ploeg):
    """A deletion that is to be purged."""
    deletion = deleted(client_of(ploeg, "Roos Peeters"))
    Deletion.update(deleted_at=deletion.deleted_at - KEPT).where(Deletion.id == deletion.id).execute()
    return deletion


def is_purged(deletion):
    return Deletion.get_by_id(deletion.id).purged_at is not None


def test_it_purges_what_is_due_and_says_nothing_when_there_is_nothing_to_do(run, due, app):
    answer = run("purge")
    assert (answer.exit_code, answer.output) == (0, "1 purged, 0 purged again after a backup was put back\n")
    assert is_purged(due)
    path = app.config["KEY_DIR"] / "purged.csv"
    assert app.config["PURGED_FILE"] == path
    assert len(path.read_text().splitlines()) == 1
    assert path.stat().st_mode & 0o777 == 0o600
    answer = run("purge")
    assert (answer.exit_code, answer.output) == (0, "")


def test_init_purges_too(run, due):
    assert "1 purged" in run("init").output
    assert is_purged(due)


@pytest.mark.parametrize(("command", "status"), [("purge", 1), ("init", 0)])
def test_without_its_file_nothing_is_purged_which_is_said_and_loket_still_starts(run, due, app, tmp_path, command,
                                                                              status):
    app.config["PURGED_FILE"] = tmp_path / "none" / "purged.csv"
    answer = run(command)
    assert answer.exit_code == status
    assert f"Nothing was purged, for {app.config['PURGED_FILE']} cannot be written" in answer.output
    assert not is_purged(due)


def test_what_cannot_be_read_or_emptied_is_said(run, due, app, monkeypatch):
    app.config["PURGED_FILE"].write_text("kapot\n")
    monkeypatch.setattr("models.arbeidszorg.deletion.purge.empty_log", lambda: False)
    answer = run("purge")
    assert answer.exit_code == 0
    assert "line 1 of" in answer.output
    assert "until the next purge" in answer.output
    assert is_purged(due)


def test_a_database_that_is_not_up_to_date_is_not_purged(tmp_path):
    app = create_app({
        "DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}", "DATA_DIR": tmp_path, "KEY_DIR": tmp_path / "k"})
    answer = app.test_cli_runner().invoke(args=["purge"])
    assert answer.exit_code == 1
    assert "not up to date" in answer.output
    database.close()


def test_the_list_can_lie_elsewhere(database_url, cast, due, tmp_path):
    path = tmp_path / "elsewhere.csv"
    app = create_app({"DATABASE_URL": database_url, "DATA_DIR": tmp_path / "data", "KEY_DIR": tmp_path / "keys",
                      "PURGED_FILE": path})
    assert app.test_cli_runner().invoke(args=["purge"]).exit_code == 0
    with PurgedFile(path).open() as file:
        assert [entry.number for entry in file.read()] == [due.client_number]
