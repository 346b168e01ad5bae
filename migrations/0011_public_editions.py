"""Editions that everybody may read. A wing that shows them on public pages watches the table itself."""
from pathlib import Path

from models.database import run_script

HERE = Path(__file__).parent


def up(migrator, db):
    run_script(db, (HERE / "0011_tables.sql").read_text(encoding="utf-8"))
