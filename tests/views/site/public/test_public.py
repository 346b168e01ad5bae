"""The public pages as a whole: the home page, and answers that browsers may keep."""
import pytest

from models.organisations import Organisation
from models.site.moment import SiteMoment

PAGES = ("/contact", "/privacy", "/toegankelijkheid", "/arbeidszorginitiatieven")


@pytest.fixture
def browser(page):
    return page.browser


def test_a_visitor_sees_the_home_page_and_somebody_who_is_signed_in_the_dashboard(page, ploeg):
    assert "Zinvol werk" in page.get("/").h1.get_text()
    assert page.response.headers["Cache-Control"] == "no-store"
    assert "Cookie" in page.response.headers["Vary"]
    page.sign_in(ploeg.account)
    page.get("/", 303)
    assert page.response.location == "/dashboard"


@pytest.mark.parametrize("address", PAGES)
def test_a_browser_that_has_the_page_gets_a_304_until_something_changes(browser, cast, address):
    first = browser.get(address)
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-cache")
    tag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    again = browser.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    Organisation.update(name="De Ploeg Gent").where(Organisation.id == cast.ploeg.organisation.id).execute()
    later = browser.get(address, headers={"If-None-Match": tag, "If-Modified-Since": changed})
    assert later.status_code == 200
    assert later.headers["ETag"] != tag


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_sets_no_cookie_and_is_the_same_for_everybody(page, ploeg, address):
    visitors = page.browser.get(address)
    page.sign_in(ploeg.account)
    own = page.browser.get(address)
    assert own.data == visitors.data
    assert "Set-Cookie" not in visitors.headers
    assert "Set-Cookie" not in own.headers


def test_a_change_that_no_public_page_shows_leaves_the_pages_as_they_are(browser, cast):
    before = SiteMoment.get().number
    Organisation.update(telephone="09 000 00 00").where(Organisation.id == cast.ploeg.organisation.id).execute()
    assert SiteMoment.get().number == before
