"""Sign-ins by another service that have begun and not ended."""
from pathlib import Path

from models.database import run_script

HERE = Path(__file__).parent


def up(migrator, db):
    run_script(db, (HERE / "0009_tables.sql").read_text(encoding="utf-8"))
