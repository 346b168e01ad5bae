import logging
import re

import peewee
import pytest
from flask import abort

from models.database import database, now, transaction
from models.organisations import Organisation
from views.shell.access import open_to

REFERENCE = re.compile(r"\b[0-9A-F]{4}-[0-9A-F]{4}\b")


@pytest.fixture
def add(app):
    """Adds a view, open to anyone, to the application, which shows its error page as in production."""
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def add(address, view, **options):
        app.add_url_rule(address, address, open_to("anyone")(view), **options)

    return add


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO)
    return lambda: [record.getMessage() + (record.exc_text or "") for record in caplog.records]


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 500])
def test_an_error_page_shows_a_reference_number_and_nothing_else(page, add, lines, status):
    add("/wrong", lambda: abort(status, "Marie Peeters"))
    soup = page.get("/wrong", status)
    [shown] = REFERENCE.findall(soup.get_text())
    assert "Marie" not in page.response.text
    assert any(f"ref={shown}" in line for line in lines())
    assert len(soup.select("main p")) <= 4


def test_a_404_page_is_the_same_for_every_address(page, signed_in):
    pages = set()
    for address in ("/nowhere", "/clients/7?q=Marie", "/Marie/Peeters?x=1"):
        soup = page.get(address, 404, headers={"Referer": "http://localhost/Marie"})
        pages.add(REFERENCE.sub("-", re.sub(r'value="[^"]+"', "", str(soup))))
    assert len(pages) == 1


def test_the_404_page_suits_every_role(page, cast):
    page.sign_in(cast.administrator)
    text = page.get("/province/clients/7", 404).main.get_text()
    assert "organisatie" not in text
    assert "dashboard" not in text


def test_the_message_of_an_exception_is_neither_shown_nor_logged(page, add, lines):
    def fault():
        name = "Marie Peeters"
        try:
            raise peewee.IntegrityError("UNIQUE constraint failed: " + name)
        except peewee.IntegrityError as error:
            raise RuntimeError(name) from error

    add("/wrong", fault)
    page.get("/wrong", 500)
    log = "\n".join(lines())
    assert "Marie" not in page.response.text + log
    assert "builtins.RuntimeError at tests/views/shell/test_errors.py:" in log
    assert "peewee.IntegrityError at tests/views/shell/test_errors.py:" in log
    assert REFERENCE.search(page.response.text)[0] in log


def test_the_message_of_a_database_error_is_not_logged(page, add, lines):
    def doubled():
        for _ in range(2):
            Organisation.insert(name="Geheime Naam", province="limburg", created_at=now(), changed_at=now()).execute()

    add("/wrong", doubled)
    page.get("/wrong", 500)
    assert "Geheime" not in "\n".join(lines())
    assert "peewee.IntegrityError" in "\n".join(lines())


def test_a_body_that_is_too_large_is_refused(page, add):
    page.get("/login")
    page.post("/login", {"email": "x" * 300_000}, 413, token=False)


def test_a_full_disk_has_a_page_of_its_own_and_reading_goes_on(page, add, database_url):
    if not database_url.startswith("sqlite"):
        pytest.skip("the limit on pages is SQLite's")

    def fill():
        database.execute_sql("PRAGMA max_page_count = 1")  # SQLite makes it the present size at least
        with transaction():
            for number in range(10_000):
                Organisation.create_new(f"Organisatie {number}" + "x" * 150, "limburg")

    add("/fill", fill)
    add("/read", lambda: str(Organisation.select().count()))
    before = page.browser.get("/read").text
    soup = page.get("/fill", 507)
    assert "schijf" in soup.get_text()
    assert page.browser.get("/read").text == before


@pytest.mark.parametrize("fault", [
    OSError(28, "No space left on device"),
    type("DiskFull", (Exception,), {"sqlstate": "53100"})(),
])
def test_a_full_disk_is_recognised_under_a_later_exception(page, add, fault):
    def fill():
        try:
            raise fault
        except Exception:  # noqa: BLE001
            raise peewee.OperationalError("cannot rollback - no transaction is active")  # noqa: B904

    add("/fill", fill)
    page.get("/fill", 507)


def test_after_a_database_error_the_next_request_gets_a_fresh_connection(page, add):
    add("/wrong", lambda: database.execute_sql("no sql"))
    page.get("/wrong", 500)
    assert database.is_closed()
    page.get("/login")


def test_an_exception_in_a_view_keeps_the_connection(page, add):
    add("/wrong", lambda: 1 / 0)
    database.connect(reuse_if_open=True)
    page.get("/wrong", 500)
    assert not database.is_closed()


def test_when_the_error_page_fails_too_a_line_of_text_is_sent(app, page, add, lines, monkeypatch):
    add("/wrong", lambda: 1 / 0)
    monkeypatch.setattr("views.shell.security.render_template", lambda *_, **__: {}["Marie Peeters"])
    monkeypatch.setattr(app.wsgi_app, "testing", False)
    response = page.browser.get("/wrong")
    assert response.status_code == 500
    assert response.content_type == "text/plain; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert REFERENCE.search(response.text)[0] in lines()[-1]
    assert "Marie" not in response.text + "\n".join(lines())


def test_an_error_page_needs_no_database(page, signed_in, add, monkeypatch):
    def down(*_):
        raise peewee.OperationalError("could not connect")

    monkeypatch.setattr("models.accounts.sessions.Session.find", down)
    assert page.get("/dashboard", 500).h1.get_text() == "Er ging iets mis"
