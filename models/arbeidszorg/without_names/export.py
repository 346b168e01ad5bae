"""The export of the listed clients 'zonder naam': a row for each period, and one for a client without periods.

The numbers that match are read once, eight bytes each, and then the clients in batches of a few hundred. So a province
takes hardly more memory than a page, and no lock or transaction lasts from one batch to the next
(docs/decisions/0063).
"""
import array
import itertools
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from peewee import JOIN, SQL, fn

from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.hours import PAST_HOURS_HEADING, written
from models.arbeidszorg.register.periods import END, HEADINGS, HOURS, START, Period
from models.arbeidszorg.without_names.client import (
    ClientWithoutName,
    PeriodDetails,
    answer_label,
    answers_of,
    periods_of,
)
from models.arbeidszorg.without_names.listing import Filters
from models.audit import Actor, record_reading
from models.files import spreadsheet
from models.files.csv_file import Csv
from models.files.spreadsheet import Book, Sheet

AT_A_TIME = 500
WIDTHS = {"Nummer": 9, "Organisatie": 30, HEADINGS[HOURS]: 11, PAST_HOURS_HEADING: 24, HEADINGS[START]: 12,
          HEADINGS[END]: 12}
WIDTH = 24
_NO_PERIOD: Sequence[Any] = (None, [], *[None] * (len(PeriodDetails._fields) - 2))
STATUS = {True: "Actief", False: "Niet-actief"}


class ExportWithoutNames:
    """The export of the clients that match `filters`. Making it records the export, with its number of rows."""

    def __init__(self, filters: Filters, file_format: str, by: Actor) -> None:
        self.filters = filters
        questions = questionnaire.current()
        self.questions = questions.of_client
        self.headings = [
            "Nummer", "Organisatie", "Status", "Te vervolledigen", "Geregistreerd op",
            *(question.reduced or question.column for question in self.questions),
            HEADINGS[HOURS], PAST_HOURS_HEADING, HEADINGS[START], HEADINGS[END],
            *(question.column for question in questions.of_closing)]
        query, number = filters.query()
        rows = query.select(number).order_by(number).tuples().iterator()
        self.numbers = array.array("q", (number for number, in rows))
        # Recorded before the first row is sent, because an export that breaks off midway counts too. The codes of the
        # filters are recorded, never their values: those were typed.
        record_reading(ArbeidszorgEvent.CLIENTS_EXPORTED, by=by, province=filters.province,
                       organisation=filters.organisation, format=file_format, rows=self.count(),
                       filters=sorted(filters.given))

    def count(self) -> int:
        """Return how many rows match now."""
        query, number = self.filters.query()
        periods = query.join_from(Client, Period, JOIN.LEFT_OUTER, on=(Period.client == number))
        return periods.select(fn.COUNT(SQL("*"))).scalar()

    def csv(self) -> Generator[bytes, None, None]:
        """Return pieces of the rows as CSV."""
        return Csv.pieces(self.headings, self._rows())

    def xlsx(self) -> Generator[bytes, None, None]:
        """Return pieces of the rows as a spreadsheet."""
        return spreadsheet.in_temporary_file(self._fill)

    def _fill(self, book: Book) -> None:
        widths = [WIDTHS.get(heading, WIDTH) for heading in self.headings]
        Sheet(book, "Cliënten", widths).table(
            self.headings, itertools.chain.from_iterable(self._rows()), frozen=1)

    def _rows(self) -> Iterator[list[list[Any]]]:
        """Yield the rows in batches, each read by statements of its own."""
        for first in range(0, len(self.numbers), AT_A_TIME):
            numbers = self.numbers[first:first + AT_A_TIME]
            clients = ClientWithoutName.with_numbers(self.filters.province, numbers, self.filters.today)
            yield list(self._rows_of(list(clients)))

    def _rows_of(self, clients: Sequence[ClientWithoutName]) -> Iterator[list[Any]]:
        answers, periods = answers_of(clients), periods_of([client.number for client in clients])
        for client in clients:
            head = [
                client.number, client.organisation, STATUS[client.is_active(self.filters.today)],
                "Ja" if client.incomplete else "Neen", client.registered_on,
                *(answer_label(question, answers[client.number].get(question.code)) for question in self.questions)]
            rows: Sequence[Sequence[Any]] = periods.get(client.number) or [_NO_PERIOD]
            for hours, past, *dates_and_closing in rows:
                yield [*head, hours, written(past), *dates_and_closing]
