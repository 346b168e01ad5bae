"""Makes a register as the build before migration 0004 left it: every table filled, a log of over a million entries.

The clients are made by that build's own bench (the folder OLD_BUILD); the rows of the other tables are added here, as
that build wrote them.
"""
import datetime
import json
import sqlite3

from bench.tools.builds import made_by_old
from bench.tools.registers import Register
from models.database import now
from models.organisations import PROVINCES

ENTRIES = 1_200_000
DELETED = 200
# Nothing is due yet, so that preparing the database changes nothing else.
MOMENT, LATER = str(now()), str(now() + datetime.timedelta(days=10))

# (event, actor, whether it is about a client). One of 12 is about a whole province, as an export without names.
EVENTS = (
    ("client-viewed", "organisation", True), ("client-changed", "organisation", True),
    ("client-name-changed", "organisation", True), ("period-added", "organisation", True),
    ("client-registered", "organisation", True), ("signed-in", "organisation", False),
    ("organisation-changed", "administrator", False), ("client-deleted", "administrator", True),
    ("clients-exported", "administrator", None), ("rows-exported", "administrator", None),
    ("organisation-created", "operator", False), ("sign-in-failed", "nobody", False))


def make(workplace, size):
    """The register of this size that the old build makes in `workplace`, filled; made once."""
    register = Register(workplace / "before" / f"register-{size}", size)
    filled = register.folder / "filled"
    if filled.exists():
        return register
    made_by_old(workplace / "before", size)
    fill(register.database)
    filled.touch()
    return register


def fill(path, entries=ENTRIES, deleted=DELETED):
    """Fill the tables that are empty, and let `deleted` clients be deleted."""
    bulk = sqlite3.connect(path, isolation_level=None)
    bulk.execute("PRAGMA synchronous = OFF")
    bulk.execute("PRAGMA foreign_keys = ON")
    organisations = dict(bulk.execute("SELECT id, province FROM organisation"))
    clients = bulk.execute("SELECT count(*) FROM client").fetchone()[0]
    bulk.execute("BEGIN IMMEDIATE")
    administrators = _accounts(bulk, organisations)
    _beside_accounts(bulk, administrators)
    _deletions(bulk, administrators, min(deleted, clients // 10))
    _log(bulk, organisations, administrators, clients, entries)
    bulk.execute("COMMIT")
    bulk.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    bulk.close()


def _accounts(bulk, organisations):
    """Add administrators, blocked logins and second logins of an organisation; return province → administrator's id."""
    moments = (MOMENT, MOMENT)
    bulk.executemany(
        "INSERT INTO account (role, province, email, contact_name, created_at, changed_at)"
        " VALUES ('administrator', ?, ?, 'Els', ?, ?)",
        [(province, f"beheer{turn}@{province}.be", *moments) for province in PROVINCES for turn in range(3)])
    # The tables allowed a second login of an organisation, although no page made one.
    bulk.executemany(
        "INSERT INTO account (role, organisation_id, email, blocked, created_at, changed_at)"
        " VALUES ('organisation', ?, ?, ?, ?, ?)",
        [(one, f"tweede{one}@voorbeeld.be", one % 2, *moments) for one in list(organisations)[::100]])
    bulk.execute("UPDATE account SET blocked = 1 WHERE id % 50 = 7")
    return dict(bulk.execute("SELECT province, min(id) FROM account WHERE role = 'administrator' GROUP BY 1"))


def _beside_accounts(bulk, administrators):
    """Sessions, links, attempts, mails, second factors, moves, earlier answers and editions."""
    add = {
        "session (account_id, token_hash, device, created_at, seen_at, ended_at, awaits_factor)": """
            SELECT a.id, hex(randomblob(32)), 'Firefox', '{0}', '{0}', iif(n % 2, '{1}', NULL), n = 3
            FROM account a, (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3)""",
        "one_time_link (account_id, kind, token_hash, new_email, created_at, expires_at)": """
            SELECT id, 'email', hex(randomblob(32)), 'nieuw' || id || '@voorbeeld.be', '{0}', '{1}'
            FROM account WHERE id % 3 = 0""",
        "attempt (subject, made_at)": "SELECT email, '{0}' FROM account WHERE id % 5 = 0",
        "mail (recipient, subject, created_at, next_try_at, sent_at)": """
            SELECT email, 'Uitnodiging', '{0}', '{0}', '{1}' FROM account""",
        "second_factor (account_id, sealed_secret, last_step, created_at)": """
            SELECT id, randomblob(60), 58000000 + id, '{0}' FROM account WHERE role = 'administrator'""",
        "recovery_code (code_hash, account_id, created_at)": """
            SELECT hex(randomblob(32)), account_id, '{0}' FROM second_factor, (SELECT 1 UNION SELECT 2)""",
        "login_move (account_id, old_email, new_email, status, asked_by, created_at, effective_at, ended_at)": """
            SELECT id, email, 'verhuisd' || id || '@voorbeeld.be', iif(id % 2, 'pending', 'cancelled'), {2},
              '{0}', '{1}', iif(id % 2, NULL, '{1}')
            FROM account WHERE id % 20 = 1 AND role = 'organisation' AND NOT blocked""",
        "past_answer (client_number, question, value, until, made_at)": """
            SELECT number, 'home_postcode', '9000', '2024-05-05', '{0}' FROM client WHERE number % 10 = 2""",
        "edition (year, scope, reference_day, account_id, counted_at, published_at, contents, hash)": """
            SELECT 2024, province, '2025-02-01', id, '{0}', '{1}', '{{}}', lower(hex(randomblob(32)))
            FROM account WHERE role = 'administrator'""",
    }
    for table, rows in add.items():
        statement = f"INSERT INTO {table} {rows.format(MOMENT, LATER, min(administrators.values()))}"
        bulk.execute(statement)


def _deletions(bulk, administrators, count):
    """Requests of deletion, and clients deleted with their names kept."""
    bulk.execute("""
        INSERT INTO deletion_request (
          client_number, organisation_id, account_id, reason, status, created_at, changed_at)
        SELECT c.number, c.organisation_id, a.id, 'double', iif(c.number % 2, 'approved', 'withdrawn'), ?, ?
        FROM client c JOIN account a ON a.organisation_id = c.organisation_id WHERE c.number <= ?
        GROUP BY c.number""", (MOMENT, MOMENT, 2 * count))
    bulk.execute("""
        INSERT INTO deletion (client_number, organisation_id, account_id, reason, registered_at, kept_rows, deleted_at)
        SELECT number, organisation_id, ?, 'double', ?, ?, ? FROM client WHERE number <= ? AND number % 2""",
        (min(administrators.values()), MOMENT, json.dumps({"client": []}), LATER, count))
    bulk.execute("""
        INSERT INTO deleted_name SELECT number, sealed_name FROM client
        WHERE sealed_name IS NOT NULL AND number IN (SELECT client_number FROM deletion)""")
    for table in ("answer", "past_answer", "period"):
        gone = f"DELETE FROM {table} WHERE client_number IN (SELECT client_number FROM deletion)"
        bulk.execute(gone)
    bulk.execute("DELETE FROM client WHERE number IN (SELECT client_number FROM deletion)")


def _log(bulk, organisations, administrators, clients, entries):
    ids = list(organisations)
    accounts = dict(bulk.execute(
        "SELECT organisation_id, min(id) FROM account WHERE role = 'organisation' GROUP BY 1"))

    def entry(number):
        event, actor, of_client = EVENTS[number % len(EVENTS)]
        organisation = ids[number * 2654435761 % len(ids)]
        province = organisations[organisation]
        account = {"administrator": administrators[province], "operator": None}.get(actor, accounts[organisation])
        detail = json.dumps({"rows": number}) if of_client is None else "{}"
        moment = f"2025-{1 + number // 31 % 12:02}-{1 + number % 28:02} 10:{number % 60:02}:00"
        return (moment, event, actor, account, None if of_client is None else organisation, province,
                1 + number * 7919 % clients if of_client else None, detail)

    bulk.executemany(
        "INSERT INTO audit_entry (made_at, event, actor, account_id, organisation_id, province, client_number, detail)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(entry, range(entries)))
