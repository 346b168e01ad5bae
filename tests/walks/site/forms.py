"""Valid values for each form of site; see tests/walks/hall/forms.py."""
from pathlib import Path

from tests.models.site.news.made import an_item, published

PICTURE = Path(__file__).parent / "foto.jpg"


def another_item(_cast, rows):
    """A concept."""
    rows["news_id"] = an_item().id


def public_item(_cast, rows):
    """A news item that everybody sees."""
    rows["news_id"] = published().id


FILLED: dict = {
    "site:editor": {
        "site_contact.edit": {"name": "Redactie Arbeidszorg", "telephone": "02 000 00 10", "shows_telephone": "y"},
        "site_editors.index": {"email": "beheer.oost-vlaanderen@voorbeeld.be"},
        "site_editors.end": {},
        "site_pages.edit": {"text": "Wij bewaren niets.", "checked_on": "01/06/2026"},
        "site_news.create": {"title": "Open dag", "text": "Kom kijken.", "alternative": "Een tuin.", "consented": "y",
                             "picture": (str(PICTURE),)},
        "site_news.edit": {"title": "Open dag in maart"},
        "site_news.publish": {"when": "now"},
        "site_news.withdraw": {},
    },
}
PREPARE: dict = {
    "site_news.edit": another_item, "site_news.publish": another_item, "site_news.withdraw": public_item,
}
READ_ONLY: set = set()
VERSIONED: set = {
    "site_pages.edit",
    "site_news.edit",
    "site_news.publish",
    "site_news.withdraw",
}
NEWER: tuple = (
    "INSERT INTO fixed_page_version (page, number, text, checked_on, made_at)"
    " VALUES ('privacy', 1, 'Anders.', '2026-06-01', '2026-06-01 09:00:00')",
    "UPDATE site_news SET version = version + 1",
)
