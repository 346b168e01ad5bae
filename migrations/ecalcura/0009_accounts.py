"""Bank accounts that one person proposes and another confirms; their history is never overwritten."""
from pathlib import Path

from models.database import is_sqlite, run_script

HERE = Path(__file__).parent


def up(migrator, db):
    kind = "sqlite" if is_sqlite(db) else "postgresql"
    for script in ("rebuilt" if is_sqlite(db) else "altered", "rules"):
        run_script(db, (HERE / f"0009_{script}_{kind}.sql").read_text(encoding="utf-8"))
