"""Merging two registrations of one person: one number goes on, and finds all that the other one had.

Nothing is guessed and nothing is dropped: each answer that differs and each group of overlapping periods is decided,
and what is set aside is kept for undoing (docs/decisions/0092).
"""
import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple, Self

import peewee

from models import names
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.doubles import joining, records
from models.arbeidszorg.doubles.comparison import Compared, Comparison
from models.arbeidszorg.doubles.records import Rows
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import AnyOrganisation, Client, recount_incomplete
from models.arbeidszorg.register.former_numbers import NEW, OLD, FormerNumber
from models.arbeidszorg.register.periods import Period
from models.audit import Actor, record
from models.database import BaseModel, database, now, transaction
from models.errors import Refused, Stale
from models.organisations import Organisation

KEPT = datetime.timedelta(days=30)
JOIN = "join"


class Decisions(NamedTuple):
    """The decisions of the organisation: everywhere the number of the client whose answer or periods go on.

    `clashes` has for each group of overlapping periods a number or JOIN, by the id of its first period. `seen` is that
    of the comparison on which it was decided.
    """

    goes_on: int
    seen: str
    answers: Mapping[str, int] = {}
    name: int | None = None
    clashes: Mapping[int, int | str] = {}


class Merge(BaseModel):
    organisation = peewee.ForeignKeyField(Organisation)
    organisation_id: int
    account_id = peewee.IntegerField(null=True)
    kept_number = peewee.IntegerField()
    merged_number = peewee.IntegerField()
    form_key = peewee.TextField(null=True)
    registered_at = peewee.DateTimeField()
    first_year = peewee.IntegerField(null=True)
    last_year = peewee.IntegerField(null=True)
    kept_rows = peewee.TextField(null=True)
    merged_at = peewee.DateTimeField(default=now)
    undone_at = peewee.DateTimeField(null=True)
    purged_at = peewee.DateTimeField(null=True)

    class Meta:
        table_name = "client_merge"

    @classmethod
    def make(cls, organisation: AnyOrganisation, first: int, second: int, decided: Decisions,
             by: Actor | None = None) -> Self:
        """Merge two clients of an organisation as was decided, and record it.

        Raises `Stale`, with the comparison as it is now, if one of them changed since it was decided; `Refused` if one
        is gone, has a pending request or move, if something is undecided, or if the decisions contradict each other.
        """
        with transaction():
            compared = Comparison.of(organisation, first, second, lock=True)
            if compared is None:
                raise Refused(ArbeidszorgCode.CLIENT_GONE)
            if compared.seen != decided.seen:
                raise Stale(current=compared)
            for one in compared.both:
                check_nothing_pending(one.client)
            _check_decided(compared, decided)
            goes_on, other = _in_order(compared, decided.goes_on)
            _check_birth_date(compared, decided)
            merge = cls._keep(goes_on.client, other, by)
            merge._apply(compared, decided)
            record(ArbeidszorgEvent.CLIENTS_MERGED, by=by, organisation=goes_on.client.organisation,
                   subject=merge.kept_number, merged=merge.merged_number)
        return merge

    @classmethod
    def _keep(cls, goes_on: Client, other: Compared, by: Actor | None) -> Self:
        merged, years = other.client, _years(other.periods)
        merge = cls.create(
            organisation=goes_on.organisation_id, account_id=by and by.id, kept_number=goes_on.number,
            merged_number=merged.number, form_key=merged.form_key, registered_at=merged.created_at, **years,
            kept_rows=json.dumps({"kept": records.rows_of(goes_on.number), "merged": records.rows_of(merged.number)}))
        for number in (goes_on.number, merged.number):
            records.keep_name(merge.id, number)
        return merge

    def _apply(self, compared: Comparison, decided: Decisions) -> None:
        """Move what goes on to the number that goes on, and delete the other client; the order obeys the database."""
        kept, merged = self.kept_number, self.merged_number
        before: dict[str, Any] = json.loads(self.kept_rows)
        joined = [joining.settle(group, decided.clashes[group[0].id]) for group in compared.clashes]
        for name in ("past_answer", "answer", "past_organisation"):
            records.delete(name, "client_number", [merged])
        for code in records.questions_in(*before.values()):
            side = _side(code, compared, decided, before)
            if side == merged:
                records.write_part(kept, code, records.copied(records.part(before["merged"], code), kept))
        Period.update(client=kept).where(Period.client == merged).execute()
        for group in filter(None, joined):
            group.write()
        withdrawn = records.withdrawn_from(merged)
        records.give_withdrawn(withdrawn, kept)
        self._move_name(decided.name)
        _move_numbers(before["merged"], kept)
        recount_incomplete(kept)
        Client.update(version=Client.version + 1, changed_at=now()).where(Client.number == kept).execute()
        after = {**before, "after": records.rows_of(kept), "joined": [group.id for group in joined if group],
                 "withdrawn": withdrawn,
                 "sealed": digest(records.sealed_name(kept))}
        self.kept_rows = json.dumps(after, ensure_ascii=False)
        self.save()

    def _move_name(self, chosen: int | None) -> None:
        """Seal the name under the number that goes on, if it is the other one's."""
        if chosen is None:
            named = {number for number in (self.kept_number, self.merged_number)
                     if records.kept_name(self.id, number)}
            chosen = self.merged_number if named == {self.merged_number} else self.kept_number
        if chosen == self.kept_number:
            return
        sealed = records.kept_name(self.id, self.merged_number)
        [name] = names.open_names(self.organisation_id, [(self.merged_number, sealed)])
        if name == names.UNREADABLE:
            raise Refused(ArbeidszorgCode.MERGE_NAME)
        records.set_sealed_name(
            self.kept_number, names.seal(self.organisation_id, self.kept_number, name) if name else None)

    @property
    def ends_at(self) -> datetime.datetime:
        """The moment after which it can no longer be undone."""
        return self.merged_at + KEPT

    @classmethod
    def of_client(cls, client: Client) -> "list[Merge]":
        """Return the merges into this client that can still be undone, the newest first."""
        return list(cls.select()
                    .where(cls.kept_number == client.number, cls.organisation == client.organisation_id,
                           cls.kept_rows.is_null(False), cls.merged_at > now() - KEPT)
                    .order_by(cls.id.desc()))


def digest(sealed: bytes | None) -> str | None:
    """Return by which an encrypted name is recognised without the key."""
    return None if sealed is None else hashlib.sha256(sealed).hexdigest()


def check_nothing_pending(client: Client) -> None:
    """Raise `Refused` while a request to delete the client, or its move to another organisation, is pending."""
    if DeletionRequest.pending(client):
        raise Refused(ArbeidszorgCode.MERGE_REQUESTED, number=client.number)
    move: Any = peewee.Table("client_move", ("client_number", "ended_at")).bind(database)
    if list(move.select(move.client_number).where(move.client_number == client.number, move.ended_at.is_null())):
        raise Refused(ArbeidszorgCode.MERGE_MOVING, number=client.number)


def _check_decided(compared: Comparison, decided: Decisions) -> None:
    numbers = set(compared.numbers)
    chosen = [decided.goes_on, *(decided.answers.get(question.code) for question in compared.differing)]
    if compared.names_differ:
        chosen.append(decided.name)
    groups = [decided.clashes.get(group[0].id) for group in compared.clashes]
    if not numbers.issuperset(chosen) or not (numbers | {JOIN}).issuperset(groups):
        raise Refused(ArbeidszorgCode.MERGE_UNDECIDED)


def _in_order(compared: Comparison, goes_on: int) -> tuple[Compared, Compared]:
    first, second = compared.both
    return (first, second) if first.client.number == goes_on else (second, first)


def _check_birth_date(compared: Comparison, decided: Decisions) -> None:
    """Raise `Refused` if a period that stays begins before the birth date that goes on."""
    chosen = decided.answers.get("birth_date", decided.goes_on)
    [born] = [one.client.birth_date for one in compared.both if one.client.number == chosen]
    groups = [(group, decided.clashes[group[0].id]) for group in compared.clashes]
    aside = {period.id for group, decision in groups for period in joining.set_aside(group, decision)}
    starts = [period.start_date for one in compared.both for period in one.periods if period.id not in aside]
    starts += [group[0].start_date for group, decision in groups if decision == JOIN]
    if born is not None and any(start < born for start in starts):
        raise Refused(ArbeidszorgCode.BEFORE_BIRTH, birth_date=born)


def _side(code: str, compared: Comparison, decided: Decisions, before: Mapping[str, Rows]) -> int:
    """Return the number whose answer to a question goes on, with its earlier answers.

    Where both answer alike it is the number that goes on, unless only the other one has earlier answers.
    """
    if compared.differs(code):
        return decided.answers.get(code) or compared.known(code) or decided.goes_on
    kept, merged = (records.part(before[side], code) for side in ("kept", "merged"))
    other = next(number for number in compared.numbers if number != decided.goes_on)
    return other if merged["past_answer"] and not kept["past_answer"] else decided.goes_on


def _move_numbers(merged: Rows, kept: int) -> None:
    """Let the numbers of the merged client find the one that goes on, and delete the client."""
    [client] = merged["client"]
    FormerNumber.update(client_number=kept).where(FormerNumber.client_number == client["number"]).execute()
    records.delete("client", "number", [client["number"]])
    for kind, number in ((NEW, str(client["number"])), (OLD, client["old_number"])):
        if number:
            FormerNumber.add(kept, client["organisation_id"], kind, number)


def _years(periods: list[Period]) -> dict[str, int | None]:
    ends = [period.end_date for period in periods]
    return {"first_year": min((period.start_date.year for period in periods), default=None),
            "last_year": max((end.year for end in ends if end), default=None) if None not in ends else None}
