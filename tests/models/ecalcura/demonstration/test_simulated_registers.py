"""The simulated registers: made-up people, and a process that ends with the server beside which it runs."""
import json
import subprocess
import sys
import time

import pytest

from models.ecalcura.demonstration.simulated_registers import MODES, SEED
from models.ecalcura.people import numbers
from models.ecalcura.people.register_client import HttpRegisters
from tests.models.ecalcura.cast import number_of
from tests.models.ecalcura.simulation import MODULE, ROOT, is_running, running


def test_every_number_is_valid_and_belongs_to_nobody():
    people = json.loads(SEED.read_text(encoding="utf-8"))
    assert len(people) > 600
    assert len({person["number"] for person in people}) == len(people)
    for person in people:
        assert numbers.clean(person["number"]) == person["number"]
        # These sequences are not given out.
        assert person["number"][6:9] in ("000", "999")


@pytest.mark.usefixtures("register")
def test_it_writes_nothing_about_the_questions():
    with running() as simulation:
        client = HttpRegisters(simulation.url)
        for mode in MODES:
            simulation.control(mode)
            client.find_person(number_of())
        assert simulation.stop() == b""


def test_it_ends_when_the_process_that_started_it_ends():
    script = ("import os, subprocess, sys, time; child = subprocess.Popen([sys.executable, '-m', sys.argv[1], "
              "'--port', '0', '--with-parent', str(os.getpid())]); print(child.pid, flush=True); time.sleep(60)")
    parent = subprocess.Popen([sys.executable, "-c", script, MODULE], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    time.sleep(1)
    assert is_running(child)
    parent.kill()
    parent.wait(10)
    for _ in range(100):
        if not is_running(child):
            break
        time.sleep(0.1)
    assert not is_running(child)
    parent.stdout.close()
