"""The public pages of a full register: no name, no client, no login address, no cookie, and no look at the register."""
import re

import pytest

from models.accounts.accounts import Account
from models.arbeidszorg.register.clients import Client
from models.database import database, is_sqlite
from tests.walks import registry
from tests.walks.test_canaries import CANARIES, TRACES, bytes_of

# The tables that a public page may read: these, and those whose name begins with a word below.
OF_THE_SITE = re.compile(r"site_\w+|organisation|account|account_grant|public_contact|fixed_page_version|"
                         r"initiative\w*|picture\w*|news\w*|document\w*|edition|public_edition")
TABLE = re.compile(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"')
QUERIES = ("", "?page=2", "?q=9000", "?q=Kanarie003", "?q=ploeg", "?province=oost-vlaanderen", "?number=1")


@pytest.fixture
def public(app, cast, rows, people):
    """The addresses of all public pages of a register with two hundred names."""
    for names in registry.NAMES.values():
        names.named_rows(cast, CANARIES)
    blueprints = {part.name for wing in app.extensions["wings"] if wing.name == "site" for part in wing.blueprints}
    with app.test_request_context():
        addresses = {rule.build(rows, append_unknown=False)[1] for rule in app.url_map.iter_rules()
                     if "anyone" in app.view_functions[rule.endpoint].open_to and rule.arguments <= set(rows)
                     and rule.endpoint.partition(".")[0] in blueprints | {"pages"}}
    assert len(addresses) >= 6
    return sorted(path + query for path in addresses for query in QUERIES)


def test_no_public_page_holds_a_name_a_client_or_the_address_of_a_login(page, public):
    """ASVS 8.2.3."""
    logins = {account.email.encode() for account in Account.select() if account.email}
    clients = re.compile(rb"\b(?:%s)\b" % b"|".join(b"cli.nt %d" % client.number for client in Client.select()))
    assert len(logins) > 5
    for path in public:
        answer = page.browser.get(path)
        content = bytes_of(answer)
        assert answer.status_code < 500, path
        assert not [trace for trace in TRACES if trace in content.replace(b"Kanarie003", b"")], path
        assert not [login for login in logins if login in content], path
        assert not clients.search(content.lower()), path


def test_no_public_page_sets_or_reads_a_cookie(page, cast, public):
    """The home page alone differs for somebody who is signed in: it leads on."""
    for path in public:
        visitors = page.browser.get(path)
        assert "Set-Cookie" not in visitors.headers, path
        page.sign_in(cast.ploeg.account)
        own = page.browser.get(path)
        assert "Set-Cookie" not in own.headers, path
        if not path.startswith("/?") and path != "/":
            assert own.data == visitors.data, path
        page.forget()


def test_a_public_page_reads_no_table_of_a_register(page, public):
    if not is_sqlite():
        pytest.skip("SQLite tells each statement")
    for path in public:
        statements = []
        database.connection().set_trace_callback(statements.append)
        page.browser.get(path)
        database.connection().set_trace_callback(None)
        assert statements, path
        tables = {table for statement in statements for table in TABLE.findall(statement)}
        assert not {table for table in tables if not OF_THE_SITE.fullmatch(table)}, path
        assert not [statement for statement in statements if statement.startswith(("INSERT", "UPDATE", "DELETE"))], path
