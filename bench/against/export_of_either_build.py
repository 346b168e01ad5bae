"""Makes one export in its own process and prints what that took, as JSON; written for any build from migration 0004 on.

`python export_of_either_build.py DATABASE KEY_DIR EXPORT [FILTERS]`: EXPORT is one of `EXPORTS`, FILTERS the filters of
a province's list as JSON. The export is made once, its bytes are counted and thrown away, and then the statements that
it ran are run again with their rows fetched and thrown away; a second round gives the seconds of both.
"""
import json
import re
import sys
import time
from pathlib import Path

from models import keys, names
from models.accounts import roles
from models.accounts.accounts import Account
from models.arbeidszorg.roles import ADMINISTRATOR, ROLES
from models.arbeidszorg.transfer.exporting import Export
from models.arbeidszorg.without_names.export import ExportWithoutNames
from models.arbeidszorg.without_names.listing import Filters
from models.database import connect, database

PROVINCE, ADMINISTRATOR_EMAIL = "limburg", "beheer@voorbeeld.be"
ROUNDS = 3
OF_5000 = 4  # the id of the organisation with 5,000 clients: see bench/tools/registers.py
EXPORTS = ("province-csv", "province-xlsx", "organisation-csv", "organisation-xlsx")


def main(path, key_dir, export, filters="{}"):
    """Make this export twice, and print a dictionary of what the second time took, and the memory of the first."""
    connect(f"sqlite:///{path}")
    roles.use(ROLES)
    names.use(keys.Keys.load_or_make(Path(key_dir), False).names)
    account = Account.get_or_none(Account.email == ADMINISTRATOR_EMAIL) or Account.new(
        ADMINISTRATOR, PROVINCE, email=ADMINISTRATOR_EMAIL)
    make = {"province": _of_province, "organisation": _of_organisation}[export.split("-")[0]]
    arguments = export.split("-")[1], account, json.loads(filters)
    before = _highest_memory()
    size = make(*arguments)
    memory = _highest_memory()
    statements = _statements(make, arguments)
    _run(statements)
    rounds = [{"export": _taken(make, *arguments), "statements": _taken(_run, statements)} for _ in range(ROUNDS)]
    print(json.dumps({"bytes": size, "memory": memory, "added": memory - before, "rounds": rounds}))


def _of_province(file_format, account, filters):
    made = ExportWithoutNames(Filters(PROVINCE, filters), file_format, account)
    return _size(getattr(made, file_format)())


def _of_organisation(file_format, account, _filters):
    content = getattr(Export.of(OF_5000, file_format, account), file_format)()
    return _size([content] if isinstance(content, bytes) else content)


def _size(pieces):
    return sum(len(piece) for piece in pieces)


def _statements(make, arguments):
    """The statements that reading for this export runs, each with its values."""
    run, execute = [], type(database.obj).execute_sql

    def noting(self, sql, params=None, *rest):
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            run.append((sql, params or ()))
        return execute(self, sql, params, *rest)

    type(database.obj).execute_sql = noting
    make(*arguments)
    type(database.obj).execute_sql = execute
    return run


def _run(statements):
    connection = database.connection()
    for sql, values in statements:
        connection.execute(sql, values).fetchall()


def _taken(work, *arguments):
    started, processor = time.perf_counter(), time.process_time()
    work(*arguments)
    return time.perf_counter() - started, time.process_time() - processor


def _highest_memory():
    """The highest memory of this process so far, in bytes; ru_maxrss begins with that of the process that forks."""
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
