"""Earlier hours, withdrawn periods, merged and moved clients."""
from pathlib import Path

from models.database import is_sqlite, run_script

HERE = Path(__file__).parent


def up(migrator, db):
    _run(db, "0006_tables.sql")
    if is_sqlite(db):
        _run(db, "0006_rebuilt_sqlite.sql")
        _run(db, "0006_rules_sqlite.sql")
    else:
        _run(db, "0006_rules_postgresql.sql")


def _run(db, script):
    run_script(db, (HERE / script).read_text(encoding="utf-8"))
