"""Checks on every response, over all routes and roles: headers, no caching, nothing loaded from elsewhere."""
import base64
import json
import re
import zlib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from app import WINGS, create_app
from models.accounts.links import OneTimeLink
from models.accounts.sessions import Session
from tests.conftest import QUESTIONNAIRE
from tests.models.ecalcura.calculations import made
from tests.page import CSP, PARTIAL
from tests.walks import registry
from tests.walks.filled import FILLED, fill

__all__ = ["fill"]
STATIC = Path(__file__).parents[2] / "static"
OURS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
# A browser may keep a public file, and asks each time whether it is still public.
# Addresses that a browser may keep, if it asks each time: one entry a line.
PUBLIC = (
    "GET /ecalcura/documents/1/",
    "GET /contact?",
    "GET /robots.txt?",
    "GET /privacy?",
    "GET /toegankelijkheid?",
    "GET /sitemap.xml?",
    "GET /nieuws",
    "GET /documenten",
    "GET /arbeidszorginitiatieven",
    "GET /hulp?",
    "GET /hulp/aanmelden?",
)
ASK_EACH_TIME = {"Cache-Control": "no-cache"}
# Its address changes with its content.
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
PICTURE = re.compile(r"(?:GET|HEAD) /beelden/\S+ 200")
TEXT = re.compile(r"(?:text/\w+|application/(?:json|xml|atom\+xml)|image/svg\+xml); charset=utf-8")
FILES = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/pdf", "image/webp")
LOADED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "object": "data",
          "embed": "src", "video": "src", "audio": "src", "input": "src", "use": "href"}


@pytest.fixture
def over_https(database_url, tmp_path, bytecode_cache):
    """The application as it runs over HTTPS."""
    app = create_app({"DATABASE_URL": database_url, "DATA_DIR": tmp_path / "data", "KEY_DIR": tmp_path / "keys",
                      "BASE_URL": "https://localhost", "QUESTIONNAIRE": QUESTIONNAIRE, "WINGS": WINGS})
    app.jinja_env.bytecode_cache = bytecode_cache
    return app


@pytest.fixture
def answers(over_https, cast, people, rows):
    """Requests every route as a visitor and by each grant whose rows they are; gives (address, response) of each.

    With `pages` only whole pages, by GET.
    """
    rows["token"] = OneTimeLink.make(cast.ploeg.account, "password")
    app = over_https

    def answers(pages=False):
        for account in (None, *registry.own(people)):
            browser = app.test_client()
            if account:
                with browser.session_transaction(base_url="https://localhost") as cookie:
                    cookie["_user_id"] = Session.start(account, "test")
            with app.test_request_context():
                paths = [(rule.build(rows)[1], rule.methods) for rule in app.url_map.iter_rules()]
            for path, methods in [*paths, ("/nowhere", {"GET", "POST"}), ("/clients/999", {"GET", "POST"})]:
                # Without a token a post is refused; that response is checked too.
                for method in ["GET"] if pages else sorted(methods & {"GET", "HEAD", "POST"}) + ["DELETE"]:
                    for headers in ({},) if pages else ({}, PARTIAL):
                        answer = browser.open(path, method=method, headers=headers, base_url="https://localhost")
                        yield f"{method} {path} {answer.status_code}", answer

    return answers


def test_every_response_has_the_headers_and_a_charset_and_is_not_cached(answers):
    """ASVS 3.4.1, 3.4.3 to 3.4.6, 3.4.8, 4.1.1 and 14.3.2."""
    seen = 0
    for where, answer in answers():
        public = where.replace("HEAD", "GET").startswith(PUBLIC) and answer.status_code == 200
        ours = OURS | (FOR_EVER if PICTURE.fullmatch(where) else ASK_EACH_TIME if public else {})
        assert {name: answer.headers.getlist(name) for name in ours} == {name: [ours[name]] for name in ours}, where
        assert TEXT.fullmatch(answer.content_type) or answer.content_type in FILES, (where, answer.content_type)
        seen += 1
    assert seen > 200


def test_no_page_loads_anything_from_another_site(answers):
    """ASVS 3.6.1."""
    loaded = set()
    for where, answer in answers(pages=True):
        if answer.mimetype == "text/html":
            soup = BeautifulSoup(answer.text, "html.parser")
            for element in soup.select(", ".join(LOADED)):
                if set(element.get("rel", ())) & {"canonical", "alternate"}:
                    continue  # names an address, and loads nothing
                address = element.get(LOADED[element.name])
                drawn = element.name == "img" and str(address).startswith("data:image/svg+xml")
                ours = drawn or str(address).startswith(("/static/", "/beelden/"))
                assert address is None or ours, (where, str(address)[:100])
                loaded.add(address)
            for element in soup.select("[srcset]"):
                assert all(one.strip().startswith("/beelden/") for one in element["srcset"].split(",")), where
            assert not soup.select("base, meta[http-equiv], [background], [ping]"), where
    assert len(loaded - {None}) >= 5


def test_no_stylesheet_or_script_of_loket_loads_anything_from_another_site():
    """ASVS 3.6.1."""
    for path in STATIC.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "@import" not in text, path
        # Pico's icons are in the stylesheet itself.
        assert all(address.startswith("data:") for address in re.findall(r"url\(\s*[\"']?([^)]*)", text)), path
    ours = (STATIC / "js" / "loket.js").read_text(encoding="utf-8")
    assert not re.search(r"https?:|import\b|\beval\b|localStorage|sessionStorage|innerHTML", ours)


# Fields that may be in an address: numbers, days, options of a list, and searches among things that are not names.
IN_ADDRESSES = {
    "q", "tab", "sort", "page", "incomplete", "year", "scope", "organisation", "status", "born_from", "born_to",
    "kind", "since", "until", "role", "step", "period", "part", "province", "lacking", "without_holder",
    "without_contact", "by", "facility", "trimester", "work", "sector", "to"}


def test_no_form_puts_a_name_or_a_password_in_an_address(answers):
    """ASVS 14.2.1: the fields of a GET form end up in the address, the browser's history and logs."""
    for where, answer in answers(pages=True):
        if answer.mimetype == "text/html":
            for form in BeautifulSoup(answer.text, "html.parser").select("form:not([method=post])"):
                sent = {field["name"] for field in form.select("[name]")}
                assert {name for name in sent if not name.startswith("answer_")} <= IN_ADDRESSES, (where, sent)


def test_no_name_is_in_an_address_or_a_cookie_after_any_form(fill):
    """ASVS 14.2.1: Loket's cookie is signed but not encrypted."""
    for endpoint in FILLED:
        answer = fill(endpoint).send()
        sent = " ".join([answer.headers.get("Location", ""), *map(content_of, answer.headers.getlist("Set-Cookie"))])
        assert not re.search("Roos|Ward|Claes|Peeters", sent), endpoint


def content_of(cookie):
    """The content of a session cookie, as JSON."""
    value = cookie.split(";")[0].partition("=")[2]
    if not value:
        return ""
    packed = value.startswith(".")
    payload = value.lstrip(".").split(".")[0]
    content = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    return json.dumps(json.loads(zlib.decompress(content) if packed else content), ensure_ascii=False)


# An amount in euro, as words or as a sign.
AMOUNT = re.compile(r"€|\d(?:\s|&nbsp;)*(?:euro|eur)\b|\beur(?:o)?(?:\s|&nbsp;)*\d", re.IGNORECASE)


def with_amounts(answers):
    """The addresses of whole pages and CSV files that hold an amount; other files are made of the same values."""
    return [where for where, answer in answers(pages=True)
            if answer.mimetype.startswith("text/") and AMOUNT.search(answer.text)]


def test_no_amount_is_on_any_page_of_any_role_before_there_are_parameters(answers, rows):
    """A22. One calculator entered parameters; once another one confirms them, the same walk finds amounts."""
    assert with_amounts(answers) == []
    made.confirmed()
    rows["calculation_id"] = made.published("advance").id
    found = with_amounts(answers)
    assert len(found) >= 5
    assert all("/calculations" in where for where in found), found
