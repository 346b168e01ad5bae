"""The scenes of news: as visitors read it, and as an editor keeps it."""
from models.site.news.news import News, change_news, withdraw_news
from tests.journeys.tools.showing import Scene, at, sent, stale
from tests.models.site.news.made import NO_PICTURE, an_item, planned, published

EDITS = "editor"
NEWS_QUESTIONS = {"/site/news/<int:news_id>/withdraw", "/site/news/<int:news_id>/delete"}
NEWS_FILES = ("/nieuws/feed.atom", "/beelden/<picture>.webp")
TITLE = "Studiedag arbeidszorg en gezondheid"
TEXT = """Op **4 februari 2027** in Gent, voor begeleiders en verwijzers. Inschrijven kan tot 15 januari.

# Wat je hoort

- hoe een initiatief en een huisarts elkaar vinden
- wat deelnemers zelf vertellen

> Ik sta weer op met een reden.

Schrijf je in via [de site van de studiedag](https://www.voorbeeld.be/studiedag)."""


def _change(world):
    item = News.get_by_id(world.news.id)
    change_news(item, item.details._replace(text="Een andere tekst."), NO_PICTURE, item.version)


NEWS_SCENES = [
    Scene("public-news", "/nieuws", None, at("/nieuws")),
    Scene("public-news-item", "/nieuws/<int:year>/<item>", None, at("/nieuws/{news.year}/{news.slug}")),
    Scene("public-news-gone", "/nieuws/<int:year>/<item>", None, at("/nieuws/{gone.year}/{gone.slug}")),
    Scene("site-news", "/site/news", EDITS, at("/site/news")),
    Scene("site-news-new", "/site/news/new", EDITS, at("/site/news/new")),
    Scene("site-news-new-preview", "/site/news/new", EDITS,
          sent("/site/news/new", "Voorbeeld van de tekst", title=TITLE, text=TEXT)),
    Scene("site-news-new-wrong", "/site/news/new", EDITS, sent("/site/news/new", "Opslaan", title=TITLE), wrong=True),
    Scene("site-news-item", "/site/news/<int:news_id>", EDITS, at("/site/news/{news.id}")),
    Scene("site-news-planned", "/site/news/<int:news_id>", EDITS, at("/site/news/{planned.id}")),
    Scene("site-news-preview", "/site/news/<int:news_id>/preview", EDITS, at("/site/news/{concept.id}/preview")),
    Scene("site-news-edit", "/site/news/<int:news_id>/edit", EDITS, at("/site/news/{news.id}/edit")),
    Scene("site-news-edit-stale", "/site/news/<int:news_id>/edit", EDITS,
          stale("/site/news/{news.id}/edit", _change, text="Nog een andere tekst."), wrong=True),
    Scene("site-news-publish", "/site/news/<int:news_id>/publish", EDITS, at("/site/news/{concept.id}/publish")),
    Scene("site-news-publish-wrong", "/site/news/<int:news_id>/publish", EDITS, sent(
        "/site/news/{planned.id}/publish", "Publiceren", day="31/02/2027", hour="25:00"), wrong=True),
    Scene("site-news-withdraw", "/site/news/<int:news_id>/withdraw", EDITS, at("/site/news/{news.id}/withdraw")),
    Scene("site-news-delete", "/site/news/<int:news_id>/delete", EDITS, at("/site/news/{concept.id}/delete")),
    Scene("site-news-unplan", "/site/news/<int:news_id>/withdraw", EDITS, at("/site/news/{planned.id}/withdraw")),
]


def news_of():
    """A published item with a picture, one that is planned, a concept, and one that is withdrawn."""
    gone = published("Een bericht van vroeger")
    withdraw_news(gone, gone.version)
    return {"news": published(TITLE, text=TEXT, picture=True), "planned": planned("Nieuw sjabloon"),
            "concept": an_item("Jaarrapport 2025 staat klaar", text=TEXT, picture=True), "gone": gone}
