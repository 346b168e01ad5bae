"""The rows of a deleted client, moved out of their tables and kept as one text until they are restored or purged.

The text holds the rows as the database has them, dates as text, without generated columns. The sealed name is not
read: an administrator deletes, so the database itself moves the name to another table and back.
"""
import datetime
import json
from collections.abc import Iterable, Iterator
from typing import Any

import peewee

from models.database import database

TABLES = {
    "client": (
        "number", "organisation_id", "old_number", "old_number_rank", "old_number_key", "birth_date",
        "birth_date_unknown", "home_postcode", "work_postcode", "home_postcode_on",
        "work_postcode_on", "incomplete", "active_until", "form_key", "version",
        "created_at", "changed_at"),
    "answer": ("client_number", "question", "option", "given_on"),
    "past_answer": ("id", "client_number", "question", "option", "value", "until", "made_at"),
    "period": (
        "id", "client_number", "hours", "hours_on", "start_date", "end_date", "closing_reason", "outlook", "form_key",
        "version", "created_at", "changed_at"),
    "past_hours": ("id", "period_id", "hours", "until", "made_at"),
    "former_number": ("client_number", "organisation_id", "kind", "number", "rank", "sort_text"),
    "past_organisation": ("client_number", "organisation_id", "until"),
}
KEYS = {"client": "number"}


def taken(number: int) -> str:
    """Return the rows of this client as the text to keep; the tables still hold them."""
    rows = {name: list(table.select(*columns).where(mine).dicts()) for name, table, columns, mine in _tables(number)}
    return json.dumps(rows, default=_as_text, ensure_ascii=False)


def remove(number: int) -> None:
    """Delete the rows of this client from their tables."""
    for _, table, _, mine in reversed(list(_tables(number))):
        table.delete().where(mine).execute()


def put_back(text: str, number: int) -> None:
    """Insert the kept rows in their tables again, with the client's name."""
    rows = json.loads(text)
    for name in TABLES:
        # Rows that an earlier version kept lack the later tables.
        for row in rows.get(name, ()):
            _table(name).insert(row).execute()
    client, kept = _with_name("client", "number"), _with_name("deleted_name", "client_number")
    sealed = kept.select(kept.sealed_name).where(kept.client_number == number)
    client.update(sealed_name=sealed).where(client.number == number).execute()
    forget_name(number)


def keep_name(number: int) -> None:
    """Copy the sealed name of this client to the table of deleted names, inside the database."""
    client, kept = _with_name("client", "number"), _with_name("deleted_name", "client_number")
    named = client.select(client.number, client.sealed_name).where(
        client.number == number, client.sealed_name.is_null(False))
    kept.insert(named, columns=[kept.client_number, kept.sealed_name]).execute()


def forget_name(number: int) -> None:
    """Delete the sealed name of this client from the table of deleted names."""
    kept = _with_name("deleted_name", "client_number")
    kept.delete().where(kept.client_number == number).execute()


def clients(texts: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the client's row of each of these texts."""
    for text in texts:
        yield from json.loads(text)["client"]


def former_old_numbers(text: str) -> list[str]:
    """Return the old numbers of the clients that were merged into the client of this text."""
    return [row["number"] for row in json.loads(text).get("former_number", ()) if row["kind"] == "old"]


def options_in_use() -> set[tuple[str, str]]:
    """Return every (question, option) that the kept rows of deleted and of merged clients refer to."""
    used = set()
    for rows in [*map(json.loads, _texts("deletion")), *_of_merges()]:
        used |= {(row["question"], row["option"]) for name in ("answer", "past_answer") for row in rows[name]}
        used |= {(code, row[code]) for row in rows["period"] for code in ("closing_reason", "outlook")}
    return {(question, option) for question, option in used if option is not None}


def _texts(name: str) -> list[str]:
    table = peewee.Table(name, ("kept_rows",)).bind(database)
    return [text for text, in table.select(table.kept_rows).where(table.kept_rows.is_null(False)).tuples()]


def _of_merges() -> Iterator[dict[str, Any]]:
    """Yield the rows of both clients of each merge, as they were before it."""
    for kept in map(json.loads, _texts("client_merge")):
        yield from (kept["kept"], kept["merged"])


def _tables(number: int) -> Iterator[tuple[str, Any, list[Any], Any]]:
    for name, columns in TABLES.items():
        table = _table(name)
        mine = (table.period_id.in_(_periods(number)) if name == "past_hours"
                else getattr(table, KEYS.get(name, "client_number")) == number)
        yield name, table, [getattr(table, column) for column in columns], mine


def _periods(number: int) -> Any:
    period = _table("period")
    return period.select(period.id).where(period.client_number == number)


def _table(name: str) -> Any:
    return peewee.Table(name, TABLES[name]).bind(database)


def _with_name(table: str, number: str) -> Any:
    return peewee.Table(table, (number, "sealed_name")).bind(database)


def _as_text(value: datetime.date) -> str:
    return value.isoformat(" ") if isinstance(value, datetime.datetime) else value.isoformat()
