"""The outcome of an import, in Dutch for the operator: counts, each refused row, and the pairs of old and new numbers.

Refused rows and pairs are written while they come, so that memory does not grow with the file; the files are for their
owner only.
"""
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Self, TextIO

from models.arbeidszorg.errors import ArbeidszorgCode, ImportCode
from models.arbeidszorg.transfer.rows import Period, RowRefused
from models.errors import Code, Refused
from models.files.cells import Value
from models.files.csv_file import Csv

SHOWN = 50
LONGEST_VALUE = 100

FILE_REASONS = {
    ImportCode.FILE_NONE: "Dit bestand is er niet, of het is geen gewoon bestand.",
    ImportCode.FILE_UNREADABLE: "Het bestand kan niet gelezen worden: {why}.",
    ImportCode.FILE_EMPTY: "Het bestand is leeg.",
    ImportCode.FILE_ROWS: "Onder de kolomnamen staat geen enkele rij.",
    ImportCode.FILE_EXCEL: "Dit is een Excel-bestand. Bewaar het in Excel als CSV UTF-8 (gescheiden door puntkomma's).",
    ImportCode.FILE_WIDE: "Het bestand staat in UTF-16 of UTF-32, of is geen tekst. Bewaar het als UTF-8.",
    ImportCode.FILE_BINARY: "Regel {line} bevat een nulteken: dit is geen tekstbestand.",
    ImportCode.FILE_LINE: "Regel {line} heeft geen einde of is langer dan 65.536 tekens: dit is geen register.",
    ImportCode.FILE_ENCODING:
        "Regel {line} is UTF-8 noch Windows-1252, of het bestand mengt beide. Bewaar het als UTF-8.",
    ImportCode.FILE_DELIMITER: "De kolommen zijn gescheiden door {delimiter}, niet door een puntkomma.",
    ImportCode.FILE_HEADING:
        "De eerste regel bevat niet de kolomnamen van het register, gescheiden door een puntkomma.",
    ImportCode.FILE_NONSENSE: "Van de eerste {rows} rijen werden er {refused} geweigerd: dit is geen register.",
    ImportCode.FILE_LATER:
        "Deze Loket kent dit bestand nog niet: het is versie {version} met {questions} vragen, hier is het versie "
        "{known} met {asked} vragen. Werk Loket en de vragenlijst bij, en importeer het dan opnieuw.",
    ImportCode.COLUMNS_DOUBLED: "Deze kolommen staan er meer dan eens: {columns}.",
    ImportCode.COLUMNS_MISSING: "Deze kolommen ontbreken: {columns}.",
    ImportCode.COLUMNS_UNKNOWN: "Deze kolommen kent het register niet (geteld van links): {places}.",
    ImportCode.COLUMNS_ORDER:
        "De kolommen zijn van plaats verwisseld: op plaats {place} hoort '{column}', er staat '{found}'.",
    Code.NAMES_KEY: "Het bestand bevat namen, maar de sleutel van de namen ontbreekt of is niet de juiste.",
    Code.ORGANISATION_EXISTS: "Een organisatie uit het bestand werd intussen ook door iemand anders gemaakt.",
}
ROW_REASONS = {
    ImportCode.ROW_QUOTES: "De aanhalingstekens van deze regel kloppen niet.",
    ImportCode.ROW_COLUMNS: "Deze regel heeft te veel of te weinig kolommen.",
    Code.PROVINCE: "Deze provincie bestaat niet.",
    ImportCode.EMPTY: "Dit moet ingevuld zijn.",
    ImportCode.TEXT: "Dit is langer dan {longest} tekens of bevat een regeleinde of stuurteken.",
    Code.EMAIL: "Dit is geen e-mailadres.",
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
    ImportCode.OTHER_CLIENT: "Dit oude volgnummer hoort bij een andere cliënt dan het kenmerk.",
    ArbeidszorgCode.NAME_LONG: "De naam is langer dan 60 tekens.",
    ArbeidszorgCode.NAME_CHARACTERS: "De naam bevat tekens die niet kunnen.",
    ArbeidszorgCode.NATIONAL_NUMBER: "Hierin staat een rijksregisternummer.",
}
DELIMITERS = {",": "een komma", "\t": "een tab", "|": "een verticale streep"}


def reason(refused: Refused) -> str:
    """Return the Dutch sentence for a refused file or row."""
    context = dict(refused.context)
    for name, value in context.items():
        if isinstance(value, list):
            context[name] = ", ".join(map(str, value))
    if "delimiter" in context:
        context["delimiter"] = DELIMITERS[context["delimiter"]]
    if "period" in context:
        context["period"] = _stretch(context["period"])
    reasons: dict[StrEnum, str] = {**FILE_REASONS, **ROW_REASONS}
    return reasons[refused.code].format(**context)


def _stretch(period: Period) -> str:
    end = f"{period.end:%d/%m/%Y}" if period.end else "…"
    return f"{period.start:%d/%m/%Y} – {end}"


@dataclass
class Result:
    """The counts of one import; rows that were in the register already are counted apart."""

    dry_run: bool = False
    rows: int = 0
    refused: int = 0
    known: int = 0
    organisations: int = 0
    clients: int = 0
    periods: int = 0
    open_periods: int = 0
    completed: int = 0
    renumbered: int = 0
    refusals: list["Refusal"] = field(default_factory=list)
    other_emails: list[str] = field(default_factory=list)
    # Lines whose old number reads as a name; an old number is not encrypted.
    named: list[int] = field(default_factory=list)
    # Accepted rows with an answer that could not be kept, by column: the questionnaire lacks its question.
    unasked: Counter[str] = field(default_factory=Counter)

    def counts(self) -> dict[str, int]:
        """Return the numbers, by name, as the log keeps them."""
        return {name: value for name, value in vars(self).items() if type(value) is int}

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
        ]
        if left_out := +self.unasked:
            columns = ", ".join(f"{column} ({rows} rijen)" for column, rows in left_out.items())
            lines.append(f"Niet overgenomen, want de vragenlijst heeft deze vraag niet: {columns}")
        if self.other_emails:
            names = ", ".join(self.other_emails)
            lines.append(f"E-mailadres in Loket anders dan in het bestand, niet gewijzigd: {names}")
        if self.named:
            numbers = ", ".join(map(str, self.named))
            lines.append(f"Oud volgnummer dat op een naam lijkt (een volgnummer is niet versleuteld), regel: {numbers}")
        lines += map(str, self.refusals)
        if self.refused > len(self.refusals):
            lines.append(f"  … en nog {self.refused - len(self.refusals)} geweigerde rijen")
        if self.dry_run:
            lines.append("Dit was een proef: er is niets gewijzigd.")
        return lines


@dataclass(frozen=True)
class Refusal:
    line: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        value = f" '{self.value}'" if self.value else ""
        return f"  regel {self.line}, {self.column or 'hele rij'}{value}: {self.reason}"


class Report:
    """Two CSV files in `folder`, named after the imported one: the refused rows, and the pairs of numbers.

    Each is made with its first row, and an older one of that name is removed at the start, so that the files are always
    those of the last run. A dry run or a failed import leaves the older pairs alone, because its numbers are not given.
    """

    def __init__(self, source: Path | str, folder: Path | str, dry_run: bool = False) -> None:
        stem = Path(source).stem
        self.refused = _Table(Path(folder) / f"{stem}.geweigerd.csv", ("Regel", "Kolom", "Waarde", "Reden"))
        self.pairs = _Table(Path(folder) / f"{stem}.nummers.csv",
                            ("Organisatie", "Nummer in het bestand", "Nummer in Loket"))
        self.dry_run = dry_run
        self.refused.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        self.refused.close()
        self.pairs.close(keep=failure is None and not self.dry_run)

    def refuse(self, line: int, refused: RowRefused) -> Refusal:
        """Write a refused row; return it in the form that may be shown."""
        value = "".join(character if character.isprintable() else "�" for character in refused.context.get("value", ""))
        if len(value) > LONGEST_VALUE:
            value = value[:LONGEST_VALUE] + "…"
        refusal = Refusal(line, refused.context.get("column", ""), value, reason(refused))
        self.refused.write((line, refusal.column, value, refusal.reason))
        return refusal

    def lines(self) -> list[str]:
        """Return a line with the path of each written file."""
        tables = [("Geweigerde rijen", self.refused), ("Oude en nieuwe nummers", self.pairs)]
        return [f"{what}: {table.path}" for what, table in tables if table.was_kept]

    def pair(self, organisation: str, number_there: int, number_here: int) -> None:
        """Write a client's number in the file and its number here."""
        self.pairs.write((organisation, number_there, number_here))


class _Table:
    """A CSV written to a temporary file, renamed into place on success."""

    def __init__(self, path: Path, heading: Sequence[str]) -> None:
        self.path = path
        self.part = path.with_name(f"{path.name}.deel")
        self.heading = heading
        self.file: TextIO | None = None
        self.table: Csv | None = None
        self.was_kept = False

    def write(self, cells: Sequence[Value]) -> None:
        if self.table is None:
            # A new file, never an existing one, that only its owner can read from the first byte on.
            self.part.unlink(missing_ok=True)
            descriptor = os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self.file = open(descriptor, "w", encoding="utf-8", newline="")  # noqa: SIM115
            self.table = Csv(self.file, self.heading)
        self.table.write([cells])

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)

    def close(self, keep: bool = True) -> None:
        if self.file is not None:
            self.file.close()
            self.was_kept = keep
            self.part.replace(self.path) if keep else self.part.unlink()
