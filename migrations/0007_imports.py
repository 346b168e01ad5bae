"""The imports of registers, and what each added, for taking it back."""
from pathlib import Path

from models.database import is_sqlite, run_script

HERE = Path(__file__).parent


def up(migrator, db):
    for script in ("0007_tables.sql", "0007_rules_sqlite.sql" if is_sqlite(db) else "0007_rules_postgresql.sql"):
        run_script(db, (HERE / script).read_text(encoding="utf-8"))
