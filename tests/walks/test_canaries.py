"""Searches every response to a role outside a tenant for two hundred unique names, and finds not one."""
import io
import itertools
import logging
import zipfile

import pytest

from models.audit import AuditEntry
from models.database import database, is_sqlite
from tests.hall import mails
from tests.walks import registry
from tests.walks.test_secrets import raw_bytes

CANARIES = [f"Kanarie{number:03} Zilverstaart" for number in range(200)]
TRACES = (b"anarie", b"ilverstaart")


@pytest.fixture
def aviary(cast, rows):
    """The rows of an address to try at each address: those of the walk, replaced by rows with a name."""
    return [rows | named for names in registry.NAMES.values() for named in names.named_rows(cast, CANARIES)]


def bytes_of(answer):
    """The bytes of a response; of a spreadsheet the bytes of the files in it."""
    if not answer.data.startswith(b"PK"):
        return answer.data
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        return b"".join(book.read(name) for name in book.namelist())


def test_no_response_to_a_role_outside_a_tenant_holds_one_of_two_hundred_names(
        app, page, people, aviary, caplog, database_url):
    """ASVS 8.2.3: no page, export, mail, log, error or address; nor the raw files of the database."""
    caplog.set_level(logging.DEBUG)
    queries = [(names.PLACE, query) for names in registry.NAMES.values() for query in names.QUERIES]
    seen = 0
    for account in registry.without_names(people).values():
        page.sign_in(account)
        for rule in app.url_map.iter_rules():
            with app.test_request_context():
                paths = {rule.build(rows)[1] for rows in aviary}
            # Without a query first, for most addresses take none.
            tried = ["", *(query for place, query in queries if rule.rule.startswith(place) and "GET" in rule.methods)]
            for path, query in itertools.product(sorted(paths), dict.fromkeys(tried)):
                answer = page.browser.get(path + query)
                assert not [trace for trace in TRACES if trace in bytes_of(answer)], path + query
                assert "anarie" not in answer.headers.get("Location", "") or "q=" in query, path
                seen += answer.status_code == 200
    assert seen > 100
    texts = [caplog.text, str(mails()), *(entry.detail for entry in AuditEntry.select())]
    assert not [text for text in texts if "anarie" in text]
    if is_sqlite():
        database.close()
        assert not [trace for trace in TRACES if trace in raw_bytes(database_url)]


def test_an_exception_on_an_administrator_s_page_shows_no_name(page, cast, aviary, caplog, monkeypatch):
    def broken(*_args, **_options):
        raise ValueError(CANARIES[0])

    page.app.testing = page.app.config["PROPAGATE_EXCEPTIONS"] = False
    page.sign_in(cast.administrator)
    monkeypatch.setattr("models.arbeidszorg.without_names.client.ClientWithoutName.view", broken)
    answer = page.browser.get(f"/province/clients/{aviary[0]['number']}")
    assert answer.status_code == 500
    assert "ilverstaart" not in answer.text
    assert "ilverstaart" not in caplog.text
