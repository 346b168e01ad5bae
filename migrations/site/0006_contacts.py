"""The public part of contact details, and the texts of the fixed pages."""
from pathlib import Path

from models.database import is_sqlite, run_script
from models.site.moment import watch

HERE = Path(__file__).parent


def up(migrator, db):
    for name in ("0006_contacts.sql", f"0006_rules_{'sqlite' if is_sqlite(db) else 'postgresql'}.sql"):
        run_script(db, (HERE / name).read_text(encoding="utf-8"))
    watch(db, "public_contact")
    watch(db, "fixed_page_version")
    # The address of a login is looked at as well: it is never shown.
    watch(db, "account", "blocked", "contact_name", "contact_telephone", "contact_email", "email", "password_hash",
          "local")
