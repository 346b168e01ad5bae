"""The export of the listed clients 'zonder naam': a row for each period, and one for a client without periods.

The numbers that match are read once, eight bytes each, and then the clients in batches of a few hundred. So a province
takes hardly more memory than a page, and no lock or transaction lasts from one batch to the next
(docs/decisions/0063).
"""
import array
import datetime
import functools
import itertools
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from peewee import SQL, fn

from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.answers import chosen_answers
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.continuation import IN_FILES, PeriodsInFiles
from models.arbeidszorg.register.hours import PAST_HOURS_HEADING
from models.arbeidszorg.register.periods import END, HEADINGS, HOURS, START, Period
from models.arbeidszorg.without_names.client import REDUCED, ClientWithoutName, answer_label
from models.arbeidszorg.without_names.listing import Filters
from models.audit import Actor, record_reading
from models.compiled import Statement, among, numbers, parameter
from models.database import database
from models.days import stored_day, stored_local_day
from models.files import spreadsheet
from models.files.csv_file import Csv
from models.files.spreadsheet import Book, Sheet

AT_A_TIME = 500
WIDTHS = {"Nummer": 9, "Organisatie": 30, HEADINGS[HOURS]: 11, PAST_HOURS_HEADING: 24, HEADINGS[START]: 12,
          HEADINGS[END]: 12}
WIDTH = 24
TITLE = "Cliënten zonder naam"
_NO_PERIOD = [[None] * len(IN_FILES)]
STATUS = {True: "Actief", False: "Niet-actief"}
INCOMPLETE = {True: "Ja", False: "Neen"}


class ExportWithoutNames:
    """The export of the clients that match `filters`. Making it records the export, with its number of rows."""

    def __init__(self, filters: Filters, file_format: str, by: Actor) -> None:
        self.filters = filters
        self.asked = questionnaire.current()
        self.headings = [
            "Nummer", "Organisatie", "Status", "Te vervolledigen", "Geregistreerd op",
            *(question.reduced or question.column for question in self.asked.of_client),
            HEADINGS[HOURS], PAST_HOURS_HEADING, HEADINGS[START], HEADINGS[END],
            *(question.column for question in self.asked.of_closing)]
        self.numbers, self.count = array.array("q"), 0
        for number, periods in database.execute(_matching(filters)):
            self.numbers.append(number)
            self.count += periods or 1
        # Recorded before the first row is sent, because an export that breaks off midway counts too. The codes of the
        # filters are recorded, never their values: those were typed.
        record_reading(ArbeidszorgEvent.CLIENTS_EXPORTED, by=by, province=filters.province,
                       organisation=filters.organisation, format=file_format, rows=self.count,
                       filters=sorted(filters.given))

    def csv(self) -> Generator[bytes, None, None]:
        """Return pieces of the rows as CSV."""
        return Csv.pieces(self.headings, self._rows())

    def xlsx(self) -> Generator[bytes, None, None]:
        """Return pieces of the rows as a spreadsheet."""
        return spreadsheet.in_temporary_file(TITLE, self._fill)

    def _fill(self, book: Book) -> None:
        widths = [WIDTHS.get(heading, WIDTH) for heading in self.headings]
        Sheet(book, "Cliënten", widths).table(
            self.headings, itertools.chain.from_iterable(self._rows()), frozen=1)

    def _rows(self) -> Iterator[list[list[Any]]]:
        """Yield the rows in batches, each read by statements of its own."""
        rows_of = _Rows(self.filters.province, self.filters.today, self.asked)
        for first in range(0, len(self.numbers), AT_A_TIME):
            yield list(rows_of(self.numbers[first:first + AT_A_TIME]))


def _matching(filters: Filters) -> Any:
    """Return the query of the clients that match, each with its number of periods."""
    query, number = filters.query()
    periods = Period.select(fn.COUNT(SQL("*"))).where(Period.client == number)
    return query.select(number, periods).order_by(number)


class _Rows:
    """Makes rows of clients by plain statements; the words for an answer are looked up once."""

    def __init__(self, province: str, today: datetime.date, asked: questionnaire.Questionnaire) -> None:
        self.province, self.today = province, today
        self.clients = _clients(today, tuple(asked.chosen))
        columns = [*REDUCED, *asked.chosen]
        self.labels = [(columns.index(question.code), functools.cache(functools.partial(answer_label, question)))
                       for question in asked.of_client]

    def __call__(self, clients: Sequence[int]) -> Iterator[list[Any]]:
        """Yield the rows of the clients with these numbers, in that order."""
        listed = numbers(clients)
        periods = _PERIODS.read(numbers=listed)
        for (number, _, organisation, incomplete, active_until, registered_at,
             *answers) in self.clients.rows(province=self.province, numbers=listed):
            active = active_until is not None and stored_day(active_until) >= self.today
            head = [number, organisation, STATUS[active], INCOMPLETE[incomplete], stored_local_day(registered_at),
                    *[label(answers[column]) for column, label in self.labels]]
            for period in periods.get(number, _NO_PERIOD):
                yield head + period


@functools.lru_cache(maxsize=2)
def _clients(today: datetime.date, chosen: tuple[str, ...]) -> Statement:
    """Return the statement of clients with their answers: the reduced ones, with the places of this day, then these."""
    return Statement(lambda: (
        ClientWithoutName.listed(parameter("province"), among(Client.number, "numbers"), today)
        .select_extend(*chosen_answers(Client.number, chosen))))


_PERIODS = PeriodsInFiles(lambda column: among(column, "numbers"))
