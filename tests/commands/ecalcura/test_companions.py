"""A demonstration has simulated registers beside its server."""
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import create_app
from commands import serving
from models.database import database


@pytest.fixture
def started(tmp_path, monkeypatch):
    """Serves with `changes` to the settings: returns the programs that it starts, and the environment of the server."""
    programs, served = [], []
    monkeypatch.setattr(serving, "check_address", lambda host, port: None)
    monkeypatch.setattr(os, "execve", lambda *words: served.append(words))
    monkeypatch.setattr(subprocess, "Popen", lambda command, cwd: programs.append((command, cwd)))

    def serve(*words, **changes):
        folders = {"DATA_DIR": tmp_path / "data", "KEY_DIR": tmp_path / "keys"}
        app = create_app({**folders, "WINGS": ["ecalcura"], **changes})
        result = app.test_cli_runner().invoke(args=("serve", *words))
        assert result.exit_code == 0, result.output
        return programs, served[0][2]

    yield serve
    database.close()


def test_a_demonstration_starts_simulated_registers_that_end_with_it(started):
    (program,), environment = started("--demonstration")
    command, folder = program
    assert command[:3] == (sys.executable, "-m", "models.ecalcura.demonstration.simulated_registers")
    assert command[-2:] == ("--with-parent", str(os.getpid()))
    port = command[command.index("--port") + 1]
    assert environment["REGISTERS_URL"] == f"http://127.0.0.1:{port}"
    assert environment["SIMULATED_REGISTERS"] == "1"
    assert (Path(folder) / "app.py").exists()


def test_a_demonstration_with_registers_of_its_own_starts_no_others(started):
    programs, environment = started("--demonstration", REGISTERS_URL="http://127.0.0.1:8010")
    assert programs == []
    assert environment.get("SIMULATED_REGISTERS") == os.environ.get("SIMULATED_REGISTERS")


def test_without_demonstration_nothing_is_simulated(started):
    programs, environment = started()
    assert programs == []
    assert environment.get("SIMULATED_REGISTERS") == os.environ.get("SIMULATED_REGISTERS")
