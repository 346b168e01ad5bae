"""Editions of the yearly report, which are kept for ever."""
from pathlib import Path

from models.database import is_sqlite, run_script

HERE = Path(__file__).parent


def up(migrator, db):
    run_script(db, (HERE / "0003_tables.sql").read_text(encoding="utf-8"))
    rules = "0003_rules_sqlite.sql" if is_sqlite(db) else "0003_rules_postgresql.sql"
    run_script(db, (HERE / rules).read_text(encoding="utf-8"))
