"""The log in the words of site: a sentence for each of its events, and their kinds."""
from models.site.events import SiteEvent
from views.hall.log_words import Kind, LogWords, after, labelled

SENTENCES = {
    SiteEvent.PUBLIC_CONTACT_CHANGED: "Gewijzigd wat iedereen van de eigen contactgegevens ziet{fields}",
}
KINDS = {
    "public-contact": Kind("Publieke contactgegevens", (SiteEvent.PUBLIC_CONTACT_CHANGED,)),
}
# Labels of the fields of these events.
FIELDS = {
    SiteEvent.PUBLIC_CONTACT_CHANGED: {"name": "Naam", "telephone": "Telefoon", "email": "E-mailadres"},
}


def _parts(entry):
    return {"fields": after(labelled(entry.details.get("fields", ()), FIELDS.get(entry.event, {}).get))}


LOG_WORDS = LogWords(SENTENCES, KINDS, _parts)
