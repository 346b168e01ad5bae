"""An employee of the demonstration before it is stored: one contract, the choices, and whom it replaces."""
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from models.ecalcura.contracts import days, rules, terms
from models.ecalcura.contracts.days import Chosen, Rights
from models.ecalcura.contracts.steps import step_starts
from models.ecalcura.contracts.terms import Hours
from models.ecalcura.people.employees import FOUND

FULL_TIME = 3800


@dataclass(eq=False)
class Plan:
    """An employee with one contract. `replaces` is the plan of the replaced employee, None for the facility's pool."""

    number: str
    born: datetime.date | None
    role: str
    qualification: str
    start: datetime.date
    until: datetime.date | None = None
    hours: int = FULL_TIME
    full_time: int = FULL_TIME
    statute: str = "arbeidsovereenkomst"
    acquired_step: int | None = None
    later: Sequence[Hours] = ()
    choices: Sequence[Chosen] = ()
    declared: Sequence[int] = ()
    replaces: "Plan | None" = None
    replaced_hours: int = 0
    act_on: datetime.date | None = None
    state: str = FOUND
    past_number: str = ""

    @property
    def starts(self) -> Mapping[int, datetime.date]:
        """Age → first day of each step."""
        return step_starts(self.born)

    @property
    def rights(self) -> Rights:
        """All that decides the hours."""
        return Rights(terms.pieces(self, self.later), self.choices, (), self.starts)

    def exempt(self, day: datetime.date) -> int:
        """Return the exempt hours a week on a day, in hundredths, rounded down."""
        return int(days.on(self.rights, day).exempt * Fraction(100))

    def exempt_span(self) -> rules.Span:
        """Return the last span of days with exempt hours."""
        return rules.exempt_spans(self.rights)[-1]

