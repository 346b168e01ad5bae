import gzip

import pytest
from jinja2 import ChoiceLoader, DictLoader

from tests.page import PARTIAL
from views.shell import pages
from views.shell.access import open_to


@pytest.fixture
def listing(app):
    """A page with a fragment at /list, and a page without at /plain."""
    piece = DictLoader({"errors/_piece.html": "<p>één stuk</p>"})
    app.jinja_env.loader = ChoiceLoader([piece, app.jinja_env.loader])
    app.add_url_rule("/list", "list", open_to("anyone")(
        lambda: pages.render("shell/errors/error.html", "errors/_piece.html", status=409)))
    app.add_url_rule("/plain", "plain", open_to("anyone")(lambda: pages.render("shell/errors/error.html")))
    return app.test_client()


def test_one_address_gives_the_page_or_its_fragment(listing):
    whole, fragment = listing.get("/list"), listing.get("/list", headers=PARTIAL)
    assert "<html" in whole.text
    assert "<html" not in fragment.text
    assert fragment.text == "<p>één stuk</p>"
    for response in (whole, fragment):
        assert response.status_code == 409
        assert response.content_type == "text/html; charset=utf-8"
        assert {"HX-Request", "HX-Request-Type"} <= set(response.headers["Vary"].split(", "))


@pytest.mark.parametrize("headers", [
    {"HX-Request": "true", "HX-Request-Type": "full", "HX-History-Restore-Request": "true"},
    {"HX-Request": "true", "HX-Request-Type": "full", "HX-Boosted": "true"},
    {"HX-Request": "true"},
])
def test_history_and_boosted_links_get_the_whole_page(listing, headers):
    assert "<html" in listing.get("/list", headers=headers).text


def test_a_page_without_a_fragment_is_always_whole(listing):
    assert "<html" in listing.get("/plain", headers=PARTIAL).text


def test_a_fragment_is_compressed_for_browsers_that_accept_gzip_and_a_page_is_not(listing):
    accepting = {"Accept-Encoding": "gzip, deflate, br"}
    plain, packed = listing.get("/list", headers=PARTIAL), listing.get("/list", headers=PARTIAL | accepting)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.content_length == len(packed.data)
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Content-Encoding" not in listing.get("/list", headers=accepting).headers


def test_after_a_post_the_next_page_shows_a_message(app, page):
    app.add_url_rule("/done", "done", open_to("anyone")(lambda: pages.back_to("auth.login", "Bewaard <b>")))
    page.get("/done", 303)
    assert page.response.location == "/login"
    soup = page.follow()
    assert "Bewaard <b>" in soup.get_text()
    assert "Bewaard" not in page.get("/login").get_text()
