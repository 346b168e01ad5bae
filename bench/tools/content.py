"""Reads every row of a register, before and after migration 0004, as hashes that can be compared."""
import contextlib
import hashlib
import sqlite3

import psycopg

# A table's rows before the migration and after it, where they differ: 0004 moves an account's role into a grant.
ROLE = "CASE WHEN {0} IN ('organisation', 'administrator') THEN 'arbeidszorg:' || {0} ELSE {0} END"
BEFORE = {
    "account": f"""SELECT id, {ROLE.format('role')}, organisation_id, province, email, password_hash, blocked,
        contact_name, contact_telephone, contact_email, created_at, changed_at FROM account ORDER BY id""",
    "audit_entry": f"""SELECT id, made_at, event, {ROLE.format('actor')}, account_id, organisation_id, province,
        CAST(client_number AS TEXT), detail FROM audit_entry ORDER BY id""",
    "organisation": """SELECT id, name, province, sector, email, address, telephone, website, version, created_at,
        changed_at FROM organisation ORDER BY id""",
    "session": """SELECT id, token_hash, account_id, device, created_at, seen_at, ended_at, awaits_factor
        FROM session ORDER BY id""",
}
AFTER = {
    "account": """SELECT a.id, g.wing || ':' || g.role, g.tenant_id, g.province, email, password_hash, blocked,
        contact_name, contact_telephone, contact_email, created_at, changed_at
        FROM account a LEFT JOIN account_grant g ON g.account_id = a.id
        WHERE a.local ORDER BY a.id""",
    "audit_entry": """SELECT id, made_at, event, actor, account_id, tenant_id, province, subject, detail
        FROM audit_entry ORDER BY id""",
    "organisation": """SELECT o.id, name, province, sector, email, address, telephone, website, version, created_at,
        changed_at FROM organisation o JOIN tenant t ON t.id = o.id AND t.wing = 'arbeidszorg' ORDER BY o.id""",
    "session": """SELECT s.id, token_hash, s.account_id, device, created_at, seen_at, ended_at, awaits_factor
        FROM session s JOIN account_grant g ON g.id = s.grant_id AND g.account_id = s.account_id ORDER BY s.id""",
}
# Tables that gained columns in a later migration.
GREW = {
    "answer": "SELECT client_number, question, option FROM answer ORDER BY 1, 2",
    "client": """SELECT number, organisation_id, old_number, old_number_rank, old_number_key, sealed_name, birth_date,
        birth_date_unknown, home_postcode, work_postcode, incomplete, active_until, form_key, version, created_at,
        changed_at FROM client ORDER BY number""",
    "deletion_request": """SELECT id, client_number, organisation_id, account_id, reason, remark, status, answer,
        decided_by, created_at, changed_at FROM deletion_request ORDER BY id""",
    "period": """SELECT id, client_number, hours, start_date, end_date, closing_reason, outlook, form_key, version,
        created_at, changed_at FROM period ORDER BY id""",
}
# The other tables, by what their rows are in order of.
SAME = {
    "attempt": "1", "deleted_name": "1", "deletion": "1", "edition": "1", "login_move": "1", "mail": "1",
    "name_key": "1, 2", "one_time_link": "1", "past_answer": "1", "question_option": "1, 2", "recovery_code": "1",
    "register": "1", "second_factor": "1"}


def of(address, before):
    """Table → (number of rows, hash of the rows) of the database at this address; `before`: before migration 0004."""
    statements = {table: f"SELECT * FROM {table} ORDER BY {order}" for table, order in SAME.items()}
    statements |= GREW | (BEFORE if before else AFTER)
    with _connection(address) as connection:
        return {table: _hash(connection, statement) for table, statement in statements.items()}


@contextlib.contextmanager
def _connection(address):
    if address.startswith("sqlite"):
        opened = sqlite3.connect(address.removeprefix("sqlite:///"))
    else:
        opened = psycopg.connect(address)
    with contextlib.closing(opened):
        yield opened


def _hash(connection, statement):
    seen, count = hashlib.sha256(), 0
    # A named cursor reads piece by piece; SQLite always does.
    cursor = connection.cursor() if isinstance(connection, sqlite3.Connection) else connection.cursor("rows")
    with contextlib.closing(cursor):
        cursor.execute(statement)
        while rows := cursor.fetchmany(20_000):
            seen.update(repr(rows).encode())
            count += len(rows)
    return count, seen.hexdigest()
