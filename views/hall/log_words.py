"""A sentence for each event of the audit. It names the fields that changed, never their values."""
from models.audit import Event
from models.organisations import PROVINCES
from views.shell import filters

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

    "client-registered": "Cliënt {client} toegevoegd",
    "client-changed": "Cliënt {client} bewerkt{fields}",
    "client-name-changed": "Naam van cliënt {client} gewijzigd",
    "client-viewed": "Cliënt {client} bekeken, zonder naam",
    "clients-exported": "Cliënten van de provincie gedownload, zonder naam{export}",
    "rows-exported": "Anonieme rijen van het jaarrapport gedownload{export}",
    "deletion-requested": "Verwijdering van cliënt {client} aangevraagd{reason}",
    "deletion-withdrawn": "Aanvraag om cliënt {client} te verwijderen ingetrokken",
    "deletion-refused": "Aanvraag om cliënt {client} te verwijderen geweigerd",
    "client-deleted": "Cliënt {client} verwijderd{reason}",
    "client-restored": "Cliënt {client} teruggezet uit de prullenbak",
    "client-purged": "Cliënt {client} definitief verwijderd",
    "period-added": "Begeleidingsperiode van cliënt {client} toegevoegd",
    "period-changed": "Begeleidingsperiode van cliënt {client} bewerkt{fields}",
    "period-closed": "Begeleidingsperiode van cliënt {client} afgesloten",
    "period-reopened": "Begeleidingsperiode van cliënt {client} heropend",

    "register-imported": "Register ingelezen",
    "register-exported": "Eigen register gedownload{export}",
    Event.NAMES_ROTATED: "Sleutel van de namen vervangen",
    "edition-published": "Editie van het jaarrapport gepubliceerd{edition}",
}
# The words for these events when the actor is signed in: the password is asked again before the login changes.
WHEN_SIGNED_IN = {
    Event.SIGN_IN_FAILED: "Verkeerd wachtwoord bij een wijziging van de login",
    Event.SIGN_IN_LIMITED: "Te vaak na elkaar een wachtwoord geprobeerd bij een wijziging van de login",
}
ORGANISATION = {"name": "Naam", "sector": "Sector", "address": "Adres", "telephone": "Telefoon", "website": "Website"}
CONTACT = {f"contact_{code}": label for code, label in
           {"name": "Naam", "telephone": "Telefoon", "email": "E-mailadres"}.items()}
PERIOD = {"hours": "Aantal uren", "start_date": "Startdatum", "end_date": "Einddatum"}
# Labels of the fields of these events. The fields of a client come from the wing; a label for its name must not exist.
FIELDS = {
    Event.ORGANISATION_CHANGED: ORGANISATION, Event.CONTACT_CHANGED: ORGANISATION,
    Event.ADMINISTRATOR_CONTACT_CHANGED: CONTACT, "period-changed": PERIOD,
}
GONE = "een vraag die er niet meer is"
FILTERS = {
    "q": "Volgnummer", "organisation": "Organisatie", "status": "Status", "incomplete": "Te vervolledigen",
    "born_from": "Geboren vanaf", "born_to": "Geboren tot en met",
}
# A province, or all of them.
SCOPES = {"vlaanderen": "Vlaanderen"} | PROVINCES
FORMATS = {"csv": "CSV", "xlsx": "XLSX"}

# Events that Loket itself causes, when the term of a move has passed or the move became impossible.
BY_LOKET = (Event.LOGIN_MOVE_CANCELLED, Event.LOGIN_MOVED, Event.SESSIONS_ENDED)


class _Wing:
    """The labels of a wing's fields and reasons, which the hall does not know itself."""

    field = reason = staticmethod({}.get)


def use(field, reason):
    """Set a wing's labels: two functions from the code of a field or a reason to its label, or None."""
    _Wing.field, _Wing.reason = staticmethod(field), staticmethod(reason)


def line(entry):
    """The sentence for a `models.log.Line`."""
    if entry.event in WHEN_SIGNED_IN and entry.actor != "nobody":
        return WHEN_SIGNED_IN[entry.event]
    details = entry.details
    return WORDS[entry.event].format(
        client=entry.subject,
        at=f": {entry.login}" if entry.actor == "nobody" and entry.login else "",
        changed=f": {entry.changed_login}" if entry.changed_login and entry.changed_login != entry.login else "",
        fields=_after(_labels(entry.event, details.get("fields", ()))),
        reason=_after([_Wing.reason(details["reason"]) or ""]) if details.get("reason") else "",
        export=_export(details), edition=_edition(details))


def who(entry, own=False):
    """The actor of a `models.log.Line`, in words; `own` is true when an organisation reads its own log."""
    if entry.actor == "operator":
        return "wie Loket beheert"
    if entry.actor == "nobody":
        return "Loket zelf" if entry.event in BY_LOKET else "niet aangemeld"
    if entry.actor == "arbeidszorg:organisation":
        return "deze login" if own else entry.organisation
    return entry.login


def _labels(event, codes):
    labels = FIELDS.get(event, {})
    return [labels.get(code) or _Wing.field(code) or GONE for code in codes]


def _export(details):
    parts = [FORMATS.get(details.get("format"), "")]
    if "rows" in details:
        rows = details["rows"]
        parts.append("1 rij" if rows == 1 else f"{filters.number(rows)} rijen")
    if details.get("filters"):
        parts.append(f"gefilterd op {', '.join(_filter(code) for code in details['filters'])}")
    return _after([part for part in parts if part])


def _filter(code):
    return FILTERS.get(code) or _Wing.field(code.removeprefix("answer_")) or GONE


def _edition(details):
    return _after([str(details["year"]), SCOPES[details["scope"]]]) if "scope" in details else ""


def _after(words):
    return f": {', '.join(words)}" if any(words) else ""
