"""Answers of public pages that this process made and keeps, and sends again without the application.

Such an answer is alike for everybody, so its bytes depend on the address, the host, the compression and what htmx asks.
"""
from dataclasses import dataclass, field

import peewee

# Keys in environ: by the first a view of something public allows a browser to keep it, by the second it hands over an
# Answer that this process may keep.
CACHING, KEEP = "loket.caching", "loket.keep"
# A browser keeps a public page, and asks each time.
ASK_EACH_TIME = "no-cache"
# How many answers a process keeps, and the bytes of the largest: some megabytes at most.
MOST_KEPT, LARGEST_KEPT = 200, 64 * 1024
# Headers of the whole answer that a 304 has too.
OF_304 = {"ETag", "Vary"}


@dataclass
class Answer:
    """An answer that stays right for as long as `asks()` returns `change`; `tag` is that of its ETag.

    One that is not `for_all` is only for a browser that sends no cookie.
    """

    asks: object
    change: object
    tag: str = ""
    for_all: bool = True
    route: str = "-"
    status: str = ""
    headers: list = field(default_factory=list)
    content: bytes = b""

    def serve(self, environ, start):
        """Send it, or 304 to a browser that has it; only its status and headers differ then."""
        environ["loket.route"] = self.route
        if self.tag:
            environ[CACHING] = ASK_EACH_TIME
        if self.tag and f'"{self.tag}"' in environ.get("HTTP_IF_NONE_MATCH", ""):
            start("304 NOT MODIFIED", [header for header in self.headers if header[0] in OF_304])
            return []
        start(self.status, list(self.headers))
        return [self.content]


class Remembered:
    """The answers that this process keeps."""

    def __init__(self):
        self.answers = {}

    def find(self, environ):
        """The answer that is kept for this request, if it is right as yet; else the application makes one."""
        found = self.answers.get(_key(environ))
        if found is None or environ.get("loket.refused") or (not found.for_all and environ.get("HTTP_COOKIE")):
            return None
        if "HTTP_IF_MODIFIED_SINCE" in environ and "HTTP_IF_NONE_MATCH" not in environ:
            return None
        try:
            return found if found.asks() == found.change else None
        except peewee.PeeweeException:
            return None  # the application has a page for it

    def keep(self, environ, pieces):
        """The pieces of an answer of the application; keep them if its view said so."""
        made = environ.get(KEEP)
        if made is None or not made.status.startswith("200") or environ["REQUEST_METHOD"] != "GET":
            return pieces
        try:
            made.content = b"".join(pieces)
        finally:
            if close := getattr(pieces, "close", None):
                close()
        if len(made.content) <= LARGEST_KEPT and not any(name == "Set-Cookie" for name, _ in made.headers):
            if len(self.answers) >= MOST_KEPT:
                self.answers.clear()
            made.route = environ["loket.route"]
            # A host that the application refused has no answer here.
            self.answers[_key(environ)] = made
        return [made.content]


def _key(environ):
    return (environ["PATH_INFO"], environ["REQUEST_METHOD"], environ.get("HTTP_HOST"), environ["QUERY_STRING"],
            "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""), environ.get("HTTP_HX_REQUEST_TYPE") == "partial")
