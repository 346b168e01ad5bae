"""The yearly report's one query: the clients guided in some years, each with its periods and its answers.

All figures are counted from these rows, of one year or of several in one run (docs/decisions/0070). The query selects
no name and no old number, and the home postcode only for the anonymous rows, which show its province.
"""
import datetime
from collections.abc import Collection, Iterator
from typing import Any

import peewee
from peewee import fn

from models.arbeidszorg.register import places
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.texts import Texts
from models.arbeidszorg.report.counting.variables import BIRTH_DATE, HOURS, SECTOR
from models.database import database
from models.organisations import Organisation

# Chosen answers come in texts of this number of questions. One answer a text gives three times as many texts to count;
# all answers in one text make every client's text different.
TOGETHER = 3
# This number of clients is fetched and counted at a time: a large register is never whole in memory.
CHUNK = 10_000
# The columns of a row. GROUP (province, whether incomplete, periods) is the key by which most figures are counted.
GROUP, ANSWERED, OWNER, CLOSED, PAST, NUMBER = slice(0, 3), slice(3, -4), -4, -3, -2, -1
# The columns that stays.py replaces for a client that moved, besides OWNER.
PROVINCE, PERIODS, SECTOR_OF = 0, 2, 4

Row = tuple[Any, ...]


def base(years: Collection[int], today: datetime.date, with_home: bool = False) -> peewee.ModelSelect:
    """Return the query, not executed: a row for each client with a period in the first to the last of these years.

    Rows come by client number; `answered_columns` names the columns of ANSWERED.
    """
    first, last = datetime.date(min(years), 1, 1), datetime.date(max(years), 12, 31)
    typed, day = _postcodes(with_home), variables.reference_day(min(years), today)
    return (
        # A client has one organisation. PostgreSQL wants MIN to know it; grouping by it would make SQLite sort.
        Period.select(
            fn.MIN(Organisation.province), Client.incomplete, Texts.periods(today),
            Texts.hours(day), fn.MIN(Organisation.sector), Texts.birth(today),
            *map(places.shortened_in_sql, typed), *map(Texts.answers, _together()),
            Client.organisation, Texts.closings(first, min(last, today)),
            Texts.past_answers(day, today, typed), Client.number)
        .join(Client)
        .join(Organisation)
        .where(Period.start_date <= last, Period.end_date.is_null() | (Period.end_date >= first))
        .group_by(Client.number)
        .order_by(Client.number)
    )


def answered_columns(with_home: bool = False) -> list[str | None]:
    """Return the question of each ANSWERED column; None for a text of several questions with their answers.

    The column of HOURS is a text with the hours of each period.
    """
    postcodes = [column.name for column in _postcodes(with_home)]
    return [HOURS, SECTOR, BIRTH_DATE, *postcodes, *[None for _ in _together()]]


def chunks(query: peewee.ModelSelect) -> Iterator[list[Row]]:
    """Run the query and yield its rows, a chunk at a time."""
    cursor = database.execute(query)
    return iter(lambda: cursor.fetchmany(CHUNK), [])


def _postcodes(with_home: bool) -> list[Any]:
    return [Client.work_postcode, *([Client.home_postcode] if with_home else [])]


def _together() -> list[list[str]]:
    questions = sorted(variables.questions())
    return [questions[first:first + TOGETHER] for first in range(0, len(questions), TOGETHER)]
