"""CSV files that Excel in Dutch opens with a double click."""
import csv
import io
from collections.abc import Generator, Iterable
from typing import TextIO

from models.files.cells import Value, in_csv

DELIMITER = ";"
# Without this mark Excel reads UTF-8 as Windows-1252.
BYTE_ORDER_MARK = "\ufeff"


class Csv:
    """Headings and rows in UTF-8 with its mark, with semicolons, dates as dd/mm/jjjj, decimal commas and no formula."""

    def __init__(self, file: TextIO, headings: Iterable[str]) -> None:
        """Write the headings into `file`, opened for text in UTF-8 with newline=''."""
        self._writer = csv.writer(file, delimiter=DELIMITER)
        file.write(BYTE_ORDER_MARK)
        self.write([headings])

    def write(self, rows: Iterable[Iterable[Value]]) -> None:
        """Write these rows below those before."""
        self._writer.writerows([in_csv(value) for value in row] for row in rows)

    @classmethod
    def whole(cls, headings: Iterable[str], rows: Iterable[Iterable[Value]]) -> bytes:
        """Return the whole file, made in memory."""
        content = io.BytesIO()
        text = io.TextIOWrapper(content, encoding="utf-8", newline="", write_through=False)
        cls(text, headings).write(rows)
        text.flush()
        return content.getvalue()

    @classmethod
    def pieces(cls, headings: Iterable[str],
               batches: Iterable[Iterable[Iterable[Value]]]) -> Generator[bytes, None, None]:
        """Yield the file while it is made: a piece for the headings, and one for each batch of rows."""
        text = io.StringIO(newline="")
        table = cls(text, headings)
        yield _taken(text)
        for rows in batches:
            table.write(rows)
            yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    content = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return content
