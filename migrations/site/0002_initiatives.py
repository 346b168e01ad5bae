"""The words that an organisation publishes about itself. No row is made: nothing is published by an upgrade."""
from pathlib import Path

from models.database import is_sqlite, run_script
from models.site.moment import watch

HERE = Path(__file__).parent


def up(migrator, db):
    for name in ("0002_tables.sql", f"0002_rules_{'sqlite' if is_sqlite(db) else 'postgresql'}.sql"):
        run_script(db, (HERE / name).read_text(encoding="utf-8"))
    watch(db, "initiative")
    # An organisation appears once its login was accepted.
    watch(db, "account", "blocked", "contact_name", "contact_telephone", "contact_email", "password_hash", "local")
