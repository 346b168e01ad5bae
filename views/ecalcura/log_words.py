"""The log in the words of ecalcura."""
from models.ecalcura.contracts import lists
from models.ecalcura.events import EcalcuraEvent
from views.ecalcura import words
from views.hall.log_words import Kind, LogWords, after, labelled

SENTENCES = {
    EcalcuraEvent.FACILITY_ADDED: "Voorziening {hco} toegevoegd uit het bestand van de dossierbeheerder",
    EcalcuraEvent.FACILITY_CHANGED: "Gegevens van de voorziening gewijzigd{fields}",
    EcalcuraEvent.FACILITY_MERGED: "Voorziening gefuseerd met een andere{fields}",
    EcalcuraEvent.FACILITY_UNKNOWN: "Aangemeld met een rol voor een voorziening die niet bekend is{number}",
    EcalcuraEvent.FACILITY_EXPORTED: "Alle gegevens van de voorziening gedownload{reason}",
    EcalcuraEvent.EMERGENCY_LOGIN: "Noodlogin gemaakt voor een dag{login}",
}
CONTACTS = {
    EcalcuraEvent.CONTACT_PERSON_ADDED: "Contactpersoon {subject} toegevoegd",
    EcalcuraEvent.CONTACT_PERSON_CHANGED: "Contactpersoon {subject} gewijzigd{fields}",
    EcalcuraEvent.CONTACT_PERSON_REMOVED: "Contactpersoon {subject} verwijderd",
    EcalcuraEvent.CONTACTS_REMINDED: "Voorziening {subject} zonder contactpersoon herinnerd",
}
MESSAGES = {
    EcalcuraEvent.MESSAGE_SENT: "Bericht over berekening {subject} verstuurd",
    EcalcuraEvent.MESSAGE_READ: "Bericht over berekening {subject} gelezen",
}
TRIMESTERS = {
    EcalcuraEvent.TRIMESTER_OPENED: "Dagen van trimester {subject} ingesteld",
    EcalcuraEvent.TRIMESTER_CLOSED: "Trimester {subject} afgesloten",
    EcalcuraEvent.TRIMESTER_SUBMITTED: "Trimester {subject} definitief ingediend",
    EcalcuraEvent.TRIMESTER_REOPENED: "Trimester {subject} heropend",
    EcalcuraEvent.REOPENING_ASKED: "Heropening van trimester {subject} gevraagd",
    EcalcuraEvent.REOPENING_REFUSED: "Heropening van trimester {subject} geweigerd",
    EcalcuraEvent.REMINDED: "Herinnering verstuurd om trimester {subject} in te dienen",
    EcalcuraEvent.PERFORMANCES_CHANGED: "Prestaties van contract {contract} in trimester {subject} gewijzigd{fields}",
}
EMPLOYEES = {
    EcalcuraEvent.STAFF_EXPORTED: "Personeel van trimester {subject} gedownload{reason}",
    EcalcuraEvent.EMPLOYEE_ADDED: "Medewerker {subject} toegevoegd",
    EcalcuraEvent.NUMBER_SHOWN: "Rijksregisternummer van medewerker {subject} getoond",
    EcalcuraEvent.NUMBER_LOOKS_EXPORTED: "Lijst van geopende nummers gedownload",
    EcalcuraEvent.NUMBER_CORRECTED: "Rijksregisternummer van medewerker {subject} rechtgezet",
    EcalcuraEvent.NUMBER_REPLACED: "Medewerker {subject} heeft een nieuw rijksregisternummer",
    EcalcuraEvent.EMPLOYEE_TWICE: "Volgens het rijksregister is medewerker {subject} dezelfde als medewerker {other}",
    EcalcuraEvent.PERSON_EXPORTED: "Inzage van medewerker {subject} gedownload",
    EcalcuraEvent.PERSON_EXPORTED_EVERYWHERE: "Inzage over alle voorzieningen gedownload{reason}",
    EcalcuraEvent.REFERENCE_DATE_SET: "Rekendatum van medewerker {subject} gewijzigd",
    EcalcuraEvent.RAAS_TAKEN_OVER: "Contracten uit RaaS verwerkt{results}",
}
CONTRACTS = {
    EcalcuraEvent.CONTRACT_ADDED: "Contract van medewerker {subject} toegevoegd",
    EcalcuraEvent.CONTRACT_CHANGED: "Contract van medewerker {subject} gewijzigd{fields}",
    EcalcuraEvent.CONTRACT_DELETED: "Contract van medewerker {subject} verwijderd",
    EcalcuraEvent.CHOICE_ADDED: "Keuze van medewerker {subject} toegevoegd",
    EcalcuraEvent.CHOICE_CHANGED: "Keuze van medewerker {subject} gewijzigd{fields}",
    EcalcuraEvent.CHOICE_DELETED: "Keuze van medewerker {subject} verwijderd",
    EcalcuraEvent.REPLACEMENT_ADDED: "Vervanging door medewerker {subject} toegevoegd",
    EcalcuraEvent.REPLACEMENT_CHANGED: "Vervanging door medewerker {subject} gewijzigd{fields}",
    EcalcuraEvent.REPLACEMENT_DELETED: "Vervanging door medewerker {subject} verwijderd",
    EcalcuraEvent.CONTRACTS_TAKEN_OVER: "Contracten overgenomen bij een fusie",
    EcalcuraEvent.IRREGULAR_WORK_DECLARED: "200 uren onregelmatige prestaties verklaard voor medewerker {subject}",
}
CALCULATIONS = {
    EcalcuraEvent.PARAMETERS_ENTERED: "Parameters {subject} ingevoerd",
    EcalcuraEvent.PARAMETERS_CONFIRMED: "Parameters {subject} bevestigd",
    EcalcuraEvent.PARAMETERS_WITHDRAWN: "Parameters {subject} ingetrokken",
    EcalcuraEvent.CALCULATION_MADE: "Berekening {subject} gemaakt",
    EcalcuraEvent.CALCULATION_DISCARDED: "Berekening {subject} weggegooid",
    EcalcuraEvent.CALCULATION_FROZEN: "Berekening {subject} vastgelegd",
    EcalcuraEvent.CALCULATION_PUBLISHED: "Berekening {subject} gepubliceerd",
    EcalcuraEvent.PAYMENT_LIST_MADE: "Betaallijst van berekening {subject} gedownload",
}
ACCOUNTS = {
    EcalcuraEvent.ACCOUNT_PROPOSED: "Bankrekening {subject} voorgesteld",
    EcalcuraEvent.ACCOUNT_ASKED: "Bevestiging van bankrekening {subject} gevraagd aan de dossierbeheerder",
    EcalcuraEvent.ACCOUNT_CONFIRMED: "Bankrekening {subject} bevestigd",
    EcalcuraEvent.ACCOUNT_WITHDRAWN: "Bankrekening {subject} ingetrokken",
    EcalcuraEvent.ACCOUNT_REFUSED: "Bankrekening {subject} geweigerd",
    EcalcuraEvent.ACCOUNT_SHOWN: "Nummer van bankrekening {subject} getoond{reason}",
}
DELIVERIES = {
    EcalcuraEvent.BILLED_DAYS_CHANGED: "Gefactureerde dagen van {subject} gewijzigd",
    EcalcuraEvent.BILLED_DAYS_SUBMITTED: "Gefactureerde dagen van {subject} definitief ingediend",
    EcalcuraEvent.BILLED_DAYS_REOPENED: "Gefactureerde dagen van {subject} heropend",
    EcalcuraEvent.BILLED_REOPENING_ASKED: "Heropening van de gefactureerde dagen van {subject} gevraagd",
    EcalcuraEvent.RESIDENTS_CHANGED: "Bewonersgegevens van trimester {subject} gewijzigd",
    EcalcuraEvent.CRA_ADDED: "CRA-contract {subject} toegevoegd",
    EcalcuraEvent.CRA_NAMED: "Naam in CRA-contract {subject} gevonden in het rijksregister",
    EcalcuraEvent.CRA_CHANGED: "CRA-contract {subject} gewijzigd",
    EcalcuraEvent.CRA_REMOVED: "CRA-contract {subject} verwijderd",
    EcalcuraEvent.CERTIFICATE_ADDED: "Certificaat {subject} toegevoegd",
}
PURGES = {
    EcalcuraEvent.PURGE_PROPOSED: "Voorgesteld om te wissen: {term}",
    EcalcuraEvent.PURGE_CONFIRMED: "Wissen bevestigd: {term}",
    EcalcuraEvent.PURGE_WITHDRAWN: "Wissen ingetrokken: {term}",
    EcalcuraEvent.PURGED: "Gewist na de bewaartermijn: {term} ({count})",
    EcalcuraEvent.PURGED_AGAIN: "Opnieuw gewist nadat een back-up was teruggezet: {term}",
}
RESULTS = {"taken": "overgenomen", "remarked": "overgenomen met opmerking", "undecided": "te beslissen",
           "refused": "niet overgenomen", "waiting": "wacht op het register"}
FIELDS = {
    "riziv": "RIZIV-nummer", "kbo": "KBO-nummer", "name": "Naam", "street": "Straat", "postcode": "Postcode",
    "town": "Gemeente", "province": "Provincie", "email": "E-mailadres", "telephone": "Telefoon",
    "places": "Erkende plaatsen", "since": "Vanaf", "until": "Tot", "parent_id": "Hoort bij",
    "agreement": "Overeenkomst", "agreement_place": "Plaats in de overeenkomst", "successor_id": "Opvolger",
    "merged_on": "Gefuseerd op",
    "function": "Functie",
    "role": "Rol", "qualification": "Kwalificatie", "statute": "Statuut", "start": "Begindatum",
    "hours": "Uren per week", "full_time": "Voltijdse week", "acquired_step": "Verworven recht",
    "terms": "Uren vanaf een latere dag",
    "step": "Leeftijdsstap", "kind": "Keuze", "replaced_id": "Wie vervangen wordt", "act_on": "Datum van de akte",
    **lists.performance_kinds(),
}
_KINDS = {
    "facility": ("Voorzieningen", SENTENCES),
    "contact": ("Contactpersonen", CONTACTS),
    "trimester": ("Trimesters", TRIMESTERS),
    "employee": ("Medewerkers", EMPLOYEES),
    "contract": ("Contracten", CONTRACTS),
    "calculation": ("Berekeningen", CALCULATIONS),
    "message": ("Berichten", MESSAGES),
    "bank_account": ("Bankrekeningen", ACCOUNTS),
    "delivery": ("Leveringen", DELIVERIES),
    "retention": ("Bewaring", PURGES),
}


def _parts(entry):
    return {"hco": entry.subject, "subject": entry.subject, "number": after([entry.subject or ""]),
            "login": after([entry.changed_login or ""]), "other": entry.details.get("other"),
            "reason": after([entry.details.get("reason", "")]),
            "contract": entry.details.get("contract", "–"),
            "term": words.TERMS.get(entry.subject, entry.subject), "count": entry.details.get("number", 0),
            "results": after([f"{entry.details[code]} {label}" for code, label in RESULTS.items()
                              if entry.details.get(code)]),
            "fields": after(labelled(entry.details.get("fields", ()), FIELDS.get))}


LOG_WORDS = LogWords(
    {event: sentence for _, of in _KINDS.values() for event, sentence in of.items()},
    {code: Kind(label, tuple(of)) for code, (label, of) in _KINDS.items()}, _parts)
