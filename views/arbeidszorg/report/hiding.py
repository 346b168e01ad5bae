"""Says how many counts are shown, and which hidden ones a reader knows to be 5 or more.

It uses only what the report shows. Nothing is shown beneath a total of 1 to 4 (docs/decisions/0071), so a hidden total
with a shown count beneath it is larger. Of other hidden counts nothing may be said.
"""
from models.arbeidszorg.report.report import Report
from models.arbeidszorg.report.shape import Row, Table
from models.arbeidszorg.report.tables import in_tenths
from views.shell.filters import number, percentage

MOST_NAMES = 3


def shown(report: Report) -> str:
    """Return how many of all counts in a report with tables are shown, with their share."""
    cells = [cell for table in report.tables for row in table.rows for cell in row.cells]
    some = sum(not cell.hidden for cell in cells)
    return f"{number(some)} van de {number(len(cells))} ({percentage(in_tenths(100 * some, len(cells)))})"


def why(report: Report, table: Table) -> str:
    """Return the sentence about hidden counts of 5 or more in a table with one count a row; '' without any."""
    if len(table.columns) > 1:
        return ""
    names = [f"‘{row.label}’" for row in table.rows if row.cells[0].hidden and _is_larger(report, table, row)]
    if not names:
        return ""
    *first, last = names if len(names) <= MOST_NAMES else [*names[:MOST_NAMES], f"nog {len(names) - MOST_NAMES}"]
    listed = f"{', '.join(first)} en {last}" if first else last
    stand = "staan" if first else "staat"
    return f"{listed} {stand} er niet, hoewel het er 5 of meer zijn: ermee zou een kleiner aantal te berekenen zijn."


def _is_larger(report: Report, table: Table, row: Row) -> bool:
    if row.total:
        return any(not other.cells[0].hidden for other in table.rows if not other.total)
    chapter, variable = table.code.split("-", 1)
    parts = [report.table(f"{chapter}-{variable}-by-province"), report.table(f"3-{variable}-by-situation")]
    beneath = [other for part in parts if part and chapter == "2" for other in part.rows if other.code == row.code]
    return any(not cell.hidden for other in beneath for cell in other.cells[:-1])
