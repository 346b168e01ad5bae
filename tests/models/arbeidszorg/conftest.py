"""Fixtures for the tests of importing and exporting and of the yearly report."""
import contextlib
import datetime
import os
import shutil

import pytest

from models import names
from models.arbeidszorg.transfer.importing import import_register
from models.arbeidszorg.transfer.report_files import Report
from models.database import connect, database
from tests import postgresql
from tests.factories import NAMES_KEY, client_of, period_of
from tests.old_register import write


@pytest.fixture
def run(register, tmp_path):
    """Import a file, or a file with these rows, and return the result; the report is written to the test's folder."""
    def run(*rows, path=None, **options):
        path = path or write(tmp_path, *rows)
        with Report(path, tmp_path, dry_run=options.get("dry_run", False)) as report:
            return import_register(path, report, **options)

    return run


@pytest.fixture
def start_anew(template, tmp_path):
    """Continue, when called, in another installation: an empty database with another key for names."""
    with contextlib.ExitStack() as stack:
        def start_anew():
            if url := os.environ.get("DATABASE_URL"):
                fresh = postgresql.url_of(url, stack.enter_context(postgresql.copy_of(url, template)))
            else:
                fresh = f"sqlite:///{shutil.copy(template, tmp_path / 'elsewhere.db')}"
            database.close()
            connect(fresh)
            names.use(bytes(reversed(NAMES_KEY)))

        yield start_anew
        database.close()


@pytest.fixture
def enrol(cast):
    """Register a client of De Ploeg with these periods, each (start, end, hours, outlook), and these answers."""
    def enrol(*periods, login=None, **answers):
        login = login or cast.ploeg
        client = client_of(login, **{"birth_date": datetime.date(1980, 1, 1), **answers})
        for start, end, *more in periods:
            hours, outlook = (*more, *("12.5", "higher")[len(more):])
            period_of(client, login, start, end, hours, outlook=outlook if end else None)
        return client

    return enrol
