"""Filled-in lists of staff that wait, sealed, from the check to the reading."""
from pathlib import Path

from models.database import run_script

HERE = Path(__file__).parent


def up(migrator, db):
    run_script(db, (HERE / "0020_staff_uploads.sql").read_text(encoding="utf-8"))
