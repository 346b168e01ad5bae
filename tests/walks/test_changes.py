"""Checks on every form that changes something; a form that is added must get values in the forms.py of its part."""
import contextlib

import pytest
from bs4 import BeautifulSoup

from models.audit import AuditEntry
from models.database import database, is_sqlite, now, transaction
from tests.tables import contents, counts, entries, rows_of, tables
from tests.walks.filled import (
    FILLED,
    GOES_ON,
    NEWER,
    ONLY_RECORDED,
    READ_ONLY,
    UNRECORDED,
    VERSIONED,
    broken,
    fill,
    posting,
)
from tests.walks.hall.forms import COMPLETES_SIGN_IN

__all__ = ["fill"]
# Columns with a random part, which differ after each request.
RANDOM_COLUMNS = {"sealed_name", "sealed_body", "wrapped", "token_hash", "password_hash", "sealed_secret",
                  "code_hash", "content", "contents", "hash", "outcome", "sealed", "sha256"}
each_form = pytest.mark.parametrize("endpoint", FILLED)


def test_every_form_is_filled_in(app):
    assert {rule.endpoint for rule in posting(app)} == set(FILLED)


@each_form
def test_a_change_and_its_audit_entry_are_stored_together_or_not_at_all(fill, endpoint, monkeypatch):
    """ASVS 2.3.3."""
    form = fill(endpoint)
    before, written = contents(), entries()
    if endpoint in UNRECORDED:
        assert form.send().status_code == 303
        assert contents() != before
        return
    monkeypatch.setattr(AuditEntry, "insert", broken)
    answer = form.send()
    assert contents() == before
    assert answer.status_code in ((200, 303) if endpoint in READ_ONLY else (500,))
    monkeypatch.undo()
    answer = form.send()
    assert answer.status_code in (200, 303), answer.text
    if endpoint not in READ_ONLY:
        assert contents() != before or endpoint in ONLY_RECORDED
        assert entries() > written


@each_form
def test_posting_a_form_twice_makes_one_row(fill, endpoint):
    form = fill(endpoint)
    before = counts()
    first = form.send()
    once = counts()
    second = form.send()
    # A look is recorded each time, so twice here.
    assert counts() == once or endpoint in ONLY_RECORDED
    assert second.status_code < 500
    if once != before and endpoint not in VERSIONED | COMPLETES_SIGN_IN:
        # The second response is that of a saved form, not a warning of a double or an overlap with itself.
        assert (second.status_code, second.location) == (first.status_code, first.location)
    if endpoint.endswith(".create"):
        assert once != before
        assert form.hidden["form_key"]


@pytest.mark.parametrize("endpoint", sorted(VERSIONED))
def test_a_form_made_from_an_older_version_changes_nothing_and_gets_a_409(fill, endpoint):
    """ASVS 2.3.1: the typed values come back; the tests of each view check that the saved ones are shown too."""
    form = fill(endpoint)
    for statement in NEWER:
        database.execute_sql(statement)
    before = contents()
    answer = form.send()
    assert answer.status_code == 409
    assert contents() == before
    shown = str(BeautifulSoup(answer.text, "html.parser").main)
    # A page cannot keep a chosen file: (path,).
    assert all(value in shown for value in FILLED[endpoint].values() if isinstance(value, str))


@each_form
def test_a_field_that_the_form_lacks_changes_nothing(fill, endpoint, cast, clock):
    """ASVS 15.3.3: every column's name is posted along, with a value that belongs to another."""
    if not is_sqlite():
        pytest.skip("PostgreSQL does not reuse ids after a rollback, so the rows of two tries differ")
    if endpoint in GOES_ON:
        pytest.skip("the transaction that this test holds open is not where its work is done")
    form = fill(endpoint)
    foreign = {"province": "limburg", "role": "administrator", "email": "dief@voorbeeld.be", "name": "Gekaapt",
               "status": "approved", "blocked": "1", "created_at": "2000-01-01", "active_until": "2099-01-01"}
    columns = {column.name for table in tables() for column in database.get_columns(table)}
    columns |= {"organisation", "client", "account", "id", "number"}
    other = str(cast.outsider.organisation.id)
    posted = {name: foreign.get(name, other) for name in sorted(columns) if name not in form.names}
    assert len(posted) > 30
    results = []
    # Rows keep moments, some within a text: both tries are of the same one.
    clock(now())
    for more in ({}, posted):
        with undone(form):
            assert form.send(**more).status_code in (200, 303)
            results.append(comparable())
    assert results[0] == results[1]


def test_a_field_that_is_posted_twice_gives_no_exception(fill):
    """ASVS 15.3.7: the first value counts, or the form is refused."""
    for endpoint in FILLED:
        form = fill(endpoint)
        for other in ("", "x", "1"):
            doubled = {name: [form.fields.get(name, ""), other] for name in form.names | set(form.fields)}
            for data in (doubled, {name: values[::-1] for name, values in doubled.items()} | form.token):
                with undone(form):
                    answer = form.page.browser.post(form.path, data=data)
                    assert answer.status_code < 500, (endpoint, other)


def test_a_changed_hidden_field_gives_no_exception(fill):
    """In an otherwise valid form: its key, its version, the values that it was opened with."""
    for endpoint in FILLED:
        form = fill(endpoint)
        for name in set(form.hidden) - set(FILLED[endpoint]) - {"csrf_token"}:
            for nonsense in ("", "x" * 5000, "\x00", "-1", "2147483648"):
                with undone(form):
                    answer = form.send(**{name: nonsense})
                    assert answer.status_code < 500, (endpoint, name, nonsense[:9])


@contextlib.contextmanager
def undone(form):
    """Roll back the requests within it, so that the same form can be posted again."""
    cookie = form.page.browser.get_cookie("loket").value
    with transaction() as sent:
        yield
        sent.rollback()
    form.page.browser.set_cookie("loket", cookie)


def comparable():
    """Each table → its rows as sorted text, without moments (one is the end of a grant) and random columns."""
    return {table: sorted(repr({name: value for name, value in row.items()
                                if name not in RANDOM_COLUMNS and not name.endswith("_at")
                                and (table, name) != ("account_grant", "until")})
                          for row in rows_of(table)) for table in tables() if table != "attempt"}
