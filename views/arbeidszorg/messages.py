"""The messages of arbeidszorg: for each code with which its models refuse, and for values that its forms reject."""
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register.plausible import Improbable
from views.shell.messages import NOT_IN_LIST, REQUIRED

RETYPED = "Dit is niet het nummer van deze cliënt. Er is niets verwijderd. Typ {number} over."
ANSWER_LONG = "Dit is te lang: hoogstens 500 tekens."
EDITION_CONFIRM = "Vink dit aan: wat gepubliceerd is, blijft bewaard zoals het is."
START_BEFORE_BIRTH = "De startdatum ligt vóór de geboortedatum van de cliënt ({birth_date})."
OTHER_MISSING = "Typ het volgnummer van de andere registratie van dezelfde persoon."

MESSAGES = {
    ArbeidszorgCode.QUESTION: "Deze vraag staat niet meer in de vragenlijst.",
    ArbeidszorgCode.REQUIRED: REQUIRED,
    ArbeidszorgCode.HOURS: "‘{value}’ is geen getal. Typ een getal, bijvoorbeeld 12,5.",
    ArbeidszorgCode.HOURS_RANGE: "Typ meer dan 0 en hoogstens 60 uren per week.",
    ArbeidszorgCode.HOURS_PRECISE: "Typ hoogstens twee cijfers na de komma.",
    ArbeidszorgCode.HOURS_SINCE:
        "Vanaf welke dag gelden de nieuwe uren? Typ die dag. Was het vorige aantal nooit juist? Vink dan ‘Foute "
        "registratie’ aan.",
    ArbeidszorgCode.HOURS_LATE: "Typ een dag tot en met vandaag, en niet na de einddatum.",
    ArbeidszorgCode.HOURS_SAME: "Het aantal uren gold toen al. Pas ook het aantal uren aan, of maak dit veld leeg.",
    ArbeidszorgCode.POSTCODE: "‘{value}’ is geen postcode. Typ vier cijfers, van 1000 tot 9999.",
    ArbeidszorgCode.NAME_LONG: "De naam is te lang: hoogstens 60 tekens.",
    ArbeidszorgCode.NAME_CHARACTERS: "In de naam staat een teken dat niet kan. Typ hem opnieuw.",
    ArbeidszorgCode.REMARK_LONG: "De opmerking is te lang: hoogstens 500 tekens.",
    ArbeidszorgCode.CONCLUSIONS_LONG: "De conclusies zijn te lang: hoogstens 10.000 tekens.",
    ArbeidszorgCode.REMARK_CHARACTERS: "In de opmerking staat een teken dat niet kan. Typ ze opnieuw.",
    ArbeidszorgCode.NATIONAL_NUMBER:
        "Hierin staat een rijksregisternummer. Laat het weg: het hoort niet in het register.",
    ArbeidszorgCode.BIRTH_DATE: "Typ een geboortedatum tussen 01/01/1900 en vandaag.",
    ArbeidszorgCode.BEFORE_BIRTH: "Er is een begeleidingsperiode die vóór deze geboortedatum begint.",
    ArbeidszorgCode.END_BEFORE_START: "De einddatum ligt vóór de startdatum.",
    ArbeidszorgCode.DAY_RANGE: "Kijk het jaar na.",
    ArbeidszorgCode.OPTION: NOT_IN_LIST,
    ArbeidszorgCode.CLOSING: "Einddatum, reden en perspectief gaan samen: vul alle drie in, of geen enkele.",
    ArbeidszorgCode.OVERLAP:
        "Deze periode valt samen met de periode {period}. Pas de datums aan, of bewerk eerst die periode.",
    ArbeidszorgCode.REMARK_NAME:
        "Het woord ‘{word}’ staat ook in de naam of in het oude volgnummer van deze cliënt. De beheerder "
        "leest de opmerking en mag geen namen kennen: laat het weg.",
    ArbeidszorgCode.ANSWER: "Typ een antwoord: de organisatie leest het bij de cliënt.",
    ArbeidszorgCode.ALREADY_RESTORED: "Cliënt {number} was al teruggezet.",
    ArbeidszorgCode.RESTORE_LATE: "Cliënt {number} kan niet meer teruggezet worden: de termijn is voorbij.",
    ArbeidszorgCode.RESTORE_TAKEN:
        "Cliënt {number} kan niet teruggezet worden: de organisatie heeft intussen een andere cliënt met "
        "hetzelfde oude volgnummer.",
    ArbeidszorgCode.RESTORE_SENT_AGAIN:
        "Cliënt {number} kan niet teruggezet worden: de organisatie registreerde deze cliënt intussen opnieuw.",
    ArbeidszorgCode.PERIOD_GONE: "Deze periode was al teruggetrokken.",
    ArbeidszorgCode.PERIOD_RESTORED: "Deze periode was al teruggezet.",
    ArbeidszorgCode.PERIOD_RESTORE_LATE: "Deze periode kan niet meer teruggezet worden: de termijn is voorbij.",
    ArbeidszorgCode.PERIOD_RESTORE_OVERLAP:
        "Deze periode kan niet teruggezet worden: ze valt samen met de periode {period}.",
    ArbeidszorgCode.PERIOD_RESTORE_BIRTH:
        "Deze periode kan niet teruggezet worden: ze begint vóór de geboortedatum van de cliënt.",
    ArbeidszorgCode.NOT_DUE:
        "De bewaartermijn van cliënt {number} is niet voorbij. Er is niets gewijzigd.",
    ArbeidszorgCode.OTHER_NUMBER: "Je organisatie heeft geen andere cliënt met dit volgnummer.",
    ArbeidszorgCode.MERGE_UNDECIDED: "Kies bij elk verschil wat verder gaat.",
    ArbeidszorgCode.MERGE_REQUESTED:
        "Voor cliënt {number} is een verwijdering aangevraagd. Trek die aanvraag eerst in.",
    ArbeidszorgCode.MERGE_MOVING:
        "Er loopt een voorstel om cliënt {number} naar een andere organisatie te verhuizen. Beantwoord dat eerst.",
    ArbeidszorgCode.MERGE_NAME:
        "De namen zijn nu niet leesbaar, dus deze naam kan niet mee naar het andere nummer. Kies de andere naam, of "
        "verwittig {operator}.",
    ArbeidszorgCode.MERGE_LATE: "Dit samenvoegen kan niet meer ongedaan gemaakt worden.",
    ArbeidszorgCode.MERGE_NOT_NEWEST:
        "Cliënt {number} is daarna nog bij deze cliënt gevoegd. Maak dat eerst ongedaan.",
    ArbeidszorgCode.MERGE_PERIOD:
        "Ongedaan maken kan zo niet: de periode {period} is na het samenvoegen gewijzigd, toegevoegd of verwijderd. "
        "Herstel die eerst.",
    ArbeidszorgCode.REASON: "Kies een reden uit de lijst.",
    ArbeidszorgCode.CLIENT_MOVE_TO: "Kies een andere organisatie van je provincie.",
    ArbeidszorgCode.CLIENT_MOVE_PENDING: "Voor deze cliënt is al een verhuizing voorgesteld.",
    ArbeidszorgCode.CLIENT_MOVE_DECIDED: "Over deze verhuizing is intussen al beslist.",
    ArbeidszorgCode.CLIENT_MOVE_DELETION:
        "Voor deze cliënt is een verwijdering aangevraagd. De verhuizing kan pas als daarover beslist is.",
    ArbeidszorgCode.CLIENT_MOVE_ANSWER: "Typ een antwoord: de beheerder leest het bij de verhuizing.",
    ArbeidszorgCode.CLIENT_MOVE_NAME:
        "De naam van deze cliënt is nu niet leesbaar. Er is niets verhuisd. Verwittig {operator}.",
    ArbeidszorgCode.CLIENT_MOVE_FIRST:
        "Voor deze cliënt loopt een verhuizing naar een andere organisatie. Annuleer die eerst of rond ze af.",
    ArbeidszorgCode.IMPORT_GONE: "Deze import is er niet.",
    ArbeidszorgCode.IMPORT_UNDONE: "Deze import is al teruggedraaid.",
    ArbeidszorgCode.IMPORT_LATE: "Terugdraaien kan niet meer: dat kan tot 30 dagen na de import.",
    ArbeidszorgCode.IMPORT_LATER:
        "Import {later} voegde iets toe aan wat deze import maakte. Draai eerst import {later} terug.",
    ArbeidszorgCode.IMPORT_CHANGED:
        "Terugdraaien kan niet: sinds de import is er iets gewijzigd bij {clients} van zijn cliënten (de eerste: "
        "{numbers}). Verbeter wat fout is bij elke cliënt, of vraag de verwijdering ervan aan.",
    ArbeidszorgCode.IMPORT_RUNS: "Er loopt al een import van je organisatie. Wacht tot die klaar is.",
    ArbeidszorgCode.NAMES_UNREADABLE:
        "Exporteren kan nu niet: de namen zijn niet leesbaar. Verwittig {operator}.",
    ArbeidszorgCode.SCOPE: "Kies je eigen provincie of Vlaanderen.",
    ArbeidszorgCode.YEAR: "Van dat jaar is er geen rapport.",
    ArbeidszorgCode.EDITION_SHOWN:
        "Een andere editie van dit jaar en gebied staat al op de site. Haal die er eerst af. Samen vertellen ze "
        "hoeveel mensen erbij kwamen of vertrokken, ook als het er één is.",
    ArbeidszorgCode.EDITION_OF_FEW:
        "In een jaar van dit rapport begeleidden minder dan drie organisaties van een provincie iemand. Dan is een "
        "aantal dat van één organisatie, en dat komt niet op de site.",
    ArbeidszorgCode.EDITION_EMPTY: "In dat jaar werd daar niemand begeleid: er is niets om te bewaren.",
}
# The remarks on improbable values, which a form shows once: 'Klopt dit?'
IMPROBABLE = {
    Improbable.START_AHEAD: "De startdatum is {start}: dat is over meer dan een jaar.",
    Improbable.END_AHEAD: "De einddatum is {end}: dat is over meer dan twee jaar.",
    Improbable.YOUNG: "Bij de start op {start} is de cliënt, geboren op {born}, nog maar {age} jaar.",
    Improbable.OLD: "Bij de start op {start} is de cliënt, geboren op {born}, al {age} jaar.",
    Improbable.BORN_LONG_AGO: "De cliënt, geboren op {born}, is nu {age} jaar.",
    Improbable.LONG: "De periode duurt meer dan 40 jaar: van {start} tot en met {last}.",
    Improbable.AFTER_DEATH:
        "Een periode van deze cliënt is afgesloten met ‘Overlijden’ op {died}, en daarna begint er nog een op {start}.",
    Improbable.HOURS_GONE: "Vanaf {since} gelden andere uren. Eindigt de periode al op {end}, dan verdwijnen die uren.",
    Improbable.OUTLOOK_OF_DEATH: "De reden is ‘Overlijden’, en toch is het perspectief ‘{outlook}’.",
}
