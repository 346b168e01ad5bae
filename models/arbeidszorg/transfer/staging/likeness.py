"""New clients that equal another one: perhaps the same client, under an old number that a spreadsheet changed."""
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from models.arbeidszorg.transfer.staging.known import Known
from models.arbeidszorg.transfer.staging.staged import PROVISIONAL
from models.arbeidszorg.transfer.staging.statements import select

# The first client that equals a wanted one: at its organisation, with its answers and a period that starts on its day,
# or also without a period.
IN_REGISTER = """
    SELECT WANTED_ID, (
      SELECT number FROM client
      WHERE organisation_id = WANTED_PLACE AND birth_date = WANTED_BORN AND home_postcode = WANTED_HOME
        AND COALESCE(work_postcode, '') = WANTED_WORK
        AND COALESCE(
          (SELECT option FROM answer WHERE client_number = number AND question = 'gender'), '') = WANTED_GENDER
        AND CASE WHEN WANTED_START IS NULL THEN NOT EXISTS (SELECT 1 FROM period WHERE client_number = number)
          ELSE EXISTS (SELECT 1 FROM period WHERE client_number = number AND start_date = WANTED_STARTAS_DAY) END
      ORDER BY number LIMIT 1)
    FROM WANTED"""
IN_FILE = """
    SELECT WANTED_ID, (
      SELECT s.number FROM staged_client s
      WHERE s.organisation_id = WANTED_PLACE AND s.birth_date = WANTED_BORN_TEXT AND s.home_postcode = WANTED_HOME
        AND COALESCE(s.work_postcode, '') = WANTED_WORK AND s.is_new AND s.number < WANTED_ID
        AND COALESCE(STAGED_GENDER, '') = WANTED_GENDER
        AND CASE WHEN WANTED_START IS NULL THEN s.periods IS NULL
          ELSE EXISTS (SELECT 1 FROM EACH_PERIOD WHERE e.value ->> 0 = WANTED_START) END
      ORDER BY s.number LIMIT 1)
    FROM WANTED"""
OLD_NUMBERS = "SELECT number, old_number FROM WANTED JOIN client ON number = WANTED_ID"
STAGED_OLD_NUMBERS = "SELECT s.number, s.old_number FROM WANTED JOIN staged_client s ON s.number = WANTED_ID"


class Alike(NamedTuple):
    """A client that equals a new one: its number if the register has it, None if it is in the file too."""

    number: int | None
    old_number: str | None


def alike(clients: Iterable[Known]) -> dict[int, Alike]:
    """Return the number of each of these new clients that equals another one → that one. They are staged already.

    To equal is to be at the same organisation, born on the same day, with the same gender and postcodes, and with a
    period that starts on the same day, or both without a period. Of two in the file the later one is returned.
    """
    wanted = []
    for client in clients:
        answers = client.answers
        born, home = answers.get("birth_date"), answers.get("home_postcode")
        if isinstance(born, date) and home:
            starts: list[str | None] = [period.start.isoformat() for period in client.new_periods] or [None]
            wanted += [(client.number, client.organisation_id, born.isoformat(), answers.get("gender", ""), home,
                        answers.get("work_postcode", ""), start) for start in starts]
    found = {number: other for statement in (IN_FILE, IN_REGISTER) for number, other in select(statement, wanted)
             if other}
    others = [(other,) for other in {*found.values()}]
    old_numbers = dict(select(OLD_NUMBERS, others)) | dict(select(STAGED_OLD_NUMBERS, others))
    return {number: Alike(other if other < PROVISIONAL else None, old_numbers[other])
            for number, other in found.items()}
