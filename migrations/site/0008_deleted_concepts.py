"""A concept of news that was never public can be deleted."""
from pathlib import Path

from models.database import is_sqlite, run_script

HERE = Path(__file__).parent


def up(migrator, db):
    name = f"0008_rules_{'sqlite' if is_sqlite(db) else 'postgresql'}.sql"
    run_script(db, (HERE / name).read_text(encoding="utf-8"))
