"""Measures the list of staff: against a bare function that sends the same bytes, and of facilities and registers of
different sizes."""
import contextlib
import json
import re
import time
from html import escape

from bench.measures.dashboard import PARTIAL, TOKEN, WHOLE, against_bare, compared
from bench.tools import load, servers, staff
from bench.tools.pattern import ROWS, literal
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.staff.listing import Listing
from models.upkeep.chores import SECONDS_BETWEEN

SMALL, LARGE = 85, 850
ASKED = {"Partial": (PARTIAL, 0.5), "Whole page": (WHOLE, 0.5)}
SETTLED_WITHIN = 600


def run(workplace):
    """Measure, and return the figures."""
    small, large = staff.make(workplace, SMALL), staff.make(workplace, LARGE)
    log = workplace / "servers.log"
    (cookie, token), (of_40, _), (of_120, _) = staff.sign_in(large, staff.OF_400, staff.OF_40, staff.OF_120)
    (of_120_beside, _), = staff.sign_in(small, staff.OF_120)
    with contextlib.ExitStack() as stack:
        loket = stack.enter_context(servers.loket(large, log))
        beside = stack.enter_context(servers.loket(small, log))
        for server in (loket, beside):
            settle(server)
        bare_ = stack.enter_context(servers.bare(_bare_environment(large, loket, cookie, workplace), log,
                                                 "bench.against.bare_staff"))
        sides = {what: ((loket, _request(headers, cookie)), (bare_, _request(headers, f"token={token}")))
                 for what, (headers, _) in ASKED.items()}
        _check_same(loket, bare_, cookie, f"token={token}")
        with servers.on_the_last_core():
            return [
                *(figure for what, (_, least) in ASKED.items()
                  for figure in against_bare(f"{what} of the list of 400", least, *sides[what])),
                *compared("Whole page: facility of 400 employees against one of 40", 1.2,
                          (loket.port, _request(WHOLE, cookie)),
                          (loket.port, _request(WHOLE, of_40, staff.OF_40))),
                *compared("Whole page: 850 facilities, 100,000 employees against 85, 10,000", 1.1,
                          (loket.port, _request(WHOLE, of_120, staff.OF_120)),
                          (beside.port, _request(WHOLE, of_120_beside, staff.OF_120))),
            ]


def settle(server):
    """Wait until a server has done the chores of its start, such as the checks of all staff."""
    until, before = time.perf_counter() + SETTLED_WITHIN, -1.0
    while server.cpu_time() - before > 0.2:
        assert time.perf_counter() < until, "the server does not come to rest"
        before = server.cpu_time()
        # The chores do a second of work in a round.
        time.sleep(SECONDS_BETWEEN + 2)


def path_of(place):
    """The address of the list of the facility at a place."""
    return f"/ecalcura/{staff.hco_of(place)}/staff"


def _request(headers, cookie, place=staff.OF_400):
    return load.request(path_of(place), cookie, **{name.replace("-", "_"): value for name, value in headers.items()})


def _bare_environment(register, loket, cookie, workplace):
    with staff.opened(register):
        facility = Facility.by_hco(staff.hco_of(staff.OF_400))
        rows, name = Listing(facility).rows, facility.name
    patterns = {kind: pattern(_answer(loket, headers, cookie).decode(), rows, name)
                for kind, headers in (("partial", PARTIAL), ("whole", WHOLE))}
    path = workplace / "staff-patterns.json"
    path.write_text(json.dumps(patterns), encoding="utf-8")
    return {"BARE_DATABASE": str(register.database), "BARE_KEYS": str(register.key_dir), "BARE_PATTERNS": str(path)}


def pattern(html, rows, name):
    """The patterns of a page, from the answer of Loket that shows these rows of the facility with this name."""
    matches = list(ROWS.finditer(html))[-len(rows):]
    head, tail = (_counted(html[start:end], name) for start, end in (
        (0, matches[0].start()), (matches[-1].end(), None)))
    return {"hco": staff.hco_of(staff.OF_400), "head": head, "tail": tail, "row": _row(matches[0][0], rows[0]),
            "between": html[matches[0].end():matches[1].start()]}


def _counted(html, name):
    return re.sub(r"van 400 medewerkers", "van {total} medewerkers", literal(html).replace(name, "{name}"))


def _row(html, row):
    values = {
        f'/staff/{row.id}"': '/staff/{id}"',
        escape(row.person.name): "{name}",
        f"••.••.••-•••.{row.person.number[-2:]}": "{number}",
        "gerechtigde, verpleegkundige": "{contracts}",
        f"{row.step} jaar": "{step}",
        '<span class="state done">in orde</span>': "{checks}",
    }
    text = literal(html)
    for value, placeholder in values.items():
        assert value in text, f"the rows of the list show no {placeholder}"
        text = text.replace(value, placeholder)
    return text


def _answer(server, headers, cookie):
    _, body = server.get(path_of(staff.OF_400), {"Cookie": cookie, **headers})
    return body


def _check_same(loket, bare_, cookie, token):
    for what, (headers, _) in ASKED.items():
        expected, sent = (TOKEN.sub(b"", _answer(server, headers, mine))
                          for server, mine in ((loket, cookie), (bare_, token)))
        assert sent == expected, f"the bare function sends other HTML than Loket: {what}"
