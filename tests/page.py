"""A test client that checks on each page what must hold for every page."""
import re

import html5lib
from bs4 import BeautifulSoup

from models.accounts.sessions import Session

CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
       "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


# The title of the public pages.
PUBLIC = "Arbeidszorg in Vlaanderen"


class Page:
    """`get` and `post` check the status and the page and return its soup; `response` is the latest response."""

    def __init__(self, app):
        self.app = app
        self.browser = app.test_client()
        self.response = None

    def sign_in(self, account):
        """Sign in as this account, as after /login; returns the session's token."""
        token = Session.start(account, "test")
        self.forget()
        with self.browser.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
            cookie["csrf_token"] = f"{account.id}.test"
        return token

    def wait(self, account):
        """Start a session of this account that still needs the second factor; returns its token."""
        token = Session.start(account, "test", awaits_factor=True)
        self.forget()
        with self.browser.session_transaction() as cookie:
            cookie["waiting"] = token
        return token

    def forget(self):
        """Drop all cookies."""
        self.browser = self.app.test_client()

    def get(self, path, status=200, **options):
        """Request a page."""
        return self._checked(self.browser.get(path, **options), status)

    def partial(self, path, status=200):
        """Request a page's fragment, as htmx does."""
        response = self.browser.get(path, headers=PARTIAL)
        assert response.status_code == status, response.text
        assert "<html" not in response.text
        assert "HX-Request" in response.headers["Vary"]
        self.response = response
        return BeautifulSoup(response.text, "html.parser")

    def post(self, path, fields=None, status=303, *, token=True, form=None, **options):
        """Post a form: `fields` replace values of the form on the page `form`, by default the page at `path`."""
        values = self.form_of(form or path) if token else {}
        values.update(fields or {})
        return self._checked(self.browser.post(path, data=values, **options), status)

    def form_of(self, path):
        """The values of the form on the page at this address, with its token."""
        return form_in(self.browser.get(path).text)

    def follow(self, **options):
        """Follow the redirect of the latest response."""
        assert self.response.status_code == 303, self.response.status_code
        return self.get(self.response.location, **options)

    def _checked(self, response, status):
        self.response = response
        text = response.text if response.mimetype == "text/html" else ""
        assert response.status_code == status, f"{response.status_code}, not {status}: {_wrong(text)}"
        assert response.headers["Content-Security-Policy"] == CSP
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        if response.mimetype != "text/html" or 300 <= status < 400:
            return None
        soup = BeautifulSoup(text, "html.parser")
        check_page(text, soup)
        return soup


def check_page(text, soup):
    """Check that a page is valid HTML with one h1, also in the title, unique ids, and labels that point to a field."""
    html5lib.HTMLParser(strict=True).parse(text)
    # A soft hyphen is seen only where the line ends.
    headings = [" ".join(heading.get_text().replace("\u00ad", "").split()) for heading in soup.select("h1")]
    assert len(headings) == 1, headings
    # The home page has its heading in no title: it is the name of the whole.
    assert soup.title.get_text() in (f"{headings[0]} – Loket", f"{headings[0]} – {PUBLIC}", PUBLIC)
    ids = [element["id"] for element in soup.select("[id]")]
    assert sorted(set(ids)) == sorted(ids), "an id is there twice"
    for attribute in ("for", "aria-describedby", "aria-labelledby"):
        for element in soup.select(f"[{attribute}]"):
            assert set(element[attribute].split()) <= set(ids), f"{attribute}={element[attribute]} points nowhere"
    assert not soup.select("[style], style, script:not([src]), [onclick], [onsubmit]")
    assert all(form.select_one("[name=csrf_token]") for form in soup.select("form[method=post]"))


def form_in(text):
    """The values of the form in a page's HTML; empty without a form."""
    soup = BeautifulSoup(text, "html.parser")
    form = soup.select_one("main form[method=post]") or soup.select_one("form[method=post]")
    return values_of(form) if form else {}


def values_of(form):
    """The values that a browser would send of this form, as name → value."""
    values = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        kind = field.get("type", field.name)
        if kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                values[field["name"]] = field.get("value", "on")
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            values[field["name"]] = chosen["value"]
        elif field.name == "textarea":
            values[field["name"]] = field.get_text().removeprefix("\n")
        else:
            values[field["name"]] = field.get("value", "")
    return values


def text_of(element):
    """The text of an element, with each run of white space as one space."""
    return re.sub(r"\s+", " ", element.get_text(" ")).strip()


def _wrong(text):
    soup = BeautifulSoup(text, "html.parser")
    return [text_of(element) for element in soup.select(".notice.error:not([hidden]), .wrong, h1")]


def row_headers(soup):
    """The text of the first cell of each row of a table."""
    return [text_of(cell) for cell in soup.select("tbody th[scope=row]")]
