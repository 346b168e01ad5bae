"""Measures a definitive calculation of 850 facilities against its SQL and bare arithmetic, and a list beside it.

The submissions of 100,000 employees are counted first, as the chore does once after each submission.
"""
import re
import sqlite3
import statistics
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from bench.against import plain_calculation
from bench.measures.ecalcura.staff_list import LARGE, path_of, settle
from bench.tools import load, real, servers, staff
from bench.tools.figures import Figure, at_most, middle
from models.accounts.accounts import Account
from models.ecalcura.calculations import calculating, counted, formula, publishing
from models.ecalcura.calculations.calculations import Calculation, Result
from models.ecalcura.calculations.parameters import ParameterVersion
from models.ecalcura.checks import dossiers
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import CALCULATOR
from models.ecalcura.submissions import contents, snapshot
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import SUBMITTED, TrimesterFile

ROUNDS, MAKINGS = 7, 12
QUIET, PAUSE = 600, 0.02
KINDS = ["woonzorgcentrum"]
EMAILS = ("rekenaar@voorbeeld.be", "tweede@voorbeeld.be")
HIDDEN = {name: re.compile(rb'name="%s"[^>]*value="([^"]+)"' % name.encode()) for name in ("csrf_token", "form_key")}


def run(workplace):
    """Measure, and return the figures."""
    made = real.copy(staff.make(workplace, LARGE), workplace / "calculating")
    register = staff.StaffRegister(made.folder, LARGE)
    with staff.opened(register):
        counting = _fill()
        ratios, loket = _against_plain(register)
    (own, _), (calculator, _) = staff.sign_in_as(register, staff.email_of(staff.OF_120), EMAILS[0])
    sys.setswitchinterval(0.0005)
    with servers.loket(register, workplace / "servers.log", cores=servers.CORES) as server:
        settle(server)
        request = load.request(path_of(staff.OF_120), own)
        quiet = _waits(server, request, times=QUIET)
        done = threading.Event()
        with ThreadPoolExecutor(1) as making:
            making.submit(_make_all, server, calculator, done).add_done_callback(lambda _: done.set())
            waited = _waits(server, request, until=done)
    calm, busy = (statistics.quantiles(one, n=100)[98] for one in (quiet, waited))
    return [
        Figure(f"Counting {LARGE} submissions of 100,000 employees, once each, in s", f"{counting:.0f}"),
        Figure(f"A definitive calculation of {LARGE} facilities, in ms of processor time", middle(loket, 0)),
        at_most("  as a multiple of its SQL and the bare arithmetic", statistics.median(ratios), 1.5,
                middle(ratios, 2)),
        Figure("A list of staff when it is quiet, p50, p99, in ms",
               f"{statistics.median(quiet) * 1000:.1f}, {calm * 1000:.1f}"),
        Figure("  beside calculations, p50, p99, in ms", f"{statistics.median(waited) * 1000:.1f}, {busy * 1000:.1f}"),
        at_most("  p99 as a multiple of the quiet one", busy / calm, 2, f"{busy / calm:.1f}"),
    ]


def _fill():
    """Submit a trimester of every facility and confirm parameters; return the seconds of counting the submissions."""
    trimester = Trimester.known(*staff.TRIMESTER)
    for facility in Facility.select():
        content = contents.of(facility, trimester, contents.touching(dossiers.load(facility, trimester), trimester), [])
        file, taken = TrimesterFile.get_or_make(facility, trimester), snapshot.take(content)
        Submission.create(file=file, facility_id=facility.id, number=1, sha256=taken.sha256,
                          sealed=snapshot.seal(facility.id, file.id, 1, taken))
        file.move(SUBMITTED)
    ann, bob = (Account.new(CALCULATOR, None, email=email, password_hash="-") for email in EMAILS)
    ParameterVersion.enter("Voorbeeldbesluit", trimester.first, None, {
        field.name: "1000" if field.parameter.by else "1" for field in formula.fields()}, ann).confirm(bob)
    started = time.perf_counter()
    counted.count_missing(most=LARGE)
    return time.perf_counter() - started


def _against_plain(register):
    """The ratio of processor time in each round, and the milliseconds of Loket. Each draft is discarded at once."""
    trimester = Trimester.known(*staff.TRIMESTER)
    plain = sqlite3.connect(register.database, isolation_level=None)
    # As models/database.py has them.
    for pragma in ("PRAGMA synchronous = FULL", "PRAGMA foreign_keys = 1", "PRAGMA secure_delete = 1"):
        plain.execute(pragma)
    ratios, loket = [], []
    for _ in range(ROUNDS):
        started = time.process_time()
        made = calculating.make("definitive", trimester, KINDS, None)
        own = time.process_time() - started
        amount = sum(result.amount for result in Result.of(made))
        publishing.discard(made, None)
        started = time.process_time()
        assert plain_calculation.calculate(plain, trimester.id) == amount, "plain sqlite3 found another amount"
        bare = time.process_time() - started
        publishing.discard(Calculation.newest().first(), None)
        ratios.append(own / bare)
        loket.append(own * 1000)
    plain.close()
    return ratios, loket


def _make_all(server, cookie, done):
    """Make calculations as a calculator does, one after the other."""
    path = "/ecalcura/desk/calculations/new"
    for _ in range(MAKINGS):
        _, page = server.get(path, {"Cookie": cookie})
        fields = {name: pattern.search(page)[1].decode() for name, pattern in HIDDEN.items()}
        chosen = {"kind": "definitive", "trimester": "{}-{}".format(*staff.TRIMESTER), "of": ""}
        answer, _ = server.post(path, fields | chosen, cookie)
        assert answer.status in (200, 303), answer.status
    done.set()


def _waits(server, request, times=None, until=None):
    """The seconds of each answer: one after the other, with a pause."""
    taken, connection = [], load.Connection(server.port)
    while not until.is_set() if until else len(taken) < times:
        started = time.perf_counter()
        connection.ask(request)
        taken.append(time.perf_counter() - started)
        time.sleep(PAUSE)
    connection.close()
    return taken
