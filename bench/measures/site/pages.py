"""Measures public pages: against a bare function that sends the same bytes, a 304 against its page, and the bytes of a
first visit."""
import contextlib
import json
import re
import statistics
import time
from html import escape

import config
from app import create_app
from bench.measures.dashboard import against_bare
from bench.tools import load, servers
from bench.tools.figures import at_most, middle
from bench.tools.registers import Register
from models.accounts import roles
from models.database import database, migrate
from models.organisations import PROVINCES, Organisation
from models.site.demonstration import demonstration
from models.site.initiatives.initiatives import Initiative
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
    again = [figure for what, path in paths.items() if path != HOME for figure in _revalidated(browser, what, path)]
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


def _revalidated(browser, what, path):
    """The processor time of a 304 as a share of that of the page, in this process, and its statements."""
    known = {"If-None-Match": browser.get(path).headers["ETag"]}
    statements = []
    database.connection().set_trace_callback(statements.append)
    assert browser.get(path, headers=known).status_code == 304
    database.connection().set_trace_callback(None)
    shares = [_cost(browser, path, known) / _cost(browser, path, {}) for _ in range(ROUNDS)]
    return [
        at_most(f"{what}: processor time of a 304 as a share of the page's", statistics.median(shares), 1 / 3,
                middle(shares, 2)),
        at_most("  its statements", len(statements), 1, str(len(statements)))]


def _cost(browser, path, headers):
    before = time.process_time()
    for _ in range(TIMES):
        browser.get(path, headers=headers)
    return time.process_time() - before


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
