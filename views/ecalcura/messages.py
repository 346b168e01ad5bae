"""The messages of pages for each code with which a model of ecalcura refuses; of a file the report of the command."""
from enum import StrEnum

from models.ecalcura.errors import EcalcuraCode

MESSAGES: dict[StrEnum, str] = {
    EcalcuraCode.NO_DOSSIER: "Deze voorziening heeft geen eigen dossier, en dus geen rollen.",
    EcalcuraCode.COLLEAGUE_NAME: "Typ een naam van hoogstens 100 tekens.",
    EcalcuraCode.COLLEAGUE_ACTIVE: "Deze collega staat al in je lijst.",
    EcalcuraCode.ROLE_DAYS: "De laatste dag ligt voor de eerste dag.",
    EcalcuraCode.ROLE_PAST: "Een rol kan niet in het verleden beginnen of eindigen.",
    EcalcuraCode.ROLE_GIVER: "Op die dag ben je hier geen toegangsbeheerder.",
    EcalcuraCode.ROLES_OUTSIDE: "De rollen worden niet hier gegeven.",
    EcalcuraCode.FACILITY_UNKNOWN:
        "Een voorziening waarvoor je een rol hebt, is in Loket niet bekend. Laat het weten aan {operator}.",
    EcalcuraCode.LAST_ACCESS:
        "Dit is de enige toegangsbeheerder zonder einddatum. Maak eerst een collega toegangsbeheerder.",
    EcalcuraCode.TEXT_NUMBER: "Vul hier geen rijksregisternummer in.",
    EcalcuraCode.NO_TRIMESTER_OPEN: "Er is nog geen trimester geopend.",
    EcalcuraCode.TRIMESTER_UNOPENED: "{trimester} is nog niet geopend.",
    EcalcuraCode.TRIMESTER_CLOSED: "{trimester} is afgesloten.",
    EcalcuraCode.ENTRY_EARLY: "Invoeren voor {trimester} kan vanaf {day:%d/%m/%Y}.",
    EcalcuraCode.SUBMIT_UNOPENED: "Definitief indienen is nog niet geopend voor {trimester}.",
    EcalcuraCode.SUBMIT_EARLY: "Definitief indienen kan vanaf {day:%d/%m/%Y}.",
    EcalcuraCode.TRIMESTER_SUBMITTED: "Dit verandert trimester {number}, dat al is ingediend. Vraag heropening.",
    EcalcuraCode.REOPENED_ENDED:
        "Dit verandert trimester {number}: aanpassen kon tot en met {day:%d/%m/%Y}. Vraag opnieuw heropening.",
    EcalcuraCode.TRIMESTER_FINAL: "{trimester} is afgesloten: de berekening is definitief.",
    EcalcuraCode.NOT_SUBMITTED: "{trimester} is niet ingediend.",
    EcalcuraCode.REOPEN_REASON: "Vul een reden in van hoogstens 500 tekens.",
    EcalcuraCode.REOPEN_PAST: "Die dag is voorbij.",
    EcalcuraCode.NUMBER_INVALID: "Dit is geen geldig rijksregister- of bisnummer. Kijk de 11 cijfers na.",
    EcalcuraCode.NUMBER_SAME: "Dit is het nummer dat er al staat.",
    EcalcuraCode.PERSON_UNKNOWN: "Het rijksregister kent dit nummer niet.",
    EcalcuraCode.ALREADY_EMPLOYEE: "Staat al in je lijst: {name}. Voeg een contract toe.",
    EcalcuraCode.LOOKUPS_TODAY:
        "Je hebt vandaag het hoogste aantal nummers opgezocht. Morgen kun je weer nummers opzoeken.",
    EcalcuraCode.LOOKUPS_PAUSED: "Te veel nummers die niet gevonden zijn. Probeer opnieuw om {hour}.",
    EcalcuraCode.ROW_SAVED: "Dit formulier is al opgeslagen, met andere gegevens.",
    EcalcuraCode.ROW_SUBMITTED:
        "Dit is ingediend met trimester {number}: beëindig het in plaats van het te verwijderen.",
    EcalcuraCode.MERGED_AWAY: "De voorziening is gefuseerd op {day:%d/%m/%Y}: voer dit in bij de opvolger.",
    EcalcuraCode.ROLE_UNKNOWN: "Kies gerechtigde of vervanger.",
    EcalcuraCode.QUALIFICATION_UNKNOWN: "Kies een kwalificatie die op de begindatum bestaat.",
    EcalcuraCode.STATUTE_UNKNOWN: "Kies een statuut.",
    EcalcuraCode.STEP_UNKNOWN: "Kies een leeftijdsstap, en premie of vrijstelling.",
    EcalcuraCode.DAYS_ORDER: "De laatste dag ligt voor de eerste dag.",
    EcalcuraCode.CONTRACT_START: "Kijk de begindatum na.",
    EcalcuraCode.CONTRACT_END: "De einddatum ligt voor de begindatum.",
    EcalcuraCode.CONTRACT_OVERLAP: "Overlapt met het contract van {first} tot {last}.",
    EcalcuraCode.CONTRACT_USED: "Dit contract heeft prestaties of loopt verder bij de opvolger: beëindig het.",
    EcalcuraCode.TERMS_OUTSIDE:
        "De nieuwe uren beginnen na de begindatum van het contract, en ten laatste op zijn einddatum.",
    EcalcuraCode.HOURS_POSITIVE: "Vul uren in, meer dan 0.",
    EcalcuraCode.FULL_TIME_RANGE: "Een voltijdse week heeft meer dan 0 en hoogstens 60 uren.",
    EcalcuraCode.HOURS_ABOVE_FULL_TIME: "Samen {total} uren op {day:%d/%m/%Y}: meer dan voltijds ({full_time}).",
    EcalcuraCode.PREMIUM_NOT_ALLOWED: "Alleen {qualifications} kan voor de premie kiezen.",
    EcalcuraCode.CHOICE_EARLY: "De stap van {step} jaar begint op {starts}.",
    EcalcuraCode.CHOICE_TWICE: "De stap van {step} jaar heeft al een keuze van {first} tot {last}.",
    EcalcuraCode.IRREGULAR_WORK_DAYS: "Vul een periode in binnen de 24 maanden van {first} tot {last}.",
    EcalcuraCode.REPLACEMENT_CHOICE: "Een vervanger heeft geen keuze.",
    EcalcuraCode.NO_REPLACEMENT_CONTRACT: "Alleen een contract van een vervanger kan vervangen.",
    EcalcuraCode.REPLACED_NOT_EXEMPT: "Deze medewerker heeft geen vrijstelling om te vervangen.",
    EcalcuraCode.REPLACEMENT_OUTSIDE: "Vervanging loopt buiten {first}–{last}.",
    EcalcuraCode.STAFF_FILE_COLUMNS: "In het bestand ontbreken kolommen: {columns}. Gebruik het sjabloon.",
    EcalcuraCode.STAFF_FILE_EMPTY: "Deze cel is leeg: vul ze in.",
    EcalcuraCode.STAFF_FILE_CELL: "Deze rij is niet leesbaar.",
    EcalcuraCode.STAFF_FILE_DAY: "Dit is geen datum. Typ bijvoorbeeld 03/06/2026.",
    EcalcuraCode.STAFF_FILE_HOURS: "Dit zijn geen uren. Typ bijvoorbeeld 19,5.",
    EcalcuraCode.REFERENCE_DATE:
        "Een rekendatum is er alleen voor een onvolledige geboortedatum, en ligt niet in de toekomst.",
    EcalcuraCode.NOT_DECLARED: "Bevestig dat de gegevens juist en volledig zijn.",
    EcalcuraCode.CHECKS_LEFT: "Los eerst de controles op die het indienen tegenhouden. Aantal: {number}.",
    EcalcuraCode.NO_ROWS:
        "Er is niemand ingevoerd voor dit trimester. Is er niets aan te geven? Vink dat dan aan.",
    EcalcuraCode.NOTHING_BUT_ROWS: "Er zijn contracten in dit trimester: ‘Niets aan te geven’ kan niet.",
    EcalcuraCode.HOURS_TYPED: "Typ uren als 19 of 30,4: hoogstens twee cijfers na de komma.",
}
