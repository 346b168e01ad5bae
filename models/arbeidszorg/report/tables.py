"""The tables of the yearly report, chapter by chapter, made of publishable cells."""
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from disclosure import TOTAL
from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.comparison import Change, Comparison
from models.arbeidszorg.report.counting.variables import MISSING, NOT_SHARED, OTHER_PROVINCE, OWN_PROVINCE, SHARED
from models.arbeidszorg.report.covered import Covered
from models.arbeidszorg.report.shape import BAR, LINE, OF_COLUMN, OF_ROW, STACKED, Cell, Column, Row, Table
from models.arbeidszorg.report.shape import TOTAL as TOTAL_CODE
from models.organisations import PROVINCES, SECTORS

# The one column of a table that has a single count a row.
COUNT, NUMBER = "count", {TOTAL: "Aantal"}
IN_ALL, FLANDERS = {TOTAL: "Totaal"}, {TOTAL: "Vlaanderen"}
PLACES = PROVINCES | FLANDERS
ESTABLISHED = "Provincie van vestiging"

# Codes with their labels; TOTAL, which is None, stands for a sum.
Labels = Mapping[Any, str]


def percentage(cell: Cell, base: Cell) -> Cell:
    """Return the cell with its share of the base in percent; no share if either is hidden or the base is zero."""
    if cell.count is None or not base.count:
        return cell
    return replace(cell, share=in_tenths(100 * cell.count, base.count))


def in_tenths(total: int, number: int) -> Decimal:
    """Return a quotient with one decimal, a half rounded up."""
    return Decimal((20 * total + number) // (2 * number)).scaleb(-1)


def initiatives(covered: Covered, province: str | None) -> Iterator[Table]:
    """Yield chapter 1: the organisations that guided somebody."""
    def cell(sector: str | None, where: str | None = province) -> Cell:
        return covered.initiatives(where, sector)

    sectors = SECTORS | {MISSING: "Niet ingevuld"} | IN_ALL
    yield _table("1-sector", "Initiatieven per sector", sectors, NUMBER, lambda sector, _: cell(sector))
    if province is TOTAL:
        yield _table("1-province", "Initiatieven per provincie", PLACES, NUMBER, lambda where, _: cell(TOTAL, where))
        yield _table("1-sector-by-province", "Initiatieven per sector en provincie", sectors, PLACES, cell,
                     STACKED, OF_ROW)


def profile(covered: Covered, province: str | None) -> Iterator[Table]:
    """Yield chapter 2: the clients guided, for Flanders also by province of establishment."""
    if province is TOTAL:
        yield _table("2-province", ESTABLISHED, PLACES, NUMBER, lambda where, _: covered.clients(where))
    for variable in variables.of_clients():
        def cell(category: str | None, where: str | None, variable: str = variable.code) -> Cell:
            return _of(covered.clients, where, variable, category)

        rows = variable.categories | IN_ALL
        yield _table(f"2-{variable.code}", variable.label, rows, NUMBER,
                     lambda category, _, cell=cell: cell(category, province))
        if province is TOTAL:
            yield _table(f"2-{variable.code}-by-province", f"{variable.label} per provincie van vestiging",
                         rows, PLACES, cell, picture=None)


def shared(covered: Covered, province: str | None) -> Iterator[Table]:
    """Yield how many clients may be one person with a client of another organisation in the scope of the report."""
    rows = {OWN_PROVINCE: "Ja"} if province else {
        OWN_PROVINCE: "Ja, in de eigen provincie", OTHER_PROVINCE: "Ja, enkel in een andere provincie",
        NOT_SHARED: "Neen"}
    yield _table(f"2-{SHARED}", "Misschien dezelfde persoon als bij een andere organisatie", rows | IN_ALL, NUMBER,
                 lambda category, _: _of(covered.clients, province, SHARED, category), picture=None)


def closings(covered: Covered, province: str | None) -> Iterator[Table]:
    """Yield chapter 3: the periods that ended, and the clients by situation."""
    if province is TOTAL:
        yield _table("3-province", f"Stopzettingen: {ESTABLISHED.lower()}", PLACES, NUMBER,
                     lambda where, _: covered.closings(where))
    for variable in variables.of_closings():
        yield _table(f"3-{variable.code}", variable.label, variable.categories | IN_ALL, NUMBER,
                     lambda category, _, variable=variable.code: _of(covered.closings, province, variable, category))
    yield from _by_situation(covered, province)


def changes(before: Covered, now: Covered, comparison: Comparison, province: str | None) -> Iterator[Table]:
    """Yield the comparisons of chapter 4, the year before beside the year; nothing if nobody was guided in one."""
    if 0 in (before.clients(province).count, now.clients(province).count):
        return
    years = {str(year.year): str(year.year) for year in (before, now)}
    of_year = {str(year.year): year for year in (before, now)}
    if province is TOTAL:
        table = _table("4-province", ESTABLISHED, PROVINCES | IN_ALL, years,
                       lambda where, year: of_year[year].clients(where), None)
        yield _with_points(table, comparison.changes_of_provinces())
    for variable in variables.of_clients():
        def cell(category: str | None, year: str, variable: str = variable.code) -> Cell:
            return _of(of_year[year].clients, province, variable, category)

        table = _table(f"4-{variable.code}", variable.label, variable.categories | IN_ALL, years, cell, None)
        yield _with_points(table, comparison.changes(variable.code, province))


def series(years: Sequence[Covered], province: str | None) -> Iterator[Table]:
    """Yield the series of chapter 4 over all years; each year is suppressed as in its own report."""
    of_year = {str(year.year): year for year in years}
    rows = {year: year for year in of_year}
    counted = {"clients": "Actieve medewerkers", "closings": "Stopzettingen"}
    yield _table("4-series", "Actieve medewerkers en stopzettingen door de jaren", rows, counted,
                 lambda year, count: getattr(of_year[year], count)(province), LINE, None)
    if province is TOTAL:
        yield _table("4-series-province", f"{ESTABLISHED} door de jaren", rows, PLACES,
                     lambda year, where: of_year[year].clients(where), LINE, OF_ROW)
    for variable in variables.of_clients():
        yield _table(f"4-series-{variable.code}", f"{variable.label} door de jaren", rows, variable.categories | IN_ALL,
                     lambda year, category, variable=variable.code: _of(
                         of_year[year].clients, province, variable, category), LINE, OF_ROW)


def _by_situation(covered: Covered, province: str | None) -> Iterator[Table]:
    situations = variables.situations() | IN_ALL
    yield _table("3-situation", "Situatie", situations, NUMBER,
                 lambda situation, _: covered.clients(province, situation=situation))
    if province is TOTAL:
        yield _table("3-province-by-situation", f"{ESTABLISHED} naar situatie", PLACES, situations,
                     lambda where, situation: covered.clients(where, situation=situation), STACKED, OF_ROW)
    for variable in variables.of_clients():
        yield _table(f"3-{variable.code}-by-situation", f"{variable.label} naar situatie",
                     variable.categories | IN_ALL, situations,
                     lambda category, situation, variable=variable.code: _of(
                         covered.clients, province, variable, category, situation=situation), STACKED, OF_ROW)


def _of(count: Callable[..., Cell], province: str | None, variable: str, category: str | None, **more: Any) -> Cell:
    """Return the cell of a category; a total over categories is the same for every variable."""
    return count(province, *((TOTAL, TOTAL) if category is TOTAL else (variable, category)), **more)


def _table(code: str, title: str, rows: Labels, columns: Labels, cell: Callable[..., Cell],
           picture: str | None = BAR, share_of: str | None = OF_COLUMN) -> Table:
    """Return a table of these rows and columns; `cell(row, column)` gives each cell."""
    def counted(row: str | None, column: str | None) -> Cell:
        if share_of is None:
            return cell(row, column)
        return percentage(cell(row, column), cell(TOTAL, column) if share_of == OF_COLUMN else cell(row, TOTAL))

    grid = {row: {column: counted(row, column) for column in columns} for row in rows}
    if MISSING in columns and all(_is_zero(grid[row][MISSING]) for row in rows):
        columns = {column: label for column, label in columns.items() if column != MISSING}
    if MISSING in rows and all(map(_is_zero, grid[MISSING].values())):
        rows = {row: label for row, label in rows.items() if row != MISSING}
    total = COUNT if len(columns) == 1 else TOTAL_CODE

    def line(row: str | None, label: str) -> Row:
        return Row(row or TOTAL_CODE, label, tuple(grid[row][column] for column in columns), row is TOTAL)

    return Table(code, int(code[0]), title,
                 tuple(Column(column or total, label) for column, label in columns.items()),
                 tuple(line(*row) for row in rows.items()), picture, share_of)


def _is_zero(cell: Cell) -> bool:
    return cell.count == 0


def _with_points(table: Table, changes_of: Mapping[Any, Change]) -> Table:
    """Return the table with the change of each share; a change is shown only where both shares are."""
    def row(one: Row) -> Row:
        if one.total or any(cell.share is None for cell in one.cells):
            return one
        change = changes_of.get(one.code)  # a category that nobody is in, in either year, has no change
        points = change.points if change and change.points is not None else 0
        rounded = Decimal(points).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return replace(one, points=rounded + 0, larger=change is not None and change.larger)

    return replace(table, rows=tuple(map(row, table.rows)), changes=True)
