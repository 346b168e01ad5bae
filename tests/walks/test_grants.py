"""Checks for every grant: its menu, its first page, and the second step of signing in."""
import re

import pytest
from flask import url_for

from models.accounts.grants import Grant
from tests.phones import factor_of
from tests.walks import registry
from tests.walks.hall.routes import NOT_CHOSEN


@registry.each_grant
def test_every_item_of_a_menu_leads_to_a_page_of_the_audience(app, page, people, column):
    page.sign_in(people[column])
    audience = app.extensions["audiences"][column[0]]
    with app.test_request_context():
        addresses = [url_for(item.endpoint) for item in (*audience.menu, audience.own_login)]
    page.get("/", 303)
    assert page.response.location == addresses[0]
    for address in addresses:
        assert page.get(address).select_one("header a[aria-current=page]")["href"] == address


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
    page.get("/", 303)
    assert page.response.location == "/login"
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
