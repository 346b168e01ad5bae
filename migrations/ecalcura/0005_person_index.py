"""The tenant whose data key hashes the numbers of persons."""
from pathlib import Path

from models.database import is_sqlite, run_script

HERE = Path(__file__).parent


def up(migrator, db):
    run_script(db, (HERE / "0005_person_index.sql").read_text(encoding="utf-8"))
    run_script(db, (HERE / f"0005_rules_{'sqlite' if is_sqlite(db) else 'postgresql'}.sql").read_text(encoding="utf-8"))
