"""Old numbers, and the numbers of merged clients, by which the client that goes on is found."""
import datetime
import unicodedata
from collections.abc import Iterable
from typing import Any

import peewee

from models.compiled import Statement, parameter
from models.database import BaseModel, as_moment, database

OLD_NUMBER_LENGTH = 50
NEW, OLD = "new", "old"
# Precedes the name of the organisation where a client had an old number that another one has here.
BETWEEN = " – "


class FormerNumber(BaseModel):
    """A number of a merged client: of Loket's own series (NEW), or an old number (OLD)."""

    client_number = peewee.IntegerField()
    organisation_id = peewee.IntegerField()
    kind = peewee.TextField()
    number = peewee.TextField()
    rank = peewee.IntegerField()
    sort_text = peewee.TextField()

    class Meta:
        primary_key = peewee.CompositeKey("organisation_id", "kind", "number")

    @classmethod
    def add(cls, client_number: int, organisation_id: int, kind: str, number: str) -> None:
        """Let this number find the client from now on."""
        rank, sort_text = old_number_sort(number)
        cls.insert(client_number=client_number, organisation_id=organisation_id, kind=kind, number=number, rank=rank,
                   sort_text=sort_text).execute()

    @classmethod
    def remove(cls, organisation_id: int, kind: str, number: str) -> None:
        """Let this number no longer find a client."""
        cls.delete().where(
            cls.organisation_id == organisation_id, cls.kind == kind, cls.number == number).execute()

    @classmethod
    def of(cls, client_number: int, *kinds: str) -> list[str]:
        """Return the numbers of these kinds that this client has beside its own."""
        return list(cls.select(cls.number)
                    .where(cls.client_number == client_number, cls.kind.in_(kinds))
                    .order_by(cls.kind, cls.number).scalars())

    @classmethod
    def old_of(cls, client_number: int) -> list[str]:
        """Return the old numbers that this client has beside its own, sorted."""
        return sort_old_numbers(number for number, in _OLD_OF.rows(client=client_number))

    @classmethod
    def goes_on(cls, organisation_id: int, merged_number: int) -> int | None:
        """Return the number of the client into which this one of the organisation was merged, or None."""
        return (cls.select(cls.client_number)
                .where(cls.organisation_id == organisation_id, cls.kind == NEW, cls.number == str(merged_number))
                .scalar())

    @classmethod
    def goes_on_from_form(cls, organisation_id: int, form_key: str) -> int | None:
        """Return the number of the client into which the client that this form made was merged, or None."""
        merge = _merges()
        merged = (merge.select(merge.merged_number)
                  .where(merge.organisation_id == organisation_id, merge.form_key == form_key,
                         merge.undone_at.is_null())
                  .tuples())
        return next((cls.goes_on(organisation_id, number) for number, in merged), None)


_OLD_OF = Statement(lambda: FormerNumber.select(FormerNumber.number).where(
    FormerNumber.client_number == parameter("client"), FormerNumber.kind == OLD))


def merged_registrations(numbers: Iterable[int]) -> list[tuple[int, str | None, datetime.datetime]]:
    """Return (number, form key, moment of registration) of the clients with these numbers that are merged."""
    merge = _merges()
    merged = merge.select(merge.merged_number, merge.form_key, merge.registered_at).where(
        merge.merged_number.in_(list(numbers)), merge.undone_at.is_null())
    return [(number, form_key, as_moment(registered)) for number, form_key, registered in merged.tuples()]


def _merges() -> Any:
    # A plain table: the model of merges uses the clients, which use this module.
    return peewee.Table(
        "client_merge", ("merged_number", "organisation_id", "form_key", "registered_at", "undone_at")).bind(database)


def sort_old_numbers(numbers: Iterable[str]) -> list[str]:
    """Return old numbers in the order of `old_number_sort`."""
    return sorted(numbers, key=lambda number: (*old_number_sort(number), number))


def old_number_sort(text: str | None) -> tuple[int, str]:
    """Return the sort key (rank, key) of an old number: first numbers by value, then other texts, then no old number.

    Numbers are padded with zeros to 50 digits; texts sort without regard to case (docs/decisions/0022).
    """
    if not text:
        return 2, ""
    if text.isascii() and text.isdigit():
        return 0, text.zfill(OLD_NUMBER_LENGTH)
    return 1, unicodedata.normalize("NFC", text.casefold())
