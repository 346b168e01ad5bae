"""Checks that names, tokens and passwords are never in logs, addresses, mails or raw files."""
import logging
from pathlib import Path

import pytest

from models.accounts.sessions import Session
from models.audit import AuditEntry
from models.database import is_sqlite
from tests.conftest import PASSWORD
from tests.factories import changed, client_of, typed
from tests.hall import mails
from tests.walks import registry

CANARY = "Kanarievogel Zilverstaart"


@pytest.fixture
def logged(caplog):
    """Captures the messages of every logger."""
    caplog.set_level(logging.DEBUG)
    return caplog


def raw_bytes(url):
    """The bytes on disk of the database file and its write-ahead log."""
    path = Path(url.removeprefix("sqlite:///"))
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def use_the_name_everywhere(page, ploeg):
    """Add, search, change, show and export a client with the canary as its name; returns the responses to posts."""
    answers = []

    def post(path, fields, status):
        page.post(path, fields, status, form="/dashboard" if path == "/dashboard/name" else path)
        answers.append(page.response)

    post("/clients/new", {**typed(), "name": CANARY}, 303)
    show = page.response.location.removesuffix("/periods/new")
    post("/clients/new", {**typed(), "name": CANARY, "gender": ""}, 422)
    post("/dashboard/name", {"name": CANARY}, 200)
    post(f"{show}/edit", {"income": "pension"}, 422)
    post(f"{show}/edit", changed(income="pension"), 303)
    post(f"{show}/edit", {"name": f"{CANARY} B."}, 303)
    post(f"{show}/periods/new", {"hours": "x", "start_date": CANARY}, 422)
    for path in ("/dashboard", show, f"{show}/edit", "/export.csv", "/export.xlsx"):
        page.browser.get(path)
    assert CANARY in page.browser.get(show).text
    return answers


def test_a_name_is_not_in_any_address_log_audit_entry_or_raw_file(page, ploeg, logged, database_url, app):
    """ASVS 8.2.3, 14.2.1, 16.2.5."""
    page.sign_in(ploeg.account)
    answers = use_the_name_everywhere(page, ploeg)
    assert not [answer.location for answer in answers if answer.location and "anarie" in answer.location]
    assert "anarie" not in logged.text
    assert not [entry.detail for entry in AuditEntry.select() if "anarie" in entry.detail]
    if is_sqlite():
        assert b"anarie" not in raw_bytes(database_url)
    page.post("/account/email", {"email": "nieuw@voorbeeld.be", "password": PASSWORD})
    sent = mails()
    assert len(sent) == 2
    assert "anarie" not in str(sent)
    assert not [path for path in app.config["DATA_DIR"].rglob("*") if path.is_file() and b"anarie" in path.read_bytes()]


def test_no_response_to_a_role_outside_a_tenant_holds_a_name(app, page, cast, logged):
    """ASVS 8.2.3, over every route."""
    page.sign_in(cast.ploeg.account)
    use_the_name_everywhere(page, cast.ploeg)
    made = registry.make(cast)
    rows = made.rows | {"number": client_of(cast.ploeg, CANARY).number}
    for account in registry.without_names(made.people).values():
        page.sign_in(account)
        for rule in app.url_map.iter_rules():
            with app.test_request_context():
                path = rule.build(rows)[1]
            for method in rule.methods & {"GET", "POST"}:
                assert b"anarie" not in page.browser.open(path, method=method).data, path
    assert "anarie" not in logged.text


def test_an_error_page_does_not_show_user_input(page, ploeg, logged, monkeypatch):
    """ASVS 13.4.2 and 16.5.1: an exception while saving."""
    page.sign_in(ploeg.account)
    form = {**page.form_of("/clients/new"), **typed(), "name": CANARY}

    def broken(*_args, **_options):
        raise ValueError(CANARY)

    monkeypatch.setattr("models.arbeidszorg.register.clients.names.seal", broken)
    page.app.testing = page.app.config["PROPAGATE_EXCEPTIONS"] = False
    page.post("/clients/new", form, 500, token=False)
    assert "anarie" not in page.response.text
    assert "anarie" not in logged.text
    assert page.get("/dashboard").select("tbody tr") == []


def test_passwords_tokens_and_keys_are_not_in_the_database(page, cast, database_url, app):
    """ASVS 13.3.1."""
    if not is_sqlite():
        pytest.skip("the raw files of PostgreSQL are its own")
    token = page.sign_in(cast.ploeg.account)
    client_of(cast.ploeg, CANARY)
    page.browser.post("/password/new", data={**page.form_of("/password/new"), "email": "ploeg@voorbeeld.be"})
    raw = raw_bytes(database_url)
    assert Session.find(token) is not None
    assert token.encode() not in raw
    assert PASSWORD.encode() not in raw
    assert b"/password/" not in raw
    for key in app.config["KEY_DIR"].glob("*.key"):
        secret = key.read_text().strip()
        assert secret.encode() not in raw
        assert bytes.fromhex(secret) not in raw
