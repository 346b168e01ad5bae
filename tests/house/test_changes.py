"""What holds of every form that changes something, walked over all of them: a form that is added must be filled in."""
import contextlib
from concurrent.futures import Future

import pytest
from bs4 import BeautifulSoup

from models.audit import AuditEntry
from models.database import database, is_sqlite, transaction
from tests.house.filled_forms import FILLED, ONLY_LOOKING, OPENS, WITHOUT_VERSION, broken, fill, posting
from tests.tables import contents, counts, entries, rows_of, tables
from views.shell import progress

__all__ = ["fill"]
# Made anew by each request, or with a nonce.
NEVER_TWICE_ALIKE = {"sealed_name", "sealed_body", "wrapped", "token_hash", "password_hash", "sealed_secret",
                     "code_hash", "contents", "hash"}
each_form = pytest.mark.parametrize("endpoint", FILLED)


def test_every_form_is_filled_in(app):
    assert {rule.endpoint for rule in posting(app)} == set(FILLED)


@each_form
def test_a_change_and_its_audit_row_are_both_there_or_neither(fill, endpoint, monkeypatch):
    """ASVS 2.3.3."""
    form = fill(endpoint)
    before, written = contents(), entries()
    monkeypatch.setattr(AuditEntry, "insert", broken)
    answer = form.send()
    assert contents() == before
    assert answer.status_code == (200 if endpoint in ONLY_LOOKING else 500)
    monkeypatch.undo()
    answer = form.send()
    assert answer.status_code in (200, 303), answer.text
    if endpoint not in ONLY_LOOKING:
        assert contents() != before
        assert entries() > written


@each_form
def test_a_form_that_is_sent_twice_makes_one_row(fill, endpoint):
    form = fill(endpoint)
    before = counts()
    first = form.send()
    once = counts()
    second = form.send()
    assert counts() == once
    assert second.status_code < 500
    if once != before and endpoint in WITHOUT_VERSION - OPENS:
        # It was saved, so it is told as saved: not as a double, nor as one that stands in its own way.
        assert (second.status_code, second.location) == (first.status_code, first.location)
    if endpoint.endswith(".create"):
        assert once != before
        assert form.hidden["form_key"]


@pytest.mark.parametrize("endpoint", sorted(set(FILLED) - WITHOUT_VERSION))
def test_a_form_made_from_an_older_version_changes_nothing_and_is_told(fill, endpoint):
    """ASVS 2.3.1: what was typed comes back; that what a colleague saved is shown too, the tests of each view hold."""
    form = fill(endpoint)
    for statement in ("UPDATE client SET version = version + 1", "UPDATE period SET version = version + 1",
                      "UPDATE organisation SET version = version + 1, address = 'Kerkstraat 7'"):
        database.execute_sql(statement)
    before = contents()
    answer = form.send()
    assert answer.status_code == 409
    assert contents() == before
    shown = str(BeautifulSoup(answer.text, "html.parser").main)
    assert all(value in shown for value in FILLED[endpoint].values())


@each_form
def test_a_field_that_the_form_has_not_changes_nothing(fill, endpoint, cast):
    """ASVS 15.3.3: the name of every column of every table is posted along, with a value of somebody else."""
    if not is_sqlite():
        pytest.skip("PostgreSQL takes no number back, so the same form twice makes two different rows")
    form = fill(endpoint)
    foreign = {"province": "limburg", "role": "administrator", "email": "dief@voorbeeld.be", "name": "Gekaapt",
               "status": "approved", "blocked": "1", "created_at": "2000-01-01", "active_until": "2099-01-01"}
    columns = {column.name for table in tables() for column in database.get_columns(table)}
    columns |= {"organisation", "client", "account", "id", "number"}
    other = str(cast.outsider.organisation.id)
    posted = {name: foreign.get(name, other) for name in sorted(columns) if name not in form.names}
    assert len(posted) > 30
    found = []
    for more in ({}, posted):
        with undone(form):
            assert form.send(**more).status_code in (200, 303)
            found.append(comparable())
    assert found[0] == found[1]


def test_a_field_that_is_sent_twice_has_a_defined_answer(fill):
    """ASVS 15.3.7: the first of them counts, or the form is refused."""
    for endpoint in FILLED:
        form = fill(endpoint)
        for other in ("", "x", "1"):
            doubled = {name: [form.fields.get(name, ""), other] for name in form.names | set(form.fields)}
            for data in (doubled, {name: values[::-1] for name, values in doubled.items()} | form.token):
                with undone(form):
                    answer = form.page.browser.post(form.path, data=data)
                    assert answer.status_code < 500, (endpoint, other)


def test_a_hidden_field_that_was_changed_is_never_a_fault(fill):
    """Of a form that is right otherwise: its key, its version, what it was told before."""
    for endpoint in FILLED:
        form = fill(endpoint)
        for name in set(form.hidden) - set(FILLED[endpoint]) - {"csrf_token"}:
            for nonsense in ("", "x" * 5000, "\x00", "-1", "2147483648"):
                with undone(form):
                    answer = form.send(**{name: nonsense})
                    assert answer.status_code < 500, (endpoint, name, nonsense[:9])


class AtOnce:
    """In the place of a thread: what it is given is done when it is given."""

    def __init__(self, *_, **__):
        pass

    def submit(self, do, *words):
        future = Future()
        try:
            future.set_result(do(*words))
        except Exception as error:  # noqa: BLE001 - as an executor does
            future.set_exception(error)
        return future

    def shutdown(self, wait):
        pass


@pytest.fixture(autouse=True)
def _without_threads(monkeypatch):
    """What is done in a thread of its own would wait for the transaction that is taken back here."""
    monkeypatch.setattr(progress, "ThreadPoolExecutor", AtOnce)
    monkeypatch.setattr(progress.Work, "_run", lambda self, do: do(self._on_progress))


@contextlib.contextmanager
def undone(form):
    """What is sent within it leaves nothing behind, so that the same form can be sent again as it was opened."""
    cookie = form.page.browser.get_cookie("loket").value
    with transaction() as sent:
        yield
        sent.rollback()
    form.page.browser.set_cookie("loket", cookie)


def comparable():
    """Every row, without what is never twice alike."""
    return {table: sorted(repr({name: value for name, value in row.items()
                                if name not in NEVER_TWICE_ALIKE and not name.endswith("_at")})
                          for row in rows_of(table)) for table in tables() if table != "attempt"}
