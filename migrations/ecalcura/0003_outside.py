"""The last access manager of a facility, where another service gives the roles."""
from pathlib import Path

from models.database import is_sqlite, run_script

HERE = Path(__file__).parent


def up(migrator, db):
    run_script(db, (HERE / f"0003_rules_{'sqlite' if is_sqlite(db) else 'postgresql'}.sql").read_text(encoding="utf-8"))
