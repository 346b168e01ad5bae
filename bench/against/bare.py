"""The rival of the dashboard's list: a bare WSGI function that looks up the session, runs the same SQL, decrypts the
same names and fills the same HTML by string formatting. It has no framework, no templates and no security headers.

The SQL is that of the models; the HTML's pattern is made from a response of Loket (bench/tools/pattern.py).
"""
import datetime
import functools
import hashlib
import json
import os
import sqlite3
import struct
import threading
from html import escape
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models import keys
from models.accounts.sessions import FIND
from models.arbeidszorg.register import dashboard
from models.arbeidszorg.roles import ORGANISATION
from models.compiled import _Parameter
from models.database import BRUSSELS, PRAGMAS, connect, database

context = struct.Struct(">BQQ").pack


def prepared(statement):
    """(sql, function from the named values to its parameters) of one of the models' statements."""
    sql, parameters = statement._compiled_for(database.obj)
    slots = [(one.name, None) if isinstance(one, _Parameter) else (None, one) for one in parameters]
    return sql, lambda values: [values[name] if name else value for name, value in slots]


class Bare:
    """The WSGI function, with the connections and keys that it keeps between requests."""

    def __init__(self, path, key_dir, pattern):
        connect(f"sqlite:///{path}")
        self.counts = prepared(dashboard._counts())
        self.page = prepared(dashboard._page("active", "number-asc", False))
        self.clients = prepared(dashboard._clients())
        self.path, self.pattern = path, pattern
        self.names_key = bytes.fromhex((Path(key_dir) / "names.key").read_text("ascii"))
        self.local, self.data_keys = threading.local(), {}

    def __call__(self, environ, start_response):
        database_ = self.connection()
        organisation_id = self.session(database_, environ)
        if organisation_id is None:
            start_response("401 Unauthorized", [("Content-Length", "0")])
            return [b""]
        body = self.html(database_, organisation_id).encode()
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
        return [body]

    def connection(self):
        """This thread's connection, which is kept."""
        if not hasattr(self.local, "connection"):
            self.local.connection = sqlite3.connect(self.path, isolation_level=None, timeout=30)
            for name, value in PRAGMAS.items():
                setting = f"PRAGMA {name} = {value}"
                self.local.connection.execute(setting)
        return self.local.connection

    def session(self, database_, environ):
        """The id of the organisation that is signed in; None if the session has ended."""
        token = environ.get("HTTP_COOKIE", "").partition("token=")[2]
        moment = datetime.datetime.now(datetime.UTC).replace(microsecond=0, tzinfo=None)
        row = database_.execute(FIND, (hashlib.sha256(token.encode()).hexdigest(),)).fetchone()
        if not row:
            return None
        created_at, seen_at = map(datetime.datetime.fromisoformat, row[1:3])
        limits = ORGANISATION.limits
        alive = moment - created_at < limits.absolute and moment - seen_at < limits.idle
        return row[12] if alive else None

    def html(self, database_, organisation_id):
        """The first page of the list."""
        values = {"organisation": organisation_id, "size": dashboard.PAGE_SIZE, "first": 0,
                  "today": datetime.datetime.now(BRUSSELS).date()}
        (active, *others), = self.run(database_, self.counts, values)
        numbers = [number for number, in self.run(database_, self.page, values)]
        places = dict(zip(dashboard._NUMBERS, numbers, strict=True))
        clients = {row[0]: row for row in self.run(database_, self.clients, values | places)}
        rows = self.pattern["between"].join([self.row(organisation_id, *clients[number]) for number in numbers])
        return (self.pattern["head"].format(active=active, inactive=sum(others)) + rows
                + self.pattern["tail"].format(active=active))

    def run(self, database_, statement, values):
        """All rows of a statement."""
        sql, parameters = statement
        return database_.execute(sql, parameters(values)).fetchall()

    def row(self, organisation_id, number, old_number, sealed, incomplete, former, period_id, start, end):
        """One row of the table."""
        merged = dashboard.sort_old_numbers(former.split(dashboard._BETWEEN)) if former else []
        old = ", ".join(filter(None, (old_number, *merged)))
        return self.pattern["row"].format(
            number=number, label=f"{number} ({escape(old)})" if old else number,
            name=escape(self.name(organisation_id, number, sealed)) if sealed else "–",
            badge=self.pattern["badge"] if incomplete else "",
            start=day(start) if start else "–", end=day(end) if end else "–", period=period_id)

    def name(self, organisation_id, number, sealed):
        """A decrypted name."""
        data_key = self.data_keys.get(organisation_id) or self.data_key(organisation_id)
        plain = data_key.decrypt(sealed[1:13], sealed[13:], context(sealed[0], organisation_id, number))
        return plain[2:2 + int.from_bytes(plain[:2], "big")].decode()

    def data_key(self, organisation_id):
        """The organisation's data key, unwrapped once and kept."""
        wrapped, = self.connection().execute(
            "SELECT wrapped FROM name_key WHERE tenant_id = ? AND kind = 'server'", (organisation_id,)).fetchone()
        unwrapped = keys.unseal(self.names_key, wrapped, f"name-key server {organisation_id}".encode())
        return self.data_keys.setdefault(organisation_id, AESGCM(unwrapped))


def day(text):
    """The date 2024-06-03 as 03/06/2024."""
    return f"{text[8:]}/{text[5:7]}/{text[:4]}"


@functools.cache
def _bare():
    pattern = json.loads(Path(os.environ["BARE_PATTERN"]).read_text(encoding="utf-8"))
    return Bare(os.environ["BARE_DATABASE"], os.environ["BARE_KEYS"], pattern)


def application(environ, start_response):
    """The WSGI application for Granian."""
    return _bare()(environ, start_response)
