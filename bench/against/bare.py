"""The rival of the dashboard: a bare WSGI function that looks up the session, runs the same SQL, decrypts the same
names and fills the same HTML, of the whole page or of the list, by string formatting. It has no framework, templates or
security headers, and the whole page carries the CSRF token of its pattern instead of a new one.

Its SQL is its own (statements.py); the HTML's patterns are made from responses of Loket (bench/tools/pattern.py).
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

from bench.against import statements
from bench.against.statements import prepared
from models import keys
from models.arbeidszorg.register.former_numbers import sort_old_numbers
from models.database import BRUSSELS, PRAGMAS

context = struct.Struct(">BQQ").pack
# How long the session of an organisation lasts unused, and in all.
IDLE, ABSOLUTE = datetime.timedelta(minutes=60), datetime.timedelta(hours=12)


class Bare:
    """The WSGI function, with the connections and keys that it keeps between requests.

    `patterns` are those of the `partial` and of the `whole` page.
    """

    def __init__(self, path, key_dir, patterns):
        self.counts, self.page = prepared(statements.COUNTS), prepared(statements.PAGE)
        self.clients = prepared(statements.CLIENTS)
        self.login_move, self.moves_waiting = prepared(statements.LOGIN_MOVE), prepared(statements.MOVES_WAITING)
        self.path, self.patterns = path, patterns
        self.names_key = bytes.fromhex((Path(key_dir) / "names.key").read_text("ascii"))
        self.local, self.data_keys = threading.local(), {}

    def __call__(self, environ, start_response):
        database_ = self.connection()
        signed_in = self.session(database_, environ)
        if signed_in is None:
            start_response("401 Unauthorized", [("Content-Length", "0")])
            return [b""]
        partial = environ.get("HTTP_HX_REQUEST_TYPE") == "partial"
        body = (self.partial(database_, signed_in) if partial else self.whole(database_, signed_in)).encode()
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
        """The row of the session that is signed in; None if it has ended."""
        token = environ.get("HTTP_COOKIE", "").partition("token=")[2]
        moment = datetime.datetime.now(datetime.UTC).replace(microsecond=0, tzinfo=None)
        sql, _ = statements.SESSION
        row = database_.execute(sql, (hashlib.sha256(token.encode()).hexdigest(),)).fetchone()
        if not row:
            return None
        created_at, seen_at = map(datetime.datetime.fromisoformat, row[1:3])
        return row if moment - created_at < ABSOLUTE and moment - seen_at < IDLE else None

    def whole(self, database_, signed_in):
        """The whole page, of an organisation with no pending move."""
        account_id, email = signed_in[4:6]
        organisation_id, name = signed_in[12:14]
        move = self.run(database_, self.login_move, {"account": account_id, "email": email})
        (waiting,), = self.run(database_, self.moves_waiting, {"organisation": organisation_id})
        pending = move or waiting
        assert not pending, "the bare function has no pattern for a move"
        return self.html(database_, organisation_id, self.patterns["whole"], escape(name))

    def partial(self, database_, signed_in):
        """The list alone."""
        return self.html(database_, signed_in[12], self.patterns["partial"])

    def html(self, database_, organisation_id, pattern, name=None):
        """The first page of the list, within a pattern."""
        values = {"organisation": organisation_id, "size": statements.PAGE_SIZE, "first": 0,
                  "today": datetime.datetime.now(BRUSSELS).date()}
        (active, *others), = self.run(database_, self.counts, values)
        numbers = [number for number, in self.run(database_, self.page, values)]
        places = dict(zip(statements.NUMBERS, numbers, strict=True))
        clients = {row[0]: row for row in self.run(database_, self.clients, values | places)}
        rows = pattern["between"].join([self.row(pattern, organisation_id, *clients[number]) for number in numbers])
        return (pattern["head"].format(active=active, inactive=sum(others), name=name) + rows
                + pattern["tail"].format(active=active))

    def run(self, database_, statement, values):
        """All rows of a statement."""
        sql, parameters = statement
        return database_.execute(sql, parameters(values)).fetchall()

    def row(self, pattern, organisation_id, number, old_number, sealed, incomplete, former, period_id, start, end):
        """One row of the table."""
        merged = sort_old_numbers(former.split("\x1f")) if former else []
        old = ", ".join(filter(None, (old_number, *merged)))
        return pattern["row"].format(
            number=number, label=f"{number} ({escape(old)})" if old else number,
            name=escape(self.name(organisation_id, number, sealed)) if sealed else "&ndash;",
            badge=pattern["badge"] if incomplete else "",
            start=day(start) if start else "&ndash;", end=day(end) if end else "&ndash;", period=period_id)

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
    patterns = json.loads(Path(os.environ["BARE_PATTERNS"]).read_text(encoding="utf-8"))
    return Bare(os.environ["BARE_DATABASE"], os.environ["BARE_KEYS"], patterns)


def application(environ, start_response):
    """The WSGI application for Granian."""
    return _bare()(environ, start_response)
