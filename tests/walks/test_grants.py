"""Checks for every grant: its menu, its first page, and the second step of signing in."""
import re

import pytest
from bs4 import BeautifulSoup
from flask import url_for

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.sessions import Session
from tests.phones import factor_of
from tests.walks import registry
from tests.walks.hall.routes import NOT_CHOSEN
from tests.walks.test_routes import EXPECTED, address, rules


def address_in_tenant(app, audience, item, account):
    """The address of a menu's item; if it names the tenant, that of this account."""
    way = audience.address
    named = way and app.url_map.is_endpoint_expecting(item.endpoint, way.argument)
    return url_for(item.endpoint, **{way.argument: way.value_of(account.tenant_id)} if named else {})


@registry.each_grant
def test_every_item_of_a_menu_leads_to_a_page_of_the_audience(app, page, people, column):
    page.sign_in(people[column])
    audience = app.extensions["audiences"][column[0]]
    with app.test_request_context():
        addresses = [address_in_tenant(app, audience, item, people[column]) for item in (
            *audience.menu, audience.own_login)]
    page.get("/", 303)
    assert page.response.location == addresses[0]
    for path in addresses:
        assert page.get(path).select_one("header a[aria-current=page]")["href"] == path


@pytest.mark.parametrize("set_up", [True, False])
def test_a_session_without_second_factor_opens_no_page(app, page, people, set_up):
    """ASVS 6.3.3, over every route that is not open to anyone, for each role that needs a second factor."""
    tried = 0
    for account in registry.own(people):
        if not account.limits.second_factor:
            continue
        if set_up:
            factor_of(account)
        token = page.wait(account)
        for key in ("waiting", "_user_id"):
            with page.browser.session_transaction() as cookie:
                cookie.clear()
                cookie[key] = token
            for rule in app.url_map.iter_rules():
                if "anyone" in app.view_functions[rule.endpoint].open_to:
                    continue
                path = re.sub(r"<[^>]*>", "1", rule.rule)
                for method in rule.methods & {"GET", "POST"}:
                    assert page.browser.open(path, method=method).status_code in (303, 400), (method, path)
                    tried += 1
    assert tried > 60


@registry.each_grant
def test_a_grant_that_ended_opens_nothing_at_the_next_request(page, people, column):
    page.sign_in(people[column])
    page.get("/", 303)
    Grant.of(people[column].id).get().end()
    assert "Aanmelden" in page.get("/").header.get_text()
    page.get("/account/roles", 303)
    assert page.response.location.startswith("/login")


def test_a_login_that_has_not_chosen_opens_only_the_page_that_asks(page, people):
    """Also by the second of its grants, once it has chosen that one, and no longer when that one has ended."""
    page.sign_in(people[NOT_CHOSEN])
    grants = list(Grant.of(people[NOT_CHOSEN].id))
    assert len(grants) == 2
    page.get("/", 303)
    assert page.response.location == "/account/roles"
    page.post(f"/account/roles/{grants[1].id}", form="/account/roles")
    assert page.follow(status=303) is None
    first = page.response.location
    assert first != "/account/roles"
    page.get(first)
    grants[1].end()
    page.get(first, 303)
    assert page.response.location.startswith("/account/roles")


# Pages that ask for the password, which is not Loket's if another service signs the account in.
OF_LOCAL_LOGINS = {"account.email", "account.password", "account.factor", "account.recovery_codes"}


@registry.each_grant
def test_every_page_works_for_an_account_without_a_mail_address(app, page, people, rows, column):
    """Another service signs it in. No page shows 'None', and its own login offers nothing about a password."""
    account = people[column]
    Account.update(local=False, email=None, password_hash=None).where(Account.id == account.id).execute()
    Session.start(account, "elders")
    page.sign_in(account)
    for rule, method in rules(app):
        if method != "GET" or rule.endpoint.startswith("auth."):
            continue
        answer = page.browser.get(address(rule, rows))
        expected = EXPECTED[rule.endpoint, "GET"][column]
        assert answer.status_code == (
            404 if expected == 200 and rule.endpoint in OF_LOCAL_LOGINS else expected), rule
        soup = BeautifulSoup(answer.text if answer.mimetype == "text/html" else "", "html.parser")
        values = [field["value"] for field in soup.select("[value]")]
        assert "None" not in [*re.findall(r"\w+", soup.get_text(" ")), *values], rule
    with app.test_request_context():
        own_login = url_for(app.extensions["audiences"][column[0]].own_login.endpoint)
        offered = [url_for(endpoint) for endpoint in OF_LOCAL_LOGINS]
    soup = BeautifulSoup(page.browser.get(own_login).text, "html.parser")
    assert "via een andere dienst" in soup.main.get_text()
    assert not [link for link in soup.select("main a[href]") if link["href"] in offered]
