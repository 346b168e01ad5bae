import logging
import re
import time

import pytest
from bs4 import BeautifulSoup
from flask import Flask, redirect
from werkzeug.test import create_environ

from app import create_app
from tests.conftest import QUESTIONNAIRE
from tests.factories import client_of
from tests.hall import mails
from tests.page import CSP
from views.shell.access import open_to
from views.shell.security import clear_browser

OURS = {
    "Content-Security-Policy": CSP, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FORGED = {"X-Forwarded-Host": "kwaad.be", "X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4",
          "X-Forwarded-Prefix": "/kwaad", "Forwarded": "host=kwaad.be;proto=https"}


@pytest.fixture
def add(app):
    """Adds a view, open to anyone, to the application."""
    def add(address, view, **options):
        app.config["PROPAGATE_EXCEPTIONS"] = False
        app.add_url_rule(address, address, open_to("anyone")(view), **options)

    return add


@pytest.fixture
def over_https(database_url, tmp_path):
    """The application as it runs behind https://loket.provincie.be."""
    return create_app({"DATABASE_URL": database_url, "DATA_DIR": tmp_path / "data", "KEY_DIR": tmp_path / "keys",
                       "BASE_URL": "https://loket.provincie.be", "TESTING": True, "QUESTIONNAIRE": QUESTIONNAIRE})


@pytest.fixture
def lines(caplog):
    """Returns a function that gives the messages logged so far, by all loggers."""
    caplog.set_level(logging.INFO)
    return lambda: [record.getMessage() for record in caplog.records]


def fail():
    raise ValueError("Marie Peeters")


def asset(app):
    return app.jinja_env.globals["static_url"]("css/loket.css")


def test_every_response_has_the_security_headers(app, page, add):
    add("/fault", fail)
    for address, status in (("/", 200), ("/login", 200), ("/nowhere", 404), ("/fault", 500), (asset(app), 200)):
        response = page.browser.get(address)
        assert response.status_code == status
        assert {name: response.headers.get(name) for name in OURS} == OURS
    foreign = page.browser.get("/", headers={"Host": "kwaad.be"})
    for response in (page.browser.post("/"), page.browser.post("/login"), foreign):
        assert response.status_code in (400, 405)
        assert {name: response.headers.get(name) for name in OURS} == OURS


def test_no_header_is_sent_twice(page):
    response = page.browser.get("/login")
    names = [name for name, _ in response.headers if name != "Set-Cookie"]
    assert sorted(names) == sorted(set(names))


def test_the_content_security_policy_has_no_unsafe_source_or_wildcard():
    assert "unsafe" not in CSP
    assert "*" not in CSP


def test_pages_are_not_stored_and_have_a_charset(page, signed_in):
    for address in ("/login", "/dashboard", "/nowhere"):
        response = page.browser.get(address)
        assert response.headers.getlist("Cache-Control") == ["no-store"]
        assert response.content_type == "text/html; charset=utf-8"


def test_a_view_cannot_make_a_page_storable(page, add):
    add("/stored", lambda: ("x", {"Cache-Control": "public, max-age=60"}))
    assert page.browser.get("/stored").headers.getlist("Cache-Control") == ["no-store"]


def test_hsts_is_sent_only_over_https(page, over_https):
    assert "Strict-Transport-Security" not in page.browser.get("/login").headers
    response = over_https.test_client().get("/login", headers={"Host": "loket.provincie.be"})
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_the_cookie_on_loopback(page):
    page.get("/login")
    assert set(_cookie(page.response)[1:]) == {"HttpOnly", "Path=/", "SameSite=Lax"}
    assert _cookie(page.response)[0].startswith("loket=")


def test_the_cookie_over_https(over_https):
    response = over_https.test_client().get("/login", headers={"Host": "loket.provincie.be"})
    assert set(_cookie(response)[1:]) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert _cookie(response)[0].startswith("__Host-loket=")


def _cookie(response):
    [cookie] = response.headers.getlist("Set-Cookie")
    return cookie.split("; ")


@pytest.mark.parametrize("host", [
    "kwaad.be", "localhost.kwaad.be", "", "localhost@kwaad.be", "kwaad.be:80", "lo calhost"])
def test_an_untrusted_host_is_refused(app, page, host):
    for address in ("/", "/login", "/nowhere", asset(app)):
        assert page.browser.get(address, headers={"Host": host}).status_code == 400


def test_an_address_is_matched_as_flask_matches_it(app):
    for address in ("/login?next=/x%20y", "//dashboard", "/nowhere/%C3%A9?a=%E9", "/clients/12/edit/"):
        request = app.request_class(create_environ(address, "http://LOCALHOST:8000"))
        mine, of_flask = (make(app, request) for make in (type(app).create_url_adapter, Flask.create_url_adapter))
        assert mine.map is of_flask.map
        assert (mine.path_info, mine.query_args, mine.default_method, mine.script_name, mine.subdomain) == (
            request.path, of_flask.query_args, of_flask.default_method, of_flask.script_name, of_flask.subdomain)
        assert mine.get_host(None).lower() == of_flask.get_host(None)
        assert mine.test() == of_flask.test()


def test_forwarded_headers_change_nothing(page, add):
    add("/self", lambda: redirect("/login"))
    plain = page.browser.get("/self")
    forged = page.browser.get("/self", headers=FORGED)
    assert forged.location == plain.location == "/login"
    assert "Strict-Transport-Security" not in forged.headers
    assert "kwaad.be" not in page.browser.get("/login", headers=FORGED).text
    page.get("/", 400, headers=FORGED | {"Host": "kwaad.be"})


def test_links_in_mails_start_with_the_base_url_whatever_the_headers_are(page, ploeg):
    """ASVS 4.1.3."""
    form = page.form_of("/password/new") | {"email": ploeg.account.email}
    assert page.browser.post("/password/new", data=form, headers=FORGED).status_code == 303
    (_, _, body), = mails()
    assert "http://127.0.0.1:8000/password/" in body
    assert "kwaad" not in body


def test_every_route_refuses_methods_that_it_does_not_declare(app, signed_in):
    """ASVS 4.1.4."""
    methods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"}
    allowed = {}
    for rule in app.url_map.iter_rules():
        allowed.setdefault(rule.rule, set()).update(rule.methods & {"GET", "HEAD", "POST"})
    for address, own in allowed.items():
        path = re.sub("<.*?>", "1", address)
        for method in methods - own:
            response = signed_in.browser.open(path, method=method)
            assert response.status_code == 405, (method, address)
            assert own - {"HEAD"} <= set(response.headers["Allow"].split(", "))


def test_every_post_without_a_token_is_refused(app, cast, page):
    for account in (cast.ploeg.account, cast.administrator, None):
        if account:
            page.sign_in(account)
        else:
            page.forget()
        for rule in app.url_map.iter_rules():
            if "POST" in rule.methods:
                path = rule.build(dict.fromkeys(rule.arguments, 1))[1]
                for token in ({}, {"csrf_token": ""}, {"csrf_token": "x.y.z"}):
                    assert page.browser.post(path, data={"email": "a@voorbeeld.be", **token}).status_code == 400, path


def test_a_token_of_another_session_is_refused(page, cast):
    page.sign_in(cast.outsider.account)
    foreign = page.form_of("/dashboard")["csrf_token"]
    page.sign_in(cast.ploeg.account)
    page.post("/dashboard/name", {"csrf_token": foreign, "name": "x"}, 400, token=False)


def test_over_https_a_post_from_another_site_is_refused(over_https):
    browser = over_https.test_client()
    https = {"Host": "loket.provincie.be"}
    soup = BeautifulSoup(browser.get("/login", headers=https).text, "html.parser")
    token = soup.select_one("[name=csrf_token]")["value"]
    for referrer in ("https://kwaad.be/", "http://loket.provincie.be/", "https://[", "https://x:y/", None):
        headers = https | ({"Referer": referrer} if referrer else {})
        response = browser.post("/login", data={"csrf_token": token}, headers=headers)
        assert response.status_code == 400, referrer


def test_a_form_left_open_for_hours_still_posts(signed_in, monkeypatch):
    fields = signed_in.form_of("/dashboard")
    later = time.time() + 10 * 60 * 60
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    assert signed_in.browser.post("/dashboard/name", data=fields | {"name": "x"}).status_code == 200


def test_signing_out_clears_the_browser_s_cache_and_storage(app):
    with app.test_request_context():
        assert clear_browser(redirect("/login")).headers["Clear-Site-Data"] == '"cache", "storage"'


def test_the_log_has_one_line_a_request_with_the_route_and_a_number(page, ploeg, lines):
    page.sign_in(ploeg.account)
    page.browser.get("/clients/123456?q=secret")
    [line] = [line for line in lines() if line.startswith("GET")]
    assert line.startswith("GET /clients/<int:number> 404 ")
    assert f"account={ploeg.account.id} ref=" in line
    assert "123456" not in " ".join(lines())
    assert "secret" not in " ".join(lines())


def test_the_log_holds_no_link_and_no_user_input(page, lines):
    headers = {"Referer": "http://localhost/secret", "User-Agent": "secret"}
    page.browser.get("/password/Tok3nOfALink?x=secret", headers=headers)
    page.browser.get("/nowhere/Tok3nOfALink")
    page.browser.post("/login", data={"email": "secret@voorbeeld.be"})
    assert "Tok3nOfALink" not in " ".join(lines())
    assert "secret" not in " ".join(lines())


def test_refusals_are_logged_with_the_account_and_without_user_input(page, cast, lines):
    """ASVS 16.2.5, 16.3.2 (wrong role, another's row, no token) and 16.3.1 (a failed sign-in)."""
    client = client_of(cast.ploeg, "Roos Peeters")
    for account, method, path, status in (
            (cast.administrator, "GET", "/dashboard", 403),
            (cast.outsider.account, "GET", f"/clients/{client.number}", 404),
            (cast.outsider.account, "POST", f"/clients/{client.number}/edit", 400)):
        page.sign_in(account)
        page.browser.open(path, method=method, data={"name": "Roos"} if method == "POST" else None)
        assert re.fullmatch(rf"{method} /\S+ {status} [\d.]+ms account={account.id} ref=\S+", lines()[-1])
    page.forget()
    fields = {"email": "ploeg@voorbeeld.be", "password": "fout Roos"}
    page.post("/login", fields, 422)
    assert re.fullmatch(r"POST /login 422 [\d.]+ms account=- ref=\S+", lines()[-1])
    assert not re.search("Roos|Peeters|ploeg@", " ".join(lines()))


def test_static_files_are_logged_too(app, page, lines):
    page.browser.get(asset(app))
    assert lines()[0].startswith("GET /static/ 200 ")


def test_no_line_of_the_log_can_be_forged(page, lines):
    page.browser.get("/x%0a%0dERROR forged", headers={"User-Agent": "x\u2028ERROR forged"})
    page.browser.open("/", method="ERROR%0aforged")
    assert all(len(line.splitlines()) == 1 for line in lines())
    assert "forged" not in " ".join(lines())
