"""Reads the whole database, table by table, to check that a request changed it or not."""
from models.database import database

# Tables that a request may write to even if it changes nothing in the register.
BESIDE_THE_REGISTER = {"audit_entry", "attempt", "lookup"}


def rows_of(table):
    """The rows of a table, each as column → value."""
    # The name comes from the database itself, never from user input.
    cursor = database.execute_sql(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def tables():
    """The names of all tables, including those added later."""
    return [table for table in database.get_tables() if not table.startswith("sqlite_")]


def contents():
    """Each table → its rows as sorted text, without what a GET may write: the audit, attempts, and `seen_at`."""
    return {table: sorted(repr({name: value for name, value in row.items() if name != "seen_at"})
                          for row in rows_of(table))
            for table in tables() if table not in BESIDE_THE_REGISTER}


def counts():
    """Each table of the register → its number of rows, without mails, links and sessions, which each request makes."""
    passing = {"mail", "one_time_link", "session"}
    return {table: len(rows_of(table)) for table in tables() if table not in BESIDE_THE_REGISTER | passing}


def entries():
    """The number of entries in the audit."""
    return len(rows_of("audit_entry"))
