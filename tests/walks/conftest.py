"""Fixtures of the walks: an account for each grant, and a row for each kind of id in an address."""
import sqlite3
from types import SimpleNamespace

import pytest

from models.accounts.sessions import Session
from models.database import database, is_sqlite
from tests.walks import registry
from views.shell import progress

_kept = {}


@pytest.fixture(autouse=True)
def _without_threads(monkeypatch):
    """A thread would wait for the transaction that a test holds open, or go on when the test has ended."""
    monkeypatch.setattr(progress, "in_a_thread", lambda function, *arguments: function(*arguments))
    monkeypatch.setattr(progress, "database", SimpleNamespace(close=lambda: None))


@pytest.fixture
def walk(cast):
    """Everything of tests/walks/registry.py, made once and then copied: making it takes longer than most tests do.

    The copy replaces the test's register, which may hold only the cast.
    """
    assert not Session.select().exists()
    if not is_sqlite():
        return registry.make(cast)
    if _kept:
        _kept["register"].backup(database.connection())
    else:
        _kept["made"], _kept["register"] = registry.make(cast), sqlite3.connect(":memory:", check_same_thread=False)
        database.connection().backup(_kept["register"])
    return registry.again(_kept["made"])


@pytest.fixture
def people(walk):
    """(role, whose) → the account with that grant; None for nobody."""
    return walk.people


@pytest.fixture
def rows(walk):
    """Argument → a row of De Ploeg or its province, for each kind of id in an address."""
    return walk.rows
