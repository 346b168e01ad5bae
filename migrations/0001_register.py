"""The register: organisations and their logins, clients and guidance periods, audit and mail."""
from pathlib import Path

from models.database import is_sqlite, run_script

HERE = Path(__file__).parent


def up(migrator, db):
    run_script(db, (HERE / "0001_tables.sql").read_text(encoding="utf-8"))
    rules = "0001_rules_sqlite.sql" if is_sqlite(db) else "0001_rules_postgresql.sql"
    run_script(db, (HERE / rules).read_text(encoding="utf-8"))
