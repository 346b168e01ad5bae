"""Emptying what is kept to undo a merge of two registrations, 30 days after the merge or when its client is purged.

The person lives on in the register, so no line of the list outside the database is about it.
"""
from collections.abc import Collection

import peewee

from models.arbeidszorg.deletion.trash import KEPT
from models.database import database, now


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
