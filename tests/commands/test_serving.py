"""`flask init` and `flask serve` prepare, refuse and start."""
import os
import socket

import pytest

import app as application
import config
from app import create_app
from commands import serving
from config import ConfigurationError
from models.accounts.accounts import Account
from models.accounts.moves import LoginMove
from models.database import database, pending_migrations
from models.mail import outbox
from models.organisations import Organisation


@pytest.fixture
def settings(tmp_path):
    """The settings of a new installation: its folders do not exist yet."""
    yield {"DATA_DIR": tmp_path / "data", "KEY_DIR": tmp_path / "keys", "DATABASE_URL": None, "SMTP_HOST": None}
    database.close()


@pytest.fixture
def run(settings):
    """Run a command as the operator does, with `changes` to the settings."""
    def run(*words, **changes):
        return create_app(settings | changes).test_cli_runner().invoke(args=words)

    return run


@pytest.fixture
def served(monkeypatch):
    """The arguments of each os.execve, which would replace this process by the server."""
    served = []
    monkeypatch.setattr(serving, "check_address", lambda host, port: None)
    monkeypatch.setattr(os, "execve", lambda *words: served.append(words))
    return served


def test_init_creates_the_database_and_the_keys(run, settings):
    result = run("init")
    assert result.exit_code == 0, result.output
    assert pending_migrations() == []
    for name in ("app.key", "names.key"):
        assert (settings["KEY_DIR"] / name).stat().st_mode & 0o777 == 0o600
    assert settings["DATA_DIR"].stat().st_mode & 0o777 == 0o700
    assert (settings["DATA_DIR"] / "loket.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("words", [
    ("organisation", "create", "De Ploeg", "--province", "limburg", "--email", "ploeg@voorbeeld.be"),
    ("organisation", "invite", "De Ploeg", "--province", "limburg"),
    ("administrator", "create", "--province", "limburg", "--email", "beheer@voorbeeld.be"),
    ("mail", "deliver"),
    ("register", "import", "register.csv"),
])
def test_a_command_before_init_says_that_init_comes_first(run, words):
    result = run(*words)
    assert result.exit_code == 1
    assert result.output == "Error: The database is not up to date: run `flask --app app init`.\n"


def test_init_twice_changes_nothing(run, settings):
    run("init")
    keys = [path.read_bytes() for path in sorted(settings["KEY_DIR"].iterdir())]
    result = run("init")
    assert (result.exit_code, result.output) == (0, "")
    assert [path.read_bytes() for path in sorted(settings["KEY_DIR"].iterdir())] == keys


def test_a_fresh_installation_has_no_account(run):
    run("init")
    assert Account.select().count() == 0
    assert Organisation.select().count() == 0


def test_serve_prepares_prints_the_address_and_starts_the_server(run, served, settings):
    result = run("serve", PORT=8123, HOST="127.0.0.1")
    assert result.exit_code == 0, result.output
    assert pending_migrations() == []
    assert "http://127.0.0.1:8123" in result.output
    [(_program, words, environment)] = served
    assert words[1:] == ["-m", "views.shell.front.server", "--host", "127.0.0.1", "--port", "8123", "--workers", "1"]
    assert environment["DATA_DIR"] == str(settings["DATA_DIR"])


def test_serve_uses_tls_when_there_is_a_certificate(run, served, tmp_path):
    result = run("serve", TLS_CERTIFICATE=tmp_path / "c.pem", TLS_KEY=tmp_path / "k.pem")
    [(_program, words, _environment)] = served
    assert words[-4:] == ["--certificate", str(tmp_path / "c.pem"), "--key", str(tmp_path / "k.pem")]
    assert "https://127.0.0.1" in result.output


def test_a_port_that_another_server_uses_is_refused(run, monkeypatch):
    monkeypatch.setattr(os, "execve", lambda *words: pytest.fail("a second server was started"))
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run("serve", "--demonstration", PORT=port)
        assert (result.exit_code, Account.select().count()) == (1, 0)
        assert f"port {port}" in result.output
    serving.check_address("127.0.0.1", port)


def test_production_refuses_the_demonstration(run, served):
    result = run("serve", "--demonstration", PRODUCTION=True, BASE_URL="https://loket.provincie.be",
                 TRUSTED_HOSTS=["loket.provincie.be"], OPERATOR_CONTACT="x", MAIL_FROM="loket@provincie.be")
    assert result.exit_code == 2
    assert "not for production" in result.output
    assert served == []
    assert Account.select().count() == 0


def test_an_unusable_questionnaire_is_reported_at_the_start(run, tmp_path):
    (tmp_path / "questions.toml").write_text("nothing")
    with pytest.raises(ConfigurationError, match="questions.toml"):
        run("init", QUESTIONNAIRE=tmp_path / "questions.toml")


@pytest.mark.parametrize("name", ["DATA_DIR", "KEY_DIR"])
def test_a_folder_that_cannot_be_created_is_reported_at_the_start(run, tmp_path, name):
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match=f"{name}.*file"):
        run("init", **{name: tmp_path / "file" / "folder"})


def test_a_database_that_cannot_be_opened_is_reported_without_its_password(run, tmp_path):
    (tmp_path / "notes.txt").write_text("Geen databank, maar wel lang genoeg om er een te kunnen zijn. " * 20)
    for url in (f"sqlite:///{tmp_path}/notes.txt", f"sqlite:///{tmp_path}/none/loket.db",
                "postgresql://loket:" + "paarsefiets@127.0.0.1:1/loket"):
        with pytest.raises(ConfigurationError, match="cannot be opened") as refused:
            run("init", DATABASE_URL=url)
        assert "paarsefiets" not in str(refused.value)


def test_an_unsupported_database_is_refused_by_name():
    with pytest.raises(ConfigurationError, match="^DATABASE_URL: "):
        config.load(environ={"DATABASE_URL": "mysql://loket@localhost/loket"})


def test_a_worker_does_not_start_on_a_database_that_is_behind(settings, monkeypatch):
    monkeypatch.setattr(application, "create_app", lambda: create_app(settings))
    with pytest.raises(ConfigurationError, match="init"):
        application.create_worker()


def test_a_worker_delivers_mail_and_moves_logins_beside_the_requests(run, settings, monkeypatch):
    run("init")
    monkeypatch.setattr(application, "create_app", lambda: create_app(settings))
    monkeypatch.setattr(LoginMove, "carry_out", lambda: 3)
    monkeypatch.setattr(application.memory, "leave_garbage_to_chore", lambda: None)
    started = []
    monkeypatch.setattr(application, "keep_doing", lambda chores, stop: started.append((chores, stop.is_set())))
    application.create_worker()
    [(chores, stopping)] = started
    outbox.post("ploeg@voorbeeld.be", "Dag", "link")
    assert {name: chore() for name, chore in chores.items()} == {
        "mail": 1, "moved logins": 3, "late audit entries": 0, "memory": None,
        "unfinished sign-ins": None, "uploads": None}
    assert not stopping


def test_the_server_gives_memory_back_unless_the_operator_says_otherwise(run, served, monkeypatch):
    monkeypatch.setenv("MALLOC_ARENA_MAX", "7")
    run("serve")
    [(_, _, environment)] = served
    assert {name: environment[name] for name in serving.ALLOCATOR} == {
        "MALLOC_ARENA_MAX": "7", "MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}


def test_a_key_that_goes_missing_is_reported_and_never_replaced(run, settings, register, monkeypatch):
    monkeypatch.setattr("models.names.has_slots", lambda: has_slots)
    has_slots = False
    run("init")
    has_slots = True
    (settings["KEY_DIR"] / "names.key").unlink()
    result = run("init")
    assert "names.key is missing" in result.output
    assert not (settings["KEY_DIR"] / "names.key").exists()


def test_each_command_has_a_help_text(settings):
    for command in create_app(settings).cli.commands.values():
        assert command.help or command.short_help


def test_the_server_gets_no_secret_on_its_command_line(run, served):
    run("serve", SMTP_PASSWORD="geheim")
    [(_program, words, _environment)] = served
    assert "geheim" not in " ".join(words)


def test_init_carries_out_the_moves_of_logins_that_are_due(run, monkeypatch):
    run("init")
    called = []
    monkeypatch.setattr(LoginMove, "carry_out", lambda: called.append(True))
    run("init")
    assert called == [True]
