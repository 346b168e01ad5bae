"""Valid values for each form of site; see tests/walks/hall/forms.py."""
from pathlib import Path

from models.site.initiatives.initiatives import Initiative
from tests.models.documents.made import a_document_of_site
from tests.models.site.news.made import an_item, published

PICTURE = Path(__file__).parent / "foto.jpg"


def another_item(_cast, rows):
    """A concept."""
    rows["news_id"] = an_item().id


def another_document(_cast, rows):
    """A document of which nothing else is asked."""
    rows["site_document"] = a_document_of_site().id


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
        "site_news.delete": {},
        "site_documents.create": {"title": "Sjabloon", "category": "template", "day": "03/06/2026",
                                  "link": "https://voorbeeld.be/sjabloon"},
        "site_documents.edit": {"title": "Een andere titel"},
        "site_documents.add_version": {"link": "https://voorbeeld.be/nieuw"},
        "site_documents.withdraw": {},
    },
    "hall:organisation": {
        "site_own.change": {"sentence": "Wij kweken sla.", "municipality": "Gent"},
        "site_own.picture": {"alternative": "Een tuin.", "consented": "y", "picture": (str(PICTURE),)},
        "site_own.check": {},
    },
    "hall:province": {
        "site_initiatives.change": {"municipality": "Gent"},
        "site_initiatives.picture": {"alternative": "Een tuin.", "consented": "y", "picture": (str(PICTURE),)},
        "site_initiatives.tick": {},
        "site_initiatives.untick": {},
        "site_initiatives.hide": {"because": "Deze pagina is dubbel."},
        "site_initiatives.show_again": {},
    },
}


def _row(**values):
    """A function that makes the row of De Ploeg, or gives it these values."""
    def prepare(cast, _rows):
        number = cast.ploeg.organisation.id
        Initiative.insert(organisation_id=number).on_conflict_ignore().execute()
        Initiative.update({"version": 2, "ticked": False, "hidden_because": "", "checked_on": None, **values}).where(
            Initiative.organisation_id == number).execute()

    return prepare


PREPARE: dict = {
    "site_own.change": _row(),
    "site_own.picture": _row(),
    "site_own.check": _row(),
    "site_initiatives.change": _row(),
    "site_initiatives.picture": _row(),
    "site_initiatives.tick": _row(),
    "site_initiatives.untick": _row(ticked=True),
    "site_initiatives.hide": _row(),
    "site_initiatives.show_again": _row(hidden_because="Dubbel"),
    "site_documents.withdraw": another_document,
    "site_news.edit": another_item, "site_news.publish": another_item, "site_news.withdraw": public_item,
    "site_news.delete": another_item,
}
READ_ONLY: set = set()
VERSIONED: set = {
    "site_pages.edit",
    "site_news.edit",
    "site_news.publish",
    "site_news.withdraw",
    "site_news.delete",
    "site_documents.edit",
    "site_documents.add_version",
    "site_documents.withdraw",
    "site_own.change",
    "site_own.picture",
    "site_initiatives.change",
    "site_initiatives.picture",
}
NEWER: tuple = (
    "INSERT INTO fixed_page_version (page, number, text, checked_on, made_at)"
    " VALUES ('privacy', 1, 'Anders.', '2026-06-01', '2026-06-01 09:00:00')",
    "UPDATE site_news SET version = version + 1",
    "UPDATE document SET version = version + 1 WHERE wing = 'site' AND withdrawn_at IS NULL",
    "UPDATE initiative SET version = version + 1, address = 'Kerkstraat 7'",
)
WITH_FILE = {"site_news.create", "site_own.picture", "site_initiatives.picture"}
