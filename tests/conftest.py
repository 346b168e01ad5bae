"""Fixtures that the tests share: a database, the application, a fixed cast, and a page that a test client requests.

Each test has a fresh SQLite file, or a fresh PostgreSQL database if DATABASE_URL is set, copied from one that is
migrated once.
"""
import datetime
import functools
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

from app import WINGS, create_app, records
from commands.ecalcura import preparing
from models import database, names, patience
from models.accounts import roles
from models.accounts.passwords import hash_password
from models.arbeidszorg.deletion import kept_rows, retention
from models.arbeidszorg.register import answers, questionnaire
from models.arbeidszorg.roles import ADMINISTRATOR, ORGANISATION
from models.ecalcura.retention import terms
from models.organisations import Organisation
from tests import postgresql
from tests.factories import NAMES_KEY, account_with, ask
from tests.page import Page

collect_ignore = ["dummy_wing"]  # tests/test_dummy_wing.py runs its tests
PASSWORD = "paarse fiets zonder bel"
QUESTIONNAIRE = Path(__file__).parent / "questionnaire.toml"
NEVER = -1
RETENTION_YEARS = 10
ASKED = questionnaire.load(QUESTIONNAIRE)
# In the tests every wing is on.
RECORDS = records(WINGS)
ROLES = [audience.role for wing in RECORDS for audience in wing.audiences]
roles.use(ROLES)
# Already while the tests are collected: some read the columns of a file then.
questionnaire.use(ASKED)


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A migrated, empty database to copy: the path of a SQLite file, or the name of a PostgreSQL database."""
    if url := os.environ.get("DATABASE_URL"):
        with postgresql.template(url, os.environ.get("PYTEST_XDIST_WORKER", "main")) as name:
            _prepare(postgresql.url_of(url, name))
            yield name
        return
    path = tmp_path_factory.mktemp("template") / "register.db"
    _prepare(f"sqlite:///{path}")
    yield path


@pytest.fixture(autouse=True)
def own_questionnaire():
    """The tests' own questionnaire, whichever the test before used; tests of the shipped one ask for `shipped`."""
    roles.use(ROLES)
    # A worker that an earlier test made waits as a server does.
    patience.for_commands()
    # In most tests a change keeps what it replaces, however soon it comes; those about corrections ask for `corrected`.
    answers.use(NEVER)
    retention.use(RETENTION_YEARS)
    terms.use()
    questionnaire.use(ASKED)
    return ASKED


def _prepare(url):
    database.connect(url)
    database.use_migrations(wing.migrations for wing in RECORDS if wing.migrations)
    database.migrate()
    # A test that needed no database may have used others.
    roles.use(ROLES)
    roles.store()
    questionnaire.store(ASKED, kept_rows.options_in_use)
    preparing.store()
    database.database.close()


@pytest.fixture
def database_url(template, tmp_path):
    """The URL of a fresh database for this test."""
    if url := os.environ.get("DATABASE_URL"):
        with postgresql.copy_of(url, template) as name:
            yield postgresql.url_of(url, name)
            database.database.close()
        return
    path = tmp_path / "register.db"
    shutil.copy(template, path)
    yield f"sqlite:///{path}"
    database.database.close()


@pytest.fixture
def empty_url(tmp_path):
    """The URL of a database without tables."""
    if url := os.environ.get("DATABASE_URL"):
        with postgresql.template(url, f"empty_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}") as name:
            yield postgresql.url_of(url, name)
            _disconnect()
        return
    yield f"sqlite:///{tmp_path / 'empty.db'}"
    _disconnect()


def _disconnect():
    if database.database.obj:
        database.database.close()


@pytest.fixture
def register(database_url):
    """Binds the models to this test's database and sets a key for the names; for tests without the application."""
    database.connect(database_url)
    names.use(NAMES_KEY)
    yield database.database
    names.use(None)


@pytest.fixture
def shipped(register):
    """The questionnaire that Loket ships instead of the tests' own: for the old register's data."""
    shipped = questionnaire.load()
    ask(shipped)
    return shipped


@pytest.fixture(scope="session", autouse=True)
def hurried():
    """Skips work that only costs time in tests, which each have their own database and application: waiting for the
    disk at each commit, and compiling a builder for each route before an address of it is built.
    """
    make = Rule._compile_builder

    def made_on_first_use(rule, append_unknown=True):
        builder = functools.cache(functools.partial(make, rule, append_unknown))

        def build(self, **values):
            return builder()(self, **values)

        return build

    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(database.PRAGMAS, "synchronous", "OFF")
        patched.setattr(Rule, "_compile_builder", made_on_first_use)
        yield


@pytest.fixture(scope="session")
def bytecode_cache(tmp_path_factory):
    """Compiled templates that the applications of all tests share."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def settings(database_url, tmp_path):
    """The settings of the application; a folder of tests can add others."""
    return {
        "TESTING": True,
        "DATABASE_URL": database_url,
        "DATA_DIR": tmp_path / "data",
        "KEY_DIR": tmp_path / "keys",
        "TRUSTED_HOSTS": ["localhost"],
        "QUESTIONNAIRE": QUESTIONNAIRE,
        "CORRECTION_DAYS": NEVER,
        "RETENTION_YEARS": RETENTION_YEARS,
        "KEEP_STAFF_MONTHS": 12,
        "WINGS": WINGS,
    }


@pytest.fixture
def app(settings, bytecode_cache):
    """The application on this test's database.

    No application context is pushed: requests would share its `g`, and so the signed-in account.
    """
    app = create_app(settings)
    app.jinja_env.bytecode_cache = bytecode_cache
    return app


@pytest.fixture(scope="session")
def password_hash():
    """The hash of PASSWORD, made once for all tests: Argon2id is slow on purpose."""
    return hash_password(PASSWORD)


@pytest.fixture
def cast(register, password_hash):
    """Two organisations of one province and one of another, with logins, and an administrator of each province."""
    def organisation(name, province, email):
        made = Organisation.create_new(name, province, email)
        login = account_with(ORGANISATION, made, email=email, password_hash=password_hash)
        return SimpleNamespace(organisation=made, account=login)

    def administrator(province):
        return account_with(ADMINISTRATOR, province, email=f"beheer.{province}@voorbeeld.be",
                              password_hash=password_hash)

    return SimpleNamespace(
        ploeg=organisation("De Ploeg", "oost-vlaanderen", "ploeg@voorbeeld.be"),
        outsider=organisation("Het Atelier", "oost-vlaanderen", "atelier@voorbeeld.be"),
        elsewhere=organisation("De Winning", "limburg", "winning@voorbeeld.be"),
        administrator=administrator("oost-vlaanderen"),
        other_administrator=administrator("limburg"),
    )


@pytest.fixture
def ploeg(cast):
    """The organisation that most tests are about: `.organisation`, and its login `.account`."""
    return cast.ploeg


@pytest.fixture
def page(app, cast):
    """A `Page`, not signed in; `page.sign_in(cast.ploeg.account)` signs in."""
    return Page(app)


@pytest.fixture
def signed_in(page, ploeg):
    """A `Page`, signed in as De Ploeg."""
    page.sign_in(ploeg.account)
    return page


@pytest.fixture
def clock(monkeypatch):
    """Sets the present moment everywhere: `clock(datetime.datetime(2026, 3, 29, 1, 30))`, in UTC."""
    def set_to(moment):
        monkeypatch.setattr(database, "clock", lambda: moment.replace(tzinfo=datetime.UTC))

    return set_to
