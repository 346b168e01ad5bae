"""Two clients of one organisation side by side: which answers differ, and which periods overlap."""
import hashlib
import itertools
import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Self

from models import names
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.answers import UNKNOWN
from models.arbeidszorg.register.clients import AnyOrganisation, Client
from models.arbeidszorg.register.continuation import with_continuation
from models.arbeidszorg.register.periods import AnyPeriod, Period
from models.arbeidszorg.register.questionnaire import Answers, Question
from models.database import END_OF_TIME, locked


class Compared(NamedTuple):
    """One of the two clients, with its name, answers and periods (the oldest first)."""

    client: Client
    name: str | None
    answers: Answers
    periods: list[Period]

    @classmethod
    def of(cls, client: Client) -> Self:
        """Read the answers and periods of a client."""
        return cls(client, client.name, client.answers(), with_continuation(client)[::-1])


class Comparison:
    """The two clients, in the order that was asked.

    `clashes` are the groups of periods that overlap, each by start: they cannot all stay. `seen` changes whenever a
    client or a period of the two does: a form carries it, to tell that a colleague changed something meanwhile.
    """

    def __init__(self, first: Client, second: Client) -> None:
        self.both = (Compared.of(first), Compared.of(second))
        self.numbers = (first.number, second.number)
        self.clashes = [group for group in overlapping([*self.both[0].periods, *self.both[1].periods])
                        if len(group) > 1]
        self.seen = self._seen()

    @classmethod
    def of(cls, organisation: AnyOrganisation, first: int, second: int, lock: bool = False) -> Self | None:
        """Compare two clients of an organisation; None if it has no two such clients. `lock` locks their rows."""
        query = Client.of(organisation).where(Client.number.in_([first, second])).order_by(Client.number)
        found = {client.number: client for client in (locked(query) if lock else query)}
        return cls(found[first], found[second]) if len(found) == 2 else None

    @property
    def differing(self) -> list[Question]:
        """The questions that the two answer differently, in the order of the questionnaire."""
        return [question for question in questionnaire.current().of_client if self.differs(question.code)]

    def differs(self, code: str) -> bool:
        """Whether the two answer this question differently; no answer differs from an answer."""
        first, second = (one.answers.get(code) for one in self.both)
        return first != second

    @property
    def names_differ(self) -> bool:
        """Whether the names differ, or cannot be read."""
        first, second = (one.name for one in self.both)
        return first != second or first == names.UNREADABLE

    def known(self, code: str) -> int | None:
        """Return the number of the one that knows the answer, when the other answered 'unknown' or nothing."""
        known = [one.client.number for one in self.both if one.answers.get(code) not in (None, UNKNOWN)]
        if not known:
            known = [one.client.number for one in self.both if code in one.answers]
        return known[0] if len(known) == 1 else None

    @property
    def named(self) -> int | None:
        """The number of the one with a name, when the other has no name."""
        named = [one.client.number for one in self.both if one.name]
        return named[0] if len(named) == 1 else None

    def _seen(self) -> str:
        rows: list[Any] = [(one.client.number, one.client.version, sorted((period.id, period.version)
                                                                        for period in one.periods))
                           for one in sorted(self.both, key=lambda one: one.client.number)]
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:32]


def overlapping(periods: Iterable[AnyPeriod]) -> list[list[AnyPeriod]]:
    """Divide periods into groups that share a day, directly or through a third; each group by start."""
    groups: list[list[AnyPeriod]] = []
    until = None
    for period in sorted(periods, key=lambda period: period.start_date):
        end = period.end_date or END_OF_TIME
        if until is None or period.start_date > until:
            groups.append([])
            until = end
        groups[-1].append(period)
        until = max(until, end)
    return groups


def first_overlap(periods: Sequence[AnyPeriod]) -> tuple[AnyPeriod, AnyPeriod] | None:
    """Return two of these periods that share a day, or None."""
    for one, other in itertools.pairwise(sorted(periods, key=lambda period: period.start_date)):
        if (one.end_date or END_OF_TIME) >= other.start_date:
            return one, other
    return None
