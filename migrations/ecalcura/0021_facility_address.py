"""The version of a facility's address data, and when these were saved here."""
from pathlib import Path

from models.database import run_script

HERE = Path(__file__).parent


def up(migrator, db):
    run_script(db, (HERE / "0021_facility_address.sql").read_text(encoding="utf-8"))
