"""Measures public pages: against a bare function that sends the same bytes, a 304 against its page as it is made and as
a process keeps it, and the bytes of a first visit."""
import contextlib
import json
import re
import statistics
import time
from html import escape

from werkzeug.test import create_environ, run_wsgi_app

import config
from app import create_app
from bench.measures.dashboard import against_bare
from bench.tools import load, servers
from bench.tools.figures import Figure, at_most, middle
from bench.tools.registers import Register
from models.accounts import roles
from models.database import database, migrate
from models.organisations import PROVINCES, Organisation
from models.site.demonstration import demonstration
from models.site.initiatives.initiatives import Initiative
from models.site.moment import SiteMoment
from models.site.news import news

INITIATIVES = 200
LIST, HOME = "/arbeidszorginitiatieven", "/"
LEAST, MOST_FIRST_VISIT = 0.45, 60
ROUNDS, TIMES = 9, 100
SHORTEST = 4
ASSET = re.compile(rb'(?:href|src)="(/static/[^"]+)"')


class SiteRegister(Register):
    """A register with a public site."""

    def environment(self):
        """The environment variables with which Loket runs on this register."""
        return super().environment() | {"WINGS": "arbeidszorg site"}


def run(workplace):
    """Measure, and return the figures."""
    register = SiteRegister(workplace / "site", 0)
    app = create_app(config.load(environ=register.environment()))
    _fill()
    item = news.published().first()
    paths = {f"The list of {INITIATIVES} initiatives": LIST, "Home": HOME,
             "A news item": f"/nieuws/{item.year}/{item.slug}"}
    browser = app.test_client()
    patterns = workplace / "site-patterns.json"
    patterns.write_text(json.dumps({path: _pattern(browser, path) for path in paths.values()}), encoding="utf-8")
    again = [figure for what, path in paths.items() if path != HOME
             for figure in _revalidated(app, browser, what, path)]
    first_visit = _first_visit(browser)
    database.close()
    environment = {"BARE_DATABASE": str(register.database), "BARE_PATTERNS": str(patterns)}
    log = workplace / "servers.log"
    with contextlib.ExitStack() as stack:
        loket = stack.enter_context(servers.loket(register, log))
        bare = stack.enter_context(servers.bare(environment, log, "bench.against.bare_site"))
        with servers.on_the_last_core():
            return [*(figure for what, path in paths.items() for figure in against_bare(
                what, LEAST, *((server, load.request(path, "")) for server in (loket, bare)))), *again, first_visit]


def _fill():
    """Fill the register with the demonstration, and with more initiatives."""
    migrate()
    roles.store()
    demonstration.fill()
    for number in range(INITIATIVES - Initiative.select().count()):
        added = Organisation.create_new(f"Initiatief {number}", list(PROVINCES)[number % len(PROVINCES)])
        Initiative.create(organisation_id=added.id, ticked=True, postcode="9000", municipality="Gent",
                          sentence=f"We werken samen, in groep {number}.", forms="green kitchen")


def _pattern(browser, path):
    """The statements of a page, and its HTML in pieces: text, or [statement, row, column] of a value in it."""
    statements = []
    database.connection().set_trace_callback(statements.append)
    text = browser.get(path).text
    database.connection().set_trace_callback(None)
    places = {}
    for number, statement in enumerate(statements):
        for place, row in enumerate(database.execute_sql(statement).fetchall()):
            for column, value in enumerate(row):
                if isinstance(value, str) and len(value) >= SHORTEST:
                    places.setdefault(escape(value), [number, place, column])
    words = re.compile("|".join(map(re.escape, sorted(places, key=len, reverse=True))) or r"(?!)")
    pieces, at = [], 0
    for found in words.finditer(text):
        pieces += [text[at:found.start()], places[found[0]]]
        at = found.end()
    return {"statements": statements, "pieces": [*pieces, text[at:]]}


def _revalidated(app, browser, what, path):
    """The processor time of a 304 as a share of that of the page, in this process, and its statements."""
    made = [_cost(app, path, made=True) for _ in range(ROUNDS)]
    known = {"If-None-Match": browser.get(path).headers["ETag"]}
    statements = []
    database.connection().set_trace_callback(statements.append)
    assert browser.get(path, headers=known).status_code == 304
    database.connection().set_trace_callback(None)
    answered, kept = zip(*[(_cost(app, path, known), _cost(app, path)) for _ in range(ROUNDS)], strict=True)
    of_made, of_kept = ([one / other for one, other in zip(answered, pages, strict=True)] for pages in (made, kept))
    return [
        Figure(f"{what}, processor time in µs: a 304", middle(answered)),
        Figure("  the page as it is kept", middle(kept)),
        Figure("  the page when it is made, the first time after a change", middle(made)),
        at_most("  a 304 as a share of the page that is made", statistics.median(of_made), 1 / 3, middle(of_made, 3)),
        at_most("  a 304 as a share of the page that is kept", statistics.median(of_kept), 1 / 3, middle(of_kept, 2)),
        at_most("  statements of a 304", len(statements), 1, str(len(statements)))]


def _cost(app, path, headers=None, made=False):
    """The processor time of a request, without a server; with `made` after a change each time."""
    environ = create_environ(path, "http://127.0.0.1", headers=headers)
    spent = 0.0
    for _ in range(TIMES):
        if made:
            SiteMoment.update(number=SiteMoment.number + 1).execute()
        before = time.process_time()
        _, status, _ = run_wsgi_app(app.wsgi_app, dict(environ), buffered=True)
        spent += time.process_time() - before
        assert status[:3] == ("304" if headers else "200")
    return spent / TIMES * 1e6


def _first_visit(browser):
    """The bytes of the home page and all that it loads, compressed, in kB."""
    packed = {"Accept-Encoding": "br, gzip"}
    page = browser.get(HOME, headers=packed)
    sizes = [len(page.data)]
    for path in set(ASSET.findall(browser.get(HOME).data)):
        with browser.get(path.decode(), headers=packed) as answer:
            sizes.append(len(answer.data))
    total = sum(sizes) / 1000
    return at_most("First visit: the home page and all that it loads, compressed, in kB", total, MOST_FIRST_VISIT,
                   f"{total:.1f}")
