"""Which count each cell of a report is, read from the codes of its tables: the tests' own reading of them."""
from models.arbeidszorg.report.counting.variables import NOT_SHARED, SHARED
from models.arbeidszorg.report.covered import COMPLETE, INCOMPLETE
from models.arbeidszorg.report.report import FLANDERS

TOTAL = None
SIZES = {"clients": 4, "closings": 3}


def place(scope):
    return TOTAL if scope in (FLANDERS, "total") else scope


def code(category):
    return TOTAL if category == "total" else category


def of_clients(figures):
    """Everything of clients that a report publishes."""
    counts = dict(figures.clients)
    for (province, situation), total in figures.clients_in.items():
        lacking = figures.incomplete[province, situation]
        counts |= {(INCOMPLETE, province, INCOMPLETE, situation): lacking,
                   (INCOMPLETE, province, COMPLETE, situation): total - lacking,
                   (SHARED, province, NOT_SHARED, situation): total}
    for (province, situation, category), number in figures.shared.items():
        counts[SHARED, province, category, situation] = number
        counts[SHARED, province, NOT_SHARED, situation] -= number
    return counts


def cells(report):
    """(year, kind, count, cell) of each cell that counts people; a count is (variable, province, category, …)."""
    own = place(report.scope)
    for kind, size in SIZES.items():
        now, before = getattr(report, kind)
        yield report.year, kind, (TOTAL, own, TOTAL, TOTAL)[:size], now
        yield report.year - 1, kind, (TOTAL, own, TOTAL, TOTAL)[:size], before
    yield report.year, "clients", (INCOMPLETE, own, INCOMPLETE, TOTAL), report.incomplete
    for table in (table for table in report.tables if table.chapter > 1):
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                yield *meaning(table.code, row.code, column.code, own, report.year), cell


def meaning(table, row, column, own, year):
    """(year, kind, count) of a cell, read from the table's code."""
    chapter, _, rest = table.partition("-")
    variable, _, by = rest.removeprefix("series-").partition("-by-")
    if table == "4-series":
        return int(row), column, (TOTAL, own, TOTAL, TOTAL)[:SIZES[column]]
    if table == "3-situation":
        return year, "clients", (TOTAL, own, TOTAL, code(row))
    if rest != variable and not by:
        year, row = int(row), column
    elif chapter == "4":
        year = int(column)
    own = place(column) if by == "province" else own
    situation = code(column) if by == "situation" else TOTAL
    kind = "closings" if chapter == "3" and not by else "clients"
    if variable == "province":
        name = (TOTAL, place(row), TOTAL, situation)
    else:
        name = (variable if code(row) else TOTAL, own, code(row), situation)
    return year, kind, name[:SIZES[kind]]
