"""Sums of a trimester are stale once it is reopened, and once its resident data change."""
from pathlib import Path

from models.database import is_sqlite, run_script

HERE = Path(__file__).parent


def up(migrator, db):
    kind = "sqlite" if is_sqlite(db) else "postgresql"
    run_script(db, (HERE / f"0017_rules_{kind}.sql").read_text(encoding="utf-8"))
