"""`flask ecalcura emergency` and `flask ecalcura provider`."""
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from models.accounts import roles
from models.accounts.accounts import Account
from models.ecalcura.roles import GIVEN
from tests.conftest import ROLES
from tests.models.ecalcura.cast import facility

ROOT = Path(__file__).parents[3]


def test_an_emergency_login_is_made_without_printing_a_name(run):
    facility()
    words = ("ecalcura", "emergency", "--hco", "990001", "--role", "privacy", "--name", "Ann Maes", "--email",
             "ann@voorbeeld.be")
    assert run(*words) == (1, "Error: Roles are given here: make an access manager instead.\n")
    roles.use(ROLES, outside=GIVEN)
    code, output = run(*words)
    assert (code, output.startswith("The role is given until ")) == (0, True)
    assert "Ann" not in output
    assert "ann@" not in output
    assert Account.by_email("ann@voorbeeld.be").grants
    assert run("ecalcura", "access-manager", "create", "--hco", "990001", "--name", "Jan", "--email",
               "jan@voorbeeld.be")[1].startswith("Error: Roles are given by the OpenID provider")


def test_the_simulated_provider_is_refused_in_production(app, run):
    app.config["PRODUCTION"] = True
    code, output = run("ecalcura", "provider")
    assert (code, "not for production" in output) == (2, True)


def test_the_simulated_provider_runs_as_a_process_of_its_own_and_says_how_to_use_it(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "data"), "KEY_DIR": str(tmp_path / "keys"),
                   "WINGS": "arbeidszorg ecalcura", "PYTHONUNBUFFERED": "1"}
    environment.pop("DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "ecalcura", "provider", "--port", str(port)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert f"http://127.0.0.1:{port}" in process.stdout.readline()
        assert f"OIDC_ISSUER=http://127.0.0.1:{port} OIDC_CLIENT_ID=loket" in process.stdout.readline()
        for _ in range(50):
            try:
                found = urllib.request.urlopen(f"http://127.0.0.1:{port}/.well-known/openid-configuration", timeout=5)
                break
            except OSError:
                time.sleep(0.1)
        assert json.load(found)["issuer"] == f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        process.stdout.close()
