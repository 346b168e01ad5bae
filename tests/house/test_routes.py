"""Every route: who may call it, by which method, with whose row. What is added tomorrow must be added here."""
import re

import pytest

from models import names
from models.accounts.links import OneTimeLink
from models.database import database
from tests.factories import client_of
from tests.house.expected_routes import EXPECTED, ROLES
from tests.house.filled_forms import FILLED
from tests.house.rows import copied_rows, session_of
from tests.tables import contents

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


def rules(app):
    return [(rule, method) for rule in app.url_map.iter_rules() for method in sorted(rule.methods & METHODS)]


def test_every_route_and_method_stands_in_the_table(app):
    assert {(rule.endpoint, method) for rule, method in rules(app)} == set(EXPECTED)


@pytest.fixture
def rows(cast):
    """A row for each kind of id that an address holds: De Ploeg's, or its province's."""
    return {**copied_rows(cast), "token": "x" * 43}


def address(rule, rows):
    return re.sub(r"<(?:\w+(?:\(.*?\))?:)?(\w+)>", lambda match: str(rows[match[1]]), rule.rule)


def person(cast, role):
    return {
        "organisation": cast.ploeg.account,
        "other organisation": cast.outsider.account,
        "administrator": cast.administrator,
        "other administrator": cast.other_administrator,
    }.get(role)


def token_of(page):
    return page.form_of("/password/new")["csrf_token"]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(app, page, cast, rows, role):
    found = {}
    for rule, method in rules(app):
        page.forget()
        if person(cast, role):
            page.sign_in(person(cast, role))
        data = {"csrf_token": token_of(page)} if method == "POST" else None
        answer = page.browser.open(address(rule, {**rows, "session_id": session_of(cast)}), method=method, data=data)
        found[rule.endpoint, method] = answer.status_code
        if role == "nobody" and answer.status_code == 303 and not rule.endpoint.startswith(("auth", "pages")):
            assert answer.location.startswith("/login")
    expected = {key: statuses[ROLES.index(role)] for key, statuses in EXPECTED.items()}
    assert found == expected


def test_administrators_need_no_names_and_cannot_get_at_them(app, page, cast, rows, monkeypatch):
    """All that an administrator can call works without the key, decrypts nothing, and selects no sealed name."""
    names.use(None)
    for name in ("AESGCM", "_data_key", "_open", "_unwrap"):
        monkeypatch.setattr(names, name, lambda *_: pytest.fail("an administrator came to the names"))
    statements, execute = [], type(database.obj).execute_sql
    monkeypatch.setattr(type(database.obj), "execute_sql",
                        lambda self, sql, params=None: statements.append(sql) or execute(self, sql, params))
    administrators = ("administrator", "other administrator")
    for role in administrators:
        for rule, method in rules(app):
            page.sign_in(person(cast, role))
            data = {"csrf_token": token_of(page)} if method == "POST" else None
            status = page.browser.open(address(rule, rows), method=method, data=data).status_code
            assert status == EXPECTED[rule.endpoint, method][ROLES.index(role)], rule
    assert statements
    # Who is restored gets it back from where it was kept, within one statement that reads nothing.
    assert {sql.split()[0] for sql in statements if "sealed_name" in sql} == {"UPDATE"}


@pytest.mark.parametrize("role", ["other organisation", "administrator", "other administrator"])
def test_the_row_of_another_is_absent_and_stays_as_it_was(app, page, cast, rows, role):
    """ASVS 8.2.2, over every route with an id: 404 (403 for who has no such pages at all), and nothing changed."""
    page.sign_in(person(cast, role))
    token = token_of(page)
    before = contents()
    tried = 0
    for rule, method in rules(app):
        audiences = app.view_functions[rule.endpoint].open_to
        own = role == "administrator" and audiences == {"administrator"}
        if not rule.arguments - {"token", "kind"} or own:
            continue
        typed = {"csrf_token": token, "hours": "8", "start_date": "01/01/2020", "reason": "double", "version": "1",
                 "organisation": str(cast.outsider.organisation.id)}
        fields = {**typed, **FILLED[rule.endpoint]} if method == "POST" else None
        answer = page.browser.open(address(rule, rows), method=method, data=fields)
        assert answer.status_code == (404 if role.split()[-1] in audiences else 403), rule
        assert "Roos" not in answer.text
        tried += 1
    assert tried >= 10
    assert contents() == before


def test_the_row_of_another_is_absent_by_way_of_an_own_one_too(page, cast, rows):
    """ASVS 8.2.2: the number is one's own, the period somebody else's."""
    own = client_of(cast.outsider)
    page.sign_in(cast.outsider.account)
    path = f"/clients/{own.number}/periods/{rows['period_id']}"
    before = contents()
    assert page.browser.get(path).status_code == 404
    fields = {"csrf_token": token_of(page), "version": "1", "hours": "8", "start_date": "01/01/2020"}
    assert page.browser.post(path, data=fields).status_code == 404
    assert contents() == before


@pytest.mark.parametrize("role", ROLES)
def test_no_get_changes_a_row(app, page, cast, rows, role):
    """ASVS 3.5.3: only audit rows and a last-seen moment may be written."""
    if person(cast, role):
        page.sign_in(person(cast, role))
    links = [OneTimeLink.make(cast.outsider.account, kind, "nieuw@voorbeeld.be" if kind == "email" else None)
             for kind in ("password", "invitation", "email")]
    before = contents()
    for rule, method in rules(app):
        # Each link where an address holds one; of the others there is one address.
        for link in () if method != "GET" else links if "token" in rule.arguments else links[:1]:
            page.browser.get(address(rule, {**rows, "token": link}))
            page.browser.head(address(rule, {**rows, "token": link}))
    assert contents() == before


def test_every_post_without_a_token_or_with_another_sessions_is_refused(app, page, cast, rows):
    """ASVS 3.5.1."""
    page.sign_in(cast.outsider.account)
    foreign = token_of(page)
    page.sign_in(cast.ploeg.account)
    before = contents()
    for rule, method in rules(app):
        if method != "POST":
            continue
        for data in ({}, {"csrf_token": "x"}, {"csrf_token": foreign}):
            answer = page.browser.post(address(rule, rows), data={**data, "hours": "8", "start_date": "01/01/2020"})
            assert answer.status_code in (400, 401), (rule, answer.status_code)
    assert contents() == before


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "99999999999999999999", "x", "%00", "2147483648", "٣"])
def test_a_number_that_is_none_is_absent(page, cast, number):
    page.sign_in(cast.ploeg.account)
    for path in ("", "/edit", "/periods/new", "/deletion-request"):
        assert page.browser.get(f"/clients/{number}{path}").status_code == 404, path
    assert page.browser.get(f"/clients/1/periods/{number}").status_code == 404


def test_doubled_parameters_have_a_defined_answer(app, page, cast, rows):
    """ASVS 15.3.7."""
    page.sign_in(cast.ploeg.account)
    names = ["name", "gender", "birth_date", "home_postcode", "hours", "start_date", "end_date", "version", "form_key",
             "reason", "email", "password", "address", "mistake", "birth_date_unknown", "tab", "q", "page", "sort"]
    for rule, method in rules(app):
        if rule.endpoint in ("auth.logout", "account.end_sessions", "account.end_session"):
            continue
        doubled = [(name, value) for name in names for value in ("1", "x")]
        token = [("csrf_token", token_of(page))] * 2
        if method == "POST":
            body = "&".join(f"{name}={value}" for name, value in token + doubled)
            answer = page.browser.post(address(rule, rows), data=body, content_type="application/x-www-form-urlencoded")
        else:
            answer = page.browser.get(address(rule, rows), query_string="&".join(f"{n}={v}" for n, v in doubled))
        assert answer.status_code < 500, rule
