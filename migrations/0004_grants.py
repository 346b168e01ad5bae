"""Tenants, grants and identities in the place of roles; the log without a wing's words."""
import logging
from pathlib import Path

import peewee

from models.database import is_sqlite, now, run_script

HERE = Path(__file__).parent
PIECE = 100_000

log = logging.getLogger("loket.migrations")


def up(migrator, db):
    if not is_sqlite(db):
        # A login that an older process makes meanwhile would lose its role.
        db.execute_sql("LOCK TABLE organisation, account, session, name_key, audit_entry")
    _run(db, "0004_tables.sql")
    _begin_now(db)
    if is_sqlite(db):
        _run(db, "0004_rebuilt_sqlite.sql")
        _run(db, "0004_log_sqlite.sql")
        _copy_log(db)
        _run(db, "0004_log_copied_sqlite.sql")
        _run(db, "0004_rules_sqlite.sql")
    else:
        _run(db, "0004_altered_postgresql.sql")
        _run(db, "0004_log_postgresql.sql")
        _run(db, "0004_rules_postgresql.sql")


def _run(db, script):
    log.info("running %s", script)
    run_script(db, (HERE / script).read_text(encoding="utf-8"))


def _begin_now(db):
    """Let the grants of accounts that a clock ahead of its time made begin now: until then they would not count."""
    grants = peewee.Table("account_grant", ("id", "since")).bind(db)
    grants.update(since=now()).where(grants.since > now()).execute()


def _copy_log(db):
    """Copy the log in pieces, and log how far it is."""
    last = db.execute_sql("SELECT coalesce(max(id), 0) FROM audit_entry").fetchone()[0]
    for start in range(0, last, PIECE):
        db.execute_sql("""
            INSERT INTO new_audit_entry
            SELECT id, made_at, event,
              CASE WHEN actor IN ('organisation', 'administrator') THEN 'arbeidszorg:' || actor ELSE actor END,
              account_id, organisation_id, province, CAST(client_number AS TEXT),
              CASE event WHEN 'client-name-changed' THEN 'tenant' WHEN 'clients-exported' THEN 'tenants'
                ELSE 'province' END,
              detail
            FROM audit_entry WHERE id > ? AND id <= ?""", (start, start + PIECE))
        log.info("the log: %d of %d entries", min(start + PIECE, last), last)
