"""The files that organisations import in the browser."""
from pathlib import Path

from models.database import run_script

HERE = Path(__file__).parent


def up(migrator, db):
    run_script(db, (HERE / "0008_tables.sql").read_text(encoding="utf-8"))
