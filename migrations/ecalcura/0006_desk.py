"""Roles at the desk, whose scope is the whole wing; a dossier manager may name the access managers of a facility."""
from pathlib import Path

from models.database import is_sqlite, run_script

HERE = Path(__file__).parent


def up(migrator, db):
    run_script(db, (HERE / f"0006_rules_{'sqlite' if is_sqlite(db) else 'postgresql'}.sql").read_text(encoding="utf-8"))
