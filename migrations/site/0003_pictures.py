"""Pictures of the public pages, each in the widths in which it is shown."""
from pathlib import Path

from models.database import run_script
from models.site.moment import watch

HERE = Path(__file__).parent


def up(migrator, db):
    run_script(db, (HERE / "0003_tables.sql").read_text(encoding="utf-8"))
    watch(db, "site_picture")
