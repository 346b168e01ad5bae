"""The programs that run beside a demonstration of ecalcura."""
import os
import socket
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from views.hall.wing import Companion

SIMULATION = "models.ecalcura.demonstration.simulated_registers"


def companions(settings: Mapping[str, Any]) -> Iterator[Companion]:
    """Yield the simulated registers on a free port, if no registers are set."""
    if settings["REGISTERS_URL"]:
        return
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    yield Companion((sys.executable, "-m", SIMULATION, "--port", port, "--with-parent", str(os.getpid())),
                    {"SIMULATED_REGISTERS": "1", "REGISTERS_URL": f"http://127.0.0.1:{port}"})
