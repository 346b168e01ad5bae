"""The public pages as a whole: the home page, and answers that browsers may keep."""
import datetime

import pytest

from models.organisations import Organisation
from models.site import contacts
from models.site.contacts import Ticks
from models.site.moment import SiteMoment
from tests.models.site.news.made import published
from tests.page import text_of
from views.site.public import answers

PAGES = ("/contact", "/privacy", "/toegankelijkheid", "/arbeidszorginitiatieven", "/hulp",
         "/hulp/aanmelden", "/documenten")


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


def test_the_home_page_leads_to_initiatives_news_contacts_and_signing_in(page, cast):
    published("Open dag")
    cast.administrator.save_values(contact_name="Lies Verhaegen", contact_telephone="09 000 00 10")
    contacts.show(cast.administrator.id, Ticks(name=True, telephone=True), by=cast.administrator)
    main = page.get("/").main
    assert main.select_one("form")["action"] == "/arbeidszorginitiatieven"
    assert [text_of(window) for window in main.select(".arches li")] == [
        "0 Antwerpen", "1 Limburg", "2 Oost-Vlaanderen", "0 Vlaams-Brabant", "0 West-Vlaanderen"]
    assert main.select_one(".arches li:nth-child(3) a")["href"] == "/arbeidszorginitiatieven?province=oost-vlaanderen"
    assert text_of(main.select_one(".newest h3")) == "Open dag"
    assert text_of(main.select_one(".short")) == "Oost-Vlaanderen Lies Verhaegen: 09 000 00 10"
    assert page.get("/").select_one("header a[href='/login']")


def test_the_home_page_shows_the_three_newest_items_and_no_more(page, cast):
    for number in range(4):
        published(f"Bericht {number}")
    assert len(page.get("/").select(".newest li")) == 3


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


def test_a_page_that_is_asked_again_is_not_made_again_until_something_changes(page, cast, monkeypatch):
    first = page.browser.get("/contact").data
    made = []
    monkeypatch.setattr(answers, "render_template", lambda *_names, **_values: made.append(1) or "Anders")
    assert page.browser.get("/contact").data == first
    assert made == []
    Organisation.update(name="De Ploeg Gent").where(Organisation.id == cast.ploeg.organisation.id).execute()
    assert page.browser.get("/contact").data == b"Anders"


def test_an_hour_counts_as_a_change_for_roles_begin_and_end_on_the_hour(browser, cast, clock):
    tag = browser.get("/contact").headers["ETag"]
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1)
    clock(later)
    assert browser.get("/contact", headers={"If-None-Match": tag}).status_code == 200


def test_a_long_title_can_be_broken_where_a_word_ends(page):
    soup = page.get("/toegankelijkheid")
    assert soup.h1.get_text() == "Toegankelijkheids\u00adverklaring"
    assert "Toegankelijkheidsverklaring" in soup.title.get_text()
