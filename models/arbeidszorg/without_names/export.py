"""What an administrator takes away of the clients that are listed: a row for each period, without names.

The numbers are read once, eight bytes each, then a few hundred clients at a time: so it takes hardly more memory for a
province than for a page, and no lock and no reading lasts from one of these times to the next (docs/decisions/0063).
"""
import array
import itertools
from collections.abc import Generator

from peewee import JOIN, SQL, fn

from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import END, HEADINGS, HOURS, START, Period
from models.arbeidszorg.without_names.client import Anonymous, answers_of, periods_of, words
from models.audit import Event, record
from models.files import spreadsheet
from models.files.csv_file import Csv
from models.files.spreadsheet import Sheet, Workbook

AT_A_TIME = 500
WIDTHS = {"Nummer": 9, "Organisatie": 30, HEADINGS[HOURS]: 11, HEADINGS[START]: 12, HEADINGS[END]: 12}
WIDTH = 24
STATUS = {True: "Actief", False: "Niet-actief"}


class AnonymousExport:
    """The export of what `filters` leave. Making it writes in the audit that so many rows were taken."""

    def __init__(self, filters, file_format, by):
        self.filters = filters
        questions = questionnaire.current()
        self.questions = questions.of_client
        self.headings = [
            "Nummer", "Organisatie", "Status", "Te vervolledigen", "Geregistreerd op",
            *(question.reduced or question.column for question in self.questions), *HEADINGS.values(),
            *(question.column for question in questions.of_closing)]
        query, number = filters.query()
        found = query.select(number).order_by(number).tuples().iterator()
        self.numbers = array.array("q", (number for number, in found))
        # Before the first row leaves: what breaks off midway was taken too. Which filters, never what was typed.
        record(Event.CLIENTS_EXPORTED, by=by, province=filters.province, organisation=filters.organisation,
               format=file_format, rows=self.count(), filters=sorted(filters.given))

    def count(self):
        """How many rows it has now."""
        query, number = self.filters.query()
        periods = query.join_from(Client, Period, JOIN.LEFT_OUTER, on=(Period.client == number))
        return periods.select(fn.COUNT(SQL("*"))).scalar()

    def csv(self) -> Generator[bytes, None, None]:
        """Return pieces of the rows as CSV."""
        return Csv.pieces(self.headings, self._rows())

    def xlsx(self) -> Generator[bytes, None, None]:
        """Return pieces of the rows as a spreadsheet."""
        return spreadsheet.in_temporary_file(self._fill)

    def _fill(self, book: Workbook) -> None:
        widths = [WIDTHS.get(heading, WIDTH) for heading in self.headings]
        Sheet(book, "Cliënten", widths).table(
            self.headings, itertools.chain.from_iterable(self._rows()), frozen=1)

    def _rows(self):
        """Some rows at a time; each time is a reading of its own."""
        for first in range(0, len(self.numbers), AT_A_TIME):
            numbers = self.numbers[first:first + AT_A_TIME]
            yield list(self._of(list(Anonymous.some(self.filters.province, numbers, self.filters.today))))

    def _of(self, clients):
        answers, periods = answers_of(clients), periods_of([client.number for client in clients])
        for client in clients:
            head = [
                client.number, client.organisation, STATUS[client.is_active(self.filters.today)],
                "Ja" if client.incomplete else "Neen", client.registered_on,
                *(words(question, answers[client.number].get(question.code)) for question in self.questions)]
            for period in periods.get(client.number) or [(None,) * 5]:
                yield [*head, *period]
