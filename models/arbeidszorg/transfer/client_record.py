"""'Inzage' (GDPR, article 15): all that is registered about one client, with its history and its log."""
import datetime
from collections.abc import Iterator
from typing import NamedTuple

from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.answers import Answer, PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.continuation import with_continuation
from models.arbeidszorg.register.former_numbers import NEW, OLD, FormerNumber, merged_registrations
from models.arbeidszorg.register.past_organisations import PastOrganisation
from models.arbeidszorg.register.periods import Period
from models.audit import Actor, AuditEntry, record_reading
from models.database import reading
from models.days import start_of_day
from models.log import Line, lines_of
from models.organisations import Organisation

EXPORTS = (ArbeidszorgEvent.REGISTER_EXPORTED, ArbeidszorgEvent.CLIENTS_EXPORTED)


class ClientRecord(NamedTuple):
    """The rows about one client, and no other client's.

    `given_on` holds the day on which an answer was given, where it is known. `organisations` are those where the client
    was before, as (organisation, last day).
    """

    client: Client
    former_numbers: list[str]
    organisations: list[tuple[Organisation, datetime.date]]
    given_on: dict[str, datetime.date | None]
    past_answers: list[PastAnswer]
    periods: list[Period]
    withdrawals: list[Withdrawal]
    requests: list[DeletionRequest]
    log: list[Line]

    @classmethod
    def read(cls, client: Client, by: Actor, saved: bool = False) -> "ClientRecord":
        """Read the record of a client, and record that it was shown, or saved as a file."""
        number = client.number
        with reading():
            merged = [int(text) for text in FormerNumber.of(number, NEW)]
            organisations = [(past.organisation, past.until) for past in PastOrganisation.of(number)]
            found = cls(
                client, FormerNumber.of(number, NEW, OLD), organisations,
                {"home_postcode": client.home_postcode_on, "work_postcode": client.work_postcode_on} | {
                    answer.question: answer.given_on for answer in Answer.of(number)},
                client.past_answers(), with_continuation(client),
                list(Withdrawal.select().where(
                    Withdrawal.client_number.in_([number, *merged]), Withdrawal.restored_at.is_null())
                     .order_by(Withdrawal.id)),
                list(DeletionRequest.select().where(DeletionRequest.client_number.in_([number, *merged]))
                     .order_by(DeletionRequest.id)),
                lines_of(_entries(client, merged, organisations)))
        record_reading(
            ArbeidszorgEvent.RECORD_SHOWN, by=by, organisation=client.organisation, subject=number, saved=saved)
        return found


def _entries(client: Client, merged: list[int],
             organisations: list[tuple[Organisation, datetime.date]]) -> list[AuditEntry]:
    """Return the entries about the client, also under the numbers that were merged into it, and those of exports that
    it was in, the newest first.
    """
    found = []
    subjects = [str(number) for number in (client.number, *merged)]
    for organisation, since, until in _stays(client, merged, organisations):
        about = AuditEntry.of_tenant(organisation.id).where(
            AuditEntry.subject.in_(subjects), AuditEntry.event.in_(list(ArbeidszorgEvent)))
        exports = AuditEntry.of_organisation(organisation).where(
            AuditEntry.event.in_(EXPORTS), AuditEntry.made_at >= since)
        found += [*about, *(exports.where(AuditEntry.made_at < until) if until else exports)]
    # An organisation where the client was twice is read twice.
    return sorted({entry.id: entry for entry in found}.values(), key=lambda entry: entry.id, reverse=True)


def _stays(client: Client, merged: list[int], organisations: list[tuple[Organisation, datetime.date]]) -> Iterator[
        tuple[Organisation, datetime.datetime, datetime.datetime | None]]:
    """Yield each organisation where the client was, with the moments between which it was there."""
    since = min([client.created_at, *(moment for _, _, moment in merged_registrations(merged))])
    for organisation, last in organisations:
        until = start_of_day(last + datetime.timedelta(days=1))
        yield organisation, since, until
        since = until
    yield client.organisation, since, None

