"""Checks that the repository holds no secrets or data (ASVS 13.3.1)."""
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECRETS = re.compile(
    rb"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]{20}"  # a PEM key
    rb"|^[0-9a-f]{64}\s*$"  # a key as models/keys.py writes it
    rb"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abps]-[0-9A-Za-z-]{10,}"  # cloud services
    rb"|://[^\s/:@`]+:(?!password@)[^\s/@`{}$]+@(?!host\b)",  # a URL with a password
    re.MULTILINE)
NEVER = re.compile(r"(^|/)(instance/|\.env$|[^/]+\.(key|pem|p12|pfx|db|db-wal|sqlite3?|eml|xlsx)$)")


@pytest.fixture(scope="module")
def files():
    """The names of all tracked files."""
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if answer.returncode:
        pytest.skip("this is no clone: nothing says which files are kept")
    return [name for name in answer.stdout.decode().split("\0") if name and (ROOT / name).exists()]


def test_no_key_database_or_mail_is_tracked(files):
    assert len(files) > 100
    assert [name for name in files if NEVER.search(name)] == []


def test_no_tracked_file_holds_a_secret(files):
    found = {name: match[0][:40] for name in files if (match := SECRETS.search((ROOT / name).read_bytes()))}
    assert found == {}


def test_files_of_an_installation_are_ignored_by_git():
    made = ["instance/data/loket.db", "instance/keys/names.key", "instance/data/mail/x.eml"]
    answer = subprocess.run(["git", "check-ignore", *made], cwd=ROOT, capture_output=True, check=False, text=True)
    if answer.returncode == 128:
        pytest.skip("this is no clone: nothing says which files are kept")
    assert answer.stdout.split() == made


@pytest.mark.parametrize("secret", [
    b"-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49", b"ab" * 32 + b"\n",
    b"postgresql://loket:" + b"geheim@db.voorbeeld.be/loket"])
def test_a_secret_would_be_found(secret):
    assert SECRETS.search(b"first line\n" + secret)
