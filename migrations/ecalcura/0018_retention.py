"""Purges that two dossier managers decide about, and the rows that were purged."""
from pathlib import Path

from models.database import is_sqlite, run_script

HERE = Path(__file__).parent


def up(migrator, db):
    for name in ("0018_tables.sql", f"0018_rules_{'sqlite' if is_sqlite(db) else 'postgresql'}.sql"):
        run_script(db, (HERE / name).read_text(encoding="utf-8"))
