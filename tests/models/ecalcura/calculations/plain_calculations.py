"""A plain model of trimesters, reopenings and calculations, for the state machine: numbers and lists alone."""
import math
from dataclasses import dataclass, field
from fractions import Fraction

EXEMPT = 200
FINAL = ("definitive", "revision")


@dataclass
class PlainFile:
    """The trimester of a facility. `sent`: the replaced hours of each version, in hundredths."""

    hours: int
    state: str = "none"
    sent: list = field(default_factory=list)


@dataclass
class PlainCalculation:
    """A calculation. `results`: facility → (version, hours, former calculation or None)."""

    kind: str
    wage: int | None
    results: dict
    state: str = "draft"


class Plain:
    """Facilities 0, 1 and 2; the last two have an agreement. Each function returns a code if it refuses."""

    def __init__(self, hours):
        self.files = [PlainFile(one) for one in hours]
        self.calculations, self.published, self.wage = [], [], None

    def change(self, facility, hours):
        file = self.files[facility]
        if file.hours != hours and file.state in ("submitted", "closed"):
            return "trimester_submitted"
        file.hours = hours
        return None

    def submit(self, facility):
        file = self.files[facility]
        if file.state in ("none", "reopened"):
            file.sent.append(file.hours)
            file.state = "submitted"

    def reopen(self, facility, for_revision):
        file = self.files[facility]
        if file.state == "none":
            return "not_submitted"
        if file.state == "closed" and not for_revision:
            return "trimester_final"
        file.state = "reopened"
        return None

    def former(self, facility, kinds=("advance", *FINAL)):
        found = [one for one in self.published if facility in one.results and one.kind in kinds]
        return found[-1] if found else None

    def ready(self, kind, asked):
        states = ("submitted", "closed") if kind == "revision" else ("submitted",)
        found = [one for one in asked if self.files[one].state in states
                 and (self.former(one, FINAL) is not None) == (kind == "revision")]
        return found if {1, 2} <= set(found) else [one for one in found if one == 0]

    def make(self, kind, asked):
        results = {}
        for one in self.ready(kind, asked):
            file, former = self.files[one], self.former(one)
            if kind == "revision" and former.results[one][0] == len(file.sent) and former.wage == self.wage:
                continue
            results[one] = (len(file.sent), file.sent[-1], former)
        if not results:
            return "calculation_empty"
        self.calculations.append(PlainCalculation(kind, self.wage, results))
        return None

    def outdated(self, calculation):
        states = ("submitted", "closed") if calculation.kind == "revision" else ("submitted",)
        return any(len(self.files[one].sent) != version or self.files[one].state not in states
                   or self.former(one) is not former for one, (version, _, former) in calculation.results.items())

    def discard(self, calculation):
        if calculation.state not in ("draft", "gone"):
            return "calculation_state"
        calculation.state = "gone"
        return None

    def freeze(self, calculation):
        if calculation.state == "gone":
            return "calculation_state"
        if calculation.state == "draft":
            if self.outdated(calculation):
                return "calculation_outdated"
            calculation.state = "frozen"
        return None

    def publish(self, calculation):
        if calculation.state == "published":
            return None
        if calculation.state != "frozen":
            return "calculation_state"
        if self.outdated(calculation):
            return "calculation_outdated"
        calculation.state = "published"
        self.published.append(calculation)
        for one in calculation.results if calculation.kind in FINAL else ():
            self.files[one].state = "closed"
        return None


def cents(calculation, facility):
    """The amount: financed hours of a 38-hour week × wage × a quarter of a year, and 4/5 of that in an advance."""
    if calculation.wage is None:
        return None
    euros = Fraction(min(calculation.results[facility][1], EXEMPT), 3800) * calculation.wage / 4
    return math.floor(euros * (Fraction(4, 5) if calculation.kind == "advance" else 1) * 100 + Fraction(1, 2))


def payable(calculation, facility):
    """The cents that it adds to the former result."""
    former = calculation.results[facility][2]
    amount = cents(calculation, facility)
    return None if amount is None else amount - ((former and cents(former, facility)) or 0)
