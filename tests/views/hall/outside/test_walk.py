"""Every page with a provider, for a visitor and for each role that it gives: no fault, and no GET writes a row."""
import pytest

from models.accounts.outside.arriving import OfWing, Sent, arrive
from models.accounts.outside.signing_in import Person
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import ACCESS, COLLEAGUE, FINANCIAL, PRIVACY
from tests.tables import contents
from tests.walks import registry
from tests.walks.test_routes import address, rules

# Written by the link to the provider, and by nothing else.
UNFINISHED = "unfinished_sign_in"


@pytest.fixture
def rows(app, cast):
    """A row for each kind of id in an address."""
    return {**registry.make(cast).rows, "kind": "password", "session_id": 1}


@pytest.mark.parametrize("role", [None, PRIVACY, FINANCIAL, ACCESS, COLLEAGUE],
                         ids=lambda role: role.name if role else "nobody")
def test_no_page_fails_and_no_get_writes_more_than_an_unfinished_sign_in(app, page, rows, role):
    own = Facility.by_hco(rows["hco"])
    if role:
        wing = OfWing([role], lambda _: Sent([(role, own)]), lambda *_: None)
        page.sign_in(arrive(Person("https://aanmelden.voorbeeld.be", "a-17", {}, "/"), [wing]).account)
    before, statuses = contents(), {}
    for rule, method in rules(app):
        if method == "GET":
            statuses[rule.endpoint] = page.browser.get(address(rule, rows)).status_code
            page.browser.head(address(rule, rows))
    after = contents()
    assert {table for table in after if after[table] != before[table]} == (set() if role else {UNFINISHED})
    assert {endpoint: status for endpoint, status in statuses.items() if status >= 500} == {}
    assert statuses["outside.start"] == statuses["outside.answer"] == 303
    assert statuses["outside.signed_out"] == 200
    assert statuses["facility.show"] == (303 if role is None else 403 if role is COLLEAGUE else 200)
    assert statuses["access.index"] == (303 if role is None else 200 if role is ACCESS else 403)
