"""Helpers for the tests of the second step: giving the password, and posting the forms of the page."""
import pytest

from tests.conftest import PASSWORD
from tests.hall import mails
from tests.phones import Phone, factor_of


@pytest.fixture
def factor(page, cast):
    """The administrator's second factor, already set up; the mails about that are removed."""
    factor = factor_of(cast.administrator)
    mails()
    return factor


def give_password(page, account, path="/login", **fields):
    """Do the first step; returns the page that follows."""
    page.post(path, {"email": account.email, "password": PASSWORD, **fields})
    return page.follow()


def form_in(soup):
    """The hidden fields of a page's forms, as name → value."""
    return {field["name"]: field["value"] for field in soup.select("main form input[type=hidden]")}


def send(page, soup, status=200, **fields):
    """Post the page's first form as it is, with the secret in it: requested again, the page would show another."""
    return page.post(soup.select_one("main form")["action"], form_in(soup) | fields, status, token=False)


def phone_of(soup):
    """A phone that scanned the page's QR code."""
    return Phone(soup.select_one("code.key").get_text())


def is_signed_in(page):
    return page.browser.get("/province").status_code == 200
