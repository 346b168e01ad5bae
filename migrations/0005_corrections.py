"""The day on which each answer was given: a change soon after it is a correction."""
from pathlib import Path

from models.database import run_script

HERE = Path(__file__).parent


def up(migrator, db):
    run_script(db, (HERE / "0005_tables.sql").read_text(encoding="utf-8"))
