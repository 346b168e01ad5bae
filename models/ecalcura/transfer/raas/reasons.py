"""The reasons why a row of RaaS is taken over or not, with their words in Dutch: see docs/decisions/0132."""
from enum import Enum, StrEnum, unique
from typing import Any, NamedTuple


class Result(StrEnum):
    """The result of a row. The values are the words on the screen and in the file of results."""

    TAKEN = "overgenomen"
    REMARKED = "overgenomen met opmerking"
    UNDECIDED = "te beslissen"
    REFUSED = "niet overgenomen"
    # The register did not answer: the next run decides.
    WAITING = "wacht"

    @property
    def code(self) -> str:
        """The code, as stored."""
        return self.name.lower()

    @property
    def is_taken(self) -> bool:
        """Whether the row was taken over."""
        return self in (Result.TAKEN, Result.REMARKED)


class _Words(NamedTuple):
    """The result that a reason leads to, the code of the check, the sentence, and what the facility has to do."""

    result: Result
    check: str
    text: str
    to_do: str = ""


def _told(text: str) -> _Words:
    return _Words(Result.TAKEN, "", text)


def _remark(check: str, text: str, to_do: str) -> _Words:
    return _Words(Result.REMARKED, check, text, to_do)


def _open(text: str, to_do: str) -> _Words:
    return _Words(Result.UNDECIDED, "", text, to_do)


def _refused(check: str, text: str, to_do: str) -> _Words:
    return _Words(Result.REFUSED, check, text, to_do)


ENTER = "Voer het contract in bij 'Personeelsgegevens', als het nog nodig is."
NOTHING = "Je hoeft niets te doen."
OF_DESK = "De dossierbeheerder beslist. Je hoeft niets te doen."
RIGHT_HOURS = "Voer het contract in met het juiste aantal uren per week."
RIGHT_DAYS = "Voer het contract in met de juiste datums."


@unique
class Reason(Enum):
    """Every reason: the result that it leads to, and its words."""

    # Rows and cells that cannot be read.
    ROW = _refused("", "De rij kan niet gelezen worden.", ENTER)
    EMPTY = _refused("", "Dit veld is leeg.", ENTER)
    TEXT = _refused("", "Deze tekst is te lang of bevat een teken dat niet kan.", ENTER)
    DATE = _refused("", "Dit is geen datum (dd/mm/jjjj).", RIGHT_DAYS)
    DATE_ABSENT = _refused("", "Deze datum bestaat niet.", RIGHT_DAYS)
    NUMBER = _refused("V01", "Dit is geen geldig rijksregister- of bisnummer.", "Voer het contract in met het juiste "
                      "nummer.")
    NUMBER_ZERO = _refused("V01", "Het nummer verloor de nul vooraan.", "Voer het contract in met het volledige nummer "
                           "van 11 cijfers.")
    HOURS_EMPTY = _refused("V10", "Het aantal uren is leeg.", RIGHT_HOURS)
    HOURS_POINT = _refused("V10", "Het aantal uren heeft een punt in plaats van een komma.", RIGHT_HOURS)
    HOURS_TIME = _refused("V10", "Het aantal uren staat er als een tijd.", RIGHT_HOURS)
    HOURS = _refused("V10", "Dit is geen aantal uren.", RIGHT_HOURS)
    HOURS_RANGE = _refused("V10", "Het aantal uren is niet meer dan 0 en ten hoogste een voltijdse week ({full_time}).",
                           RIGHT_HOURS)
    ROLE = _refused("", "De rol is niet gerechtigde of vervanger.", ENTER)
    STATUTE = _refused("", "Dit statuut bestaat niet.", ENTER)
    QUALIFICATION = _refused("", "Deze code van een kwalificatie bestaat niet, of geldt niet meer.",
                             "Voer het contract in met de juiste kwalificatie.")

    # The rules of the transfer.
    ENDED = _refused("", "Het contract eindigde voor 01/07/2021.", NOTHING)
    CHANGED_LATE = _refused("", "RaaS was gesloten: deze rij wijzigde na 05/12/2023.", ENTER)
    PERFORMANCES = _refused("", "Prestaties worden niet overgenomen.", NOTHING)
    NOT_FOR_KIND = _refused("", "Een initiatief beschut wonen begint met een lege lijst.", ENTER)
    NUMBER_TWICE = _refused("", "Dit contractnummer staat al op een andere rij.", "Kijk na of het een ander contract "
                            "is, en voer het dan in.")

    # The facility.
    RIZIV_UNKNOWN = _refused("", "Dit RIZIV-nummer is niet bekend.", ENTER)
    HCO_AS_RIZIV = _refused("", "In de kolom RIZIV-nummer staat een HCO-nummer.", ENTER)
    REVERSED = _refused("", "Het HCO-nummer en het RIZIV-nummer zijn verwisseld.", ENTER)
    HCO_UNKNOWN = _refused("", "Dit HCO-nummer is niet bekend.", OF_DESK)
    HCO = _refused("", "Dit is geen HCO-nummer.", OF_DESK)
    RIZIV = _refused("", "Dit is geen RIZIV-nummer.", OF_DESK)
    RIZIV_OTHER = _remark("", "Deze voorziening heeft in Loket een ander RIZIV-nummer.", OF_DESK)
    KBO = _refused("", "Dit is geen geldig ondernemingsnummer.", OF_DESK)
    KIND = _refused("", "Deze soort van voorziening bestaat niet.", OF_DESK)
    IBAN = _remark("V27", "Dit is geen geldig rekeningnummer: het is niet overgenomen.",
                   "Stel het rekeningnummer opnieuw voor.")
    EMAIL = _remark("", "Dit is geen e-mailadres: het is niet overgenomen.", "Vul het e-mailadres in.")
    FACILITY_ONLY = _told("Van een initiatief beschut wonen is alleen de voorziening zelf overgenomen.")
    TWO_FACILITIES = _open("Dit RIZIV-nummer heeft twee HCO-nummers.", OF_DESK)
    NO_PARENT = _open("Het woonzorgcentrum waaronder dit kortverblijf valt, is niet bekend.", OF_DESK)
    AT_PARENT = _told("Het contract staat bij het woonzorgcentrum waaronder het kortverblijf valt.")
    AT_SUCCESSOR = _told("De voorziening fuseerde: het contract loopt verder bij de opvolger.")

    # The registers.
    UNKNOWN_PERSON = _refused("V02", "Het rijksregister kent dit nummer niet.", "Voer het contract in met het juiste "
                              "nummer.")
    SILENT = _Words(Result.WAITING, "V03", "Het register antwoordt niet. We proberen het opnieuw.", NOTHING)
    NO_VISA = _refused("V11", "Geen visum als {qualification}.", "Voer het contract in met de juiste kwalificatie.")
    OTHER_VISA = _refused("V11", "eCad kent: {known}.", "Voer het contract in met de juiste kwalificatie.")
    VISA_EXPIRED = _refused("V11", "Verlopen op {day}.", "Voer het contract in met de juiste kwalificatie.")
    NUMBER_REPLACED = _remark("", "Het bisnummer is vervangen door een rijksregisternummer.", NOTHING)
    NUMBER_UNBORN = _remark("", "In het nummer staat geen volledige geboortedatum.",
                            "Kijk na of de geboortedatum klopt.")
    BIRTH_UNKNOWN = _remark("V06", "Het rijksregister heeft geen volledige geboortedatum.",
                            "Vraag de dossierbeheerder om een rekendatum.")

    # Contracts.
    END_BEFORE_START = _refused("V08", "De einddatum ligt voor de begindatum.", RIGHT_DAYS)
    # RaaS is the proof of a contract whose number and qualification are right: it is taken over all the same.
    TOO_YOUNG = _told("De begindatum ligt voor de 15de verjaardag: kijk ze na.")
    DOUBLE = _refused("V09", "Deze rij staat er twee keer.", NOTHING)
    OVERLAP = _refused("V09", "Overlapt met het contract van {start} tot {until}.", RIGHT_DAYS)
    ABOVE_FULL_TIME = _refused("V10", "Samen {sum} uren op {day}: meer dan voltijds ({full_time}).", RIGHT_HOURS)
    SUBMITTED = _refused("V33", "Dit verandert {trimester}, dat al is ingediend.", "Vraag heropening.")

    # Replacements.
    REPLACES_ITSELF = _refused("V17", "Het contract vervangt zichzelf of een contract van dezelfde medewerker.",
                               "Voer het contract in en kies wie vervangen wordt.")
    REPLACES_REPLACEMENT = _refused("V17", "Het contract vervangt een vervanger.",
                                    "Voer het contract in en kies wie vervangen wordt.")
    REPLACES_ELSEWHERE = _refused("V17", "Het vervangen contract is van een andere voorziening.",
                                  "Voer het contract in en kies wie vervangen wordt.")
    REPLACES_PREMIUM = _refused("V17", "Deze medewerker heeft geen vrijstelling om te vervangen.",
                                "Voer het contract in en kies wie vervangen wordt.")
    REPLACES_OUTSIDE = _refused("V18", "De vervanging loopt buiten het recht van de vervangen medewerker.",
                                "Voer het contract in en kies wie vervangen wordt.")
    REPLACES_NO_ROLE = _refused("V17", "Een gerechtigde vervangt niemand.",
                                "Voer het contract in met de juiste rol.")
    REPLACED_ABSENT = _remark("", "Het vervangen contract is niet overgenomen: de vervanging staat bij de pool.",
                              "Kies bij de vervanging wie vervangen wordt.")

    REPLACED_UNCHOSEN = _remark("", "De vervangen medewerker heeft nog geen keuze: de vervanging staat bij de pool.",
                                "Kies bij de vervanging wie vervangen wordt.")

    # Choices.
    CHOICE = _remark("", "Deze keuze is geen premie of vrijstelling: de keuze is niet overgenomen.",
                     "Kies opnieuw, als de stap bereikt is.")
    CHOICE_EARLY = _remark("V15", "De stap van {age} jaar begint op {day}: de keuze is niet overgenomen.",
                           "Kies opnieuw, als de stap bereikt is.")
    CHOICE_PREMIUM = _remark("V13", "Deze kwalificatie kan niet voor de premie kiezen: de keuze is niet overgenomen.",
                             "Kies opnieuw.")
    CHOICE_UNBORN = _remark("V06", "Zonder geboortedatum begint geen stap: de keuze is niet overgenomen.",
                            "Vraag de dossierbeheerder om een rekendatum, en kies dan opnieuw.")
    CHOICE_OTHER = _remark("V15", "Een ander contract heeft al een andere keuze voor deze stap.",
                           "Kijk de keuze na.")
    CHOICE_REPLACEMENT = _remark("", "Een vervanger heeft geen keuze: de keuze is niet overgenomen.",
                                 "Kijk de rol na.")
    CHOICE_AFTER_END = _told("De stap begint na het einde van het contract.")

    @property
    def code(self) -> str:
        """The code, as stored and as in the file of results."""
        return self.name.lower()

    @property
    def result(self) -> Result:
        """The result of a row with this reason."""
        return self.value.result


class Noted(NamedTuple):
    """A reason at a row: the column that it is about ('' for the whole row), and the values of its sentence.

    The values are days, hours and labels; never a number or a name.
    """

    reason: Reason
    column: str = ""
    values: tuple[tuple[str, Any], ...] = ()

    @property
    def text(self) -> str:
        """The code of the check and the sentence."""
        sentence = self.reason.value.text.format(**dict(self.values))
        return f"{self.reason.value.check} {sentence}".lstrip()


def note(reason: Reason, column: str = "", **values: Any) -> Noted:
    """Return a reason at a row."""
    return Noted(reason, column, tuple(values.items()))


# The strongest result first.
_ORDER = (Result.REFUSED, Result.WAITING, Result.UNDECIDED, Result.REMARKED, Result.TAKEN)


def result_of(reasons: "list[Noted] | tuple[Noted, ...]") -> Result:
    """Return the result of a row with these reasons."""
    if not reasons:
        return Result.TAKEN
    found = {noted.reason.result for noted in reasons}
    return next((result for result in _ORDER if result in found), Result.TAKEN)
