"""What is in the database, table by table: to see that something changed it, or did not."""
from models.database import database

# What may be written where nothing changed: the audit, attempts, and the moment that a session was last seen.
BESIDE_THE_REGISTER = {"audit_entry", "attempt"}


def rows_of(table):
    """The rows of a table: column → value."""
    # The name is one of the database's own, not typed by anybody.
    cursor = database.execute_sql(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def tables():
    """Every table, those that are added tomorrow too."""
    return [table for table in database.get_tables() if not table.startswith("sqlite_")]


def contents():
    """Every row that a request may not change by only looking, in an order of its own."""
    return {table: sorted(repr({name: value for name, value in row.items() if name != "seen_at"})
                          for row in rows_of(table))
            for table in tables() if table not in BESIDE_THE_REGISTER}


def counts():
    """How many rows each table of the register has: mails, links and sessions are made anew by each request."""
    passing = {"mail", "one_time_link", "session"}
    return {table: len(rows_of(table)) for table in tables() if table not in BESIDE_THE_REGISTER | passing}


def entries():
    """How many entries the audit has."""
    return len(rows_of("audit_entry"))
