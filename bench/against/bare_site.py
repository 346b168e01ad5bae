"""The rival of the public pages: a bare WSGI function that runs the statements of a page and fills its HTML with what
they find. It has no framework, templates, headers or session. The statements and the pieces of the HTML come from an
answer of Loket (bench/measures/site/pages.py): a piece is text, or the place of a value in the rows.
"""
import functools
import json
import os
import sqlite3
import threading
from html import escape
from pathlib import Path

from models.database import PRAGMAS


class BareSite:
    """The WSGI function. `pages` has the statements and the pieces of each path."""

    def __init__(self, path, pages):
        self.path, self.pages, self.local = path, pages, threading.local()

    def __call__(self, environ, start_response):
        page = self.pages.get(environ["PATH_INFO"])
        if page is None:
            start_response("404 Not Found", [("Content-Length", "0")])
            return [b""]
        database_ = self.connection()
        found = [database_.execute(statement).fetchall() for statement in page["statements"]]
        body = "".join([
            piece if isinstance(piece, str) else escape(str(found[piece[0]][piece[1]][piece[2]]))
            for piece in page["pieces"]]).encode()
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


@functools.cache
def _bare():
    pages = json.loads(Path(os.environ["BARE_PATTERNS"]).read_text(encoding="utf-8"))
    return BareSite(os.environ["BARE_DATABASE"], pages)


def application(environ, start_response):
    """The WSGI application for Granian."""
    return _bare()(environ, start_response)
