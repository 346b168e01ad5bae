"""The settings of a connection to SQLite."""
import importlib.util

import pytest

from models import database
from models.database import is_sqlite


def test_a_commit_waits_for_the_disk_and_freed_pages_are_overwritten():
    """The module is loaded again, because in the tests no commit waits for the disk (conftest.py)."""
    spec = importlib.util.spec_from_file_location("database_read_anew", database.__file__)
    anew = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(anew)
    assert anew.PRAGMAS == {
        "journal_mode": "wal", "synchronous": "FULL", "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0}


def test_each_connection_has_the_pragmas(register):
    if not is_sqlite():
        pytest.skip("only SQLite has pragmas")
    told = {name: register.pragma(name) for name in database.PRAGMAS}
    assert told == {**database.PRAGMAS, "synchronous": 0}
