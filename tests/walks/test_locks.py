"""Checks on every route while another process holds the write lock: pages as ever, and no form is lost."""
import pytest
from bs4 import BeautifulSoup

from models import audit, patience
from models.accounts.sessions import SEEN_EVERY, Session
from models.database import database, now
from tests.locks import held
from tests.page import values_of
from tests.tables import contents, entries, rows_of
from tests.walks import registry
from tests.walks.filled import FILLED, ONLY_RECORDED, READ_ONLY, WITH_FILE, fill
from tests.walks.hall.rows import session_of
from tests.walks.test_routes import EXPECTED, address, rules

__all__ = ["fill"]
# A fraction of the 5 seconds that a request waits.
SOON = 0.02
CODES = {"code", "new_code", "recovery_code"}


@pytest.fixture(autouse=True)
def in_a_server():
    """Lets statements wait as in a request of a server, but shorter."""
    patience.for_requests(2, SOON)
    database.close()


@registry.each_column
def test_every_page_answers_as_ever_without_waiting(app, page, cast, people, rows, column, database_url, monkeypatch):
    row = {**rows, "session_id": session_of(cast)}
    pages = [rule for rule, method in rules(app) if method == "GET"]
    if people[column]:
        page.sign_in(people[column])
        # Their last sign of life is so old that each page would write a new one.
        Session.update(seen_at=now() - 2 * SEEN_EVERY).execute()
    monkeypatch.setattr(patience, "pause", lambda _: pytest.fail("a page waited for the lock"))
    with held(database_url):
        statuses = {rule.endpoint: page.browser.get(address(rule, row)).status_code for rule in pages}
    assert statuses == {rule.endpoint: EXPECTED[rule.endpoint, "GET"][column] for rule in pages}


def test_every_page_that_is_logged_is_in_the_log_once_the_lock_is_free(app, page, people, rows, database_url):
    stored = 0
    for account in registry.own(people):
        page.sign_in(account)
        as_ever = logged(app, page, rows)
        stored += len(as_ever)
        with held(database_url):
            assert not logged(app, page, rows)
            assert not audit.store_late()
        before = entries()
        assert audit.store_late() == len(as_ever)
        assert new(before) == as_ever
        assert not audit.store_late()
    assert stored


def logged(app, page, rows):
    """Ask for every page, and return the entries that this wrote, without their ids and moments."""
    before = entries()
    for rule, method in rules(app):
        if method == "GET":
            page.browser.get(address(rule, rows))
    return new(before)


def new(before):
    """The entries after the first `before`, as sorted text without their ids and moments."""
    rows = sorted(rows_of("audit_entry"), key=lambda row: row["id"])[before:]
    return sorted(repr({name: value for name, value in row.items() if name not in ("id", "made_at")}) for row in rows)


@pytest.mark.parametrize("endpoint", FILLED)
def test_every_form_is_kept_and_can_be_saved_afterwards(fill, endpoint, database_url):
    form = fill(endpoint)
    before = contents()
    with held(database_url):
        answer = form.send()
    if endpoint in READ_ONLY:
        # Each look-up in a register is kept before it is made.
        assert answer.status_code in ((503,) if endpoint in ("staff.ask", "physicians.ask") else (200, 303))
        return
    assert answer.status_code == 503, answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert contents() == before
    if endpoint in WITH_FILE:
        assert "Kies het bestand zo dadelijk opnieuw" in answer.text
        return
    soup = BeautifulSoup(answer.text, "html.parser")
    assert soup.h1.get_text() == "Even bezet"
    kept = soup.select_one("main form")
    secret = {name: value for name, value in form.fields.items() if "password" in name or name in CODES}
    typed = {name: value for name, value in form.fields.items() if name not in secret and name != "csrf_token"}
    assert {name: value for name, value in values_of(kept).items() if name != "csrf_token"} == typed
    assert not any(value in answer.text for value in secret.values())
    assert bool(secret) == ("Die typ je zo dadelijk opnieuw" in answer.text)
    again = form.page.browser.post(kept["action"], data=values_of(kept) | secret)
    assert again.status_code in (200, 303), again.text
    assert contents() != before or endpoint in ONLY_RECORDED
