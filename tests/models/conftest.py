"""Fixtures for the models of the hall."""
import os

import pytest

from models.accounts import second_factor
from models.database import database, now
from models.mail import letters, outbox
from tests import postgresql
from tests.hall import mails
from tests.phones import factor_of


@pytest.fixture
def mailing(register):
    """A key for the outbox and the second factors, and the address that links in mails begin with."""
    outbox.use(bytes(32))
    second_factor.use(bytes(32))
    letters.use("https://loket.voorbeeld.be")
    yield
    outbox.use(None)
    second_factor.use(None)


@pytest.fixture
def statements(register, monkeypatch):
    """Collect the statements that the database executes."""
    seen, execute = [], type(database.obj).execute_sql
    monkeypatch.setattr(type(database.obj), "execute_sql",
                        lambda self, sql, params=None: seen.append(sql) or execute(self, sql, params))
    return seen


@pytest.fixture
def start(clock):
    """The moment at which the clock stands still."""
    moment = now()
    clock(moment)
    return moment


@pytest.fixture
def administrator(cast, mailing):
    """An administrator without a second factor."""
    return cast.administrator


@pytest.fixture
def factor(administrator):
    """The administrator's phone and recovery codes; the mails about setting them up have been sent."""
    factor = factor_of(administrator)
    mails()
    return factor


@pytest.fixture
def empty_url(tmp_path):
    """The address of a database without tables."""
    if url := os.environ.get("DATABASE_URL"):
        with postgresql.template(url, f"migrating_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}") as name:
            yield postgresql.url_of(url, name)
            database.close()
        return
    yield f"sqlite:///{tmp_path / 'register.db'}"
    database.close()
