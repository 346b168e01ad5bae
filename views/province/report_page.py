"""What the page of a report shows, and that of a kept edition: `values(report)` is all that `_report.html` needs."""
import math
import re
from typing import NamedTuple

from models.arbeidszorg.report_shape import LINE
from views.filters import day, moment, percentage, signed
from views.province import charts, report_text
from views.province.charts import HIDDEN

# Years that stand beside each other in a table, at most; and columns of a table that stands beside its picture.
ABREAST, FEW = 10, 2


class Line(NamedTuple):
    """A row of a table: of each cell the count and what stands small beside it."""

    label: str
    cells: list
    total: bool = False
    points: str = ""
    larger: bool = False


class Grid(NamedTuple):
    """A table as it is shown; `wide` has too many columns for a small screen."""

    caption: str
    first: str
    columns: list
    lines: list
    wide: bool


class Figure(NamedTuple):
    """A picture (None where there is nothing to draw) and its tables: 'beside' it, 'below' it or 'alone'."""

    code: str
    title: str
    place: str
    drawing: object
    picture_url: str | None
    grids: list


class Chapter(NamedTuple):
    number: int
    title: str
    text: list
    figures: list


def values(report, picture_url=None):
    """For `province/_report.html`; `picture_url` gives a table's picture as a file, where there are such files."""
    text = report_text.sentences(report)
    chapters = [
        Chapter(place, title, text.get(place, []), [_figure(table, picture_url) for table in report.chapter(place)])
        for place, title in _titles(report).items()]
    return {"report": report, "facts": list(_facts(report)), "chapters": chapters,
            "how_counted": report_text.how_counted(report)}


def source(report):
    """Where a picture comes from, for below it."""
    return (f"De Vlaamse arbeidszorgmedewerker in beeld, {report.year}, {report.scope_label}. "
            f"Opgemaakt op {moment(report.made_at)} met Loket. {HIDDEN} = niet getoond.")


def file_name(report, what):
    """The name of a file of this report, without its ending."""
    return f"loket-jaarrapport-{report.year}-{report.scope}-{what}"


def _titles(report):
    return {
        1: "Initiatieven",
        2: "Actieve arbeidszorgmedewerkers",
        3: "Stopzettingen",
        4: f"Verschillen met {report.year - 1}",
    }


def _facts(report):
    """(label, value) of what holds of the whole report."""
    yield "Referentiedatum", f"{moment(report.made_at)}: toen is dit rapport opgemaakt"
    yield "Antwoorden en leeftijd", f"zoals ze waren op {day(report.reference_day)}"
    yield "Actieve arbeidszorgmedewerkers", _beside(report, report.clients, charts.count)
    yield "Stopzettingen", _beside(report, report.closings, charts.count)
    if report.mean_age.now is not None:
        yield "Gemiddelde leeftijd", _beside(report, report.mean_age, _years)
    count, share = _read(report.incomplete)
    yield "Onvolledige registraties", f"{count} ({share})" if share else count


def _beside(report, pair, read):
    """The figure of this year, and that of the year before where there is one."""
    before = "" if pair.before is None else f" (in {report.year - 1}: {read(pair.before)})"
    return read(pair.now) + before


def _years(mean):
    return f"{mean} jaar".replace(".", ",")


def _figure(table, picture_url):
    drawing = charts.picture(table)
    make = _by_year if table.picture == LINE else _in_one if len(table.columns) == 1 else _side_by_side
    place = "alone" if not drawing else "below" if len(table.columns) > FEW or table.picture == LINE else "beside"
    return Figure(table.code, table.title, place, drawing and drawing.page(),
                  picture_url(table) if drawing and picture_url else None, list(make(table)))


def _in_one(table):
    """One count a row, with its percentage in a column of its own."""
    shares = any(row.cells[0].share is not None for row in table.rows)
    columns = [table.columns[0].label, *(["Aandeel"] if shares else [])]
    yield Grid(table.title, _first(table), columns, [
        Line(row.label, [(text, "") for text in _read(row.cells[0])[:len(columns)]], row.total)
        for row in table.rows], wide=False)


def _side_by_side(table):
    columns = [column.label for column in table.columns]
    if table.changes:
        columns.append("Verschil in procentpunten")
    yield Grid(table.title, _first(table), columns, [
        Line(row.label, [_read(cell) for cell in row.cells], row.total, _points(row), row.larger)
        for row in table.rows], wide=True)


def _by_year(table):
    """The years beside each other, as many as fit, for a category has a longer name than a year."""
    blocks = math.ceil(len(table.rows) / ABREAST) or 1
    size = math.ceil(len(table.rows) / blocks)
    for first in range(0, len(table.rows), size):
        years = table.rows[first:first + size]
        caption = f"{table.title}, {years[0].label}–{years[-1].label}" if blocks > 1 else table.title
        yield Grid(caption, _first(table), [year.label for year in years], [
            Line(column.label, [_read(year.cells[place]) for year in years], column.code == charts.TOTAL)
            for place, column in enumerate(table.columns)], wide=True)


def _first(table):
    """What stands above the labels of the rows."""
    return re.split(" per | naar | door ", table.title)[0]


def _read(cell):
    """The count, and the percentage that it is."""
    return charts.count(cell), percentage(cell.share)


def _points(row):
    if row.points is not None:
        return signed(row.points)
    return "" if row.total else HIDDEN if any(cell.hidden for cell in row.cells) else "–"
