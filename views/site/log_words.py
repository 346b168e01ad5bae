"""The log in the words of site: a sentence for each of its events, and their kinds."""
from models.site.events import SiteEvent
from views.hall.log_words import Kind, LogWords, after, labelled
from views.site.labels import INITIATIVE
from views.site.words import FIXED_PAGES

SENTENCES = {
    SiteEvent.PUBLIC_CONTACT_CHANGED: "Gewijzigd wat iedereen van de eigen contactgegevens ziet{fields}",
    SiteEvent.FIXED_PAGE_SAVED: "Vaste pagina van de site opgeslagen{page}",
    SiteEvent.NEWS_ADDED: "Nieuwsbericht {subject} toegevoegd",
    SiteEvent.NEWS_CHANGED: "Nieuwsbericht {subject} gewijzigd{fields}",
    SiteEvent.NEWS_PLANNED: "Nieuwsbericht {subject} gepland",
    SiteEvent.NEWS_UNPLANNED: "Planning van nieuwsbericht {subject} geannuleerd",
    SiteEvent.NEWS_PUBLISHED: "Nieuwsbericht {subject} gepubliceerd",
    SiteEvent.NEWS_WITHDRAWN: "Nieuwsbericht {subject} ingetrokken",
    SiteEvent.NEWS_DELETED: "Concept van nieuwsbericht {subject} verwijderd",
    SiteEvent.INITIATIVE_CHANGED: "Pagina op de site gewijzigd{fields}",
    SiteEvent.INITIATIVE_CHECKED: "Pagina op de site nagekeken: alles klopt nog",
    SiteEvent.INITIATIVE_TICKED: "Op de site gezet, ook zonder aanvaarde uitnodiging",
    SiteEvent.INITIATIVE_UNTICKED: "Niet langer op de site zonder aanvaarde uitnodiging",
    SiteEvent.INITIATIVE_HIDDEN: "Verborgen op de site",
    SiteEvent.INITIATIVE_SHOWN: "Niet langer verborgen op de site",
}
KINDS = {
    "news": Kind("Nieuws op de publieke site", (
        SiteEvent.NEWS_ADDED, SiteEvent.NEWS_CHANGED, SiteEvent.NEWS_PLANNED, SiteEvent.NEWS_UNPLANNED,
        SiteEvent.NEWS_PUBLISHED, SiteEvent.NEWS_WITHDRAWN, SiteEvent.NEWS_DELETED)),
    "public-contact": Kind("Publieke contactgegevens", (SiteEvent.PUBLIC_CONTACT_CHANGED,)),
    "fixed-page": Kind("Vaste pagina's van de site", (SiteEvent.FIXED_PAGE_SAVED,)),
    "initiative": Kind("Pagina op de site", (
        SiteEvent.INITIATIVE_CHANGED, SiteEvent.INITIATIVE_CHECKED, SiteEvent.INITIATIVE_TICKED,
        SiteEvent.INITIATIVE_UNTICKED, SiteEvent.INITIATIVE_HIDDEN, SiteEvent.INITIATIVE_SHOWN)),
}
# Labels of the fields of these events.
FIELDS = {
    SiteEvent.PUBLIC_CONTACT_CHANGED: {"name": "Naam", "telephone": "Telefoon", "email": "E-mailadres"},
    SiteEvent.NEWS_CHANGED: {"title": "Titel", "text": "Tekst", "picture": "Foto"},
    SiteEvent.INITIATIVE_CHANGED: {**INITIATIVE, "picture": "Foto"},
}


def _parts(entry):
    labels = FIELDS.get(entry.event, {})
    return {
        "page": after([FIXED_PAGES.get(entry.subject, "")]),
        "subject": entry.subject,
        "fields": after(labelled(entry.details.get("fields", ()), labels.get)),
    }


LOG_WORDS = LogWords(SENTENCES, KINDS, _parts)
