"""The fixed cast and the browser-without-a-browser that the tests share.

Tests run on a fresh SQLite file each, or, where DATABASE_URL is set, on a fresh PostgreSQL database each, both copied
from one that was migrated once.
"""
import datetime
import functools
import os
import shutil
from types import SimpleNamespace

import pytest
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

from app import create_app
from models import database, names
from models.accounts.accounts import Account
from models.accounts.passwords import hash_password
from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.register import questionnaire
from models.organisations import Organisation
from tests import postgresql
from tests.factories import NAMES_KEY
from tests.page import Page

PASSWORD = "paarse fiets zonder bel"


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A migrated, empty database to copy: a file, or a PostgreSQL database."""
    if url := os.environ.get("DATABASE_URL"):
        with postgresql.template(url, os.environ.get("PYTEST_XDIST_WORKER", "main")) as name:
            _prepare(postgresql.url_of(url, name))
            yield name
        return
    path = tmp_path_factory.mktemp("template") / "register.db"
    _prepare(f"sqlite:///{path}")
    yield path


def _prepare(url):
    database.connect(url)
    database.migrate()
    questionnaire.store(questionnaire.current(), kept_rows.options_in_use)
    database.database.close()


@pytest.fixture
def database_url(template, tmp_path):
    """The address of a fresh database of this test's own."""
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
def register(database_url):
    """The models bound to this test's database, with a key for the names: for tests without a browser."""
    database.connect(database_url)
    names.use(NAMES_KEY)
    yield database.database
    names.use(None)


@pytest.fixture(scope="session", autouse=True)
def hurried():
    """What only takes time here: waiting for the disk at each commit, and making the builders of addresses that
    a test never builds. A thousand tests each have a database and an application of their own.
    """
    make = Rule._compile_builder

    def made_when_asked(rule, append_unknown=True):
        made = functools.cache(functools.partial(make, rule, append_unknown))

        def build(self, **values):
            return made()(self, **values)

        return build

    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(database.PRAGMAS, "synchronous", "OFF")
        patched.setattr(Rule, "_compile_builder", made_when_asked)
        yield


@pytest.fixture(scope="session")
def bytecode_cache(tmp_path_factory):
    """Each test has an application of its own; the templates are compiled once."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(database_url, tmp_path, bytecode_cache):
    """The whole application on this test's database.

    No context is pushed: requests would share its `g`, and with it who is signed in.
    """
    app = create_app({
        "TESTING": True,
        "DATABASE_URL": database_url,
        "DATA_DIR": tmp_path / "data",
        "KEY_DIR": tmp_path / "keys",
        "TRUSTED_HOSTS": ["localhost"],
    })
    app.jinja_env.bytecode_cache = bytecode_cache
    return app


@pytest.fixture(scope="session")
def password_hash():
    """Argon2id takes its time: once for the whole cast."""
    return hash_password(PASSWORD)


@pytest.fixture
def cast(register, password_hash):
    """Who plays along: two organisations of one province, one of another, and an administrator of each province."""
    def organisation(name, province, email):
        made = Organisation.create_new(name, province, email)
        login = Account.create(role="organisation", organisation=made, email=email, password_hash=password_hash)
        return SimpleNamespace(organisation=made, account=login)

    def administrator(province):
        return Account.create(role="administrator", province=province, email=f"beheer.{province}@voorbeeld.be",
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
    """The organisation that most tests are about, with its login: `.organisation`, `.account`."""
    return cast.ploeg


@pytest.fixture
def page(app, cast):
    """A visitor who checks each page that it gets; sign in with `page.sign_in(cast.ploeg.account)`."""
    return Page(app)


@pytest.fixture
def signed_in(page, ploeg):
    """The same, signed in as De Ploeg."""
    page.sign_in(ploeg.account)
    return page


@pytest.fixture
def clock(monkeypatch):
    """Sets what now and today are, everywhere: `clock(datetime.datetime(2026, 3, 29, 1, 30))`, in UTC."""
    def set_to(moment):
        monkeypatch.setattr(database, "clock", lambda: moment.replace(tzinfo=datetime.UTC))

    return set_to
