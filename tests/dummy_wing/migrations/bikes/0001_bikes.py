"""The bikes."""
from pathlib import Path

from models.database import run_script


def up(migrator, db):
    run_script(db, (Path(__file__).parent / "0001_tables.sql").read_text(encoding="utf-8"))
