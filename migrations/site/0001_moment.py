"""The moment of the last change of what the public pages show; the hall's tables that they show count."""
from pathlib import Path

from models.database import is_sqlite, run_script
from models.site.moment import watch

HERE = Path(__file__).parent


def up(migrator, db):
    for name in ("0001_moment.sql", f"0001_rules_{'sqlite' if is_sqlite(db) else 'postgresql'}.sql"):
        run_script(db, (HERE / name).read_text(encoding="utf-8"))
    watch(db, "organisation", "name", "province", "sector")
    watch(db, "account", "blocked", "contact_name", "contact_telephone", "contact_email")
    watch(db, "account_grant")
    for table in ("document", "document_audience", "document_version"):
        watch(db, table)
