"""One picture on the page of an initiative. The table is watched already: 0002."""
from pathlib import Path

from models.database import run_script

HERE = Path(__file__).parent


def up(migrator, db):
    run_script(db, (HERE / "0007_tables.sql").read_text(encoding="utf-8"))
