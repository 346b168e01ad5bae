"""The log in the words of ecalcura."""
from models.ecalcura.events import EcalcuraEvent
from views.hall.log_words import Kind, LogWords, after, labelled

SENTENCES = {
    EcalcuraEvent.FACILITY_ADDED: "Voorziening {hco} toegevoegd uit het bestand van de dossierbeheerder",
    EcalcuraEvent.FACILITY_CHANGED: "Gegevens van de voorziening gewijzigd{fields}",
    EcalcuraEvent.FACILITY_MERGED: "Voorziening gefuseerd met een andere{fields}",
    EcalcuraEvent.FACILITY_UNKNOWN: "Aangemeld met een rol voor een voorziening die niet bekend is{number}",
    EcalcuraEvent.EMERGENCY_LOGIN: "Noodlogin gemaakt voor een dag{login}",
}
TRIMESTERS = {
    EcalcuraEvent.TRIMESTER_OPENED: "Dagen van trimester {subject} ingesteld",
    EcalcuraEvent.TRIMESTER_CLOSED: "Trimester {subject} afgesloten",
    EcalcuraEvent.TRIMESTER_REOPENED: "Trimester {subject} heropend",
    EcalcuraEvent.REOPENING_ASKED: "Heropening van trimester {subject} gevraagd",
}
EMPLOYEES = {
    EcalcuraEvent.EMPLOYEE_ADDED: "Medewerker {subject} toegevoegd",
    EcalcuraEvent.NUMBER_SHOWN: "Rijksregisternummer van medewerker {subject} getoond",
    EcalcuraEvent.NUMBER_CORRECTED: "Rijksregisternummer van medewerker {subject} rechtgezet",
    EcalcuraEvent.NUMBER_REPLACED: "Medewerker {subject} heeft een nieuw rijksregisternummer",
    EcalcuraEvent.EMPLOYEE_TWICE: "Volgens het rijksregister is medewerker {subject} dezelfde als medewerker {other}",
    EcalcuraEvent.REFERENCE_DATE_SET: "Rekendatum van medewerker {subject} gewijzigd",
}
FIELDS = {
    "riziv": "RIZIV-nummer", "kbo": "KBO-nummer", "name": "Naam", "street": "Straat", "postcode": "Postcode",
    "town": "Gemeente", "province": "Provincie", "email": "E-mailadres", "telephone": "Telefoon",
    "places": "Erkende plaatsen", "since": "Vanaf", "until": "Tot", "parent_id": "Hoort bij",
    "agreement": "Overeenkomst", "agreement_place": "Plaats in de overeenkomst", "successor_id": "Opvolger",
    "merged_on": "Gefuseerd op",
}
KINDS = {"facility": Kind("Voorzieningen", tuple(SENTENCES)), "trimester": Kind("Trimesters", tuple(TRIMESTERS)),
         "employee": Kind("Medewerkers", tuple(EMPLOYEES))}


def _parts(entry):
    return {"hco": entry.subject, "subject": entry.subject, "number": after([entry.subject or ""]),
            "login": after([entry.changed_login or ""]), "other": entry.details.get("other"),
            "fields": after(labelled(entry.details.get("fields", ()), FIELDS.get))}


LOG_WORDS = LogWords(SENTENCES | TRIMESTERS | EMPLOYEES, KINDS, _parts)
