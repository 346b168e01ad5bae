"""The rows of a deleted client, taken out of their tables and kept as one text until they are put back or purged.

They are taken and put back as the database has them, dates as text. Columns that the database works out by itself are
not among them. The sealed name is not read at all: the database moves it to a table of its own and back, for it is an
administrator who deletes.
"""
import datetime
import json

import peewee

from models.database import database

TABLES = {
    "client": (
        "number", "organisation_id", "old_number", "old_number_rank", "old_number_key", "birth_date",
        "birth_date_unknown", "home_postcode", "work_postcode", "incomplete", "active_until", "form_key", "version",
        "created_at", "changed_at"),
    "answer": ("client_number", "question", "option"),
    "past_answer": ("id", "client_number", "question", "option", "value", "until", "made_at"),
    "period": (
        "id", "client_number", "hours", "start_date", "end_date", "closing_reason", "outlook", "form_key", "version",
        "created_at", "changed_at"),
}
KEYS = {"client": "number"}


def taken(number):
    """The rows of this client as the text to keep; they are still in their tables."""
    rows = {name: list(table.select(*columns).where(mine).dicts()) for name, table, columns, mine in _tables(number)}
    return json.dumps(rows, default=_as_text, ensure_ascii=False)


def remove(number):
    """Take the rows of this client out of their tables."""
    for _, table, _, mine in reversed(list(_tables(number))):
        table.delete().where(mine).execute()


def put_back(text, number):
    """Put kept rows back where they were, as they were, the client's name included."""
    rows = json.loads(text)
    for name in TABLES:
        for row in rows[name]:
            _table(name).insert(row).execute()
    client, kept = _with_name("client", "number"), _with_name("deleted_name", "client_number")
    sealed = kept.select(kept.sealed_name).where(kept.client_number == number)
    client.update(sealed_name=sealed).where(client.number == number).execute()
    forget_name(number)


def keep_name(number):
    """Move the sealed name of this client aside, within the database."""
    client, kept = _with_name("client", "number"), _with_name("deleted_name", "client_number")
    named = client.select(client.number, client.sealed_name).where(
        client.number == number, client.sealed_name.is_null(False))
    kept.insert(named, columns=[kept.client_number, kept.sealed_name]).execute()


def forget_name(number):
    """Drop what was moved aside."""
    kept = _with_name("deleted_name", "client_number")
    kept.delete().where(kept.client_number == number).execute()


def clients(texts):
    """The client's row in each of these texts."""
    for text in texts:
        yield from json.loads(text)["client"]


def options_in_use() -> set[tuple[str, str]]:
    """Return every (question, option) that the rows of deleted clients refer to, as long as they are kept."""
    used = set()
    for text in _texts():
        rows = json.loads(text)
        used |= {(row["question"], row["option"]) for name in ("answer", "past_answer") for row in rows[name]}
        used |= {(code, row[code]) for row in rows["period"] for code in ("closing_reason", "outlook")}
    return {(question, option) for question, option in used if option is not None}


def _texts() -> list[str]:
    deletion = peewee.Table("deletion", ("kept_rows",)).bind(database)
    return [text for text, in deletion.select(deletion.kept_rows).where(deletion.kept_rows.is_null(False)).tuples()]


def _tables(number):
    for name, columns in TABLES.items():
        table = _table(name)
        mine = getattr(table, KEYS.get(name, "client_number")) == number
        yield name, table, [getattr(table, column) for column in columns], mine


def _table(name):
    return peewee.Table(name, TABLES[name]).bind(database)


def _with_name(table, number):
    return peewee.Table(table, (number, "sealed_name")).bind(database)


def _as_text(value):
    return value.isoformat(" ") if isinstance(value, datetime.datetime) else value.isoformat()
