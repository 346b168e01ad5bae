"""A sentence for each event of the log, of the hall or of a wing. It names the changed fields, never their values."""
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from flask import current_app

from models.accounts import roles
from models.audit import Audited, Event
from models.log import Line

WORDS = {
    Event.SIGNED_IN: "Aangemeld",
    Event.SIGN_IN_FAILED: "Aanmelden mislukt{at}",
    Event.SIGN_IN_LIMITED: "Aanmelden geweigerd: te vaak na elkaar geprobeerd{at}",
    Event.SIGNED_OUT: "Afgemeld",
    Event.SESSION_ENDED: "Een andere sessie afgemeld",
    Event.SESSIONS_ENDED: "Open sessies afgemeld{changed}",

    Event.FACTOR_SET: "Tweede stap van het aanmelden ingesteld",
    Event.FACTOR_FAILED: "Verkeerde code bij de tweede stap van het aanmelden{at}",
    Event.FACTOR_REMOVED: "Tweede stap van het aanmelden verwijderd{changed}",
    Event.RECOVERY_CODE_USED: "Aangemeld met een herstelcode{at}",
    Event.RECOVERY_CODES_MADE: "Nieuwe herstelcodes gemaakt",

    Event.GRANT_GIVEN: "Rol gegeven{changed}",
    Event.GRANT_ENDED: "Rol beëindigd{changed}",
    Event.IDENTITY_ADDED: "Aanmelden via een andere dienst ingesteld{changed}",

    Event.GRANT_RECEIVED: "Rol gekregen van de dienst die aanmeldt{changed}",
    Event.GRANT_WITHDRAWN: "Rol beëindigd door de dienst die aanmeldt{changed}",

    Event.INVITED: "Uitnodiging gestuurd{changed}",
    Event.LOGIN_BLOCKED: "Login geblokkeerd{changed}",
    Event.LOGIN_UNBLOCKED: "Login niet langer geblokkeerd{changed}",
    Event.LOGIN_MOVE_ASKED: "Verhuizing van de login naar een ander e-mailadres gestart{changed}",
    Event.LOGIN_MOVE_CANCELLED: "Verhuizing van de login geannuleerd{changed}",
    Event.LOGIN_MOVED: "Login verhuisd naar een ander e-mailadres{changed}",
    Event.PASSWORD_REQUESTED: "Nieuw wachtwoord gevraagd{at}",
    Event.PASSWORD_CHANGED: "Nieuw wachtwoord gekozen",
    Event.EMAIL_REQUESTED: "Ander e-mailadres gevraagd",
    Event.EMAIL_CHANGED: "E-mailadres van de login gewijzigd",
    Event.ORGANISATION_CREATED: "Organisatie gemaakt",
    Event.ORGANISATION_CHANGED: "Gegevens van de organisatie gewijzigd{fields}",
    Event.CONTACT_CHANGED: "Contactgegevens van de organisatie gewijzigd{fields}",
    Event.ADMINISTRATOR_CONTACT_CHANGED: "Eigen contactgegevens gewijzigd{fields}",

    Event.DOCUMENT_ADDED: "Document {subject} toegevoegd",
    Event.DOCUMENT_CHANGED: "Document {subject} gewijzigd{fields}",
    Event.DOCUMENT_VERSION_ADDED: "Nieuwe versie van document {subject} toegevoegd",
    Event.DOCUMENT_WITHDRAWN: "Document {subject} ingetrokken",

    Event.NAMES_ROTATED: "Sleutel van de namen vervangen",
}
# The words for these events when the actor is signed in: the password is asked again before the login changes.
WHEN_SIGNED_IN = {
    Event.SIGN_IN_FAILED: "Verkeerd wachtwoord bij een wijziging van de login",
    Event.SIGN_IN_LIMITED: "Te vaak na elkaar een wachtwoord geprobeerd bij een wijziging van de login",
}
OF_A_WING_THAT_IS_OFF = "Iets in een deel van Loket dat nu niet in gebruik is"
ORGANISATION = {"name": "Naam", "sector": "Sector", "email": "E-mailadres", "address": "Adres",
                "telephone": "Telefoon", "website": "Website"}
CONTACT = {f"contact_{code}": label for code, label in
           {"name": "Naam", "telephone": "Telefoon", "email": "E-mailadres"}.items()}
DOCUMENT = {"title": "Titel", "category": "Soort document", "day": "Datum", "reference": "Referentie",
            "sentence": "Omschrijving", "public": "Openbaar", "audience": "Voor wie"}
# Labels of the fields of these events.
FIELDS = {
    Event.ORGANISATION_CHANGED: ORGANISATION, Event.CONTACT_CHANGED: ORGANISATION,
    Event.ADMINISTRATOR_CONTACT_CHANGED: CONTACT, Event.DOCUMENT_CHANGED: DOCUMENT,
}
GONE = "een vraag die er niet meer is"
NO_ADDRESS = "een login zonder e-mailadres"
# Events that Loket itself causes: when the term of a move has passed or the move became impossible, and when another
# service signs somebody in.
BY_LOKET = (Event.LOGIN_MOVE_CANCELLED, Event.LOGIN_MOVED, Event.SESSIONS_ENDED, Event.IDENTITY_ADDED,
            Event.GRANT_RECEIVED, Event.GRANT_WITHDRAWN)


class Kind(NamedTuple):
    """A kind of events by which a log can be filtered."""

    label: str
    events: tuple[Audited, ...]


@dataclass(frozen=True)
class LogWords:
    """The sentence of each event, the kinds by their code, and the parts of the sentences, made from a line."""

    sentences: Mapping[Audited, str]
    kinds: Mapping[str, Kind]
    parts: Callable[[Line], Mapping[str, str]]


def _parts(entry):
    return {
        "subject": entry.subject,
        "at": f": {entry.login}" if entry.actor == "nobody" and entry.login else "",
        "changed": f": {entry.changed_login}" if entry.changed_login and entry.changed_login != entry.login else "",
        "fields": after(labelled(entry.details.get("fields", ()), FIELDS.get(entry.event, {}).get)),
    }


HALL = LogWords(WORDS, {
    "sign-in": Kind("Aanmelden en afmelden", (
        Event.SIGNED_IN, Event.SIGN_IN_FAILED, Event.SIGN_IN_LIMITED, Event.SIGNED_OUT, Event.SESSION_ENDED,
        Event.SESSIONS_ENDED, Event.FACTOR_FAILED, Event.RECOVERY_CODE_USED)),
    "login": Kind("Logins en uitnodigingen", (
        Event.GRANT_GIVEN, Event.GRANT_ENDED, Event.IDENTITY_ADDED, Event.GRANT_RECEIVED, Event.GRANT_WITHDRAWN,
        Event.INVITED, Event.LOGIN_BLOCKED, Event.LOGIN_UNBLOCKED, Event.LOGIN_MOVE_ASKED, Event.LOGIN_MOVE_CANCELLED,
        Event.LOGIN_MOVED, Event.PASSWORD_REQUESTED, Event.PASSWORD_CHANGED, Event.EMAIL_REQUESTED,
        Event.EMAIL_CHANGED, Event.FACTOR_SET, Event.FACTOR_REMOVED, Event.RECOVERY_CODES_MADE)),
    "organisation": Kind("Gegevens van organisaties", (
        Event.ORGANISATION_CREATED, Event.ORGANISATION_CHANGED, Event.CONTACT_CHANGED,
        Event.ADMINISTRATOR_CONTACT_CHANGED)),
    "document": Kind("Documenten", (
        Event.DOCUMENT_ADDED, Event.DOCUMENT_CHANGED, Event.DOCUMENT_VERSION_ADDED, Event.DOCUMENT_WITHDRAWN)),
}, _parts)


def init_app(app, of_wings):
    """Use the words of the hall, then those `of_wings`, the `LogWords` by the name of each wing that is on."""
    every = {"": HALL, **of_wings}
    app.extensions["log_words"] = {event: words for words in every.values() for event in words.sentences}
    app.extensions["log_kinds"] = {wing: words.kinds for wing, words in every.items()}


def kinds(wing=None):
    """The kinds of events, by their code: those of the hall and of this wing, by default of every wing."""
    return {code: kind for name, of_wing in current_app.extensions["log_kinds"].items()
            if wing is None or name in ("", wing) for code, kind in of_wing.items()}


def events_of(kind):
    """The events of the kind with this code; None for no kind."""
    return kinds()[kind].events if kind else None


def line(entry):
    """The sentence for a `models.log.Line`."""
    return _line(current_app.extensions["log_words"], entry)


def line_of_app():
    """`line`, for a file that is made after the request has ended."""
    return functools.partial(_line, current_app.extensions["log_words"])


def _line(every, entry):
    if entry.event in WHEN_SIGNED_IN and entry.actor != "nobody":
        return WHEN_SIGNED_IN[entry.event]
    words = every.get(entry.event)
    return words.sentences[entry.event].format(**words.parts(entry)) if words else OF_A_WING_THAT_IS_OFF


def who(entry, own=False):
    """The actor of a `models.log.Line`, in words; `own` is true when an organisation reads its own log."""
    if entry.actor == "operator":
        return "de helpdesk van Loket"
    if entry.actor == "nobody":
        return "Loket zelf" if entry.event in BY_LOKET else "niet aangemeld"
    role = roles.of(entry.actor)
    if role and role.scope == roles.TENANT:
        if entry.other:
            return entry.other
        return "deze login" if own else entry.organisation or entry.login or NO_ADDRESS
    return entry.login or NO_ADDRESS


def labelled(codes, label):
    """The label of each code by the function `label`, or words for a field that is no longer there."""
    return [label(code) or GONE for code in codes]


def after(words):
    """These words behind a colon; '' without any."""
    return f": {', '.join(words)}" if any(words) else ""
