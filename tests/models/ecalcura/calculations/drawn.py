"""Random facilities for the tests of the calculation: the content of a snapshot, with traps in days and hours."""
import datetime

from hypothesis import strategies as st

from models.ecalcura.trimesters.calendar import Place
from tests.models.ecalcura.submissions import snapshots

# A common winter and a leap one, a spring, a summer and an autumn.
PLACES = st.sampled_from([Place(2022, 3), Place(2023, 3), Place(2025, 4), Place(2026, 1), Place(2023, 2)])
WEEKS = st.sampled_from([(3800, 3800), (1900, 3800), (2850, 3800), (380, 3800), (3600, 3600), (1234, 3700)])
QUALIFICATIONS = st.sampled_from(["VPK", "VPK", "ZKD", "GEL", "MAS"])
A_DAY = datetime.timedelta(days=1)


def day_near(place):
    """A day in a trimester, just beside it, or on its first or last day."""
    return st.one_of(st.dates(place.first - 20 * A_DAY, place.last + 20 * A_DAY),
                     st.sampled_from([place.first, place.last, place.first - A_DAY, place.last + A_DAY]))


@st.composite
def spans(draw, place):
    """Two days in order, the last of which may be absent: as ISO texts."""
    first, last = sorted((draw(day_near(place)), draw(day_near(place))))
    first = datetime.date(2010, 1, 1) if draw(st.booleans()) else first
    return first.isoformat(), None if draw(st.booleans()) else last.isoformat()


@st.composite
def births(draw, place):
    """A birth date with a step near the trimester: on the first, the last, or 29 February; or no date."""
    age = draw(st.sampled_from([45, 50, 55, 30, 62]))
    day = draw(day_near(place))
    if draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from(["1968-02-29", "1976-02-29", "1980-02-29", None]))
    return datetime.date(day.year - age, day.month, min(day.day, 28)).isoformat()


def inside(span, contract):
    """A span within that of a contract, or None."""
    first = max(span[0], contract["start"])
    last = min(one for one in (span[1], contract["until"], "9999-12-31") if one)
    return None if last < first else (first, None if last == "9999-12-31" else last)


@st.composite
def contracts(draw, place, id_, role):
    """A contract with up to two changes of its hours."""
    start, until = draw(spans(place))
    hours, full_time = draw(WEEKS)
    changes = {}
    for day in draw(st.lists(day_near(place), max_size=2)):
        if start < day.isoformat() <= (until or "9999-12-31"):
            changes[day.isoformat()] = draw(WEEKS)
    return snapshots.contract(
        id_, role, qualification=draw(QUALIFICATIONS), start=start, until=until, hours=hours, full_time=full_time,
        acquired_step=draw(st.sampled_from([None, None, 45])) if role == "entitled" else None,
        terms=[{"since": since, "hours": week[0], "full_time": week[1]} for since, week in sorted(changes.items())])


@st.composite
def choices(draw, place, first_id):
    """One choice or two after each other for some of the steps."""
    found = []
    for step in draw(st.sets(st.sampled_from([45, 50, 55]))):
        since, until = draw(spans(place))
        kind = st.sampled_from(["premium", "exemption"])
        found.append({"step": step, "kind": draw(kind), "since": since, "until": until})
        if until and draw(st.booleans()):
            after = datetime.date.fromisoformat(until) + A_DAY
            found.append({"step": step, "kind": draw(kind), "since": after.isoformat(), "until": None})
    return [{"id": first_id + place_, **one} for place_, one in enumerate(found)]


@st.composite
def facilities(draw):
    """The content of a snapshot: entitled staff with one contract or two, and those who replace them or the pool."""
    place = draw(PLACES)
    entitled = range(1, draw(st.integers(1, 4)) + 1)
    people = [snapshots.employee(
        id_, birth=draw(births(place)), choices=draw(choices(place, 100 * id_)),
        contracts=[draw(contracts(place, 10 * id_ + which, "entitled")) for which in range(draw(st.integers(1, 2)))])
        for id_ in entitled]
    for id_ in range(50, 50 + draw(st.integers(0, 3))):
        own = draw(contracts(place, 10 * id_, "replacement"))
        for which in range(draw(st.integers(1, 3))):
            if span := inside(draw(spans(place)), own):
                # 9 is not in the snapshot.
                own["replacements"].append({
                    "id": 100 * id_ + which, "hours": draw(st.integers(10, 600)), "since": span[0], "until": span[1],
                    "act_on": None, "replaced": draw(st.sampled_from([None, 9, *entitled]))})
        people.append(snapshots.employee(id_, birth=None, contracts=[own]))
    return snapshots.content(
        *people, settings={"step_starts": draw(st.sampled_from(["birthday", "first_of_month", "first_of_next_month"]))},
        trimester={"period": place.period, "number": place.number, "first": place.first.isoformat(),
                   "last": place.last.isoformat()})
