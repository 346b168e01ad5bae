"""The rules of a contract by itself and of all contracts of one employee, as pure functions."""
import datetime
from collections.abc import Sequence
from typing import NamedTuple

from models.database import END_OF_TIME
from models.ecalcura.contracts import lists
from models.ecalcura.contracts.days import DAY, ENTITLED, EXEMPTION, REPLACEMENT, Piece, Rights, on
from models.ecalcura.contracts.steps import reaches
from models.ecalcura.errors import EcalcuraCode
from models.errors import Refused

ROLES = (ENTITLED, REPLACEMENT)
YOUNGEST = 15
MOST_HOURS = 6000
FIRST_DAY = datetime.date(1950, 1, 1)
LAST_DAY = datetime.date(2199, 12, 31)
Span = tuple[datetime.date, datetime.date | None]


def check_hours(hours: int, full_time: int, day: datetime.date) -> None:
    """Refuse hours a week that are not above zero, or above the full-time week (V10)."""
    if not 0 < full_time <= MOST_HOURS:
        raise Refused(EcalcuraCode.FULL_TIME_RANGE, field="full_time")
    if hours <= 0:
        raise Refused(EcalcuraCode.HOURS_POSITIVE, field="hours")
    if hours > full_time:
        raise Refused(EcalcuraCode.HOURS_ABOVE_FULL_TIME, field="hours", day=day, total=hours, full_time=full_time)


def check_days(start: datetime.date, until: datetime.date | None, born: datetime.date | None) -> None:
    """Refuse an end before the start, and a start before the 15th birthday (V08)."""
    if not FIRST_DAY <= start <= LAST_DAY or (born and start < reaches(born, YOUNGEST)):
        raise Refused(EcalcuraCode.CONTRACT_START)
    if until and (until < start or until > LAST_DAY):
        raise Refused(EcalcuraCode.CONTRACT_END)


def check_codes(role: str, qualification: str, statute: str, acquired_step: int | None, start: datetime.date) -> None:
    """Refuse a role, qualification, statute or step that the lists lack, or do not have on the first day."""
    if role not in ROLES:
        raise Refused(EcalcuraCode.ROLE_UNKNOWN)
    known = lists.qualifications().get(qualification)
    if known is None or not known.holds_on(start):
        raise Refused(EcalcuraCode.QUALIFICATION_UNKNOWN)
    if statute not in lists.statutes():
        raise Refused(EcalcuraCode.STATUTE_UNKNOWN)
    if acquired_step is not None and acquired_step not in lists.steps():
        raise Refused(EcalcuraCode.STEP_UNKNOWN)


class Above(NamedTuple):
    """The first day on which contracts are together above the longest full-time week; hours are in hundredths."""

    day: datetime.date
    total: int
    full_time: int


def above_full_time(pieces: Sequence[Piece]) -> Above | None:
    """Return the first day on which these pieces are above full-time together (V10), or None."""
    # Also on the day after an end: the longest full-time week may be another one from then on.
    ends = {piece.last + DAY for piece in pieces if piece.last and piece.last < END_OF_TIME}
    for day in sorted({piece.first for piece in pieces} | ends):
        there = [piece for piece in pieces if piece.first <= day and (piece.last is None or day <= piece.last)]
        total = sum(piece.hours for piece in there)
        full_time = max((piece.full_time for piece in there), default=0)
        if total > full_time:
            return Above(day, total, full_time)
    return None


def check_together(pieces: Sequence[Piece]) -> None:
    """Refuse contracts that are together above the longest full-time week on a day (V10)."""
    if above := above_full_time(pieces):
        raise Refused(EcalcuraCode.HOURS_ABOVE_FULL_TIME, field="hours", day=above.day, total=above.total,
                      full_time=above.full_time)


def exempt_spans(rights: Rights) -> list[Span]:
    """Return the spans of days on which somebody has exempt hours; the last one may have no end.

    Without a full birth date, as while the register is silent, each choice counts from its own first day.
    """
    if not rights.starts:
        rights = rights._replace(starts=dict.fromkeys(lists.steps(), FIRST_DAY))
    exemptions = [choice for choice in rights.choices if choice.kind == EXEMPTION and choice.step in rights.starts]
    days = [(span.first, span.last) for span in rights.pieces] + [(span.first, span.last) for span in exemptions]
    starts = {first for first, _ in days} | {rights.starts[choice.step] for choice in exemptions}
    starts |= {last + DAY for _, last in days if last and last < END_OF_TIME}
    ordered = sorted(starts)
    spans: list[Span] = []
    for begin, after in zip(ordered, [*ordered[1:], None], strict=True) if ordered else ():
        if on(rights, begin).exempt:
            end = after - DAY if after else None
            if spans and spans[-1][1] == begin - DAY:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((begin, end))
    return spans


def outside(first: datetime.date, last: datetime.date | None, spans: Sequence[Span]) -> Span | None:
    """Return the nearest of these spans, of which there is at least one, if the days are within none of them."""
    if any(begin <= first and (end is None or (last is not None and last <= end)) for begin, end in spans):
        return None
    near = [span for span in spans if span[0] <= (last or END_OF_TIME) and (span[1] or END_OF_TIME) >= first]
    return (near or spans)[0]


def check_within(first: datetime.date, last: datetime.date | None, spans: Sequence[Span]) -> None:
    """Refuse a replacement that is not within one of these spans (V18), of which there is at least one."""
    if near := outside(first, last, spans):
        raise Refused(EcalcuraCode.REPLACEMENT_OUTSIDE, first=near[0], last=near[1])
