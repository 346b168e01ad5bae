"""Measures many facilities that submit a trimester at once, and how long a list of staff waits meanwhile.

Twenty facilities look at their trimester and submit it at the same moment, again every 85 seconds: 850 in an hour. The
documents are made by the chores of the same server.
"""
import re
import statistics
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from bench.measures.ecalcura.staff_list import LARGE, path_of, settle
from bench.tools import load, real, servers, staff
from bench.tools.figures import Figure, at_most
from models.ecalcura.submissions.documents import SubmissionDocument
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters.files import SUBMITTED, TrimesterFile

AT_ONCE, EVERY, BURSTS = 20, 85, 2
QUIET, PAUSE = 800, 0.02
DOCUMENTS_WITHIN = 300
# The first facilities have other sizes.
FIRST = len(staff.SIZES)
TYPED = {name: re.compile(rb'name="%s"[^>]*value="([^"]+)"' % name.encode()) for name in ("csrf_token", "version")}


def run(workplace):
    """Measure, and return the figures."""
    made = real.copy(staff.make(workplace, LARGE), workplace / "submitting")
    register = staff.StaffRegister(made.folder, LARGE)
    places = range(FIRST, FIRST + AT_ONCE * BURSTS)
    (own, _), *others = staff.sign_in(register, staff.OF_120, *places)
    sys.setswitchinterval(0.0005)
    with servers.loket(register, workplace / "servers.log", cores=servers.CORES) as server:
        settle(server)
        request = load.request(path_of(staff.OF_120), own)
        quiet = _waits(server, request, times=QUIET)
        done = threading.Event()
        facilities = [(place, cookie) for place, (cookie, _) in zip(places, others, strict=True)]
        with ThreadPoolExecutor(1) as whole:
            submitting = whole.submit(_submit_all, server, facilities, done)
            waited = _waits(server, request, until=done)
            taken = submitting.result()
        started = time.perf_counter()
        with staff.opened(register):
            kept = Submission.select().count()
            while SubmissionDocument.select().count() < 2 * kept:
                assert time.perf_counter() - started < DOCUMENTS_WITHIN, "documents are missing"
                time.sleep(0.5)
            after = time.perf_counter() - started
            frozen = TrimesterFile.select().where(TrimesterFile.state == SUBMITTED).count()
    accepted = sum(status == 303 for _, status in taken)
    return _figures(quiet, waited, taken, accepted - min(kept, frozen), after)


def _figures(quiet, waited, taken, lost, after):
    calm, worst = _p99(quiet), _p99(waited)
    seconds = [one for one, status in taken if status == 303]
    return [
        at_most(f"Of {len(taken)} submissions of {staff.USUAL_SIZE} employees, {AT_ONCE} at once: errors",
                len(taken) - len(seconds), 0, f"{len(taken) - len(seconds)}"),
        at_most("  lost", lost, 0, str(lost)),
        Figure("  the page and the submission, p50 and the longest, in s",
               f"{statistics.median(seconds):.2f}, {max(seconds):.2f}"),
        Figure("  documents not made yet 85 s after the last twenty, until they were, in s", f"{after:.1f}"),
        Figure("A list of staff when it is quiet, p50, p99, in ms",
               f"{statistics.median(quiet) * 1000:.1f}, {calm * 1000:.1f}"),
        Figure("  beside the submissions and their documents, p50, p99, the longest, in ms",
               f"{statistics.median(waited) * 1000:.1f}, {worst * 1000:.1f}, {max(waited) * 1000:.0f}"),
        at_most("  p99 as a multiple of the quiet one", worst / calm, 4, f"{worst / calm:.1f}"),
    ]


def _submit_all(server, facilities, done):
    """Submit in bursts; (seconds, status) of each."""
    taken = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for first in range(0, len(facilities), AT_ONCE):
            started = time.perf_counter()
            taken += pool.map(lambda one: _submit(server, *one), facilities[first:first + AT_ONCE])
            time.sleep(max(0.0, EVERY - (time.perf_counter() - started)))
    done.set()
    return taken


def _submit(server, place, cookie):
    started = time.perf_counter()
    path = "/ecalcura/{}/trimesters/{}/{}".format(staff.hco_of(place), *staff.TRIMESTER)
    answer, page = server.get(path, {"Cookie": cookie})
    fields = {"declared": "y"} | {name: pattern.search(page)[1].decode() for name, pattern in TYPED.items()}
    answer, _ = server.post(f"{path}/submit", fields, servers.cookie(answer) or cookie)
    return time.perf_counter() - started, answer.status


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


def _p99(taken):
    return statistics.quantiles(taken, n=100)[98]
