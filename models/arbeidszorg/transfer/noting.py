"""Notes on the rows and organisations that an import accepts: they cost nobody a row, and somebody should look."""
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from models.alike import Nearest
from models.arbeidszorg.register import plausible
from models.arbeidszorg.register.plausible import Remark
from models.arbeidszorg.register.values import reads_as_name
from models.arbeidszorg.transfer.outcome import SHOWN, Result
from models.arbeidszorg.transfer.register_file.rows import RowReader
from models.arbeidszorg.transfer.report_files import InMemory, Report
from models.arbeidszorg.transfer.staging.entries import Entry, Period
from models.arbeidszorg.transfer.staging.known import Known
from models.organisations import Organisation


class Notes:
    """Counts the notes of one import, and writes them to its report."""

    def __init__(self, reader: RowReader, report: Report | InMemory, result: Result) -> None:
        self.reader = reader
        self.report = report
        self.result = result
        self.nearest: Nearest | None = None

    def remark(self, line: int, cells: Mapping[str, str], remarks: Iterable[Remark]) -> None:
        """Note the remarks on a row."""
        for remark in remarks:
            self.result.remarked += 1
            noted = self.report.remark(line, *self.reader.cell(remark.field, cells), remark)
            if len(self.result.remarks) < SHOWN:
                self.result.remarks.append(noted)

    def name(self, line: int, entry: Entry) -> None:
        """Note a row whose old number reads as a name."""
        if len(self.result.named) < SHOWN and reads_as_name(entry.old_number or ""):
            self.result.named.append(line)

    def made(self, organisation: Organisation) -> None:
        """Note an organisation that was made, and the nearest one there is."""
        if self.nearest is None:
            self.nearest = Nearest(but=organisation.id)
        line = self.report.make(organisation, self.nearest.to(organisation.name, organisation.email))
        self.nearest.add(organisation)
        if len(self.result.made) < SHOWN:
            self.result.made.append(line)


def remarks_on(client: Known, answers: Mapping[str, Any], period: Period | None, today: date) -> list[Remark]:
    """Return the remarks on a birth date or a period that a row adds to a client, which has them not yet."""
    remarks: list[Remark] = []
    added = answers.get("birth_date")
    if isinstance(added, date):
        remarks += plausible.of_birth_date(added, [other.start for other in client.periods], today)
    if period:
        born = added or client.answers.get("birth_date")
        remarks += plausible.of_period(period, born if isinstance(born, date) else None, client.periods, today)
    return remarks
