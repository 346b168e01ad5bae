"""The pages of administrators: second factors, moves of logins, deletions, and the identity of the register."""
import secrets
from pathlib import Path

from models.database import is_sqlite, run_script

HERE = Path(__file__).parent


def up(migrator, db):
    run_script(db, (HERE / "0002_tables.sql").read_text(encoding="utf-8"))
    rules = "0002_rules_sqlite.sql" if is_sqlite(db) else "0002_rules_postgresql.sql"
    run_script(db, (HERE / rules).read_text(encoding="utf-8"))
    # Drawn once: a restored backup keeps the identity of the register, a new installation gets another.
    insert = "INSERT INTO register (id) VALUES (?)" if is_sqlite(db) else "INSERT INTO register (id) VALUES (%s)"
    db.execute_sql(insert, (secrets.token_hex(16),))
