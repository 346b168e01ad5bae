"""Runs the build before migration 0004 (the folder OLD_BUILD) and this one on a register, each in its own process."""
import dataclasses
import os
import re
import subprocess
import time
from pathlib import Path

from bench.tools.registers import PASSWORD
from bench.tools.servers import CORES, ROOT

WORKER = ROOT / "bench" / "against" / "either_build.py"


def old_build():
    """The folder of a checkout of the old build, which has its own .venv."""
    return Path(os.environ["OLD_BUILD"])


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


class Build:
    """A process of one build that answers requests when asked; see bench/against/either_build.py."""

    def __init__(self, folder, register, email, log):
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [folder / ".venv/bin/python", "-P", WORKER, email, PASSWORD], cwd=folder, text=True, stderr=output,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), "PYTHONHASHSEED": "0",
                     **register.environment()})
        os.sched_setaffinity(self.process.pid, CORES[:1])
        self.starts = self.process.stdout.readline() == "ready\n"

    def microseconds(self, what, times):
        """The processor time of one of `times` requests in a row."""
        self.process.stdin.write(f"{what} {times}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline()) / times * 1e6

    def end(self):
        """End the process."""
        self.process.stdin.close()
        self.process.wait()


def shows_dashboard(folder, register, email, log):
    """Whether this build starts on the register, lets an organisation sign in and shows its dashboard."""
    build = Build(folder, register, email, log)
    build.end()
    return build.starts
