"""What an administrator takes away of the clients that are listed: a row for each period, without names.

The numbers are read once, eight bytes each, then a few hundred clients at a time: so it takes hardly more memory for a
province than for a page, and no lock and no reading lasts from one of these times to the next (docs/decisions/0063).
"""
import array
import csv
import io
import itertools
import tempfile

import xlsxwriter
from peewee import JOIN, SQL, fn

from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer.columns import DELIMITER, PERIOD
from models.arbeidszorg.without_names.client import ClientWithoutName, answers_of, periods_of, words
from models.audit import Event, record
from models.files import cells

AT_A_TIME = 500
BLOCK = 64 * 1024
WIDTHS = {"Nummer": 9, "Organisatie": 30, "Aantal uren": 11}
WIDTH, DAY_WIDTH = 24, 12
STATUS = {True: "Actief", False: "Niet-actief"}


class ExportWithoutNames:
    """The export of what `filters` leave. Making it writes in the audit that so many rows were taken."""

    def __init__(self, filters, file_format, by):
        self.filters = filters
        questions = questionnaire.current()
        self.questions = questions.of_client
        self.headings = [
            "Nummer", "Organisatie", "Status", "Te vervolledigen", "Geregistreerd op",
            *(question.reduced or question.column for question in self.questions), *PERIOD.values(),
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

    def csv(self):
        """Pieces of the CSV, as Excel in Dutch opens it: UTF-8 with its mark, semicolons, a decimal comma."""
        yield "\ufeff".encode()
        yield _lines([self.headings])
        for rows in self._rows():
            yield _lines([cells.text(value) for value in row] for row in rows)

    def xlsx(self):
        """The spreadsheet, made in a temporary file that has no name, so that nothing is left whatever happens."""
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by who sends it
        try:
            # What XlsxWriter itself keeps meanwhile goes with this folder.
            with tempfile.TemporaryDirectory(prefix="loket-") as folder:
                self._write(file, folder)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return blocks(file)

    def _write(self, file, folder):
        with xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder}) as book:
            sheet = book.add_worksheet("Cliënten")
            bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
            day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
            sheet.freeze_panes(1, 1)
            for place, heading in enumerate(self.headings):
                width = DAY_WIDTH if heading in (PERIOD["start_date"], PERIOD["end_date"]) else WIDTH
                sheet.set_column(place, place, WIDTHS.get(heading, width))
                sheet.write_string(0, place, heading, bold)
            line = 0
            for row in itertools.chain.from_iterable(self._rows()):
                line += 1
                for place, value in enumerate(row):
                    cells.put(sheet, line, place, value, day)
            sheet.autofilter(0, 0, line, len(self.headings) - 1)

    def _rows(self):
        """Some rows at a time; each time is a reading of its own."""
        for first in range(0, len(self.numbers), AT_A_TIME):
            numbers = self.numbers[first:first + AT_A_TIME]
            clients = ClientWithoutName.with_numbers(self.filters.province, numbers, self.filters.today)
            yield list(self._of(list(clients)))

    def _of(self, clients):
        answers, periods = answers_of(clients), periods_of([client.number for client in clients])
        for client in clients:
            head = [
                client.number, client.organisation, STATUS[client.is_active(self.filters.today)],
                "Ja" if client.incomplete else "Neen", client.registered_on,
                *(words(question, answers[client.number].get(question.code)) for question in self.questions)]
            for period in periods.get(client.number) or [(None,) * 5]:
                yield [*head, *period]


def blocks(file):
    """A file from here on, piece by piece; closed when it is read, or when nobody reads on."""
    with file:
        while block := file.read(BLOCK):
            yield block


def _lines(rows):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=DELIMITER).writerows(rows)
    return text.getvalue().encode()
