"""The figures of the yearly report: what is true, and so not fit to be shown as it is.

Which of them may be published is decided by suppression.py; how they are counted is in docs/decisions/0070.
"""
import datetime

from peewee import fn

from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report.counting import query
from models.arbeidszorg.report.counting import variables as report_bands
from models.arbeidszorg.report.counting.groups import Groups
from models.arbeidszorg.report.counting.query import NUMBER
from models.arbeidszorg.report.counting.stayed import Comparison, Stayed
from models.arbeidszorg.report.counting.tally import counted
from models.database import END_OF_TIME
from models.errors import Refused
from models.organisations import Organisation


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
    return counted(_read(wanted, today, told), _sectors())


def compared(year, today, told=None, others=()):
    """The `Comparison` of a year with the one before, with who was guided in both; and the figures of other years.

    All counted in one go, at little more than one year takes.
    """
    stayed = Stayed(year)
    found = counted(_read({year - 1, year, *others}, today, told), _sectors(), stayed)
    variables = [variable.code for variable in report_bands.of_clients()]
    return Comparison(found[year - 1], found[year], stayed.moves(variables), found)


def gathered(year, today, gathering, told=None):
    """The `Figures` of a year, and a `gathering(groups, categories)` to which the same rows were added."""
    groups = Groups([year], today, with_home=True)
    found = gathering(groups, report_bands.Categories(report_bands.reference_day(year, today)))
    for rows in _rows(groups, told):
        groups.add(rows)
        found.add(rows)
    return counted(groups, _sectors())[year], found


def _read(wanted, today, told):
    groups = Groups(wanted, today)
    for rows in _rows(groups, told):
        groups.add(rows)
    return groups


def _sectors():
    return dict(Organisation.select(Organisation.id, Organisation.sector).tuples())


def _rows(groups, told):
    """The rows of who was guided in these years, some at a time, told how far it is."""
    if max(groups.years) > groups.today.year:
        raise Refused(ArbeidszorgCode.YEAR, value=max(groups.years))
    highest = told and Client.select(fn.MAX(Client.number)).scalar()
    for rows in query.chunks(query.base(groups.years, groups.today, groups.with_home)):
        yield rows
        if told:
            told(rows[-1][NUMBER] / highest)


def _day(value):
    """SQLite hands out text for a day that was worked out."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value
