"""The figures of the yearly report: what is true, and so not fit to be shown as it is.

Which of them may be published is decided by suppression.py; how they are counted is in docs/decisions/0070.
"""
import datetime

from peewee import fn

from models.arbeidszorg import report_query
from models.arbeidszorg.clients import Client
from models.arbeidszorg.periods import Period
from models.arbeidszorg.report_changes import Comparison, Stayed
from models.arbeidszorg.report_query import NUMBER, PROVINCE
from models.arbeidszorg.report_tally import Tally
from models.database import END_OF_TIME, Refused
from models.organisations import Organisation

# After so many clients the one who waits is told how far it is.
STEP = 10_000


def years(today):
    """The years in the register: from the first to the last in which a client was guided, this year at most."""
    ends = fn.COALESCE(Period.end_date, END_OF_TIME)
    first, last = Period.select(fn.MIN(Period.start_date), fn.MAX(ends)).scalar(as_tuple=True)
    return list(range(_day(first).year, min(_day(last), today).year + 1)) if first else []


def figures(year, today, told=None):
    """The `Figures` of a year; `Refused('year')` where it has not begun."""
    return figures_of([year], today, told)[year]


def figures_of(wanted, today, told=None):
    """The `Figures` of each of these years, all counted in one go: year → Figures.

    `told` is called now and then with how far the count is, a number up to 1.
    """
    tallies = _tallies(wanted, today)
    for rows in _clients(tallies, told):
        for tally in tallies:
            tally.add(rows)
    return {tally.year: tally.figures() for tally in tallies}


def compared(year, today, told=None, others=()):
    """The `Comparison` of a year with the one before, with who was guided in both; and the figures of other years.

    All counted in one go, at little more than the two years take: a client costs only in its own years.
    """
    tallies = {tally.year: tally for tally in _tallies({year - 1, year, *others}, today)}
    stayed = Stayed(tallies[year - 1].categories, tallies[year].categories)
    for rows in _clients(list(tallies.values()), told):
        texts = {own: tallies[own].add(rows) for own in _years_of(rows, today.year) if own in tallies}
        was, is_ = texts.get(year - 1), texts.get(year)
        if was and is_:
            stayed.add(rows[0][PROVINCE], was, is_)
    counted = {own: tally.figures() for own, tally in tallies.items()}
    return Comparison(counted[year - 1], counted[year], stayed.moves(), counted)


def gathered(year, today, gathering, told=None):
    """The `Figures` of a year, and the `Answers` that they were counted with: another kind, `gathering(categories)`."""
    tally, = _tallies([year], today)
    tally.answers = gathering(tally.categories)
    for rows in _clients([tally], told, with_home=True):
        tally.add(rows)
    return tally.figures(), tally.answers


def _tallies(wanted, today):
    if max(wanted) > today.year:
        raise Refused("year", value=max(wanted))
    sectors = dict(Organisation.select(Organisation.id, Organisation.sector).tuples())
    return [Tally(year, today, sectors) for year in sorted(wanted)]


def _clients(tallies, told, with_home=False):
    """The rows of each client guided in these years, told how far it is."""
    highest = told and Client.select(fn.MAX(Client.number)).scalar()
    query = report_query.base(tallies[0].first, tallies[-1].last, tallies[0].day, with_home)
    for place, rows in enumerate(report_query.clients(query), 1):
        if told and place % STEP == 0:
            told(rows[0][NUMBER] / highest)
        yield rows


def _years_of(rows, last):
    return range(int(rows[0][0][:4]), min(int(max(row[1] for row in rows)[:4]), last) + 1)


def _day(value):
    """SQLite hands out text for a day that was worked out."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value
