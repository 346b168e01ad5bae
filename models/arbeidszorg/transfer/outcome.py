"""The outcome of an import, in Dutch for the operator: its counts, and the reasons of refused files and rows."""
import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto

from models.arbeidszorg.errors import ArbeidszorgCode, ImportCode
from models.arbeidszorg.transfer.staging.entries import Period
from models.days import local
from models.errors import Code, Refused
from models.files.reading.errors import FileCode

SHOWN = 50

FILE_REASONS = {
    FileCode.FILE_NONE: "Dit bestand is er niet, of het is geen gewoon bestand.",
    FileCode.FILE_UNREADABLE: "Het bestand kan niet gelezen worden: {why}.",
    FileCode.FILE_EMPTY: "Het bestand is leeg.",
    ImportCode.FILE_ROWS: "Onder de kolomnamen staat geen enkele rij.",
    FileCode.FILE_EXCEL:
        "Dit is een ander rekenblad (XLS, XLSB of ODS). Bewaar het als Excel-werkmap (.xlsx) of als CSV UTF-8.",
    FileCode.FILE_LOCKED: "Dit rekenblad heeft een wachtwoord. Bewaar het zonder wachtwoord als Excel-werkmap (.xlsx).",
    FileCode.FILE_LARGE: "Uitgepakt is dit rekenblad te groot. Bewaar alleen de rijen, als CSV UTF-8.",
    FileCode.FILE_SPREADSHEET:
        "Dit rekenblad is beschadigd, of is er geen. Bewaar het opnieuw als Excel-werkmap (.xlsx) of als CSV UTF-8.",
    FileCode.FILE_WIDE: "Het bestand staat in UTF-32, of in UTF-16 zonder merkteken. Bewaar het als UTF-8.",
    FileCode.FILE_BINARY: "Regel {line} bevat een nulteken: dit is geen tekstbestand.",
    FileCode.FILE_LINE: "Regel {line} heeft geen einde of is langer dan 65.536 tekens: dit is geen register.",
    FileCode.FILE_ENCODING:
        "Regel {line} is UTF-8 noch Windows-1252, of het bestand mengt beide. Bewaar het als UTF-8.",
    FileCode.FILE_HEADING: "Geen van de eerste 20 regels bevat de kolomnamen van het register.",
    ImportCode.FILE_NONSENSE: "Van de eerste {rows} rijen werden er {refused} geweigerd: dit is geen register.",
    ImportCode.FILE_LATER:
        "Deze Loket kent dit bestand nog niet: het is versie {version} met {questions} vragen, hier is het versie "
        "{known} met {asked} vragen. Werk Loket en de vragenlijst bij, en importeer het dan opnieuw.",
    ImportCode.FILE_MEANWHILE:
        "Terwijl het bestand gelezen werd, wijzigde iemand telkens gegevens waarmee het vergeleken is. Importeer het "
        "straks opnieuw.",
    ImportCode.DATES_SWAPPED:
        "Deze datums bestaan alleen met de maand vooraan, regel: {lines}{more}. Een rekenblad met Amerikaanse "
        "instellingen schrijft 9 april 1970 als 4/9/1970, en dat zou hier 4 september worden. Zet de datums in het "
        "bestand om naar dag/maand/jaar. Klopt dag/maand/jaar toch? Bevestig het: dan zijn alleen deze datums fout.",
    ImportCode.DATES_OPEN:
        "Geen enkele datum in dit bestand toont of de dag of de maand vooraan staat, regel: {lines}{more}. Kijk het na "
        "en bevestig dat dag/maand/jaar klopt, of zet de datums om.",
    ImportCode.NUMBERS_MADE:
        "Deze volgnummers lijken door een rekenblad gemaakt, regel: {lines}{more}. Kijk ze na in een proef. Verbeter "
        "ze in het bestand, of bevestig dat ze kloppen.",
    ImportCode.COLUMNS_DOUBLED: "Deze kolommen staan er meer dan eens: {columns}.",
    ImportCode.COLUMNS_MISSING: "Deze kolommen ontbreken: {columns}.",
    ImportCode.COLUMNS_UNKNOWN: "Deze kolommen kent het register niet (geteld van links): {places}.",
    ImportCode.COLUMNS_ORDER:
        "De kolommen zijn van plaats verwisseld: op plaats {place} hoort '{column}', er staat '{found}'.",
    ArbeidszorgCode.IMPORT_GONE: "Er is geen import met dit nummer.",
    ArbeidszorgCode.IMPORT_UNDONE: "Deze import is al teruggedraaid.",
    ArbeidszorgCode.IMPORT_LATE: "Terugdraaien kan niet meer: dat kan tot 30 dagen na de import.",
    ArbeidszorgCode.IMPORT_LATER:
        "Import {later} voegde iets toe aan wat deze import maakte. Draai eerst import {later} terug.",
    ArbeidszorgCode.IMPORT_CHANGED:
        "Terugdraaien kan niet: sinds de import is er iets gewijzigd bij {clients} cliënten (de eerste: {numbers}) en "
        "{organisations} organisaties (de eerste: {names}). Verbeter wat fout is bij elke cliënt, of verwijder die.",
    Code.NAMES_KEY: "Het bestand bevat namen, maar de sleutel van de namen ontbreekt of is niet de juiste.",
}
ROW_REASONS = {
    FileCode.ROW_QUOTES: "De aanhalingstekens van deze regel kloppen niet.",
    FileCode.ROW_COLUMNS: "Deze regel heeft te veel of te weinig kolommen.",
    FileCode.CELL_ERROR: "Hier staat een fout van het rekenblad, zoals #N/B. Vul de waarde zelf in.",
    FileCode.CELL_FORMULA: "Hier staat een formule zonder uitkomst. Vul de waarde zelf in.",
    Code.PROVINCE: "Deze provincie bestaat niet.",
    ImportCode.EMPTY: "Dit moet ingevuld zijn.",
    ImportCode.TEXT: "Dit is langer dan {longest} tekens of bevat een regeleinde of stuurteken.",
    Code.EMAIL: "Dit is geen e-mailadres.",
    ImportCode.SHEET_ERROR: "Dit is een foutmelding van een rekenblad.",
    ImportCode.NUMBER: "Dit is geen volgnummer.",
    ImportCode.NUMBER_TAKEN: "Dit nummer heeft in het bestand al een andere cliënt.",
    ImportCode.MARK: "Het kenmerk van de cliënt ontbreekt of is beschadigd.",
    ArbeidszorgCode.OPTION: "Dit antwoord staat niet in de vragenlijst.",
    Code.DATE: "Dit is geen datum (dd/mm/jjjj).",
    Code.DATE_YEAR: "Het jaartal moet vier cijfers hebben.",
    Code.DATE_ABSENT: "Deze dag bestaat niet.",
    ArbeidszorgCode.DAY_RANGE: "Deze datum valt buiten 1900 tot en met 2999.",
    ArbeidszorgCode.BIRTH_DATE: "De geboortedatum ligt vóór 1900 of in de toekomst.",
    ArbeidszorgCode.BEFORE_BIRTH: "De periode begint vóór de geboortedatum ({birth_date:%d/%m/%Y}).",
    ImportCode.BIRTH_AFTER_PERIOD: "Een periode van deze cliënt begint vóór deze geboortedatum ({start:%d/%m/%Y}).",
    ArbeidszorgCode.POSTCODE: "Dit is geen postcode (1000 tot en met 9999).",
    ArbeidszorgCode.HOURS: "Dit is geen aantal uren.",
    ArbeidszorgCode.HOURS_RANGE: "Het aantal uren moet meer dan 0 en hoogstens 60 zijn.",
    ArbeidszorgCode.HOURS_PRECISE: "Het aantal uren heeft meer dan twee decimalen.",
    ArbeidszorgCode.CLOSING: "Einddatum, reden en perspectief horen samen: alle drie of geen.",
    ArbeidszorgCode.END_BEFORE_START: "De einddatum ligt vóór de startdatum.",
    ArbeidszorgCode.OVERLAP: "De periode overlapt met die van {period} van dezelfde cliënt.",
    ImportCode.SECOND_OPEN: "De cliënt heeft al een periode zonder einddatum (die van {period}).",
    ImportCode.DELETED:
        "Deze cliënt is verwijderd op {deleted:%d/%m/%Y} en ligt nog in de prullenbak van de provincie.",
    ImportCode.MOVED: "Deze cliënt is verhuisd naar een andere organisatie.",
    ImportCode.WITHDRAWN: "Deze periode is teruggetrokken ('Verkeerd toegevoegd'); ze kan nog teruggezet worden.",
    ImportCode.DIFFERS: "Deze cliënt heeft hier al een ander antwoord.",
    ImportCode.PAST_FORM:
        "Een vroeger antwoord staat er als 'Vraag: antwoord (t.e.m. dd/mm/jjjj)', het volgende na ' | '.",
    ImportCode.PAST_QUESTION: "Een vroeger antwoord hoort bij een vraag die niet in de vragenlijst staat.",
    ImportCode.PAST_CHOICE: "Een vroeger antwoord op '{question}' staat niet in de vragenlijst.",
    ImportCode.PAST_DATE: "Een vroeger antwoord op '{question}' is geen dag van 1900 tot en met vandaag.",
    ImportCode.PAST_POSTCODE: "Een vroeger antwoord op '{question}' is geen postcode (1000 tot en met 9999).",
    ImportCode.PAST_UNTIL:
        "Een vroeger antwoord op '{question}' gold tot en met een dag die niet bestaat of nog moet komen.",
    ImportCode.PAST_DOUBLED: "Op '{question}' staan er twee vroegere antwoorden tot en met dezelfde dag.",
    ImportCode.HOURS_FORM: "Vroegere uren staan er als 'uren (t.e.m. dd/mm/jjjj)', de volgende na ' | '.",
    ImportCode.HOURS_NUMBER:
        "Vroegere uren zijn geen aantal van meer dan 0 tot en met 60, met hoogstens twee decimalen.",
    ImportCode.HOURS_UNTIL:
        "Vroegere uren golden tot en met een dag die niet bestaat, nog moet komen, of niet vóór de laatste dag van de "
        "periode ligt.",
    ImportCode.HOURS_DOUBLED: "Er staan twee vroegere aantallen uren tot en met dezelfde dag.",
    ImportCode.OTHER_CLIENT: "Dit oude volgnummer hoort bij een andere cliënt dan het kenmerk of het nummer.",
    ImportCode.OTHER_ORGANISATION: "Deze rij is van een andere organisatie.",
    ArbeidszorgCode.NAME_LONG: "De naam is langer dan 60 tekens.",
    ArbeidszorgCode.NAME_CHARACTERS: "De naam bevat tekens die niet kunnen.",
    ArbeidszorgCode.NATIONAL_NUMBER: "Hierin staat een rijksregisternummer.",
}


class NumberDoubt(StrEnum):
    """Every remark on an old number."""

    MADE = auto()
    LIKE = auto()


def reason(refused: Refused) -> str:
    """Return the Dutch sentence for a refused file or row."""
    context = dict(refused.context)
    for name, value in context.items():
        if isinstance(value, list):
            context[name] = ", ".join(map(str, value))
    if "more" in context:
        context["more"] = _more(context["more"])
    if "period" in context:
        context["period"] = _stretch(context["period"])
    reasons: dict[StrEnum, str] = {**FILE_REASONS, **ROW_REASONS}
    return f"{reasons[refused.code].format(**context)} {context.get('invisible', '')}".rstrip()


def _more(count: int) -> str:
    return f" en nog {count}" if count else ""


def _stretch(period: Period) -> str:
    end = f"{period.end:%d/%m/%Y}" if period.end else "…"
    return f"{period.start:%d/%m/%Y} – {end}"


@dataclass
class Result:
    """The counts of one import; rows that were in the register already are counted apart."""

    dry_run: bool = False
    # The number of the import by which it can be taken back, and until when; None for a dry run.
    import_id: int | None = None
    undo_until: datetime.datetime | None = None
    rows: int = 0
    refused: int = 0
    known: int = 0
    organisations: int = 0
    clients: int = 0
    periods: int = 0
    open_periods: int = 0
    completed: int = 0
    renumbered: int = 0
    refusals: list["Noted"] = field(default_factory=list)
    # Remarks on accepted rows, the first ones; and a line for each of the first organisations that were made.
    remarked: int = 0
    remarks: list["Noted"] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    other_emails: list[str] = field(default_factory=list)
    # Accepted rows whose old number looks made by a spreadsheet, and the lines of the first ones.
    made_numbers: int = 0
    made_number_lines: list[int] = field(default_factory=list)
    # Lines whose old number reads as a name; an old number is not encrypted.
    named: list[int] = field(default_factory=list)
    # Accepted rows with an answer that could not be kept, by column: the questionnaire lacks its question.
    unasked: Counter[str] = field(default_factory=Counter)

    def counts(self) -> dict[str, int]:
        """Return the numbers, by name, as the log keeps them."""
        return {name: value for name, value in vars(self).items() if type(value) is int and name != "import_id"}

    def lines(self) -> list[str]:
        """Return the report for the operator, in Dutch."""
        made = "zouden worden gemaakt" if self.dry_run else "gemaakt"
        lines = [
            f"Rijen gelezen: {self.rows}",
            f"Organisaties {made}: {self.organisations}",
            f"Cliënten {made}: {self.clients}",
            f"Periodes {made}: {self.periods}, waarvan open (zonder einddatum): {self.open_periods}",
            f"Cliënten aangevuld: {self.completed}",
            f"Rijen die er al stonden: {self.known}",
            f"Cliënten met een nieuw nummer: {self.renumbered}",
            f"Rijen geweigerd: {self.refused}",
            f"Opmerkingen bij rijen die wel overgenomen {'zouden worden' if self.dry_run else 'zijn'}: {self.remarked}",
        ]
        if left_out := +self.unasked:
            columns = ", ".join(f"{column} ({rows} rijen)" for column, rows in left_out.items())
            lines.append(f"Niet overgenomen, want de vragenlijst heeft deze vraag niet: {columns}")
        if self.other_emails:
            names = ", ".join(self.other_emails)
            lines.append(f"E-mailadres in Loket anders dan in het bestand, niet gewijzigd: {names}")
        if self.made_numbers:
            numbers = ", ".join(map(str, self.made_number_lines))
            lines.append(f"Volgnummers die door een rekenblad gemaakt lijken: {self.made_numbers}, regel: {numbers}"
                         f"{_more(self.made_numbers - len(self.made_number_lines))}")
        if self.named:
            numbers = ", ".join(map(str, self.named))
            lines.append(f"Oud volgnummer dat op een naam lijkt (een volgnummer is niet versleuteld), regel: {numbers}")
        lines += _shown(self.made, self.organisations, "organisaties")
        lines += _shown(self.refusals, self.refused, "geweigerde rijen")
        lines += _shown(self.remarks, self.remarked, "opmerkingen")
        if self.dry_run:
            lines.append("Dit was een proef: er is niets gewijzigd.")
        return lines

    def how_to_undo(self) -> str:
        """Return the line that says how the import is taken back; '' if it added nothing."""
        if self.undo_until is None or not (self.organisations or self.clients or self.periods or self.completed):
            return ""
        return f"Terugdraaien kan tot {local(self.undo_until):%d/%m/%Y}: flask register undo {self.import_id}"


def _shown(first: Sequence[object], total: int, what: str) -> list[str]:
    more = [f"  … en nog {total - len(first)} {what}"] if total > len(first) else []
    return [*map(str, first), *more]


@dataclass(frozen=True)
class Noted:
    """A refused row, or a remark on an accepted one, as the operator may see it."""

    line: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        value = f" '{self.value}'" if self.value else ""
        return f"  regel {self.line}, {self.column or 'hele rij'}{value}: {self.reason}"
