"""The log in the words of site: a sentence for each of its events, and their kinds."""
from models.site.events import SiteEvent
from views.hall.log_words import Kind, LogWords, after, labelled
from views.site.words import FIXED_PAGES

SENTENCES = {
    SiteEvent.PUBLIC_CONTACT_CHANGED: "Gewijzigd wat iedereen van de eigen contactgegevens ziet{fields}",
    SiteEvent.FIXED_PAGE_SAVED: "Vaste pagina van de site opgeslagen{page}",
}
KINDS = {
    "public-contact": Kind("Publieke contactgegevens", (SiteEvent.PUBLIC_CONTACT_CHANGED,)),
    "fixed-page": Kind("Vaste pagina's van de site", (SiteEvent.FIXED_PAGE_SAVED,)),
}
# Labels of the fields of these events.
FIELDS = {
    SiteEvent.PUBLIC_CONTACT_CHANGED: {"name": "Naam", "telephone": "Telefoon", "email": "E-mailadres"},
}


def _parts(entry):
    return {"page": after([FIXED_PAGES.get(entry.subject, "")]),
            "fields": after(labelled(entry.details.get("fields", ()), FIELDS.get(entry.event, {}).get))}


LOG_WORDS = LogWords(SENTENCES, KINDS, _parts)
