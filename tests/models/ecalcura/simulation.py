"""Runs the simulated registers as the process of their own that they are, on a free port."""
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parents[3]
MODULE = "models.ecalcura.demonstration.simulated_registers"


class Simulation:
    """A running simulation, at `url`; `seed` is its file of people."""

    def __init__(self, *words):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.words = words
        self.process = None

    def start(self):
        """Start it, and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", MODULE, "--port", str(self.port), *map(str, self.words)], cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(500):
            with contextlib.suppress(OSError):
                self.control("normal")
                return
            time.sleep(0.02)
        raise TimeoutError("the simulated registers do not answer")

    def stop(self):
        """Stop it; return what it wrote."""
        if self.process.returncode is not None:
            return b""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        written, _ = self.process.communicate(timeout=10)
        return written

    def control(self, mode, **more):
        """Say how it answers from now on."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        with contextlib.closing(connection):
            connection.request("POST", "/control", json.dumps({"mode": mode, **more}))
            assert connection.getresponse().status == 200


@contextlib.contextmanager
def running(*words):
    """A running simulation, stopped afterwards."""
    simulation = Simulation(*words)
    simulation.start()
    try:
        yield simulation
    finally:
        simulation.stop()


def is_running(pid):
    """Whether a process with this id runs; one that ended and waits for its parent does not."""
    with contextlib.suppress(OSError):
        os.kill(pid, 0)
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return False
