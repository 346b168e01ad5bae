"""Measures Loket's use of machine and connection: memory, time to start, bytes of a first visit and of a fragment."""
import re
import statistics
import subprocess
import sys
import time
from urllib.parse import urljoin

from bench.measures.dashboard import PARTIAL, PATH, SMALL, partial
from bench.tools import load, servers
from bench.tools.figures import Figure, at_most, middle
from bench.tools.registers import OF_200, make

ROUNDS = 9
REQUESTS = 1_000
BROWSER = {"Accept-Encoding": "gzip, deflate, br", "Accept": "*/*", "Accept-Language": "nl"}
IMPORTS = {
    "Loket": "from app import create_app; create_app()",
    "Flask and peewee alone": "import flask, peewee",
}


def run(workplace):
    """Measure, and return the figures."""
    register = make(workplace, SMALL)
    log = workplace / "servers.log"
    figures = _start_up(register)
    with servers.loket(register, log) as server:
        figures.append(Figure("From `flask serve` to the first answer, in s", f"{server.ready_after:.2f}"))
        cookie = server.sign_in(OF_200)
        figures += [*_bytes(server, cookie), *_memory(server, cookie)]
    return figures


def _start_up(register):
    taken = {name: [] for name in IMPORTS}
    for _ in range(ROUNDS):
        for name, code in IMPORTS.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, cwd=servers.ROOT, env=register.environment())
            taken[name].append((time.perf_counter() - started) * 1000)
    ratios = [one / other for one, other in zip(*taken.values(), strict=True)]
    return [
        *(Figure(f"Start of Python with {name}, in ms", middle(times)) for name, times in taken.items()),
        Figure("  times as long", middle(ratios, 2)),
    ]


def _bytes(server, cookie):
    page, body = server.get("/login", BROWSER)
    paths = {urljoin("/login", path.decode()) for path in re.findall(rb'(?:src|href)="(/static/[^"]+)"', body)}
    sizes = {"/login": _size(page, body)}
    for path in sorted(paths):
        answer, content = server.get(path, BROWSER)
        assert answer.status == 200, path
        sizes[path] = _size(answer, content)
    for path, size in sizes.items():
        print(f"  {size:6,} bytes {path}")
    answer, content = server.get(PATH, {"Cookie": cookie, **BROWSER, **PARTIAL})
    whole = sum(sizes.values())
    return [
        at_most(f"First visit: the sign-in page and its {len(paths)} files, in bytes with their headers", whole, 60_000,
                f"{whole:,}"),
        at_most("Partial of 25 rows, in bytes as sent, without its headers", len(content), 5_000, f"{len(content):,}"),
        Figure("  its headers", f"{_size(answer, b''):,}"),
    ]


def _size(answer, body):
    """The bytes of a response and its headers, as HTTP/1.1 sends them."""
    headers = sum(len(name) + len(value) + len(": \r\n") for name, value in answer.getheaders())
    return len("HTTP/1.1 200 OK\r\n") + headers + len("\r\n") + len(body)


def _memory(server, cookie):
    before, written = server.memory(), server.written()
    connection = load.Connection(server.port)
    times = load.seconds_each(connection, partial(cookie), REQUESTS)
    connection.close()
    after = server.memory()
    return [
        Figure("Memory of all processes together, once started", f"{before / 2**20:.0f} MB"),
        Figure(f"  after {REQUESTS:,} requests", f"{after / 2**20:.0f} MB, {len(server.processes())} processes"),
        Figure("  bytes written to files meanwhile", f"{server.written() - written:,}"),
        Figure("  a request on one connection, in ms", f"{statistics.median(times) * 1000:.2f}"),
    ]
