"""The export of an organisation's own register, with names, as CSV and as a spreadsheet.

Both are made in memory, because no name may be written to a temporary file. importing.py reads the CSV back unchanged.
"""
import functools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models import names
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.answers import UNKNOWN, PastAnswer, chosen_answers, stored_answer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.continuation import IN_FILES, PeriodsInFiles
from models.arbeidszorg.register.former_numbers import OLD, FormerNumber, sort_old_numbers
from models.arbeidszorg.register.hours import PAST_HOURS
from models.arbeidszorg.register.periods import HOURS
from models.arbeidszorg.transfer.register_file import history, old_numbers
from models.arbeidszorg.transfer.register_file.columns import (
    EMAIL,
    MARK,
    NAME,
    NUMBER,
    OLD_NUMBER,
    ORGANISATION,
    OWN,
    PAST,
    PROVINCE,
    columns,
)
from models.arbeidszorg.transfer.staging.marks import mark_of
from models.audit import Actor, record_reading
from models.compiled import Statement, parameter
from models.database import as_moment, reading
from models.days import stored_day
from models.errors import Refused
from models.files import spreadsheet
from models.files.csv_file import Csv
from models.files.spreadsheet import Book, Sheet
from models.organisations import PROVINCES, Organisation

WIDTHS = {NUMBER: 9, OLD_NUMBER: 15, NAME: 28, HOURS: 11, PAST_HOURS: 24, PROVINCE: 18, ORGANISATION: 30, EMAIL: 30,
          PAST: 40, MARK: 12}
WIDTH, DAY_WIDTH = 24, 12
TITLE = "Register van de cliënten"


@dataclass(frozen=True)
class Export:
    """The headings, and a row for each period, or one for a client without periods."""

    headings: list[str]
    rows: list[list[Any]]
    widths: list[int]

    @classmethod
    def of(cls, organisation_id: int, file_format: str, by: Actor) -> "Export":
        """Return the register of an organisation and record the export; raises `Refused` without the names' key."""
        wanted = columns(OWN)
        with reading():
            organisation = Organisation.get_by_id(organisation_id)
            rows = [[row.get(code) for code in wanted] for row in _rows(organisation)]
        record_reading(
            ArbeidszorgEvent.REGISTER_EXPORTED, by=by, organisation=organisation, format=file_format, rows=len(rows))
        widths = [WIDTHS.get(code, DAY_WIDTH if code.endswith("_date") else WIDTH) for code in wanted]
        return cls(list(wanted.values()), rows, widths)

    def csv(self) -> bytes:
        """Return the rows as CSV."""
        return Csv.whole(self.headings, self.rows)

    def xlsx(self) -> bytes:
        """Return the rows as a spreadsheet."""
        return spreadsheet.in_memory(TITLE, self._fill)

    def _fill(self, book: Book) -> None:
        Sheet(book, "Cliënten", self.widths).table(self.headings, self.rows, frozen=3)


def _rows(organisation: Organisation) -> Iterator[dict[str, Any]]:
    own = {"organisation": organisation.id}
    asked = questionnaire.current()
    clients = _clients(tuple(asked.chosen)).rows(**own)
    opened = names.open_names(organisation.id, [(number, sealed) for number, sealed, *_ in clients])
    if names.UNREADABLE in opened:
        raise Refused(ArbeidszorgCode.NAMES_UNREADABLE)
    past, former, periods = _past_answers(**own), _former_numbers(**own), _PERIODS.read(**own)
    labels = {question.code: functools.cache(question.label_of) for question in asked.of_client}
    place = {PROVINCE: PROVINCES[organisation.province], ORGANISATION: organisation.name, EMAIL: organisation.email}
    for (number, _, old_number, born, born_unknown, home, work, form_key, created_at, *chosen), name in zip(
            clients, opened, strict=True):
        answers = dict(zip(asked.chosen, chosen, strict=True)) | {
            "birth_date": UNKNOWN if born_unknown else stored_day(born), "home_postcode": home, "work_postcode": work}
        head = place | {
            NUMBER: number,
            OLD_NUMBER: old_numbers.written(
                [*([old_number] if old_number else []), *sort_old_numbers(former.get(number, ()))]),
            NAME: name,
            PAST: history.written(past.get(number, ())),
            MARK: mark_of(number, form_key, as_moment(created_at)),
        } | {code: labels[code](answer) for code, answer in answers.items()}
        for period in periods.get(number, [()]):
            yield head | dict(zip(IN_FILES, period, strict=bool(period)))


def _past_answers(**own: int) -> dict[int, list[Any]]:
    past = defaultdict(list)
    for number, question, option, value, until in _PAST_ANSWERS.rows(**own):
        past[number].append((question, stored_answer(question, option, value), stored_day(until)))
    return past


def _former_numbers(**own: int) -> dict[int, list[str]]:
    former = defaultdict(list)
    for number, old_number in _FORMER_NUMBERS.rows(**own):
        former[number].append(old_number)
    return former


def _is_own(column: Any) -> Any:
    """Return the SQL of whether a column is the number of a client of the organisation."""
    return column.in_(Client.select(Client.number).where(Client.organisation == parameter("organisation")))


@functools.lru_cache(maxsize=2)
def _clients(chosen: tuple[str, ...]) -> Statement:
    return Statement(lambda: (
        Client.select(Client.number, Client.sealed_name, Client.old_number, Client.birth_date,
                      Client.birth_date_unknown, Client.home_postcode, Client.work_postcode, Client.form_key,
                      Client.created_at, *chosen_answers(Client.number, chosen))
        .where(Client.organisation == parameter("organisation"))
        .order_by(Client.number)))


_PAST_ANSWERS = Statement(lambda: (
    PastAnswer.select(PastAnswer.client_number, PastAnswer.question, PastAnswer.option, PastAnswer.value,
                      PastAnswer.until)
    .where(_is_own(PastAnswer.client_number))
    .order_by(PastAnswer.until.desc(), PastAnswer.id)))
_FORMER_NUMBERS = Statement(lambda: (
    FormerNumber.select(FormerNumber.client_number, FormerNumber.number)
    .where(FormerNumber.organisation_id == parameter("organisation"), FormerNumber.kind == OLD)))
_PERIODS = PeriodsInFiles(_is_own)
