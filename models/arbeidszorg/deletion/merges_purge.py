"""Emptying what is kept to undo a merge of two registrations, 30 days after the merge or when its client is purged.

As long as the person lives on in the register, no line of the list outside the database is about it. When the client
that went on is purged, the list gets a line for each registration that was merged into it too: a backup may hold both.
"""
import datetime
from collections.abc import Collection
from typing import Any, NamedTuple

import peewee

from models.arbeidszorg.deletion.trash import KEPT
from models.database import as_moment, database, now


def empty_merges(numbers: Collection[int]) -> int:
    """Empty the merges that are due, and those of the clients with these numbers; return their count."""
    merge = peewee.Table("client_merge", (
        "id", "kept_number", "merged_number", "kept_rows", "merged_at", "purged_at")).bind(database)
    name = peewee.Table("merged_name", ("merge_id",)).bind(database)
    of_them = merge.kept_number.in_(list(numbers)) | merge.merged_number.in_(list(numbers))
    due = [number for number, in merge.select(merge.id).where(
        merge.kept_rows.is_null(False), (merge.merged_at <= now() - KEPT) | of_them).tuples()]
    if due:
        name.delete().where(name.merge_id.in_(due)).execute()
        merge.update({merge.kept_rows: None, merge.purged_at: now()}).where(merge.id.in_(due)).execute()
    return len(due)


class Merged(NamedTuple):
    """A registration that was merged into another one, with its first and last year of guidance."""

    number: int
    organisation_id: int
    registered_at: datetime.datetime
    first_year: int | None
    last_year: int | None


class MergedClients:
    """All registrations that were merged and did not come back."""

    def __init__(self) -> None:
        merge: Any = peewee.Table("client_merge", (
            "id", "kept_number", "merged_number", "organisation_id", "registered_at", "first_year", "last_year",
            "undone_at")).bind(database)
        self._into: dict[int, list[Merged]] = {}
        for kept, number, organisation, registered, *years in merge.select(
                merge.kept_number, merge.merged_number, merge.organisation_id, merge.registered_at, merge.first_year,
                merge.last_year).where(merge.undone_at.is_null()).order_by(merge.id).tuples():
            self._into.setdefault(kept, []).append(Merged(number, organisation, as_moment(registered), *years))

    def into(self, number: int) -> list[Merged]:
        """Return those that were merged into the client with this number, directly or through a third one."""
        return [one for merged in self._into.get(number, ()) for one in (merged, *self.into(merged.number))]
