"""Migration 0004 on a register in use: every row is kept, and a migration that is cut off has changed nothing."""
import contextlib
import functools
import itertools
import os
import resource
import signal
import time

import peewee
import pytest

from app import create_app
from bench.tools import content
from models import names
from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.sessions import Session
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.roles import ADMINISTRATOR, ORGANISATION
from models.audit import AuditEntry, Event, record
from models.database import connect, database, is_sqlite, migrate, now, pending_migrations
from models.organisations import Organisation
from models.tenants import Tenant
from tests.factories import NAMES_KEY
from tests.models import before_grants
from tests.tables import rows_of, tables


@pytest.fixture
def url(empty_url, tmp_path):
    """The address of a register in use under the migrations before 0004."""
    before_grants.fill(empty_url, tmp_path / "before")
    return empty_url


@pytest.fixture
def migrated(url):
    """The same register, migrated and connected."""
    connect(url)
    assert migrate()[0] == "0004_grants"
    return url


def in_a_process(act):
    """Run `act` in a process of its own; return its id."""
    if child := os.fork():
        return child
    # Not the end of this process as pytest sees it: nothing else of it may run twice.
    status = 1
    with contextlib.suppress(BaseException):
        act()
        status = 0
    os._exit(status)


def result_of(child):
    """The exit status of a process, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def migrate_until(url, moment):
    """Migrate, but be killed just before the statement or just before or after the commit that has this number."""
    connect(url)
    moments = itertools.count()

    def trap(act):
        def trapped(*values, **named):
            if next(moments) == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            return act(*values, **named)
        return trapped

    def commit():
        real_commit()
        trap(lambda: None)()

    real_commit = database.obj.commit
    database.obj.commit = trap(commit)
    database.obj.execute_sql = trap(database.obj.execute_sql)
    migrate()


def everything():
    """Table → its rows and the text of its rules, as sorted text."""
    return {table: sorted(map(repr, rows_of(table))) for table in tables()}


def test_every_table_of_the_register_from_before_is_filled(url):
    connect(url)
    assert not [table for table, rows in everything().items() if not rows]


def test_every_row_is_kept(url):
    before = content.of(url, before=True)
    connect(url)
    migrate()
    database.close()
    assert content.of(url, before=False) == before


def test_a_migration_killed_at_any_moment_leaves_the_old_register_or_the_new(url):
    expected = content.of(url, before=True)
    connect(url)
    before = everything()
    pending = []
    for moment in itertools.count():
        database.close()
        if result_of(in_a_process(functools.partial(migrate_until, url, moment))) == 0:
            break
        connect(url)
        pending.append(pending_migrations())
        if "0004_grants" in pending[-1]:
            assert everything() == before, moment
    assert len(pending) >= (50 if is_sqlite() else 12)
    # Up to the commit nothing has changed; a kill right after it, and each one later, finds the new register.
    waits = ["0004_grants" in names for names in pending]
    assert waits == sorted(waits, reverse=True)
    assert not waits[-1]
    assert content.of(url, before=False) == expected


def test_processes_that_migrate_at_the_same_time_migrate_once(url):
    def act():
        connect(url)
        migrate()

    children = [in_a_process(act) for _ in range(3)]
    assert list(map(result_of, children)) == [0, 0, 0]
    connect(url)
    assert pending_migrations() == []


def test_a_login_made_while_the_migration_starts_keeps_its_role(url):
    def act():
        time.sleep(0.3)
        connect(url)
        migrate()

    child = in_a_process(act)
    connect(url)
    with database.atomic():
        database.execute_sql(
            "INSERT INTO account (role, organisation_id, email, created_at, changed_at)"
            f" VALUES ('organisation', 2, 'later@voorbeeld.be', '{now()}', '{now()}')")
        time.sleep(1)
    assert result_of(child) == 0
    account = Account.get(Account.email == "later@voorbeeld.be")
    assert [grant.code for grant in Grant.of(account.id)] == [ORGANISATION.code]


def test_a_full_disk_leaves_the_old_register(url):
    connect(url)
    if not is_sqlite():
        pytest.skip("PostgreSQL's files are its own")
    before = everything()
    database.close()

    def act():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        connect(url)
        migrate()

    assert result_of(in_a_process(act)) == 1
    connect(url)
    assert everything() == before
    assert migrate()[0] == "0004_grants"


def test_the_log_stays_append_only(migrated):
    entries = rows_of("audit_entry")
    statements = ["UPDATE audit_entry SET event = 'x'", "DELETE FROM audit_entry",
                  "INSERT INTO audit_entry (id, made_at, event, actor) VALUES (1, '2025-01-01 00:00:00', 'x', 'nobody')"
                  " ON CONFLICT (id) DO UPDATE SET event = 'x'"]
    if is_sqlite():
        statements.append("INSERT OR REPLACE INTO audit_entry (id, made_at, event, actor)"
                          " VALUES (1, '2025-01-01 00:00:00', 'x', 'nobody')")
    else:
        statements.append("TRUNCATE audit_entry")
    for statement in statements:
        with pytest.raises(peewee.IntegrityError, match="audit_entry_append_only"), database.atomic():
            database.execute_sql(statement)
    assert rows_of("audit_entry") == entries


def test_no_number_is_given_twice(migrated):
    assert Tenant.new("organisation").id == 4
    assert Account.create(email="nieuw@voorbeeld.be").id == 6
    assert Session.insert(token_hash="x", account_id=1, created_at=now(), seen_at=now()).execute() == 5
    record(Event.SIGNED_OUT)
    assert AuditEntry.select().order_by(AuditEntry.id.desc()).get().id == 8


def test_a_session_from_before_stays_signed_in(migrated):
    signed_in = Session.find(before_grants.TOKEN)
    assert (signed_in.role, signed_in.organisation.name, signed_in.province) == (
        ORGANISATION.code, "De Ploeg", "limburg")
    assert len(signed_in.grants) == 1


def test_a_name_from_before_opens(migrated):
    names.use(NAMES_KEY)
    assert Client.get_by_id(2).name == "Roos Peeters"
    names.use(None)


def test_an_organisation_with_several_logins_keeps_them(migrated):
    accounts = {account.email: account.blocked for account in Account.of(Organisation.get_by_id(1))}
    assert accounts == {"ploeg@voorbeeld.be": False, "tweede@voorbeeld.be": True}
    [of_administrator] = Grant.of(Account.get(Account.email == "beheer@voorbeeld.be").id)
    assert (of_administrator.code, of_administrator.province) == (ADMINISTRATOR.code, "limburg")


def test_a_login_from_a_clock_that_was_ahead_has_its_role_now(migrated):
    [grant] = Grant.of(Account.get(Account.email == "atelier@voorbeeld.be").id)
    assert grant.counts


def test_the_log_keeps_an_organisation_that_is_gone(migrated):
    assert AuditEntry.get(AuditEntry.event == "organisation-created").tenant_id == 3
    assert not Organisation.select().where(Organisation.id == 3).exists()


def test_the_application_starts_on_a_register_from_before_and_prepares_it(url, tmp_path):
    keys = tmp_path / "keys"
    keys.mkdir()
    for name in ("names.key", "app.key"):
        (keys / name).write_text(NAMES_KEY.hex())
        (keys / name).chmod(0o600)
    app = create_app({"DATABASE_URL": url, "DATA_DIR": tmp_path / "data", "KEY_DIR": keys})
    assert "migration 0004_grants applied" in app.test_cli_runner().invoke(args=["init"]).output
    assert pending_migrations() == []
    names.use(None)
