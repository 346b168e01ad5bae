"""Starts servers to measure, and reads their memory and processor time; each `with` stops its own process by its id."""
import contextlib
import os
import re
import socket
import subprocess
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from bench.tools.registers import PASSWORD, email_of

ROOT = Path(__file__).parents[2]
CORES = sorted(os.sched_getaffinity(0))
READY_WITHIN = 60
STOP_WITHIN = 15


@dataclass
class Server:
    """A running server, on a port of 127.0.0.1."""

    process: subprocess.Popen
    port: int
    folder: Path = ROOT
    environment: dict = field(default_factory=dict)
    ready_after: float = 0

    def processes(self):
        """The ids of its processes: the first one and its workers."""
        seen, waiting = [], [self.process.pid]
        while waiting:
            number = waiting.pop()
            seen.append(number)
            for children in Path(f"/proc/{number}/task").glob("*/children"):
                waiting += map(int, children.read_text().split())
        return seen

    def memory(self):
        """The bytes of memory of all its processes; shared memory counts once."""
        rollups = [Path(f"/proc/{number}/smaps_rollup").read_text() for number in self.processes()]
        return sum(int(re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)[1]) * 1024 for text in rollups)

    def written(self):
        """The bytes that its processes have written to files."""
        counts = [Path(f"/proc/{number}/io").read_text() for number in self.processes()]
        return sum(int(re.search(r"^write_bytes: (\d+)", text, re.MULTILINE)[1]) for text in counts)

    def cpu_time(self):
        """The seconds of processor time that it has used."""
        fields = [Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split() for number in self.processes()]
        return sum(int(mine[11]) + int(mine[12]) for mine in fields) / os.sysconf("SC_CLK_TCK")

    def get(self, path, headers=None):
        """(response, body) of one GET."""
        return self._ask("GET", path, headers or {})

    def post(self, path, fields, cookie_):
        """(response, body) of one POST of a form."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie_}
        return self._ask("POST", path, headers, urlencode(fields))

    def _ask(self, method, path, headers, body=None):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer, answer.read()

    def cookies(self, organisation_id, administrators):
        """The Cookie headers of new sessions: one of the organisation, then those of administrators of its province."""
        script = ROOT / "bench" / "against" / "cookies.py"
        output = subprocess.run(
            [self.folder / ".venv/bin/python", "-P", script, str(organisation_id), str(administrators)],
            cwd=self.folder, check=True, capture_output=True, text=True,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(self.folder), "PORT": str(self.port),
                 **self.environment}).stdout
        return output.split("\n")[:-1]

    def sign_in(self, organisation_id):
        """Sign in by the form as this organisation; returns the value of the Cookie header."""
        answer, page = self.get("/login")
        token = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', page)[1].decode()
        form = urlencode({"csrf_token": token, "email": email_of(organisation_id), "password": PASSWORD})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie(answer)}
        answer, _ = self._ask("POST", "/login", headers, form)
        assert answer.status == 303, f"signing in: {answer.status}"
        return cookie(answer)


def cookie(answer):
    cookies = SimpleCookie("\n".join(answer.headers.get_all("Set-Cookie", [])))
    return "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())


@contextlib.contextmanager
def loket(register, log, folder=ROOT, cores=CORES[:1]):
    """Run Loket, or the build in another folder, on a register, as an operator starts it; gives the Server."""
    with _running(["-m", "flask", "--app", "app", "serve"], register.environment(), log, folder=folder,
                  cores=cores) as server:
        yield server


@contextlib.contextmanager
def demonstration(environment, log):
    """Run Loket with its demonstration in the folders of this environment, as `make run` does; gives the Server."""
    with _running(["-m", "flask", "--app", "app", "serve", "--demonstration"], environment, log) as server:
        yield server


@contextlib.contextmanager
def bare(environment, log, module="bench.against.bare"):
    """Run the function of bench/against/bare.py, or of another module there, under Granian, as Loket runs."""
    command = ["-m", "granian", f"{module}:application", "--interface", "wsgi", "--no-ws",
               "--log-level", "warning", "--workers", "1", "--blocking-threads", "4",
               "--blocking-threads-idle-timeout", "600", "--host", "127.0.0.1", "--port"]
    with _running(command, environment, log, port_last=True) as server:
        yield server


@contextlib.contextmanager
def _running(command, environment, log, port_last=False, folder=ROOT, cores=CORES[:1]):
    port = _free_port()
    started = time.perf_counter()
    with log.open("ab") as output, _on(cores):
        process = subprocess.Popen(
            [folder / ".venv/bin/python", *command, *([str(port)] if port_last else [])], cwd=folder,
            stdout=output, stderr=output,
            env={"PATH": os.environ["PATH"], "PORT": str(port), **environment})
    server = Server(process, port, folder, environment)
    try:
        _wait_for(server)
        server.ready_after = time.perf_counter() - started
        yield server
    finally:
        process.terminate()
        try:
            process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def on_the_last_core():
    """Run the measuring itself on the last core, so that it does not take the server's core if there are several."""
    return _on(CORES[-1:])


@contextlib.contextmanager
def _on(cores):
    """Bind this process, and those started within it, to these cores."""
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, CORES)


def _free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_for(server):
    until = time.perf_counter() + READY_WITHIN
    while time.perf_counter() < until:
        assert server.process.poll() is None, "the server ended by itself: see its log"
        with contextlib.suppress(OSError):
            server.get("/favicon.ico")
            return
        time.sleep(0.02)
    raise AssertionError("the server does not answer: see its log")
