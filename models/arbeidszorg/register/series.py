"""The one series of clients' numbers, as an import and a purge move it on.

While an import is moved to the register nobody else takes a number: SQLite's transaction is the only one that writes,
on PostgreSQL the table is locked. The import hands numbers out itself, because a sequence of PostgreSQL would go on
from where an import stopped that was rolled back.
"""
from models.database import database, is_sqlite


def highest() -> int:
    """Return the highest number that was ever given, 0 before the first; it stays so until the transaction ends."""
    if not is_sqlite():
        database.execute_sql("LOCK TABLE client IN SHARE ROW EXCLUSIVE MODE")
    return last()


def last() -> int:
    """Return the number that was given last, 0 before the first; others may be giving the next."""
    if is_sqlite():
        row = database.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = 'client'").fetchone()
        return row[0] if row else 0
    number, is_called = database.execute_sql("SELECT last_value, is_called FROM client_number_seq").fetchone()
    return number if is_called else 0


def advance(number: int) -> None:
    """Let the next client get the number after this one. Call it last: PostgreSQL does not roll it back."""
    if not number:
        return
    if not is_sqlite():
        database.execute_sql("SELECT setval('client_number_seq', %s)", (number,))
    elif not database.execute_sql("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'client'",
                                  (number,)).rowcount:
        database.execute_sql("INSERT INTO sqlite_sequence (name, seq) VALUES ('client', ?)", (number,))
