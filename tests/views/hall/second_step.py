"""What the tests of the second step share: how a visitor comes there, and sends what stands on the page."""
import pytest

from tests.conftest import PASSWORD
from tests.hall import mails
from tests.phones import Phone, factor_of


@pytest.fixture
def factor(page, cast):
    """The second factor of the administrator, set up before; what that recorded and mailed is out of the way."""
    factor = factor_of(cast.administrator)
    mails()
    return factor


def give_password(page, account, path="/login", **fields):
    """The first step; afterwards the page is asked for to which it leads."""
    page.post(path, {"email": account.email, "password": PASSWORD, **fields})
    return page.follow()


def form_in(soup):
    """What the forms of a page hold before anything is typed."""
    return {field["name"]: field["value"] for field in soup.select("main form input[type=hidden]")}


def send(page, soup, status=200, **fields):
    """The first form of this page, the secret in it included: asked for anew, the page would show another."""
    return page.post(soup.select_one("main form")["action"], form_in(soup) | fields, status, token=False)


def phone_of(soup):
    """A phone that scanned what this page shows."""
    return Phone(soup.select_one("code.key").get_text())


def is_signed_in(page):
    return page.browser.get("/province").status_code == 200
