"""The log in the words of arbeidszorg: a sentence for each of its events, and their kinds."""
from models.arbeidszorg.deletion.trash import LABELS
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register import questionnaire
from models.organisations import PROVINCES
from views.hall.log_words import GONE, Kind, LogWords, after, labelled
from views.shell import filters

SENTENCES = {
    ArbeidszorgEvent.CLIENT_REGISTERED: "Cliënt {client} toegevoegd",
    ArbeidszorgEvent.CLIENT_CHANGED: "Cliënt {client} bewerkt{fields}",
    ArbeidszorgEvent.PAST_ANSWER_REMOVED: "Vroeger antwoord van cliënt {client} verwijderd{fields}",
    ArbeidszorgEvent.CLIENT_NAME_CHANGED: "Naam van cliënt {client} gewijzigd",
    ArbeidszorgEvent.CLIENTS_MERGED: "Cliënt {merged} samengevoegd met cliënt {client}",
    ArbeidszorgEvent.MERGE_UNDONE: "Samenvoegen van cliënt {merged} met cliënt {client} ongedaan gemaakt",
    ArbeidszorgEvent.CLIENT_VIEWED: "Cliënt {client} bekeken, zonder naam",
    ArbeidszorgEvent.RECORD_SHOWN: "Inzage van cliënt {client} {shown}",
    ArbeidszorgEvent.CLIENTS_EXPORTED: "Cliënten van de provincie gedownload, zonder naam{export}",
    ArbeidszorgEvent.ROWS_EXPORTED: "Anonieme rijen van het jaarrapport gedownload{export}",
    ArbeidszorgEvent.DELETION_REQUESTED: "Verwijdering van cliënt {client} aangevraagd{reason}",
    ArbeidszorgEvent.DELETION_WITHDRAWN: "Aanvraag om cliënt {client} te verwijderen ingetrokken",
    ArbeidszorgEvent.DELETION_REFUSED: "Aanvraag om cliënt {client} te verwijderen geweigerd",
    ArbeidszorgEvent.CLIENT_DELETED: "Cliënt {client} verwijderd{reason}",
    ArbeidszorgEvent.CLIENT_RESTORED: "Cliënt {client} teruggezet uit de prullenbak",
    ArbeidszorgEvent.CLIENT_PURGED: "Cliënt {client} definitief verwijderd",
    ArbeidszorgEvent.CLIENT_MOVE_PROPOSED: "Verhuizing van cliënt {client} voorgesteld{move}",
    ArbeidszorgEvent.CLIENT_MOVE_AGREED: "Akkoord met de verhuizing van cliënt {client}{move}",
    ArbeidszorgEvent.CLIENT_MOVE_REFUSED: "Verhuizing van cliënt {client} geweigerd{move}",
    ArbeidszorgEvent.CLIENT_MOVE_CANCELLED: "Verhuizing van cliënt {client} geannuleerd{move}",
    ArbeidszorgEvent.CLIENT_MOVED: "Cliënt {client} verhuisd{move}",
    ArbeidszorgEvent.PERIOD_ADDED: "Begeleidingsperiode van cliënt {client} toegevoegd",
    ArbeidszorgEvent.PERIOD_CHANGED: "Begeleidingsperiode van cliënt {client} bewerkt{fields}",
    ArbeidszorgEvent.PERIOD_CLOSED: "Begeleidingsperiode van cliënt {client} afgesloten",
    ArbeidszorgEvent.PERIOD_REOPENED: "Begeleidingsperiode van cliënt {client} heropend",
    ArbeidszorgEvent.PAST_HOURS_REMOVED: "Vroegere uren van cliënt {client} verwijderd",
    ArbeidszorgEvent.PERIOD_WITHDRAWN: "Begeleidingsperiode van cliënt {client} teruggetrokken: verkeerd toegevoegd",
    ArbeidszorgEvent.PERIOD_RESTORED: "Teruggetrokken begeleidingsperiode van cliënt {client} teruggezet",
    ArbeidszorgEvent.PERIOD_PURGED: "Teruggetrokken begeleidingsperiode van cliënt {client} definitief verwijderd",
    ArbeidszorgEvent.REGISTER_IMPORTED: "Register ingelezen{register_import}",
    ArbeidszorgEvent.REGISTER_IMPORT_UNDONE: "Inlezen van het register teruggedraaid{register_import}",
    ArbeidszorgEvent.REGISTER_EXPORTED: "Eigen register gedownload{export}",
    ArbeidszorgEvent.EDITION_PUBLISHED: "Editie van het jaarrapport gepubliceerd{edition}",
    ArbeidszorgEvent.EDITION_SHOWN: "Editie van het jaarrapport op de publieke site gezet{edition}",
    ArbeidszorgEvent.EDITION_UNSHOWN: "Editie van het jaarrapport van de publieke site gehaald{edition}",
}
KINDS = {
    "client": Kind("Cliënten", (
        ArbeidszorgEvent.CLIENT_REGISTERED, ArbeidszorgEvent.CLIENT_CHANGED, ArbeidszorgEvent.PAST_ANSWER_REMOVED,
        ArbeidszorgEvent.CLIENT_NAME_CHANGED, ArbeidszorgEvent.CLIENTS_MERGED, ArbeidszorgEvent.MERGE_UNDONE,
        ArbeidszorgEvent.RECORD_SHOWN)),
    "period": Kind("Begeleidingsperiodes", (
        ArbeidszorgEvent.PERIOD_ADDED, ArbeidszorgEvent.PERIOD_CHANGED, ArbeidszorgEvent.PERIOD_CLOSED,
        ArbeidszorgEvent.PERIOD_REOPENED, ArbeidszorgEvent.PAST_HOURS_REMOVED, ArbeidszorgEvent.PERIOD_WITHDRAWN,
        ArbeidszorgEvent.PERIOD_RESTORED, ArbeidszorgEvent.PERIOD_PURGED)),
    "move": Kind("Verhuizingen van cliënten", (
        ArbeidszorgEvent.CLIENT_MOVE_PROPOSED, ArbeidszorgEvent.CLIENT_MOVE_AGREED,
        ArbeidszorgEvent.CLIENT_MOVE_REFUSED, ArbeidszorgEvent.CLIENT_MOVE_CANCELLED, ArbeidszorgEvent.CLIENT_MOVED)),
    "view": Kind("Bekeken door anderen", (ArbeidszorgEvent.CLIENT_VIEWED,)),
    "deletion": Kind("Verwijderingen", (
        ArbeidszorgEvent.DELETION_REQUESTED, ArbeidszorgEvent.DELETION_WITHDRAWN, ArbeidszorgEvent.DELETION_REFUSED,
        ArbeidszorgEvent.CLIENT_DELETED, ArbeidszorgEvent.CLIENT_RESTORED, ArbeidszorgEvent.CLIENT_PURGED)),
    "edition": Kind("Edities van het jaarrapport", (
        ArbeidszorgEvent.EDITION_PUBLISHED, ArbeidszorgEvent.EDITION_SHOWN, ArbeidszorgEvent.EDITION_UNSHOWN)),
    "export": Kind("Downloads", (
        ArbeidszorgEvent.CLIENTS_EXPORTED, ArbeidszorgEvent.ROWS_EXPORTED, ArbeidszorgEvent.REGISTER_EXPORTED,
        ArbeidszorgEvent.REGISTER_IMPORTED, ArbeidszorgEvent.REGISTER_IMPORT_UNDONE)),
}
# Labels of the fields of a period. Those of a client come from the questionnaire; a label for its name must not exist.
PERIOD = {"hours": "Aantal uren", "start_date": "Startdatum", "end_date": "Einddatum"}
FILTERS = {
    "q": "Volgnummer", "organisation": "Organisatie", "status": "Status", "incomplete": "Te vervolledigen",
    "born_from": "Geboren vanaf", "born_to": "Geboren tot en met",
}
# A province, or all of them.
SCOPES = {"vlaanderen": "Vlaanderen"} | PROVINCES
FORMATS = {"csv": "CSV", "xlsx": "XLSX"}


def _parts(entry):
    details = entry.details
    fields = PERIOD if entry.event == ArbeidszorgEvent.PERIOD_CHANGED else {}
    return {
        "client": entry.subject,
        "merged": details.get("merged", GONE),
        "fields": after(labelled(
            details.get("fields", ()), lambda code: fields.get(code) or questionnaire.heading(code))),
        "reason": after([LABELS.get(details["reason"], "")]) if details.get("reason") else "",
        "move": after([f"van {details['sender']} naar {details['receiver']}"]) if "receiver" in details else "",
        "shown": "bewaard als bestand" if details.get("saved") else "getoond",
        "export": _export(details),
        "register_import": after([f"import {details['register_import']}"]) if "register_import" in details else "",
        "edition": after([str(details["year"]), SCOPES[details["scope"]]]) if "scope" in details else "",
    }


def _export(details):
    parts = [FORMATS.get(details.get("format"), "")]
    if "rows" in details:
        rows = details["rows"]
        parts.append("1 rij" if rows == 1 else f"{filters.number(rows)} rijen")
    if details.get("filters"):
        parts.append(f"gefilterd op {', '.join(_filter(code) for code in details['filters'])}")
    return after([part for part in parts if part])


def _filter(code):
    return FILTERS.get(code) or questionnaire.heading(code.removeprefix("answer_")) or GONE


LOG_WORDS = LogWords(SENTENCES, KINDS, _parts)
