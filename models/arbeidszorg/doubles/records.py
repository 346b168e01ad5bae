"""The rows of a client as a merge keeps them, and as it and its undo write them.

`Rows` are those of deletion/kept_rows.py: table → rows, dates as text. The answer to a question and its earlier answers
are one part of them, as dict of table → rows, that is written or compared as a whole.
"""
import json
from collections.abc import Iterable
from typing import Any

import peewee

from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.register.questionnaire import TYPED
from models.database import database

Row = dict[str, Any]
Rows = dict[str, list[Row]]

TYPED_COLUMNS = {
    "birth_date": ("birth_date", "birth_date_unknown"),
    "home_postcode": ("home_postcode", "home_postcode_on"),
    "work_postcode": ("work_postcode", "work_postcode_on"),
}


def rows_of(number: int) -> Rows:
    """Return the rows of the client with this number, without its name."""
    return json.loads(kept_rows.taken(number))


def table(name: str) -> Any:
    """Return a table with the columns that are kept."""
    return peewee.Table(name, kept_rows.TABLES[name]).bind(database)


def insert(name: str, rows: Iterable[Row]) -> None:
    """Insert rows in a table."""
    for row in rows:
        table(name).insert(row).execute()


def delete(name: str, column: str, values: Iterable[Any]) -> None:
    """Delete the rows of a table in which this column has one of these values."""
    to = table(name)
    to.delete().where(getattr(to, column).in_(list(values))).execute()


def questions_in(*many: Rows) -> set[str]:
    """Return the codes of all questions that were ever answered in these rows, and of the typed ones."""
    return {*TYPED} | {row["question"] for rows in many for name in ("answer", "past_answer") for row in rows[name]}


def part(rows: Rows, code: str) -> Rows:
    """Return the answer to a question with its earlier answers."""
    [client] = rows["client"]
    typed = [{column: client[column] for column in TYPED_COLUMNS[code]}] if code in TYPED else []
    return {"client": typed, **{name: [row for row in rows[name] if row["question"] == code]
                                for name in ("answer", "past_answer")}}


def write_part(number: int, code: str, wanted: Rows) -> None:
    """Replace the client's answer to a question and its earlier answers by those of `wanted`."""
    clients = table("client")
    for columns in wanted["client"]:
        clients.update({getattr(clients, name): value for name, value in columns.items()}).where(
            clients.number == number).execute()
    for name in ("answer", "past_answer"):
        to = table(name)
        to.delete().where(to.client_number == number, to.question == code).execute()
        insert(name, wanted[name])


def copied(wanted: Rows, number: int) -> Rows:
    """Return the part for the client with this number, as new rows."""
    copies = {name: [{**row, "client_number": number} for row in wanted[name]] for name in ("answer", "past_answer")}
    for row in copies["past_answer"]:
        del row["id"]
    return {"client": wanted["client"], **copies}


def withdrawn_from(number: int) -> list[int]:
    """Return the ids of the withdrawn periods of the client with this number that can still be restored."""
    withdrawal = _withdrawals()
    return [period for period, in withdrawal.select(withdrawal.period_id).where(
        withdrawal.client_number == number, withdrawal.kept_rows.is_null(False)).tuples()]


def give_withdrawn(period_ids: Iterable[int], number: int) -> None:
    """Let these withdrawn periods be of the client with this number: restoring them brings them back there."""
    withdrawal = _withdrawals()
    withdrawal.update(client_number=number).where(
        withdrawal.period_id.in_(list(period_ids)), withdrawal.kept_rows.is_null(False)).execute()


def sealed_name(number: int) -> bytes | None:
    """Return the encrypted name of the client with this number."""
    clients = _with_name("client", "number")
    [(sealed,)] = clients.select(clients.sealed_name).where(clients.number == number).tuples()
    return None if sealed is None else bytes(sealed)


def set_sealed_name(number: int, sealed: bytes | None) -> None:
    """Store the encrypted name of the client with this number."""
    clients = _with_name("client", "number")
    clients.update({clients.sealed_name: sealed}).where(clients.number == number).execute()


def keep_name(merge_id: int, number: int) -> None:
    """Copy the encrypted name of this client to those that the merge keeps."""
    sealed = sealed_name(number)
    if sealed is not None:
        kept = _merged_names()
        kept.insert({kept.merge_id: merge_id, kept.client_number: number, kept.sealed_name: sealed}).execute()


def kept_name(merge_id: int, number: int) -> bytes | None:
    """Return the encrypted name of this client, as the merge keeps it."""
    kept = _merged_names()
    found = kept.select(kept.sealed_name).where(kept.merge_id == merge_id, kept.client_number == number).tuples()
    return next((bytes(sealed) for sealed, in found), None)


def forget_names(merge_id: int) -> None:
    """Delete the encrypted names that the merge keeps."""
    kept = _merged_names()
    kept.delete().where(kept.merge_id == merge_id).execute()


def _withdrawals() -> Any:
    return peewee.Table("withdrawal", ("period_id", "client_number", "kept_rows")).bind(database)


def _merged_names() -> Any:
    return peewee.Table("merged_name", ("merge_id", "client_number", "sealed_name")).bind(database)


def _with_name(name: str, number: str) -> Any:
    return peewee.Table(name, (number, "sealed_name")).bind(database)
