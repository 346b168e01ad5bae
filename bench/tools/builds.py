"""Runs an earlier build (the folder OLD_BUILD) and this one on a register, each in its own process."""
import dataclasses
import json
import os
import re
import subprocess
import time
from pathlib import Path

from bench.tools.registers import PASSWORD, Register
from bench.tools.servers import CORES, ROOT

WORKER = ROOT / "bench" / "against" / "either_build.py"


def old_build():
    """The folder of a checkout of the old build, which has its own .venv."""
    return Path(os.environ["OLD_BUILD"])


def made_by_old(workplace, size):
    """The register of this size that the old build's own bench makes in `workplace`."""
    command = f"from bench.tools.registers import make; make({str(workplace)!r}, {size})"
    subprocess.run([old_build() / ".venv/bin/python", "-c", command], cwd=old_build(), check=True)
    return Register(workplace / f"register-{size}", size)


@dataclasses.dataclass(frozen=True)
class Used:
    """The use of a process: seconds, seconds of processor time, bytes of memory at its highest; and its exit status."""

    seconds: float
    processor: float
    memory: int
    status: int


def init(register, log, kill_after=None):
    """Run `flask init` of this build on a register, killed after this number of seconds; returns its use."""
    with log.open("ab") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            [ROOT / ".venv/bin/python", "-m", "flask", "--app", "app", "init"], cwd=ROOT, stdout=output, stderr=output,
            env={"PATH": os.environ["PATH"], **register.environment()})
    ended, memory = 0, 0
    while not ended:
        if kill_after is not None and time.perf_counter() - started >= kill_after:
            process.kill()
        # The kernel's own maximum (ru_maxrss) begins with that of the process that forks.
        if found := re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text()):
            memory = max(memory, int(found[1]) * 1024)
        time.sleep(0.01)
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Used(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, memory, process.returncode)


@dataclasses.dataclass(frozen=True)
class Request:
    """A request by the login `email`; with a `form` it is posted, with the token that Flask-WTF asks for."""

    email: str
    path: str
    headers: dict = dataclasses.field(default_factory=dict)
    form: dict = dataclasses.field(default_factory=dict)


class Build:
    """A process of one build that answers requests when asked; see bench/against/either_build.py."""

    def __init__(self, folder, register, log):
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [folder / ".venv/bin/python", "-P", WORKER, PASSWORD], cwd=folder, text=True, stderr=output,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), "PYTHONHASHSEED": "0",
                     **register.environment()})
        os.sched_setaffinity(self.process.pid, CORES[:1])
        self.starts = self.process.stdout.readline() == "ready\n"

    def ask(self, request, times=1):
        """(microseconds of processor time a request, bytes of an answer) of this many in a row; None if it fails."""
        self.process.stdin.write(json.dumps({**dataclasses.asdict(request), "times": times}) + "\n")
        self.process.stdin.flush()
        seconds, _, size = self.process.stdout.readline().partition(" ")
        return (float(seconds) / times * 1e6, int(size)) if size else None

    def end(self):
        """End the process."""
        self.process.stdin.close()
        self.process.wait()


def shows_dashboard(folder, register, email, log):
    """Whether this build starts on the register, lets an organisation sign in and shows its dashboard."""
    build = Build(folder, register, log)
    shown = build.starts and build.ask(Request(email, "/dashboard"))
    build.end()
    return bool(shown)
