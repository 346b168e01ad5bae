"""The outcome of an organisation's list, after a dry run or after its import."""
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from models.arbeidszorg.errors import ImportCode
from models.arbeidszorg.transfer.outcome import Noted, Result, reason
from models.errors import Refused

# The doubts about a whole file that its owner can take away, and the refusals that name them.
DATES, NUMBERS = "dates", "numbers"
DOUBTS: dict[StrEnum, str] = {
    ImportCode.DATES_SWAPPED: DATES, ImportCode.DATES_OPEN: DATES, ImportCode.NUMBERS_MADE: NUMBERS}


@dataclass
class Outcome:
    """The counts of a list with its first refused rows and remarks, or the reason why it was refused whole.

    It may repeat a value of the file, so it is stored sealed; `counts` holds numbers only.
    """

    counts: dict[str, int] = field(default_factory=dict)
    refusals: list[Noted] = field(default_factory=list)
    remarks: list[Noted] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # Why the whole file was refused, '' if it was not; and what its owner can confirm: DATES, NUMBERS or ''.
    reason: str = ""
    doubt: str = ""
    # Something went wrong that is not the file's fault.
    is_fault: bool = False

    @classmethod
    def of(cls, result: Result) -> "Outcome":
        """Return the outcome of a list that was read."""
        doubt = NUMBERS if result.made_numbers else ""
        return cls(result.counts(), result.refusals, result.remarks, list(_notes(result)), doubt=doubt)

    @classmethod
    def of_refused(cls, refused: Refused) -> "Outcome":
        """Return the outcome of a list that was refused whole."""
        return cls(reason=reason(refused), doubt=DOUBTS.get(refused.code, ""))

    def written(self) -> bytes:
        """Return all but the counts as JSON, to be sealed."""
        return json.dumps({name: value for name, value in asdict(self).items() if name != "counts"}).encode()

    @classmethod
    def read(cls, counts: dict[str, int], text: bytes) -> "Outcome":
        """Return the outcome that `written` returned."""
        values = json.loads(text)
        for name in ("refusals", "remarks"):
            values[name] = [Noted(**one) for one in values[name]]
        return cls(counts, **values)


def _notes(result: Result) -> Iterable[str]:
    """Yield the sentences about the file as a whole."""
    if result.other_emails:
        yield "Het e-mailadres van je organisatie is in het bestand anders dan in Loket. Loket wijzigt het niet."
    if result.made_numbers:
        lines = ", ".join(map(str, result.made_number_lines))
        yield f"Deze oude volgnummers lijken door een rekenblad gemaakt. Kijk deze rijen na: {lines}."
    if result.named:
        lines = ", ".join(map(str, result.named))
        yield f"Een oud volgnummer dat op een naam lijkt, is niet versleuteld. Kijk deze rijen na: {lines}."
