"""Taking an import back: within 30 days, and only while nothing of it was changed since.

The clients that an import made are those with its numbers. The ledger has its additions to other clients. The log tells
which clients changed since, because each change of a client or an organisation is recorded (docs/decisions/0112).
"""
import datetime
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Self

import peewee

from models import names
from models.arbeidszorg.deletion.trash import KEPT
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import READINGS, ArbeidszorgEvent
from models.arbeidszorg.register import series
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer.staging import ledger
from models.arbeidszorg.transfer.staging.statements import large_cache
from models.audit import Actor, AuditEntry, Event, record, wait_for_recorders
from models.database import BaseModel, empty_log, locked, now, today, transaction
from models.errors import Refused
from models.organisations import Organisation

# How many numbers of changed clients a refusal names.
FEW = 5
CHANGES = tuple(event for event in ArbeidszorgEvent if event not in READINGS)


class RegisterImport(BaseModel):
    """An import; `organisation` is that whose own list it was, None for an import of the operator."""

    organisation = peewee.ForeignKeyField(Organisation, null=True)
    organisation_id: int | None
    account_id = peewee.IntegerField(null=True)
    first_number = peewee.IntegerField(null=True)
    last_number = peewee.IntegerField(null=True)
    entry_id = peewee.IntegerField()
    counts = peewee.TextField()
    lost = peewee.TextField(null=True)
    imported_at = peewee.DateTimeField(default=now)
    undone_at = peewee.DateTimeField(null=True)
    purged_at = peewee.DateTimeField(null=True)

    class Meta:
        table_name = "register_import"

    @classmethod
    def make(cls, counts: dict[str, Any], highest: int, last_number: int, organisation_id: int | None = None,
             by: Actor | None = None) -> Self:
        """Note an import, in the transaction that moves it: its clients get the numbers behind `highest`."""
        newest = AuditEntry.select(peewee.fn.MAX(AuditEntry.id)).scalar()
        made = last_number > highest
        return cls.create(
            organisation=organisation_id, account_id=by and by.id, counts=json.dumps(counts), entry_id=newest or 0,
            first_number=highest + 1 if made else None, last_number=last_number if made else None)

    @property
    def ends_at(self) -> datetime.datetime:
        """The moment after which it can no longer be taken back."""
        return self.imported_at + KEPT

    @classmethod
    def to_undo(cls, import_id: int, organisation_id: int | None = None) -> Self:
        """Return the import with this number, of this organisation if it is given.

        Raises `Refused` for any other number, for an import that was taken back already, and after 30 days.
        """
        found = cls.select().where(cls.id == import_id)
        if organisation_id is not None:
            found = found.where(cls.organisation == organisation_id)
        one = locked(found).first()
        if one is None:
            raise Refused(ArbeidszorgCode.IMPORT_GONE)
        if one.undone_at:
            raise Refused(ArbeidszorgCode.IMPORT_UNDONE)
        if one.purged_at or one.ends_at <= now():
            raise Refused(ArbeidszorgCode.IMPORT_LATE)
        return one

    @property
    def made(self) -> dict[str, int]:
        """The counts of its result, by name."""
        return json.loads(self.counts)

    def made_client(self, number: int) -> bool:
        """Say whether it made the client with this number."""
        return self.first_number is not None and self.first_number <= number <= self.last_number


def undo(import_id: int, by: Actor | None = None, organisation_id: int | None = None) -> RegisterImport:
    """Take an import back, one of this organisation if it is given, and record it: the register is as it was before.

    Raises `Refused`, and changes nothing, as `RegisterImport.to_undo` does, if a later import added to what it made,
    and if something of it was changed since.
    """
    with large_cache(), transaction():
        # From here on nobody registers or changes a client.
        series.highest()
        wait_for_recorders()
        one = RegisterImport.to_undo(import_id, organisation_id)
        if later := ledger.later_import(one.id, one.first_number, one.last_number):
            raise Refused(ArbeidszorgCode.IMPORT_LATER, later=later)
        _check_unchanged(one)
        # The rules of the database let the rows go from here on.
        one.undone_at, one.lost = now(), json.dumps(_guided(one))
        one.save()
        _check_removed(one, ledger.remove_clients(one.first_number, one.last_number))
        if changed := ledger.remove_additions(one.id):
            raise _changed(set(changed), set())
        made = ledger.take_organisations(one.id)
        names.forget_keys(made)
        Organisation.delete().where(Organisation.id.in_(made)).execute()
        record(ArbeidszorgEvent.REGISTER_IMPORT_UNDONE, by=by, organisation=one.organisation, register_import=one.id)
    # The rows are gone from the files of the database too.
    empty_log()
    return one


def _check_unchanged(one: RegisterImport) -> None:
    added, made = ledger.clients_added_to(one.id), ledger.organisations_of(one.id)
    clients, organisations = set(), set()
    for tenant_id, event, subjects in _since(one):
        if tenant_id in made and event != Event.ORGANISATION_CREATED:
            organisations.add(tenant_id)
        if event in CHANGES:
            clients |= {number for number in subjects if one.made_client(number) or number in added}
    if clients or organisations:
        raise _changed(clients, organisations)


def _since(one: RegisterImport) -> Iterator[tuple[int | None, str, set[int]]]:
    """Yield the tenant, the event and the clients of each entry of the log since the import."""
    entries: Any = (AuditEntry.select(AuditEntry.tenant_id, AuditEntry.event, AuditEntry.subject, AuditEntry.detail)
                    .where(AuditEntry.id > one.entry_id, AuditEntry.event.not_in(READINGS)).tuples().iterator())
    for tenant_id, event, subject, detail in entries:
        subjects = {int(subject)} if event in CHANGES and subject else set()
        if event in (ArbeidszorgEvent.CLIENTS_MERGED, ArbeidszorgEvent.MERGE_UNDONE):
            subjects.add(json.loads(detail)["merged"])
        yield tenant_id, event, subjects


def _changed(clients: set[int], organisations: set[int]) -> Refused:
    first = [str(number) for number in sorted(clients)[:FEW]]
    found: Any = Organisation.select(Organisation.name).where(Organisation.id.in_(sorted(organisations)[:FEW]))
    return Refused(
        ArbeidszorgCode.IMPORT_CHANGED, clients=len(clients), numbers=", ".join(first) or "–",
        organisations=len(organisations), names=", ".join(found.scalars()) or "–")


def _check_removed(one: RegisterImport, removed: int) -> None:
    """Raise `Refused` if a client of the import was no longer there."""
    if removed != one.made["clients"]:
        raise _changed(set(), set())


def _guided(one: RegisterImport) -> dict[str, dict[int, int]]:
    """Return the number of clients that it made or added to, by province and year of guidance, to explain editions."""
    addition: Any = peewee.Table("import_addition", ("import_id", "client_number"))
    added_to = addition.select(addition.client_number).where(addition.import_id == one.id)
    found: Any = (Period.select(Organisation.province, Period.client, Period.start_date, Period.end_date)
                  .join(Client).join(Organisation)
                  .where(Client.number.between(one.first_number, one.last_number) | Client.number.in_(added_to))
                  .tuples().iterator())
    clients: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for province, number, start, end in found:
        for year in range(start.year, (end or today()).year + 1):
            clients[province][year].add(number)
    return {province: {year: len(numbers) for year, numbers in years.items()} for province, years in clients.items()}
