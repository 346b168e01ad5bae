"""Checks on every route for every grant: its status, its methods, and access to rows (tests/walks/registry.py)."""
import re

import pytest

from models import names
from models.accounts import roles
from models.accounts.grants import Grant
from models.accounts.links import OneTimeLink
from models.accounts.roles import TENANT, WHOLE
from models.database import database
from models.tenants import Tenant, TenantKind
from tests.factories import client_of
from tests.tables import contents
from tests.views.conftest import CIPHERS
from tests.walks import registry
from tests.walks.filled import FILLED
from tests.walks.hall.routes import NOBODY
from tests.walks.hall.rows import session_of

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
EXPECTED = registry.expected()


def rules(app):
    return [(rule, method) for rule in app.url_map.iter_rules() for method in sorted(rule.methods & METHODS)]


def address(rule, rows):
    return re.sub(r"<(?:\w+(?:\(.*?\))?:)?(\w+)>", lambda match: str(rows[match[1]]), rule.rule)


def token_of(page):
    return page.form_of("/password/new")["csrf_token"]


def test_every_route_and_method_is_in_the_table_for_every_grant(app):
    assert {key: set(EXPECTED[key]) for key in EXPECTED} == {
        (rule.endpoint, method): set(registry.COLUMNS) for rule, method in rules(app)}


def test_every_role_has_a_column_in_its_own_scope_and_in_another(app, people):
    assert {role for role, _ in registry.GRANTS} == set(app.extensions["audiences"])
    for code in app.extensions["audiences"]:
        scopes = {}
        for whose in ("own", "other"):
            [grant] = Grant.of(people[code, whose].id)
            assert grant.code == code
            scopes[whose] = (grant.tenant_id, grant.province)
        assert scopes["own"] != scopes["other"] or roles.of(code).scope == roles.WHOLE, code


def test_every_kind_of_tenant_that_has_roles_has_an_own_one_and_another(people):
    tenants = {whose: {grant.tenant_id for (_, of), account in people.items() if of == whose
                       for grant in Grant.of(account.id)} for whose in ("own", "other")}
    assert not (tenants["own"] & tenants["other"]) - {None}
    kinds = {whose: {tenant.kind for tenant in Tenant.select().where(Tenant.id.in_(ids))}
             for whose, ids in tenants.items()}
    with_roles = {role.tenant_kind for role in roles.known() if role.tenant_kind}
    assert kinds["own"] == kinds["other"] == with_roles <= {one.kind for one in TenantKind.select()}


@registry.each_column
def test_each_grant_gets_the_expected_status(app, page, cast, people, rows, column):
    statuses = {}
    for rule, method in rules(app):
        page.forget()
        if people[column]:
            page.sign_in(people[column])
        data = {"csrf_token": token_of(page)} if method == "POST" else None
        answer = page.browser.open(address(rule, {**rows, "session_id": session_of(cast)}), method=method, data=data)
        statuses[rule.endpoint, method] = answer.status_code
        if column == NOBODY and answer.status_code == 303 and not rule.endpoint.startswith(("auth", "pages")):
            assert answer.location.startswith("/login")
    assert statuses == {key: by_column[column] for key, by_column in EXPECTED.items()}


def test_roles_outside_a_tenant_need_no_names_and_cannot_reach_them(app, page, people, rows, monkeypatch):
    """Every route works for them without the key, decrypts nothing, and selects no encrypted name."""
    names.use(None)
    for name in CIPHERS:
        monkeypatch.setattr(names, name, lambda *_: pytest.fail("a role outside a tenant came to the names"))
    statements, execute = [], type(database.obj).execute_sql
    monkeypatch.setattr(type(database.obj), "execute_sql",
                        lambda self, sql, params=None: statements.append(sql) or execute(self, sql, params))
    outside = registry.without_names(people)
    assert {code for code, _ in outside} | registry.SEE_NAMES == {
        role.code for role in roles.known() if role.scope != TENANT}
    for column, account in outside.items():
        for rule, method in rules(app):
            page.sign_in(account)
            data = {"csrf_token": token_of(page)} if method == "POST" else None
            status = page.browser.open(address(rule, rows), method=method, data=data).status_code
            assert status == EXPECTED[rule.endpoint, method][column], rule
    assert statements
    # Restoring a client moves its name back within one statement, which reads nothing.
    assert {sql.split()[0] for sql in statements if "sealed_name" in sql} == {"UPDATE"}


@registry.each_grant
def test_the_row_of_another_is_a_404_and_does_not_change(app, page, cast, people, rows, column):
    """ASVS 8.2.2, over every route with an id: 404 (403 for a role without that page), and no row changes."""
    page.sign_in(people[column])
    token = token_of(page)
    before = contents()
    tried = 0
    audience = app.extensions["audiences"][column[0]]
    names, addressed = audience.names, audience.address
    for rule, method in rules(app):
        open_to = app.view_functions[rule.endpoint].open_to
        # Rows for everybody who is signed in are those of De Ploeg's login.
        whole = roles.of(column[0]).scope == WHOLE
        own = (column[1] == "own" or whole) and (open_to <= names or (addressed or whole) and open_to & names) and (
            "signed-in" not in open_to or people[column].id == cast.ploeg.account.id)
        if not rule.arguments - {"token", "kind"} or own or "anyone" in open_to:
            continue
        # Where the address names the tenant, a page of another tenant does not exist, whatever the role.
        elsewhere = addressed and addressed.argument in rule.arguments and column[1] == "other"
        typed = {"csrf_token": token, "hours": "8", "start_date": "01/01/2020", "reason": "double", "version": "1",
                 "organisation": str(cast.outsider.organisation.id)}
        fields = {**typed, **FILLED[rule.endpoint]} if method == "POST" else None
        answer = page.browser.open(address(rule, rows), method=method, data=fields)
        assert answer.status_code == (404 if open_to & names or elsewhere else 403), rule
        assert "Roos" not in answer.text
        tried += 1
    assert tried >= 10
    assert contents() == before


def test_the_row_of_another_is_a_404_under_an_own_row_too(page, cast, rows):
    """ASVS 8.2.2: the client is the own organisation's, the period another's."""
    own = client_of(cast.outsider)
    page.sign_in(cast.outsider.account)
    path = f"/clients/{own.number}/periods/{rows['period_id']}"
    before = contents()
    assert page.browser.get(path).status_code == 404
    fields = {"csrf_token": token_of(page), "version": "1", "hours": "8", "start_date": "01/01/2020"}
    assert page.browser.post(path, data=fields).status_code == 404
    assert contents() == before


@registry.each_column
def test_no_get_changes_a_row(app, page, cast, people, rows, column):
    """ASVS 3.5.3: only audit rows and a last-seen moment may be written."""
    if people[column]:
        page.sign_in(people[column])
    links = [OneTimeLink.make(cast.outsider.account, kind, "nieuw@voorbeeld.be" if kind == "email" else None)
             for kind in ("password", "invitation", "email")]
    before = contents()
    for rule, method in rules(app):
        # Try every link in an address with a token; the other addresses are requested once.
        for link in () if method != "GET" else links if "token" in rule.arguments else links[:1]:
            page.browser.get(address(rule, {**rows, "token": link}))
            page.browser.head(address(rule, {**rows, "token": link}))
    assert contents() == before


def test_every_post_without_a_token_or_with_another_session_s_is_refused(app, page, cast, rows):
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
def test_an_invalid_number_in_an_address_is_a_404(page, cast, number):
    page.sign_in(cast.ploeg.account)
    for path in ("", "/edit", "/periods/new", "/deletion-request"):
        assert page.browser.get(f"/clients/{number}{path}").status_code == 404, path
    assert page.browser.get(f"/clients/1/periods/{number}").status_code == 404


def test_doubled_parameters_give_no_exception(app, page, cast, rows):
    """ASVS 15.3.7."""
    page.sign_in(cast.ploeg.account)
    names = ["name", "gender", "birth_date", "home_postcode", "hours", "start_date", "end_date", "version", "form_key",
             "reason", "email", "password", "address", "why_income", "birth_date_unknown", "tab", "q", "page", "sort"]
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
