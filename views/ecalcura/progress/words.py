"""The words for how far facilities are with a trimester, and its days."""
from models.database import today
from models.ecalcura.facilities.kinds import kinds
from models.ecalcura.progress.parts import LATE, MISSING, PARTS
from models.ecalcura.trimesters.files import CLOSED, EMPTY, ENTRY, REOPENED, SUBMITTED
from models.ecalcura.trimesters.windows import kinds_with_files
from models.organisations import PROVINCES

# Part → its words, and the class of the shape beside them in ecalcura.css.
STATES = {
    EMPTY: ("leeg", "later"),
    ENTRY: ("in invoer", "busy"),
    REOPENED: ("heropend", "todo"),
    MISSING: ("te laat, niet ingediend", "wrong"),
    SUBMITTED: ("ingediend", "done"),
    LATE: ("te laat ingediend", "done"),
    CLOSED: ("afgesloten", "done"),
}
LABELS = {part: STATES[part][0] for part in PARTS}
NO_PROVINCE = "Geen provincie"


def kind_options():
    """Code → label of each kind that submits trimesters."""
    return {code: kinds()[code].label for code in kinds_with_files()}


def province_options():
    """Code → label of each province."""
    return dict(PROVINCES)


def days_left(deadline):
    """How far the deadline is, in words; '–' without one."""
    if deadline is None:
        return "–"
    days = (deadline - today()).days
    if days == 0:
        return "vandaag"
    return f"nog {_days(days)}" if days > 0 else f"{_days(-days)} te laat"


def _days(number):
    return f"{number} dag" if number == 1 else f"{number} dagen"
