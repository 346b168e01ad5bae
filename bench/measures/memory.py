"""Measures the memory of all processes together after a day's work on the real register, and after four reports.

The work is done at once, as it comes in the worst case; then nobody asks for anything for IDLE seconds.
"""
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

from bench.tools import real, servers
from bench.tools.figures import Figure, at_most
from models.arbeidszorg.report.report import FLANDERS
from models.database import today

SIGN_INS = 7
REPORTS = 4
IDLE = 75
AFTER_A_DAY, AFTER_REPORTS = 110, 150


def run(workplace):
    """Measure, and return the figures."""
    register = real.copy(real.make(workplace), workplace / "memory")
    visitors = real.sign_in(register)
    year = today().year - 1
    report = f"/province/report?year={year}&scope={FLANDERS}"
    with servers.loket(register, workplace / "servers.log") as server:
        started = server.memory()
        at_once(SIGN_INS, lambda number: server.sign_in(visitors.organisation_id + number % 2))
        signed_in, written = server.memory(), server.written()
        for path in ("/dashboard", "/export.csv", "/export.xlsx"):
            get(server, path, visitors.organisation)
        for path in ("/province/clients", "/province/clients.csv", "/province/clients.xlsx", report):
            get(server, path, visitors.administrator)
        time.sleep(IDLE)
        day, written = server.memory(), server.written() - written
        at_once(REPORTS, lambda _: get(server, report, visitors.administrator))
        highest = server.memory()
        time.sleep(IDLE)
        reports = server.memory()
    return [
        Figure("Memory of all processes together, once started", _in_mb(started)),
        Figure(f"  after {SIGN_INS} sign-ins at once", _in_mb(signed_in)),
        at_most(f"  after {SIGN_INS} sign-ins, exports and a report, in MB", day / 2**20, AFTER_A_DAY, _in_mb(day)),
        Figure("  written to files by the exports and the report", f"{written:,} bytes"),
        Figure(f"  when {REPORTS} reports of Flanders have just been sent", _in_mb(highest)),
        at_most("  some time after these, in MB", reports / 2**20, AFTER_REPORTS, _in_mb(reports)),
    ]


def at_once(times, do):
    """Call `do(number)` for each number at the same time, and wait."""
    with ThreadPoolExecutor(times) as threads:
        list(threads.map(do, range(times)))


def get(server, path, cookie):
    """Ask for a page or a file, to its last byte."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=300)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    size = len(answer.read())
    connection.close()
    assert answer.status == 200, (path, answer.status)
    return size


def _in_mb(size):
    return f"{size / 2**20:.0f} MB"
