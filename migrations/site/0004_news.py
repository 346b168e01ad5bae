"""News of the public pages."""
from pathlib import Path

from models.database import is_sqlite, run_script
from models.site.moment import watch

HERE = Path(__file__).parent


def up(migrator, db):
    for name in ("0004_tables.sql", f"0004_rules_{'sqlite' if is_sqlite(db) else 'postgresql'}.sql"):
        run_script(db, (HERE / name).read_text(encoding="utf-8"))
    watch(db, "site_news")
