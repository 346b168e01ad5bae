"""New clients that equal another one: perhaps the same client, under an old number that a spreadsheet changed.

To equal is to be at the same organisation, born on the same day, with the same gender and postcodes, and with a period
that starts on the same day, or both without a period.
"""
import itertools
import json
from collections.abc import Iterator
from typing import NamedTuple

from models.arbeidszorg.transfer.staging.statements import run

IN_REGISTER = """
    SELECT s.number, s.line, s.old_number, c.number, c.old_number
    FROM staged_client s JOIN client c
      ON c.organisation_id = s.organisation_id AND c.birth_date = s.birth_dateAS_DAY
        AND c.home_postcode = s.home_postcode
    WHERE s.is_new AND COALESCE(c.work_postcode, '') = COALESCE(s.work_postcode, '')
      AND COALESCE((SELECT option FROM answer WHERE client_number = c.number AND question = 'gender'), '')
        = COALESCE(STAGED_GENDER, '')
      AND CASE WHEN s.periods IS NULL THEN NOT EXISTS (SELECT 1 FROM period WHERE client_number = c.number)
        ELSE EXISTS (
          SELECT 1 FROM period p, EACH_PERIOD
          WHERE p.client_number = c.number AND p.start_date = (e.value ->> 0)AS_DAY) END
    ORDER BY s.number, c.number"""
# Those of which another one in the file has the same values in these columns.
IN_FILE = """
    SELECT w.organisation_id, w.birth_date, w.home_postcode, w.work, w.number, s.line, s.old_number, s.answers,
      s.periods
    FROM (
      SELECT organisation_id, birth_date, home_postcode, COALESCE(work_postcode, '') AS work, number, count(*) OVER (
        PARTITION BY organisation_id, birth_date, home_postcode, COALESCE(work_postcode, '')) AS same
      FROM staged_client WHERE is_new AND birth_date IS NOT NULL AND home_postcode IS NOT NULL) w
    JOIN staged_client s ON s.number = w.number
    WHERE w.same > 1 ORDER BY 1, 2, 3, 4, 5"""


class Alike(NamedTuple):
    """A client that equals a new one: its number if the register has it, None if it is in the file too."""

    number: int | None
    old_number: str | None


def alike() -> Iterator[tuple[int, str | None, Alike]]:
    """Yield (line of its first row, its old number, the other one) of each staged client that equals another one.

    Of two in the file the later one is yielded; a client that equals one of each kind, with that of the register.
    """
    in_register = set()
    for number, rows in itertools.groupby(run(IN_REGISTER), key=lambda row: row[0]):
        _, line, own, *other = next(rows)
        in_register.add(number)
        yield line, own, Alike(*other)
    for number, line, own, old_number in _in_file():
        if number not in in_register:
            yield line, own, Alike(None, old_number)


def _in_file() -> Iterator[tuple[int, int, str | None, str | None]]:
    """Yield (number, line, its old number, that of the other) of each client that equals an earlier one in the file."""
    for _, same in itertools.groupby(run(IN_FILE), key=lambda row: row[:4]):
        first: dict[tuple[str | None, str | None], str | None] = {}
        for _, _, _, _, number, line, old_number, answers, periods in same:
            gender = json.loads(answers).get("gender")
            keys = [(gender, start) for start, *_ in json.loads(periods or "[[null]]")]
            if earlier := next((key for key in keys if key in first), None):
                yield number, line, old_number, first[earlier]
            first |= {key: old_number for key in keys if key not in first}
