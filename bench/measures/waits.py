"""Measures how long a dashboard waits beside reports, exports, sign-ins, slow senders and readers that stand still.

OLD_BUILD, if set, is the folder of another build to measure beside this one.
"""
import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

from bench.tools import load, real, servers
from bench.tools.figures import Figure, at_most
from bench.tools.registers import OF_200, make

LARGE = 1_000_000
SECONDS = 40
QUIET = 300
PAUSE = 0.02
YEAR = 2023
REPORTS = EXPORTS = STILL = 4
SIGN_INS, BODIES, HEADERS = 8, 64, 300


def run(workplace):
    """Measure, and return the figures."""
    builds = {"this build": servers.ROOT}
    if other := os.environ.get("OLD_BUILD"):
        builds["today's build"] = Path(other)
    registers = {"real register": real.make(workplace), f"{LARGE:,} clients": make(workplace, LARGE)}
    return [figure for what, register in registers.items() for name, folder in builds.items()
            for figure in _figures(f"{what}, {name}", register, folder, workplace / "servers.log")]


def _figures(what, register, folder, log):
    with servers.loket(register, log, folder) as server:
        own, *administrators = server.cookies(OF_200, REPORTS + EXPORTS + STILL)
        request = load.request("/dashboard", own)
        quiet, _ = _asked(server, request, times=QUIET)
        crowd = subprocess.Popen(
            [sys.executable, "-m", "bench.tools.crowd", str(server.port), str(SECONDS)], cwd=servers.ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        sign_ins = [_sign_in(server) for _ in range(SIGN_INS)]
        crowd.stdin.write(json.dumps(_members(administrators, sign_ins)))
        crowd.stdin.close()
        time.sleep(2)
        waited, unanswered = _asked(server, request, seconds=SECONDS - 4)
        outcomes = json.loads(crowd.stdout.read())
        crowd.wait()
        print(f"{what}: {outcomes}", flush=True)
        calm, worst = _p99(quiet), _p99(waited)
        return [
            Figure(f"{what}: a dashboard when it is quiet, p50, p99, in ms",
                   f"{statistics.median(quiet) * 1000:.1f}, {calm * 1000:.1f}"),
            Figure("  beside the crowd, p50, p99, the longest, in ms, and without an answer",
                   f"{statistics.median(waited) * 1000:.1f}, {worst * 1000:.1f}, {max(waited) * 1000:.1f};"
                   f" {unanswered} of {len(waited)}"),
            at_most("  p99 as a multiple of the quiet one", worst / calm, 20, f"{worst / calm:.1f}"),
            at_most("  the longest, in s", max(waited), 0.5, f"{max(waited):.3f}"),
            Figure("  memory of all processes after it, in MB", f"{server.memory() / 2**20:.0f}"),
        ]


def _asked(server, request, times=None, seconds=30):
    """(the seconds of each answer, how many never came): one after the other, with a pause."""
    taken, unanswered, until = [], 0, time.perf_counter() + seconds
    connection = load.Connection(server.port)
    while len(taken) < times if times else time.perf_counter() < until:
        started = time.perf_counter()
        try:
            connection.ask(request)
        except (OSError, AssertionError):
            unanswered += 1
            connection.close()
            connection = load.Connection(server.port)
        taken.append(time.perf_counter() - started)
        time.sleep(PAUSE)
    connection.close()
    return taken, unanswered


def _p99(taken):
    return statistics.quantiles(taken, n=100)[98]


def _members(administrators, sign_ins):
    """Kind → how it behaves, and the request of each member."""
    reports, exports, still = (administrators[start:start + 4] for start in (0, REPORTS, REPORTS + EXPORTS))
    return {
        "report": ("reads", [_get(f"/province/report?year={YEAR}&scope=vlaanderen", cookie) for cookie in reports]),
        "export": ("reads", [_get("/province/clients.xlsx", cookie) for cookie in exports]),
        "stands still": ("stands still", [_get("/province/clients.csv", cookie) for cookie in still]),
        "sign-in": ("reads", sign_ins),
        "slow body": ("drips", [_post("|" + "x" * 600, "")] * BODIES),
        "slow headers": ("drips", ["GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: |" + "x" * 600] * HEADERS),
    }


def _sign_in(server):
    """A sign-in with a wrong password, each time with another address: the sixth of one address is not hashed."""
    answer, page = server.get("/login")
    token = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', page)[1].decode()
    typed = {"csrf_token": token, "email": "niemand{count}@voorbeeld.be", "password": "geen wachtwoord"}
    form = urlencode(typed, safe="{}")
    return _post(form, servers.cookie(answer))


def _get(path, cookie):
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"


def _post(form, cookie):
    return (f"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Cookie: {cookie}\r\nContent-Length: {len(form.replace('|', ''))}\r\nConnection: close\r\n\r\n{form}")
