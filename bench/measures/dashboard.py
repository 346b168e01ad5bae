"""Measures the dashboard, the whole page and its partial: against a bare function that sends the same bytes, and in
registers and organisations of different sizes."""
import contextlib
import functools
import json
import re
import statistics

from bench.tools import load, pattern, servers
from bench.tools.figures import Figure, at_least, at_most, middle
from bench.tools.registers import ALSO_OF_200, OF_50, OF_200, OF_5000, make
from models import keys, names
from models.accounts.accounts import Account
from models.accounts.sessions import Session
from models.arbeidszorg.register.dashboard import ListedClient, Listing
from models.database import connect, database
from models.organisations import Organisation

SMALL, LARGE = 10_000, 1_000_000
ROUNDS = 9
SECONDS = 1.5
BLOCKS = 150
BLOCK = 8
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
WHOLE = {}
PATH = "/dashboard"
# Answer → the headers that ask for it, and the least share of the bare function.
ASKED = {"Partial": (PARTIAL, 0.58), "Whole page": (WHOLE, 0.40)}
TOKEN = re.compile(rb'name="csrf_token" value="[^"]+"')


def run(workplace):
    """Measure, and return the figures."""
    small, large = make(workplace, SMALL), make(workplace, LARGE)
    log = workplace / "servers.log"
    with contextlib.ExitStack() as stack:
        loket = stack.enter_context(servers.loket(large, log))
        bare_ = stack.enter_context(servers.bare(_bare_environment(large, loket, workplace), log))
        beside = stack.enter_context(servers.loket(small, log))
        cookie, token = loket.sign_in(OF_200), f"token={_token(large, OF_200)}"
        questions = {
            "packed": partial(cookie, Accept_Encoding="gzip, deflate, br, zstd"),
            "small": partial(beside.sign_in(OF_200)),
            "of 50": partial(loket.sign_in(OF_50)),
            "of 5000": partial(loket.sign_in(OF_5000)),
        }
        _check_same(large, loket, bare_)
        with servers.on_the_last_core():
            return [
                *(figure for what, (headers, least) in ASKED.items()
                  for figure in against_bare(what, least, (loket, asked(headers, cookie)),
                                              (bare_, asked(headers, token)))),
                Figure("Partial, compressed as browsers ask it, requests a second", middle(
                    [load.requests_a_second(loket.port, questions["packed"], SECONDS) for _ in range(ROUNDS)])),
                *compared("Partial: register of 1,000,000 clients against one of 10,000", 1.15,
                           (loket.port, asked(PARTIAL, cookie)), (beside.port, questions["small"])),
                *compared("Partial: organisation of 5,000 active clients against one of 50", 1.5,
                           (loket.port, questions["of 5000"]), (loket.port, questions["of 50"])),
            ]


def asked(headers, cookie, **more):
    """The request for the page with these headers, as bytes."""
    return load.request(PATH, cookie, **{name.replace("-", "_"): value for name, value in headers.items()}, **more)


def partial(cookie, **headers):
    """The request for the fragment, as htmx sends it, as bytes."""
    return asked(PARTIAL, cookie, **headers)


def _bare_environment(register, loket, workplace):
    """The environment of the bare function; its HTML patterns are made from responses of Loket."""
    path = workplace / "patterns.json"
    path.write_text(json.dumps(_patterns(register, loket)), encoding="utf-8")
    return {"BARE_DATABASE": str(register.database), "BARE_KEYS": str(register.key_dir), "BARE_PATTERNS": str(path)}


def _patterns(register, loket):
    connect(f"sqlite:///{register.database}")
    names.use(keys.Keys.load_or_make(register.key_dir, True).names)
    listing, name = Listing(OF_200), Organisation.get_by_id(OF_200).name
    names.use(None)
    database.close()
    rows = [ListedClient(*row) for row in listing.rows]
    made = functools.partial(pattern.of, rows=rows, counts=listing.counts)
    cookie = loket.sign_in(OF_200)
    return {"partial": made(_answer(loket, PARTIAL, cookie).decode()),
            "whole": made(_answer(loket, WHOLE, cookie).decode(), name=name)}


def _answer(server, headers, cookie):
    _, body = server.get(PATH, {"Cookie": cookie, **headers})
    return body


def _token(register, organisation_id):
    connect(f"sqlite:///{register.database}")
    token = Session.start(Account.of(Organisation.get_by_id(organisation_id)).get())
    database.close()
    return token


def _check_same(register, loket, bare_):
    for organisation_id in (OF_200, ALSO_OF_200):
        cookie, token = loket.sign_in(organisation_id), f"token={_token(register, organisation_id)}"
        for what, (headers, _) in ASKED.items():
            expected, sent = (TOKEN.sub(b"", _answer(server, headers, mine))
                              for server, mine in ((loket, cookie), (bare_, token)))
            assert sent == expected, f"the bare function sends other HTML than Loket: {what}"


def against_bare(what, least, *sides):
    """The figures of Loket and of the bare function, `sides` as (server, request)."""
    rates, costs = ([], []), ([], [])
    for number in range(ROUNDS + 1):
        for side, (server, question) in enumerate(sides):
            used = server.cpu_time()
            rate = load.requests_a_second(server.port, question, SECONDS)
            if number:  # the first round warms up
                rates[side].append(rate)
                costs[side].append((server.cpu_time() - used) / (rate * SECONDS) * 1e6)
    shares = [one / other for one, other in zip(*rates, strict=True)]
    thrift = [other / one for one, other in zip(*costs, strict=True)]
    return [
        Figure(f"{what}, requests a second: Loket", middle(rates[0])),
        Figure("  the bare function", middle(rates[1])),
        at_least(f"{what}: Loket's requests a second as a share of the bare function's",
                 statistics.median(shares), least, middle(shares, 3)),
        Figure(f"{what}, processor time a request in µs: Loket", middle(costs[0])),
        Figure("  the bare function", middle(costs[1])),
        at_least(f"{what}: the bare function's processor time as a share of Loket's",
                 statistics.median(thrift), least, middle(thrift, 3)),
    ]


def compared(what, most, one, other, blocks=BLOCKS):
    """How many times as long `one` takes as `other`; both are requested in turn, each over its own connection."""
    connections = [load.Connection(port) for port, _ in (one, other)]
    ratios, times = [], ([], [])
    for block in range(blocks + 1):
        medians = [statistics.median(load.seconds_each(connection, question, BLOCK))
                   for connection, (_, question) in zip(connections, (one, other), strict=True)]
        if block:
            ratios.append(medians[0] / medians[1])
            for mine, median in zip(times, medians, strict=True):
                mine.append(median * 1000)
    for connection in connections:
        connection.close()
    ratio = statistics.median(ratios)
    return [
        at_most(f"{what}, times as long", ratio, most, middle(ratios, 2)),
        Figure("  the same in ms", f"{statistics.median(times[0]):.2f} against {statistics.median(times[1]):.2f}"),
    ]
