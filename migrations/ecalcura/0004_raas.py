"""The rows of RaaS and their results; certificates and bank accounts of facilities."""
from pathlib import Path

from models.database import run_script

HERE = Path(__file__).parent


def up(migrator, db):
    run_script(db, (HERE / "0004_raas.sql").read_text(encoding="utf-8"))
