"""The rows of a deleted client or a withdrawn period, kept as one text until they are restored or purged.

The text holds the rows as the database has them, dates as text, without generated columns. The sealed name is not
read: an administrator deletes, so the database itself moves the name to another table and back.
"""
import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
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
# A table: its name, itself, its columns, and the condition of the rows to keep.
Part = tuple[str, Any, list[Any], Any]


def taken(number: int) -> str:
    """Return the rows of this client as the text to keep; the tables still hold them."""
    return _as_json(_tables(number))


def remove(number: int) -> None:
    """Delete the rows of this client from their tables."""
    _delete(_tables(number))


def put_back(text: str, number: int) -> None:
    """Insert the kept rows in their tables again, with the client's name."""
    _insert(json.loads(text))
    client, kept = _with_name("client", "number"), _with_name("deleted_name", "client_number")
    sealed = kept.select(kept.sealed_name).where(kept.client_number == number)
    client.update(sealed_name=sealed).where(client.number == number).execute()
    forget_name(number)


def taken_period(period_id: int) -> str:
    """Return the rows of this period as the text to keep; the tables still hold them."""
    return _as_json(_period_tables(period_id))


def remove_period(period_id: int) -> None:
    """Delete the rows of this period from their tables."""
    _delete(_period_tables(period_id))


def put_back_period(text: str, number: int) -> None:
    """Insert the rows of a period in their tables again, as the period of the client with this number.

    The period loses its form key if that form was sent again since.
    """
    rows = json.loads(text)
    period = _table("period")
    for row in rows["period"]:
        row["client_number"] = number
        again = period.select(period.id).where(
            period.client_number == row["client_number"], period.form_key == row["form_key"])
        if list(again.tuples()):
            row["form_key"] = None
    _insert(rows)


def period(text: str) -> dict[str, Any]:
    """Return the period's row in the text of a withdrawn period."""
    row: dict[str, Any] = json.loads(text)["period"][0]
    return row


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


def former_numbers(text: str, kind: str) -> list[str]:
    """Return the numbers, of this kind, of the clients that were merged into the client of this text."""
    return [row["number"] for row in json.loads(text).get("former_number", ()) if row["kind"] == kind]


def options_in_use() -> set[tuple[str, str]]:
    """Return every (question, option) that kept rows refer to: of deleted and merged clients and withdrawn periods."""
    used = set()
    for rows in [*map(json.loads, [*_texts("deletion"), *_texts("withdrawal")]), *_of_merges()]:
        used |= {(row["question"], row["option"]) for name in ("answer", "past_answer")
                 for row in rows.get(name, ())}
        used |= {(code, row[code]) for row in rows["period"] for code in ("closing_reason", "outlook")}
    return {(question, option) for question, option in used if option is not None}


def _texts(name: str) -> list[str]:
    table = peewee.Table(name, ("kept_rows",)).bind(database)
    return [text for text, in table.select(table.kept_rows).where(table.kept_rows.is_null(False)).tuples()]


def _of_merges() -> Iterator[dict[str, Any]]:
    """Yield the rows of both clients of each merge, as they were before it."""
    for kept in map(json.loads, _texts("client_merge")):
        yield from (kept["kept"], kept["merged"])


def _as_json(tables: Iterable[Part]) -> str:
    rows = {name: list(table.select(*columns).where(mine).dicts()) for name, table, columns, mine in tables}
    return json.dumps(rows, default=_as_text, ensure_ascii=False)


def _delete(tables: Iterable[Part]) -> None:
    for _, table, _, mine in reversed(list(tables)):
        table.delete().where(mine).execute()


def _insert(rows: Mapping[str, Any]) -> None:
    for name in TABLES:
        # Rows that an earlier version kept lack the later tables.
        for row in rows.get(name, ()):
            _table(name).insert(row).execute()


def _tables(number: int) -> Iterator[Part]:
    for name, columns in TABLES.items():
        table = _table(name)
        mine = (table.period_id.in_(_periods(number)) if name == "past_hours"
                else getattr(table, KEYS.get(name, "client_number")) == number)
        yield name, table, [getattr(table, column) for column in columns], mine


def _period_tables(period_id: int) -> Iterator[Part]:
    for name, column in (("period", "id"), ("past_hours", "period_id")):
        table = _table(name)
        yield name, table, [getattr(table, one) for one in TABLES[name]], getattr(table, column) == period_id


def _periods(number: int) -> Any:
    period = _table("period")
    return period.select(period.id).where(period.client_number == number)


def _table(name: str) -> Any:
    return peewee.Table(name, TABLES[name]).bind(database)


def _with_name(table: str, number: str) -> Any:
    return peewee.Table(table, (number, "sealed_name")).bind(database)


def _as_text(value: datetime.date) -> str:
    return value.isoformat(" ") if isinstance(value, datetime.datetime) else value.isoformat()
