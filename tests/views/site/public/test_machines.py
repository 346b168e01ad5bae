"""The pages for search engines and other machines: robots.txt, sitemap.xml, and the head of each page."""
import re
import urllib.robotparser

import pytest

from models.site.news.news import withdraw_news
from tests.models.site.news.made import published
from tests.page import PUBLIC

PAGES = ("/", "/contact", "/privacy", "/toegankelijkheid", "/documenten")


def test_every_page_of_the_list_of_pages_is_there_and_may_be_read(page):
    listed = re.findall(r"<loc>https?://[^/<]+(/.*?)</loc>", page.browser.get("/sitemap.xml").text)
    assert set(PAGES) <= set(listed)
    robots = page.browser.get("/robots.txt").text
    rules = _rules(robots)
    for path in listed:
        page.get(path)
        assert path == "/" or rules.can_fetch("*", path), path
    assert re.search(r"^Sitemap: https?://[^/]+/sitemap.xml$", robots, re.MULTILINE)
    assert "\nAllow: /$\n" in robots


def test_the_list_has_each_initiative_with_a_page_here_each_news_item_and_each_question(page, cast):
    item = published("Open dag")
    listed = page.browser.get("/sitemap.xml").text
    assert "/hulp/aanmelden</loc>" in listed
    assert f"/nieuws/{item.year}/open-dag</loc>" in listed
    assert "/arbeidszorginitiatieven/de-ploeg-" in listed
    withdraw_news(item, item.version)
    assert "open-dag" not in page.browser.get("/sitemap.xml").text


def test_the_register_is_kept_out_of_search_engines(app, page):
    rules = _rules(page.browser.get("/robots.txt").text)
    for rule in app.url_map.iter_rules():
        if "anyone" not in app.view_functions[rule.endpoint].open_to:
            assert not rules.can_fetch("*", rule.rule), rule.rule
    for path in ("/dashboard", "/login", "/password/new", "/site", "/province"):
        assert not rules.can_fetch("*", path)


@pytest.mark.parametrize("path", PAGES)
def test_the_head_of_a_page_says_what_it_is_to_whoever_shares_it(page, path):
    head = page.get(path).head
    told = {meta["property"]: meta["content"] for meta in head.select("meta[property]")}
    assert told["og:title"] == head.title.get_text()
    assert PUBLIC in told["og:title"]
    description = head.select_one("meta[name=description]")["content"]
    assert told["og:description"] == description
    assert 50 < len(description) < 160
    assert told["og:url"] == head.select_one("link[rel=canonical]")["href"]
    assert told["og:url"].endswith(path)
    assert not head.select("meta[name=robots]")
    with page.browser.get(re.sub(r"^https?://[^/]+", "", told["og:image"])) as picture:
        assert (picture.status_code, picture.mimetype) == (200, "image/png")


def test_two_pages_have_two_descriptions(page):
    assert len({page.get(path).select_one("meta[name=description]")["content"] for path in PAGES}) == len(PAGES)


def _rules(text):
    rules = urllib.robotparser.RobotFileParser()
    # The parser of the standard library knows no end of a path.
    rules.parse([line for line in text.splitlines() if "$" not in line])
    return rules
