"""An organisation's own list: a file in which every row is of that organisation (docs/decisions/0115).

Its columns may come in any order. The columns that name the organisation may be absent, and so may those that only an
export of Loket has.
"""
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum, auto
from typing import NoReturn

import peewee

from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.errors import ImportCode
from models.arbeidszorg.register.former_numbers import NEW, FormerNumber
from models.arbeidszorg.register.hours import PAST_HOURS
from models.arbeidszorg.register.plausible import Remark
from models.arbeidszorg.transfer.register_file import columns
from models.arbeidszorg.transfer.register_file.columns import EMAIL, MARK, NUMBER, ORGANISATION, OWN, PAST, PROVINCE
from models.database import database
from models.days import local_day
from models.organisations import PROVINCES, Organisation

# The kind of a list without marks: our template, or a table that somebody made.
LIST = "list"
MAY_BE_ABSENT = frozenset({NUMBER, PROVINCE, ORGANISATION, EMAIL, PAST, PAST_HOURS, MARK})


class Noticed(StrEnum):
    """The remarks on a row of a list, beside those on improbable values."""

    OTHER_NUMBER = auto()


def columns_in(heading: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return the kind of the list with these headings, and the columns that it must have: code to heading.

    Columns that are there come in the order of the heading, then those that are missing.
    """
    mark = columns.mark_in(heading)
    wanted = columns.columns_in(list(heading))[1] if mark else columns.columns(OWN)
    codes = {column: code for code, column in wanted.items()}
    found = {codes[column]: column for column in heading if column in codes}
    missing = {code: column for code, column in wanted.items() if code not in found and code not in MAY_BE_ABSENT}
    return OWN if mark else LIST, found | missing


class OwnList:
    """The organisation of which a list is imported, and the numbers of clients that it does not have any more.

    The numbers of the clients that were merged into those are among them.
    """

    def __init__(self, organisation_id: int) -> None:
        """Look the organisation up, and its clients that an import does not bring back."""
        self.organisation = Organisation.get_by_id(organisation_id)
        # Code → heading and code → cell, for the columns that the file lacks.
        self.headings = columns.columns(OWN)
        self.empty = dict.fromkeys(self.headings, "")
        self.place = {PROVINCE: PROVINCES[self.organisation.province], ORGANISATION: self.organisation.name}
        self.by_place = {(self.organisation.province, self.organisation.name): self.organisation}
        self.deleted: dict[int, date] = {
            number: local_day(deletion.deleted_at) for deletion in Deletion.select().where(
                Deletion.organisation_id == organisation_id, Deletion.kept_rows.is_null(False))
            for number in (deletion.client_number, *map(int, kept_rows.former_numbers(deletion.kept_rows, NEW)))}
        left = _moved_from(organisation_id)
        self.moved: set[int] = {*left, *(int(number) for client in left for number in FormerNumber.of(client, NEW))}

    def foreign_column(self, cells: dict[str, str]) -> str | None:
        """Return the column in which a row names another organisation or province; None for an own row."""
        for column, own in self.place.items():
            named = " ".join(cells[column].split())
            if named and named.casefold() != own.casefold():
                return column
        return None

    def check_gone(self, number: int | None, cells: dict[str, str], refuse: Callable[..., NoReturn]) -> None:
        """Refuse the number of a client that was deleted and can still be restored, or that moved away."""
        if number in self.deleted:
            refuse(ImportCode.DELETED, NUMBER, cells, deleted=self.deleted[number])
        if number in self.moved:
            refuse(ImportCode.MOVED, NUMBER, cells)


def other_number() -> Remark:
    """Return the remark on a number that is not the client's. It does not tell whether the number exists elsewhere."""
    return Remark(Noticed.OTHER_NUMBER, NUMBER, {})


def _moved_from(organisation_id: int) -> set[int]:
    """Return the numbers of the clients that moved from this organisation and did not come back."""
    move = peewee.Table("client_move", ("client_number", "from_organisation_id", "status")).bind(database)
    client = peewee.Table("client", ("number", "organisation_id")).bind(database)
    own = client.select(client.number).where(client.organisation_id == organisation_id)
    left = move.select(move.client_number).where(
        move.from_organisation_id == organisation_id, move.status == "done", move.client_number.not_in(own))
    return {number for (number,) in left.tuples()}
