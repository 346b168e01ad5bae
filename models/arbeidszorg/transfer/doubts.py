"""Doubts about a whole file: the order of day and month, and old numbers that a spreadsheet changed.

A spreadsheet changes a file without a word when somebody opens and saves it (docs/decisions/0113 and 0114).
"""
from models.arbeidszorg.errors import ImportCode
from models.arbeidszorg.register.periods import END, START
from models.arbeidszorg.register.plausible import Remark
from models.arbeidszorg.transfer.noting import Notes
from models.arbeidszorg.transfer.outcome import SHOWN, NumberDoubt
from models.arbeidszorg.transfer.register_file.columns import MARK, OLD_NUMBER
from models.arbeidszorg.transfer.register_file.reading import Row
from models.arbeidszorg.transfer.staging.entries import Entry
from models.arbeidszorg.transfer.staging.likeness import alike
from models.errors import Refused
from models.files.changed_numbers import looks_made
from models.files.date_order import DateOrder

DATES = ("birth_date", START, END)


class Doubts:
    """Collects the doubts about one file."""

    def __init__(self, notes: Notes, dates_are_dmy: bool) -> None:
        reader = notes.reader
        # In the files that Loket writes the order is known.
        is_known = dates_are_dmy or MARK in reader.codes
        self.dates = DateOrder({
            place: reader.headings[code] for place, code in enumerate(reader.codes) if code in DATES and not is_known})
        self.notes = notes
        self.result = notes.result

    def look_at(self, row: Row, is_read: bool) -> None:
        """Look at the dates of a row; of one that `is_read` each date exists with the day first."""
        if row.cells:
            self.dates.look_at(row.line, row.cells, is_read)

    def look_at_number(self, line: int, entry: Entry) -> None:
        """Look at the old number of a client that this row adds."""
        if looks_made(entry.old_number or ""):
            self.result.made_numbers += 1
            if len(self.result.made_number_lines) < SHOWN:
                self.result.made_number_lines.append(line)
            self.notes.remark(line, entry.cells, [Remark(NumberDoubt.MADE, OLD_NUMBER, {})])

    def look_for_likeness(self) -> None:
        """Remark upon each client that the file adds and that equals another one; all rows are staged."""
        for line, old_number, other in alike():
            named = f"cliënt {other.number}" if other.number else "een andere cliënt in dit bestand"
            _, shown = self.notes.reader.cell(OLD_NUMBER, {OLD_NUMBER: other.old_number or ""})
            context = {"other": f"{named} (oud volgnummer {shown})" if shown else named}
            self.notes.remark(line, {OLD_NUMBER: old_number or ""}, [Remark(NumberDoubt.LIKE, OLD_NUMBER, context)])
        self.result.remarks.sort(key=lambda noted: noted.line)

    def check_order(self, only_swapped: bool = False) -> None:
        """Raise `Refused` if the order of day and month is in doubt."""
        doubt = self.dates.doubt()
        if doubt and (doubt.is_swapped or not only_swapped):
            raise Refused(ImportCode.DATES_SWAPPED if doubt.is_swapped else ImportCode.DATES_OPEN, more=doubt.more,
                          lines=[f"{line} ({heading})" for line, heading in doubt.first])

    def check(self, numbers_are_right: bool) -> None:
        """Raise `Refused` if the order of dates is in doubt, or if old numbers look made and may not be right."""
        self.check_order()
        if self.result.made_numbers and not numbers_are_right:
            lines = self.result.made_number_lines
            raise Refused(ImportCode.NUMBERS_MADE, lines=lines, more=self.result.made_numbers - len(lines))
