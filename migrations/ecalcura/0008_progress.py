"""Sums of trimesters, reminders, the day of the first submission, refused requests, and versions of days."""
from pathlib import Path

from models.database import as_moment, is_sqlite, run_script
from models.days import local_day

HERE = Path(__file__).parent
FIRST = "SELECT file_id, made_at FROM submission WHERE number = 1"
FILL_ON_SQLITE = "UPDATE trimester_file SET submitted_on = ? WHERE id = ?"
FILL_ON_POSTGRESQL = "UPDATE trimester_file SET submitted_on = %s WHERE id = %s"


def up(migrator, db):
    run_script(db, (HERE / "0008_tables.sql").read_text(encoding="utf-8"))
    for file_id, made_at in db.execute_sql(FIRST).fetchall():
        # The day in Flanders, which SQL on SQLite does not know.
        db.execute_sql(FILL_ON_SQLITE if is_sqlite(db) else FILL_ON_POSTGRESQL,
                       (local_day(as_moment(made_at)), file_id))
    run_script(db, (HERE / f"0008_rules_{'sqlite' if is_sqlite(db) else 'postgresql'}.sql").read_text(encoding="utf-8"))
