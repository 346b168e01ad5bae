"""The export of an organisation's own register, with names, as CSV and as a spreadsheet.

Both are made in memory, because no name may be written to a temporary file. importing.py reads the CSV back unchanged.
"""
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models import names
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.answers import UNKNOWN, Answer, PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.continuation import closing_labels, is_continued
from models.arbeidszorg.register.former_numbers import OLD, FormerNumber, sort_old_numbers
from models.arbeidszorg.register.hours import PAST_HOURS, PastHours, written
from models.arbeidszorg.register.periods import END, HOURS, START, Period
from models.arbeidszorg.register.questionnaire import CLOSING
from models.arbeidszorg.transfer import history, old_numbers
from models.arbeidszorg.transfer.columns import (
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
    mark_of,
)
from models.audit import Actor, record_reading
from models.database import reading
from models.errors import Refused
from models.files import spreadsheet
from models.files.csv_file import Csv
from models.files.spreadsheet import Book, Sheet
from models.organisations import PROVINCES, Organisation

WIDTHS = {NUMBER: 9, OLD_NUMBER: 15, NAME: 28, HOURS: 11, PAST_HOURS: 24, PROVINCE: 18, ORGANISATION: 30, EMAIL: 30,
          PAST: 40, MARK: 12}
WIDTH, DAY_WIDTH = 24, 12


@dataclass(frozen=True)
class Export:
    """The headings, and a row for each period, or one for a client without periods."""

    headings: list[str]
    rows: list[list[Any]]
    widths: list[int]

    @classmethod
    def of(cls, organisation_id: int, file_format: str, by: Actor) -> "Export":
        """Return the register of an organisation and record the export; raises `Refused` without the names' key."""
        with reading():
            organisation = Organisation.get_by_id(organisation_id)
            rows = list(_rows(organisation))
        record_reading(
            ArbeidszorgEvent.REGISTER_EXPORTED, by=by, organisation=organisation, format=file_format, rows=len(rows))
        wanted = columns(OWN)
        widths = [WIDTHS.get(code, DAY_WIDTH if code.endswith("_date") else WIDTH) for code in wanted]
        return cls(list(wanted.values()), [[row.get(code) for code in wanted] for row in rows], widths)

    def csv(self) -> bytes:
        """Return the rows as CSV."""
        return Csv.whole(self.headings, self.rows)

    def xlsx(self) -> bytes:
        """Return the rows as a spreadsheet."""
        return spreadsheet.in_memory(self._fill)

    def _fill(self, book: Book) -> None:
        Sheet(book, "Cliënten", self.widths).table(self.headings, self.rows, frozen=3)


def _rows(organisation: Organisation) -> Iterator[dict[str, Any]]:
    clients = list(Client.of(organisation).order_by(Client.number))
    opened = names.open_names(organisation.id, [(client.number, client.sealed_name) for client in clients])
    if names.UNREADABLE in opened:
        raise Refused(ArbeidszorgCode.NAMES_UNREADABLE)
    own = Client.organisation == organisation
    answers: dict[int, dict[str, str]] = defaultdict(dict)
    for answer in Answer.select().join(Client, on=(Client.number == Answer.client_number)).where(own):
        answers[answer.client_number][answer.question] = answer.option
    past: dict[int, list[PastAnswer]] = defaultdict(list)
    for earlier in (PastAnswer.select().join(Client, on=(Client.number == PastAnswer.client_number)).where(own)
                    .order_by(PastAnswer.until.desc(), PastAnswer.id)):
        past[earlier.client_number].append(earlier)
    former: dict[int, list[str]] = defaultdict(list)
    for one in FormerNumber.select().where(
            FormerNumber.organisation_id == organisation.id, FormerNumber.kind == OLD):
        former[one.client_number].append(one.number)
    periods: dict[int, list[Period]] = defaultdict(list)
    for period in (Period.select(Period, is_continued().alias("is_continued")).join(Client).where(own)
                   .order_by(Period.start_date)):
        periods[period.client_number].append(period)
    past_hours: dict[int, list[PastHours]] = defaultdict(list)
    for was in (PastHours.select().join(Period, on=(Period.id == PastHours.period_id)).join(Client).where(own)
                .order_by(PastHours.until.desc())):
        past_hours[was.period_id].append(was)
    place = {PROVINCE: PROVINCES[organisation.province], ORGANISATION: organisation.name, EMAIL: organisation.email}
    for client, name in zip(clients, opened, strict=True):
        head = place | {
            NUMBER: client.number,
            OLD_NUMBER: old_numbers.written(
                [*([client.old_number] if client.old_number else []), *sort_old_numbers(former[client.number])]),
            NAME: name,
            PAST: history.written(past[client.number]),
            MARK: mark_of(client.number, client.form_key, client.created_at),
        } | _labelled(answers[client.number] | _typed(client))
        own_periods = [_of_period(period, past_hours[period.id]) for period in periods[client.number]]
        for columns_of_period in own_periods or [{}]:
            yield head | columns_of_period


def _of_period(period: Any, past: list[PastHours]) -> dict[str, Any]:
    closing = closing_labels(period.is_continued, period.closing_reason, period.outlook)
    return {HOURS: period.hours, PAST_HOURS: written((was.until, was.hours) for was in past),
            START: period.start_date, END: period.end_date, **dict(zip(CLOSING, closing, strict=True))}


def _typed(client: Client) -> dict[str, Any]:
    born = UNKNOWN if client.birth_date_unknown else client.birth_date
    return {"birth_date": born, "home_postcode": client.home_postcode, "work_postcode": client.work_postcode}


def _labelled(answers: Mapping[str, Any]) -> dict[str, Any]:
    asked = {question.code: question for question in questionnaire.current().questions}
    return {code: asked[code].label_of(answer) for code, answer in answers.items() if code in asked}
