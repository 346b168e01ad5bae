"""The tables of the yearly report, chapter by chapter, out of covered counts."""
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from disclosure.means import in_tenths
from disclosure.tables import TOTAL
from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.variables import MISSING
from models.arbeidszorg.report.shape import BAR, LINE, OF_COLUMN, OF_ROW, STACKED, Column, Row, Table
from models.arbeidszorg.report.shape import TOTAL as TOTAL_CODE
from models.organisations import PROVINCES, SECTORS

PROVINCE, SITUATION = "province", "situation"
# What is counted, for a table with one column.
COUNT, NUMBER = "count", {TOTAL: "Aantal"}
IN_ALL, FLANDERS = {TOTAL: "Totaal"}, {TOTAL: "Vlaanderen"}
PLACES = PROVINCES | FLANDERS
ESTABLISHED = "Provincie van vestiging"


def percentage(cell, base):
    """The cell with the percentage that it is of a base; without one where either is hidden or the base is nought."""
    if cell.hidden or not base.count:
        return cell
    return replace(cell, share=Decimal(in_tenths(100 * cell.count, base.count)).scaleb(-1))


def initiatives(covered, province):
    """Chapter 1: the organisations that guided somebody."""
    def cell(sector, where=province):
        return covered.initiatives(where, sector)

    sectors = SECTORS | {MISSING: "Niet ingevuld"} | IN_ALL
    yield _table("1-sector", "Initiatieven per sector", sectors, NUMBER, lambda sector, _: cell(sector))
    if province is TOTAL:
        yield _table("1-province", "Initiatieven per provincie", PLACES, NUMBER, lambda where, _: cell(TOTAL, where))
        yield _table("1-sector-by-province", "Initiatieven per sector en provincie", sectors, PLACES, cell,
                     STACKED, OF_ROW)


def profile(covered, province):
    """Chapter 2: who was guided; for Flanders also in each province of establishment."""
    if province is TOTAL:
        yield _table("2-province", ESTABLISHED, PLACES, NUMBER, lambda where, _: covered.clients(where))
    for variable in variables.of_clients():
        def cell(category, where, variable=variable.code):
            return _of(covered.clients, where, variable, category)

        rows = variable.categories | IN_ALL
        yield _table(f"2-{variable.code}", variable.label, rows, NUMBER,
                     lambda category, _, cell=cell: cell(category, province))
        if province is TOTAL:
            yield _table(f"2-{variable.code}-by-province", f"{variable.label} per provincie van vestiging",
                         rows, PLACES, cell, picture=None)


def closings(covered, province):
    """Chapter 3, the periods that ended, and what became of the clients."""
    if province is TOTAL:
        yield _table("3-province", f"Stopzettingen: {ESTABLISHED.lower()}", PLACES, NUMBER,
                     lambda where, _: covered.closings(where))
    for variable in variables.of_closings():
        yield _table(f"3-{variable.code}", variable.label, variable.categories | IN_ALL, NUMBER,
                     lambda category, _, variable=variable.code: _of(covered.closings, province, variable, category))
    yield from _by_situation(covered, province)


def changes(before, now, comparison, province):
    """Chapter 4, the year before beside the year: nothing where one of them has nobody."""
    if 0 in (before.clients(province).count, now.clients(province).count):
        return
    years = {str(year.year): str(year.year) for year in (before, now)}
    of_year = {str(year.year): year for year in (before, now)}
    if province is TOTAL:
        table = _table("4-province", ESTABLISHED, PROVINCES | IN_ALL, years,
                       lambda where, year: of_year[year].clients(where), None)
        yield _with_points(table, comparison.changes_of_provinces())
    for variable in variables.of_clients():
        def cell(category, year, variable=variable.code):
            return _of(of_year[year].clients, province, variable, category)

        table = _table(f"4-{variable.code}", variable.label, variable.categories | IN_ALL, years, cell, None)
        yield _with_points(table, comparison.changes(variable.code, province))


def series(years, province):
    """Chapter 4, all years; each is covered by its own pattern, as its own report is."""
    of_year = {str(year.year): year for year in years}
    rows = {year: year for year in of_year}
    counted = {"clients": "Actieve medewerkers", "closings": "Stopzettingen"}
    yield _table("4-series", "Actieve medewerkers en stopzettingen door de jaren", rows, counted,
                 lambda year, what: getattr(of_year[year], what)(province), LINE, None)
    if province is TOTAL:
        yield _table("4-series-province", f"{ESTABLISHED} door de jaren", rows, PLACES,
                     lambda year, where: of_year[year].clients(where), LINE, OF_ROW)
    for variable in variables.of_clients():
        yield _table(f"4-series-{variable.code}", f"{variable.label} door de jaren", rows, variable.categories | IN_ALL,
                     lambda year, category, variable=variable.code: _of(
                         of_year[year].clients, province, variable, category), LINE, OF_ROW)


def _by_situation(covered, province):
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


def _of(count, province, variable, category, **more):
    """A total over the categories is one and the same for all variables, so it has none."""
    return count(province, *((TOTAL, TOTAL) if category is TOTAL else (variable, category)), **more)


def _table(code, title, rows, columns, cell, picture=BAR, share_of=OF_COLUMN):
    """A table of rows and columns, {code: label} with TOTAL for a sum; `cell` counts one of each."""
    def counted(row, column):
        if share_of is None:
            return cell(row, column)
        return percentage(cell(row, column), cell(TOTAL, column) if share_of == OF_COLUMN else cell(row, TOTAL))

    grid = {row: {column: counted(row, column) for column in columns} for row in rows}
    if MISSING in columns and all(_is_nought(grid[row][MISSING]) for row in rows):
        columns = {column: label for column, label in columns.items() if column != MISSING}
    if MISSING in rows and all(map(_is_nought, grid[MISSING].values())):
        rows = {row: label for row, label in rows.items() if row != MISSING}
    total = COUNT if len(columns) == 1 else TOTAL_CODE

    def line(row, label):
        return Row(row or TOTAL_CODE, label, tuple(grid[row][column] for column in columns), row is TOTAL)

    return Table(code, int(code[0]), title,
                 tuple(Column(column or total, label) for column, label in columns.items()),
                 tuple(line(*row) for row in rows.items()), picture, share_of)


def _is_nought(cell):
    return cell.count == 0


def _with_points(table, found):
    """The table with the change of each share, shown only where both shares are."""
    def row(one):
        if one.total or any(cell.share is None for cell in one.cells):
            return one
        change = found.get(one.code)  # none of what nobody answered in either year
        points = Decimal(change.points if change else 0).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return replace(one, points=points + 0, larger=change is not None and change.larger)

    return replace(table, rows=tuple(map(row, table.rows)), changes=True)
