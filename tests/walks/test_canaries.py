"""Searches every response to an administrator for two hundred unique names, and finds not one."""
import io
import logging
import zipfile

import pytest

from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.register.clients import Client
from models.audit import AuditEntry
from models.database import database, is_sqlite
from tests.factories import client_of, days, period_of
from tests.hall import mails
from tests.walks.rows import rows_for
from tests.walks.test_secrets import raw_bytes

CANARIES = [f"Kanarie{number:03} Zilverstaart" for number in range(200)]
TRACES = (b"anarie", b"ilverstaart")
# The query strings that are tried at each address.
QUERIES = (
    "", "?page=2", "?page=8", "?q=3", "?q=Kanarie003", "?sort=number-desc", "?scope=vlaanderen", "?status=active")


@pytest.fixture
def aviary(cast):
    """Clients of De Ploeg and Het Atelier with these names: some renamed, some to be deleted, some deleted."""
    clients = []
    for number, name in enumerate(CANARIES):
        login = (cast.ploeg, cast.outsider)[number % 2]
        client = client_of(login, name)
        period_of(client, login, days(-400 - number), days(-number) if number % 3 == 0 else None)
        clients.append(client)
    clients[0].change({"income": "pension"}, f"{CANARIES[0]} B.", 1, by=cast.ploeg.account)
    for client in clients[2:8:2]:
        DeletionRequest.ask(client, "double", "", cast.ploeg.account)
    for client in clients[10:16:2]:
        Deletion.make(client, "double", cast.administrator)
    Deletion.get(Deletion.client_number == clients[10].number).restore(cast.administrator)
    assert Client.get_by_id(clients[10].number).name == CANARIES[10]
    return clients


def bytes_of(answer):
    """The bytes of a response; of a spreadsheet the bytes of the files in it."""
    if not answer.data.startswith(b"PK"):
        return answer.data
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        return b"".join(book.read(name) for name in book.namelist())


def test_no_response_to_an_administrator_holds_one_of_two_hundred_names(app, page, cast, aviary, caplog, database_url):
    """ASVS 8.2.3: no page, export, mail, log, error or address; nor the raw files of the database."""
    caplog.set_level(logging.DEBUG)
    rows = {**rows_for(cast), "token": "x"}
    seen = 0
    for administrator in (cast.administrator, cast.other_administrator):
        page.sign_in(administrator)
        for rule in app.url_map.iter_rules():
            numbers = (aviary[0].number, aviary[4].number, aviary[12].number) if "number" in rule.arguments else (0,)
            for number in numbers:
                with app.test_request_context():
                    path = rule.build({**rows, "number": number})[1]
                for query in QUERIES if rule.rule.startswith("/province") and "GET" in rule.methods else ("",):
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
    answer = page.browser.get(f"/province/clients/{aviary[0].number}")
    assert answer.status_code == 500
    assert "ilverstaart" not in answer.text
    assert "ilverstaart" not in caplog.text
