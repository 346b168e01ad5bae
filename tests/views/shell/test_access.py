import pytest
from flask import session

from models.accounts import roles
from models.accounts.accounts import Account
from models.accounts.sessions import Session
from models.arbeidszorg.roles import ORGANISATION, ROLES
from tests.conftest import PASSWORD
from tests.hall import refusal
from tests.page import PARTIAL
from views.shell.access import audiences_of, check_declarations, open_to, safe_next, sign_in, sign_out


@pytest.fixture
def add(app):
    """Adds a view, open to `audiences`, to the application."""
    def add(address, view, *audiences, **options):
        view.__name__ = address.strip("/")
        app.add_url_rule(address, view.__name__, open_to(*audiences)(view) if audiences else view, **options)

    return add


def test_each_route_declares_its_audience(app):
    with app.app_context():
        assert all(audiences_of(endpoint) for endpoint in app.view_functions)


def test_the_application_does_not_start_with_a_route_without_audience(app, add):
    add("/forgotten", lambda: ("open", {"Content-Type": "text/plain"}))
    with pytest.raises(RuntimeError, match="forgotten"):
        check_declarations(app)


def test_a_route_without_audience_refuses_everybody(page, cast, add):
    add("/forgotten", lambda: ("open", {"Content-Type": "text/plain"}))
    page.get("/forgotten", 303)
    for account in (cast.ploeg.account, cast.administrator):
        page.sign_in(account)
        page.get("/forgotten", 403)


def test_a_view_cannot_be_open_to_no_audience():
    with pytest.raises(ValueError, match="is expected"):
        open_to()


@pytest.mark.parametrize("audiences", [
    ("hall:organization",), ("anyone", "everyone"), ("organisation",), ("elsewhere:organisation",)])
def test_the_application_does_not_start_with_an_audience_of_neither_the_hall_nor_a_wing(app, add, audiences):
    add("/misspelt", lambda: ("open", {"Content-Type": "text/plain"}), *audiences)
    with pytest.raises(RuntimeError, match="misspelt"):
        check_declarations(app)


# Audience of a view → the status for an organisation, for an administrator, and for a visitor who is not signed in.
STATUSES = {
    "arbeidszorg:organisation": (200, 403, 303),
    "arbeidszorg:administrator": (403, 200, 303),
    "hall:organisation": (200, 403, 303),
    "hall:province": (403, 200, 303),
    "signed-in": (200, 200, 303),
    "anyone": (200, 200, 200),
}


def test_each_audience_can_call_only_its_own_routes(page, cast, add):
    for number, name in enumerate(STATUSES):
        add(f"/page-{number}", lambda: ("ja", {"Content-Type": "text/plain"}), name)
    add("/for-two", lambda: ("ja", {"Content-Type": "text/plain"}), "hall:province", "arbeidszorg:organisation")
    expected = [*STATUSES.values(), (200, 200, 303)]
    for column, account in enumerate((cast.ploeg.account, cast.administrator, None)):
        page.forget()
        if account:
            page.sign_in(account)
        addresses = [f"/page-{number}" for number in range(len(STATUSES))] + ["/for-two"]
        assert [page.browser.get(address).status_code for address in addresses] == [row[column] for row in expected]


def test_a_role_of_a_wing_that_is_off_signs_nobody_in(app, page, cast):
    page.sign_in(cast.ploeg.account)
    roles.use(role for role in ROLES if role != ORGANISATION)
    page.get("/dashboard", 303)
    assert page.response.location.startswith("/login")
    assert refusal(Account.sign_in, cast.ploeg.account.email, PASSWORD) == "unknown"


def test_a_visitor_who_is_not_signed_in_is_sent_to_the_sign_in_page_and_back(page):
    page.get("/dashboard?tab=inactive&page=2", 303)
    assert page.response.location == "/login?next=/dashboard?tab%3Dinactive%26page%3D2"


def test_htmx_without_a_session_sends_the_browser_to_the_sign_in_page(page):
    headers = PARTIAL | {"HX-Current-URL": "http://localhost/dashboard?tab=inactive"}
    page.get("/dashboard?tab=active", 401, headers=headers)
    assert page.response.headers["HX-Redirect"] == "/login?next=/dashboard?tab%3Dinactive"
    assert page.response.text == ""


@pytest.mark.parametrize("forged", [
    "https://kwaad.be//kwaad.be", "//kwaad.be//kwaad.be", "javascript:alert(1)", "", "x\\y", "http://[",
    "http://[x]/"])
def test_htmx_is_never_sent_back_to_another_site(page, forged):
    page.get("/dashboard", 401, headers=PARTIAL | {"HX-Current-URL": forged})
    assert page.response.headers["HX-Redirect"] == "/login"


@pytest.mark.parametrize("value", ["/dashboard", "/clients/7?x=1", "/"])
def test_a_path_of_loket_may_follow_after_signing_in(value):
    assert safe_next(value) == value


@pytest.mark.parametrize("value", [
    None, "", "dashboard", "//kwaad.be", "///kwaad.be", "https://kwaad.be", "/\\kwaad.be", "\\\\kwaad.be",
    "/\t/kwaad.be", "/\n/kwaad.be", "javascript:alert(1)", "/\x00", " /dashboard",
])
def test_another_site_may_not_follow_after_signing_in(value):
    assert safe_next(value) == "/"


def test_signing_in_replaces_everything_in_the_cookie(app, ploeg):
    token = Session.start(ploeg.account, "test")
    with app.test_request_context():
        session.update(csrf_token="from before", _flashes=[("message", "from before")])
        account = sign_in(token)
        assert account.account_id == ploeg.account.id
        assert session["_user_id"] == token
        assert "from before" not in str(dict(session))
        first = session["csrf_token"]
        sign_in(token)
        assert session["csrf_token"] != first
        sign_out()
        assert not session


@pytest.mark.parametrize("held", [{}, {"_flashes": [["message", "Bewaard."]]}], ids=["plain", "with a message"])
def test_a_changed_session_is_not_that_of_the_next_request_with_the_same_cookie(app, held):
    sessions = app.session_interface
    cookie = f"other=1; {sessions.start}{sessions.signer.dumps({'csrf_token': '5.a', **held})}; x{sessions.start}y"
    with app.test_request_context(headers={"Cookie": cookie}) as first:
        first.session["csrf_token"] = "5.b"
        first.session.get("_flashes", []).append(["message", "Van een ander verzoek."])
    with app.test_request_context(headers={"Cookie": cookie}) as second:
        assert dict(second.session) == {"csrf_token": "5.a", **held}
        assert not second.session.modified


def test_a_cookie_replayed_after_signing_out_gives_no_access(page, ploeg):
    token = page.sign_in(ploeg.account)
    page.get("/dashboard")
    Session.end(token)
    page.get("/dashboard", 303)
    assert page.response.location == "/login?next=/dashboard"


def test_a_blocked_account_is_refused_at_its_next_request(page, ploeg, add):
    add("/for-organisations", lambda: ("ja", {"Content-Type": "text/plain"}), "hall:organisation")
    page.sign_in(ploeg.account)
    page.get("/for-organisations")
    Account.update(blocked=True).where(Account.id == ploeg.account.id).execute()
    page.get("/for-organisations", 303)


def test_a_forged_cookie_gives_no_access(page, ploeg):
    page.sign_in(ploeg.account)
    cookie = page.browser.get_cookie("loket").value
    page.forget()
    page.browser.set_cookie("loket", cookie[:-2] + ("A" if cookie[-2] != "A" else "B") + cookie[-1])
    page.get("/dashboard", 303)
