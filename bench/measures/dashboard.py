"""Measures the dashboard's fragment: against a bare function, and in registers and organisations of different sizes."""
import contextlib
import json
import statistics

from bench.tools import load, pattern, servers
from bench.tools.figures import Figure, at_least, at_most, middle
from bench.tools.registers import ALSO_OF_200, OF_50, OF_200, OF_5000, make
from models import keys, names
from models.accounts.accounts import Account
from models.accounts.sessions import Session
from models.arbeidszorg.register.dashboard import Listing
from models.database import connect, database
from models.organisations import Organisation

SMALL, LARGE = 10_000, 1_000_000
ROUNDS = 9
SECONDS = 1.5
BLOCKS = 150
BLOCK = 8
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
PATH = "/dashboard"


def run(workplace):
    """Measure, and return the figures."""
    small, large = make(workplace, SMALL), make(workplace, LARGE)
    log = workplace / "servers.log"
    with contextlib.ExitStack() as stack:
        loket = stack.enter_context(servers.loket(large, log))
        bare_ = stack.enter_context(servers.bare(_bare_environment(large, loket, workplace), log))
        beside = stack.enter_context(servers.loket(small, log))
        questions = {
            "loket": partial(loket.sign_in(OF_200)),
            "packed": partial(loket.sign_in(OF_200), Accept_Encoding="gzip, deflate, br, zstd"),
            "bare": load.request(PATH, f"token={_token(large, OF_200)}"),
            "small": partial(beside.sign_in(OF_200)),
            "of 50": partial(loket.sign_in(OF_50)),
            "of 5000": partial(loket.sign_in(OF_5000)),
        }
        _check_same(large, loket, bare_)
        with servers.on_the_last_core():
            return [
                *_against_bare(loket, bare_, questions),
                *_compared("register of 1,000,000 clients against one of 10,000", 1.15,
                           (loket.port, questions["loket"]), (beside.port, questions["small"])),
                *_compared("organisation of 5,000 active clients against one of 50", 1.5,
                           (loket.port, questions["of 5000"]), (loket.port, questions["of 50"])),
            ]


def partial(cookie, **headers):
    """The request for the fragment, as htmx sends it, as bytes."""
    return load.request(PATH, cookie, **{name.replace("-", "_"): value for name, value in PARTIAL.items()}, **headers)


def _bare_environment(register, loket, workplace):
    """The environment of the bare function; its HTML pattern is made from a response of Loket."""
    path = workplace / "pattern.json"
    html, listing = _answer(register, loket, OF_200)
    path.write_text(json.dumps(pattern.of(html, listing.rows, listing.counts)), encoding="utf-8")
    return {"BARE_DATABASE": str(register.database), "BARE_KEYS": str(register.key_dir), "BARE_PATTERN": str(path)}


def _answer(register, loket, organisation_id):
    _, body = loket.get(PATH, {"Cookie": loket.sign_in(organisation_id), **PARTIAL})
    connect(f"sqlite:///{register.database}")
    names.use(keys.Keys.load_or_make(register.key_dir, True).names)
    listing = Listing(organisation_id)
    names.use(None)
    database.close()
    return body.decode(), listing


def _token(register, organisation_id):
    connect(f"sqlite:///{register.database}")
    token = Session.start(Account.of(Organisation.get_by_id(organisation_id)).get())
    database.close()
    return token


def _check_same(register, loket, bare_):
    for organisation_id in (OF_200, ALSO_OF_200):
        expected, _ = _answer(register, loket, organisation_id)
        _, body = bare_.get(PATH, {"Cookie": f"token={_token(register, organisation_id)}"})
        assert body.decode() == expected, "the bare function sends other HTML than Loket"


def _against_bare(loket, bare_, questions):
    measured = {"loket": (loket, questions["loket"]), "bare": (bare_, questions["bare"]),
                "packed": (loket, questions["packed"])}
    rates, costs = {name: [] for name in measured}, {name: [] for name in measured}
    for number in range(ROUNDS + 1):
        for name, (server, question) in measured.items():
            used = server.cpu_time()
            rate = load.requests_a_second(server.port, question, SECONDS)
            if number:  # the first round warms up
                rates[name].append(rate)
                costs[name].append((server.cpu_time() - used) / (rate * SECONDS) * 1e6)
    shares = [one / other for one, other in zip(rates["loket"], rates["bare"], strict=True)]
    thrift = [other / one for one, other in zip(costs["loket"], costs["bare"], strict=True)]
    return [
        Figure("Partial, requests a second: Loket", middle(rates["loket"])),
        Figure("  the bare function", middle(rates["bare"])),
        Figure("  Loket, compressed as browsers ask it", middle(rates["packed"])),
        at_least("Partial: Loket's requests a second as a share of the bare function's",
                 statistics.median(shares), 1 / 3, middle(shares, 2)),
        Figure("Partial, processor time a request in µs: Loket", middle(costs["loket"])),
        Figure("  the bare function", middle(costs["bare"])),
        at_least("Partial: the bare function's processor time as a share of Loket's",
                 statistics.median(thrift), 1 / 3, middle(thrift, 2)),
    ]


def _compared(what, most, one, other):
    """How many times as long `one` takes as `other`; both are requested in turn, each over its own connection."""
    connections = [load.Connection(port) for port, _ in (one, other)]
    ratios, times = [], ([], [])
    for block in range(BLOCKS + 1):
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
        at_most(f"Partial: {what}, times as long", ratio, most, middle(ratios, 2)),
        Figure("  the same in ms", f"{statistics.median(times[0]):.2f} against {statistics.median(times[1]):.2f}"),
    ]
