"""The export of the listed clients 'zonder naam': a row for each period, and one for a client without periods.

The numbers that match are read once, eight bytes each, and then the clients in batches of a few hundred. So a province
takes hardly more memory than a page, and no lock or transaction lasts from one batch to the next
(docs/decisions/0063).
"""
import array
import csv
import io
import itertools
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

import xlsxwriter
from peewee import JOIN, SQL, fn

from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer.columns import DELIMITER, PERIOD
from models.arbeidszorg.without_names.client import (
    ClientWithoutName,
    PeriodDetails,
    answer_label,
    answers_of,
    periods_of,
)
from models.arbeidszorg.without_names.listing import Filters
from models.audit import Actor, Event, record
from models.files import cells

AT_A_TIME = 500
BLOCK = 64 * 1024
WIDTHS = {"Nummer": 9, "Organisatie": 30, "Aantal uren": 11}
WIDTH, DAY_WIDTH = 24, 12
STATUS = {True: "Actief", False: "Niet-actief"}


class ExportWithoutNames:
    """The export of the clients that match `filters`. Making it records the export, with its number of rows."""

    def __init__(self, filters: Filters, file_format: str, by: Actor) -> None:
        self.filters = filters
        questions = questionnaire.current()
        self.questions = questions.of_client
        self.headings = [
            "Nummer", "Organisatie", "Status", "Te vervolledigen", "Geregistreerd op",
            *(question.reduced or question.column for question in self.questions), *PERIOD.values(),
            *(question.column for question in questions.of_closing)]
        query, number = filters.query()
        rows = query.select(number).order_by(number).tuples().iterator()
        self.numbers = array.array("q", (number for number, in rows))
        # Recorded before the first row is sent, because an export that breaks off midway counts too. The codes of the
        # filters are recorded, never their values: those were typed.
        record(Event.CLIENTS_EXPORTED, by=by, province=filters.province, organisation=filters.organisation,
               format=file_format, rows=self.count(), filters=sorted(filters.given))

    def count(self) -> int:
        """Return how many rows match now."""
        query, number = self.filters.query()
        periods = query.join_from(Client, Period, JOIN.LEFT_OUTER, on=(Period.client == number))
        return periods.select(fn.COUNT(SQL("*"))).scalar()

    def csv(self) -> Iterator[bytes]:
        """Yield the CSV in pieces, as a Dutch Excel reads it: UTF-8 with a byte-order mark, semicolons, decimal commas.
        """
        yield "\ufeff".encode()
        yield _lines([self.headings])
        for rows in self._rows():
            yield _lines([cells.text(value) for value in row] for row in rows)

    def xlsx(self) -> Iterator[bytes]:
        """Return the spreadsheet in pieces, made in an unnamed temporary file of which nothing can be left behind."""
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `blocks`
        try:
            # XlsxWriter's own temporary files are removed with this folder.
            with tempfile.TemporaryDirectory(prefix="loket-") as folder:
                self._write(file, folder)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return blocks(file)

    def _write(self, file: IO[bytes], folder: str) -> None:
        with xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder}) as book:
            sheet = book.add_worksheet("Cliënten")
            bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
            day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
            sheet.freeze_panes(1, 1)
            for column, heading in enumerate(self.headings):
                width = DAY_WIDTH if heading in (PERIOD["start_date"], PERIOD["end_date"]) else WIDTH
                sheet.set_column(column, column, WIDTHS.get(heading, width))
                sheet.write_string(0, column, heading, bold)
            line = 0
            for row in itertools.chain.from_iterable(self._rows()):
                line += 1
                for column, value in enumerate(row):
                    cells.put(sheet, line, column, value, day)
            sheet.autofilter(0, 0, line, len(self.headings) - 1)

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
            rows: Sequence[Sequence[Any]] = periods.get(client.number) or [(None,) * len(PeriodDetails._fields)]
            for period in rows:
                yield [*head, *period]


def blocks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file in blocks of 64 KiB, from its current position; close it at the end or when the reader stops."""
    with file:
        while block := file.read(BLOCK):
            yield block


def _lines(rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=DELIMITER).writerows(rows)
    return text.getvalue().encode()
