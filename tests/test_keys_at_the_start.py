"""With a key that is absent, wrong or readable by others the application starts, reports it and never overwrites it."""
import logging
from pathlib import Path

import pytest

from app import create_app
from models import names
from models.accounts.accounts import Account
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.roles import ADMINISTRATOR
from models.database import database
from models.keys import Keys
from models.mail.outbox import Mail
from models.organisations import Organisation
from tests.factories import ANSWERS
from tests.phones import factor_of

SPOILT = {
    "absent": (lambda path: path.unlink(), "is missing"),
    "wrong": (lambda path: path.write_text("ab" * 32), "is not this database's"),
    "empty": (lambda path: path.write_text(""), "does not hold a key"),
    "readable by others": (lambda path: path.chmod(0o644), "can be read by others"),
}


@pytest.fixture
def settings(database_url, tmp_path):
    """An installation in use: a client with a name, and a mail that has not been sent."""
    settings = {"DATABASE_URL": database_url, "DATA_DIR": tmp_path / "data", "KEY_DIR": tmp_path / "keys"}
    create_app(settings)
    organisation = Organisation.create_new("De Ploeg", "limburg")
    Client.register(organisation, ANSWERS, "Roos Peeters")
    Account.invite(organisation, "ploeg@voorbeeld.be")
    database.close()
    yield settings
    names.use(None)


def test_good_keys_are_not_mentioned(settings, caplog):
    app = create_app(settings)
    assert app.extensions["keys"].problems == []
    assert Client.get().name == "Roos Peeters"
    assert not [line for line in caplog.records if line.levelno >= logging.WARNING]


@pytest.mark.parametrize("name", ["names.key", "app.key"])
@pytest.mark.parametrize("how", SPOILT)
def test_an_unusable_key_is_reported_and_kept_as_it_is(settings, caplog, name, how):
    spoil, said = SPOILT[how]
    path = settings["KEY_DIR"] / name
    spoil(path)
    before = path.read_bytes() if path.exists() else None
    app = create_app(settings)
    [line] = [line.getMessage() for line in caplog.records if line.name == "loket.keys"]
    assert said in line
    assert str(path) in line
    assert line in app.test_cli_runner().invoke(args=["init"]).output
    assert (path.read_bytes() if path.exists() else None) == before
    assert app.test_client().get("/login", base_url="http://127.0.0.1").status_code == 200
    readable = name == "app.key" or how == "readable by others"
    assert Client.get().name == ("Roos Peeters" if readable else names.UNREADABLE)


def test_missing_keys_are_not_made_again(settings, caplog):
    for path in settings["KEY_DIR"].iterdir():
        path.unlink()
    assert create_app(settings).extensions["keys"] == Keys(None, None, [
        line.getMessage() for line in caplog.records if line.name == "loket.keys"])
    assert list(settings["KEY_DIR"].iterdir()) == []


def rotate(settings):
    app = create_app(settings)
    return app.test_cli_runner().invoke(args=["names", "rotate"])


def test_rotation_replaces_the_key_and_keeps_the_old_key_and_the_names(settings):
    before = (settings["KEY_DIR"] / "names.key").read_text()
    done = rotate(settings)
    assert done.exit_code == 0, done.output
    assert (settings["KEY_DIR"] / "names.key").read_text() != before
    assert (settings["KEY_DIR"] / "names.key.old").read_text() == before
    assert (settings["KEY_DIR"] / "names.key").stat().st_mode & 0o777 == 0o600
    assert create_app(settings).extensions["keys"].problems == []
    assert Client.get().name == "Roos Peeters"


@pytest.mark.parametrize("cut_off_after", [
    "the new key was made", "the slots were rewrapped", "the old key was put aside"])
def test_an_interrupted_rotation_is_reported_and_finished_by_the_same_command(settings, monkeypatch, cut_off_after):
    def cut_off(*_args):
        raise OSError("cut off")

    with monkeypatch.context() as patch:
        if cut_off_after == "the new key was made":
            patch.setattr(names, "rewrap", cut_off)
        elif cut_off_after == "the slots were rewrapped":
            patch.setattr("models.keys.Path.replace", cut_off)
        else:
            really = Path.replace
            patch.setattr("models.keys.Path.replace",
                          lambda path, to: cut_off() if path.name == "names.key.new" else really(path, to))
        assert isinstance(rotate(settings).exception, OSError)
    assert [problem for problem in create_app(settings).extensions["keys"].problems if "names rotate" in problem]
    assert rotate(settings).exit_code == 0
    assert create_app(settings).extensions["keys"].problems == []
    assert Client.get().name == "Roos Peeters"


def test_a_rotation_without_the_right_key_changes_nothing(settings):
    path = settings["KEY_DIR"] / "names.key"
    right = path.read_text()
    path.write_text("ab" * 32)
    assert "nothing was changed" in rotate(settings).output
    path.write_text(right)
    create_app(settings)
    assert Client.get().name == "Roos Peeters"


def test_second_factors_that_cannot_be_opened_are_counted_at_the_start(settings, caplog):
    for number in range(2):
        factor_of(Account.new(ADMINISTRATOR, "limburg", email=f"beheer{number}@voorbeeld.be"))
    database.close()
    assert create_app(settings).extensions["keys"].problems == []
    (settings["KEY_DIR"] / "app.key").write_text("ab" * 32)
    Mail.delete().execute()
    problem, = create_app(settings).extensions["keys"].problems
    assert "app.key is not this database's: the codes of 2 administrators cannot be checked" in problem
    assert problem in caplog.text
