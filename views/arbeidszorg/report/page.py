"""What the page of a report shows, and that of a kept edition: `values(report)` is all that `_report.html` needs.

A page that can be scanned (docs/decisions/0079): a figure is a picture with its numbers folded below it, and what there
is of each variable once more is folded as a whole.
"""
import re
from typing import NamedTuple

from views.arbeidszorg.report import charts
from views.arbeidszorg.report import grids as report_grids
from views.arbeidszorg.report import text as report_text
from views.arbeidszorg.report.charts import HIDDEN
from views.shell.filters import day, moment

UNFOLD, FOLD = "Klap alles open", "Klap alles dicht"
_OF_VARIABLE = re.compile(r"\d-(?:series-)?(\w+?)(?:-by-situation)?")


class _Kind(NamedTuple):
    """Figures of which there is one for each variable: how they are called in address, page and contents."""

    chapter: int
    codes: str
    name: str
    title: str
    one: str
    more: str
    link: str


_KINDS = (
    _Kind(3, r"3-.+-by-situation", "situatie", "Wie bleef en wie stopte, per kenmerk", "de figuur", "figuren",
          "naar situatie"),
    _Kind(4, r"4-(?!series)\w+", "verschillen", "Verschil met {before}, per kenmerk", "het verschil", "verschillen",
          "verschil"),
    _Kind(4, r"4-series-.+", "reeksen", "Door de jaren, per kenmerk", "de reeks", "reeksen", "reeks"),
)


class Fold(NamedTuple):
    """Tables that are shown when they are asked for; `is_open` where there is no picture to look at first."""

    code: str
    label: str
    grids: list
    is_open: bool = False


class Figure(NamedTuple):
    """A picture (None where there is nothing to draw) and its tables; `wide` ones take the whole width."""

    code: str
    title: str
    wide: bool
    drawing: object
    picture_url: str | None
    folds: list


class Group(NamedTuple):
    """Figures of a chapter; those with a `title` are folded, and `summary` says what there is to unfold."""

    code: str
    title: str
    summary: str
    figures: list


class Chapter(NamedTuple):
    number: int
    title: str
    text: list
    groups: list


class Unfold(NamedTuple):
    """The link by which everything is unfolded, or folded again; `other` is what it says afterwards."""

    is_open: bool
    url: str
    label: str
    other: str


def values(report, picture_url, unfold):
    """For `arbeidszorg/report/_report.html`; `picture_url` gives the address of a table's picture as a file."""
    text = report_text.sentences(report)
    chapters = [Chapter(place, title, text.get(place, []), _groups(report, place, picture_url))
                for place, title in _titles(report).items()]
    return {"report": report, "facts": list(_facts(report)), "chapters": chapters, "variables": _variables(chapters),
            "unfold": unfold, "how_counted": report_text.how_counted(report)}


def unfold(arguments, url_of):
    """Whether an address asks for everything open, and the link to the other; `url_of(**values)` is its address."""
    if arguments.get("open") == "all":
        return Unfold(True, url_of(), FOLD, UNFOLD)
    return Unfold(False, url_of(open="all"), UNFOLD, FOLD)


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
    running = f"; {report.year} loopt nog" if report.is_running else ""
    yield "Antwoorden en leeftijd", f"zoals ze waren op {day(report.reference_day)}{running}"
    yield "Actieve arbeidszorgmedewerkers", _beside(report, report.clients, charts.count)
    yield "Stopzettingen", _beside(report, report.closings, charts.count)
    if report.mean_age.now is not None:
        yield "Gemiddelde leeftijd", _beside(report, report.mean_age, _years)
    count, share = report_grids.read(report.incomplete)
    yield "Onvolledige registraties", f"{count} ({share})" if share else count


def _beside(report, pair, read):
    """The figure of this year, and that of the year before where there is one."""
    before = "" if pair.before is None else f" (in {report.year - 1}: {read(pair.before)})"
    return read(pair.now) + before


def _years(mean):
    return f"{mean} jaar".replace(".", ",")


def _groups(report, chapter, picture_url):
    """What is always shown comes first."""
    tables, folded = report.chapter(chapter), []
    for kind in _KINDS:
        found = [table for table in tables if kind.chapter == chapter and re.fullmatch(kind.codes, table.code)]
        tables = [table for table in tables if table not in found]
        if found:
            folded.append(Group(kind.name, kind.title.format(before=report.year - 1), _summary(found, kind),
                                _figures(found, picture_url)))
    return [Group("", "", "", _figures(tables, picture_url)), *folded]


def _summary(tables, kind):
    larger = sum(any(row.larger for row in table.rows) for table in tables)
    if len(tables) == 1:
        return f"Toon {kind.one}{', met een verandering die groter is dan toeval' if larger else ''}"
    of_which = f", waarvan {larger} met een verandering die groter is dan toeval" if larger else ""
    return f"Toon de {len(tables)} {kind.more}{of_which}"


def _figures(tables, picture_url):
    """A figure a table. A table by province has no picture of its own: it is a fold of the figure before it."""
    figures = []
    for table in tables:
        if figures and table.code == f"{figures[-1].code}-by-province" and not table.picture:
            figures[-1].folds.append(Fold(table.code, "Toon per provincie", report_grids.grids(table)))
        else:
            figures.append(_figure(table, picture_url))
    return figures


def _figure(table, picture_url):
    drawing = charts.picture(table)
    return Figure(
        table.code, table.title, report_grids.is_wide(table), drawing and drawing.page(),
        picture_url(table) if drawing and picture_url else None,
        [Fold("", "Toon de cijfers", report_grids.grids(table), is_open=not drawing)])


def _variables(chapters):
    """For the contents: of each variable its label and the figures of it, (what the link says, code)."""
    found = {}
    for chapter in chapters:
        for group in chapter.groups:
            for figure in group.figures:
                if (link := _link(chapter, group)) and (match := _OF_VARIABLE.fullmatch(figure.code)):
                    found.setdefault(match[1], (figure.title, []))[1].append((link, figure.code))
    return list(found.values())


def _link(chapter, group):
    if chapter.number == 2:
        return "profiel"
    return next((kind.link for kind in _KINDS if kind.name == group.code), None)
