"""Outdated calculations are discarded, one person never confirms for two, and looks at bank accounts are rows."""
from pathlib import Path

from models.database import is_sqlite, run_script

HERE = Path(__file__).parent


def up(migrator, db):
    for name in ("0019_tables.sql", f"0019_rules_{'sqlite' if is_sqlite(db) else 'postgresql'}.sql"):
        run_script(db, (HERE / name).read_text(encoding="utf-8"))
