"""'Nieuws' as visitors and programs read it."""
import datetime
import xml.etree.ElementTree as ET

from bs4 import BeautifulSoup

from models.site.news import news
from models.site.news.news import Details
from tests.models.site.news.made import NO_PICTURE, NOON, an_item, planned, published
from tests.page import text_of

ATOM = "{http://www.w3.org/2005/Atom}"


def titles(page, address="/nieuws"):
    """The titles on the page with the news."""
    return [text_of(title) for title in page.get(address).select(".news h2")]


def entries_of(page):
    """The entries of the feed."""
    answer = page.browser.get("/nieuws/feed.atom")
    assert (answer.status_code, answer.content_type) == (200, "application/atom+xml; charset=utf-8")
    return ET.fromstring(answer.data).findall(f"{ATOM}entry")


def test_the_news_is_listed_from_new_to_old_without_concepts_and_planned_items(page, register, clock):
    for number, title in enumerate(("Eerst", "Daarna")):
        clock(NOON + datetime.timedelta(hours=number))
        published(title)
    an_item("Concept")
    planned("Gepland")
    assert titles(page) == ["Daarna", "Eerst"]
    assert page.get("/nieuws").select_one("link[rel=alternate]")["href"] == "/nieuws/feed.atom"


def test_a_long_list_has_pages(page, register):
    for number in range(26):
        published(f"Bericht {number}")
    assert len(titles(page)) == 25
    assert len(titles(page, "/nieuws?page=2")) == 1
    assert "pagina 2" in page.get("/nieuws?page=2").title.get_text()


def test_an_item_shows_its_words_date_and_picture(page, register, clock):
    clock(NOON)
    published(picture=True)
    soup = page.get("/nieuws/2026/een-nieuwe-moestuin")
    assert text_of(soup.h1) == "Een nieuwe moestuin"
    assert soup.time["datetime"] == "2026-11-30"
    assert text_of(soup.article.h2) == "Kom kijken"
    assert soup.article.strong.get_text() == "sla"
    assert soup.article.img["alt"] == "Twee mensen planten sla in een moestuin."
    assert page.browser.get(soup.article.img["src"]).content_type == "image/webp"
    assert soup.select_one("meta[name=description]")["content"] == "We planten sla."


def test_a_planned_item_is_not_there_until_its_moment(page, register, clock):
    clock(NOON)
    planned(hours=1)
    tag = page.browser.get("/nieuws").headers["ETag"]
    page.get("/nieuws/2026/een-nieuwe-moestuin", 404)
    clock(NOON + datetime.timedelta(hours=1))
    assert page.browser.get("/nieuws", headers={"If-None-Match": tag}).status_code == 200
    page.get("/nieuws/2026/een-nieuwe-moestuin")


def test_a_withdrawn_item_says_so(page, register):
    item = published()
    news.withdraw_news(item, item.version)
    soup = page.get(f"/nieuws/{item.year}/{item.slug}", 410)
    assert "ingetrokken" in soup.h1.get_text()
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert (titles(page), entries_of(page)) == ([], [])


def test_the_feed_has_the_whole_text_with_whole_addresses(page, register, clock):
    clock(NOON)
    published("Jaarrapport & cijfers", text="Lees [meer](/documenten) of [elders](https://voorbeeld.be).", picture=True)
    clock(NOON + datetime.timedelta(hours=1))
    an_item("Concept")
    entry, = entries_of(page)
    assert entry.find(f"{ATOM}title").text == "Jaarrapport & cijfers"
    base = page.app.config["BASE_URL"]
    assert entry.find(f"{ATOM}id").text == entry.find(f"{ATOM}link").get("href") == (
        f"{base}/nieuws/2026/jaarrapport-cijfers")
    content = BeautifulSoup(entry.find(f"{ATOM}content").text, "html.parser")
    assert [link["href"] for link in content.select("a")] == [f"{base}/documenten", "https://voorbeeld.be"]
    assert content.img["src"].startswith(f"{base}/beelden/")
    assert entry.find(f"{ATOM}published").text == "2026-11-30T12:00:00+01:00"


def test_the_feed_says_when_an_item_changed(page, register, clock):
    clock(NOON)
    item = published()
    clock(NOON + datetime.timedelta(hours=3))
    news.change_news(item, Details(item.title, "Beter."), NO_PICTURE, item.version)
    assert entries_of(page)[0].find(f"{ATOM}updated").text == "2026-11-30T15:00:00+01:00"


def test_without_news_the_page_says_so(page, register):
    assert "nog geen nieuws" in page.get("/nieuws").main.get_text()
    page.get("/nieuws/2026/niets", 404)
