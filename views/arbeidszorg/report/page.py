"""Prepares the page of a report or of an edition: `values(report)` is everything that `_report.html` needs.

The page can be scanned (docs/decisions/0079): a figure is a picture with its numbers folded below it, and groups of
figures that exist for each variable are folded as a whole.
"""
import re
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from models.arbeidszorg.report.shape import HIDDEN_MARK
from views.arbeidszorg.report import charts, grids, hiding, text
from views.shell.filters import day, moment

UNFOLD, FOLD = "Klap alles open", "Klap alles dicht"
_CODE = re.compile(r"\d-[\w-]+")
_OF_VARIABLE = re.compile(r"\d-(?:series-)?(\w+?)(?:-by-situation)?")


class _Kind(NamedTuple):
    """A kind of figure that exists for each variable: its tables' codes, and its names on the page."""

    chapter: int
    codes: str
    name: str
    title: str
    one: str
    more: str
    choice: str


_KINDS = (
    _Kind(3, r"3-.+-by-situation", "situatie", "Wie bleef en wie stopte, per kenmerk", "de figuur", "figuren",
          "Wie bleef, wie stopte"),
    _Kind(4, r"4-(?!series)\w+", "verschillen", "Verschil met {before}, per kenmerk", "het verschil", "verschillen",
          "Verschil"),
    _Kind(4, r"4-series-.+", "reeksen", "Door de jaren, per kenmerk", "de reeks", "reeksen", "Evolutie"),
)


class Fold(NamedTuple):
    """Tables that are folded until the reader opens them; `is_open` if there is no picture to look at first."""

    code: str
    label: str
    grids: list
    is_open: bool = False


class Figure(NamedTuple):
    """A picture (None if there is nothing to draw) and its tables; a `wide` one takes the whole width.

    `why` says which hidden counts are 5 or more, '' if none is known to be.
    """

    code: str
    title: str
    why: str
    wide: bool
    drawing: object
    picture_url: str | None
    folds: list


class Group(NamedTuple):
    """Figures of a chapter; a group with a `title` is folded, and `summary` says what is in it."""

    code: str
    title: str
    summary: str
    figures: list


class Chapter(NamedTuple):
    """A chapter of the report; `text` lists its sentences."""

    number: int
    title: str
    text: list
    groups: list


class Unfold(NamedTuple):
    """The link that opens or closes everything; `other` is its label after it was used.

    `page` and `fields` are the address of the page for a form: its path, and what stands behind it.
    """

    is_open: bool
    url: str
    label: str
    other: str
    page: str
    fields: list


def chosen(arguments, url_of):
    """The address of the figure that was chosen in 'Ga naar kenmerk' without JavaScript; None if none was."""
    code = arguments.get("to", "")
    return url_of(_anchor=f"tabel-{code}") if _CODE.fullmatch(code) else None


def values(report, picture_url, unfold):
    """The values of `arbeidszorg/report/_report.html`; `picture_url(table)` gives the address of a picture's file."""
    sentences = text.sentences(report)
    chapters = [Chapter(number, title, sentences.get(number, []), _groups(report, number, picture_url))
                for number, title in _titles(report).items()]
    return {"report": report, "facts": list(_facts(report)), "chapters": chapters, "variables": _variables(chapters),
            "unfold": unfold, "how_counted": text.how_counted(report), "scale": charts.scale_of(report)}


def unfold(arguments, url_of):
    """The `Unfold` link, opposite to what the address asks for; `url_of(**arguments)` gives the page's address."""
    address = urlsplit(url_of())
    form = address.path, parse_qsl(address.query)
    if arguments.get("open") == "all":
        return Unfold(True, url_of(), FOLD, UNFOLD, *form)
    return Unfold(False, url_of(open="all"), UNFOLD, FOLD, *form)


def source(report):
    """The source of a picture, shown below it."""
    return (f"De Vlaamse arbeidszorgmedewerker in beeld, {report.year}, {report.scope_label}. "
            f"Opgemaakt op {moment(report.made_at)} met Loket. {HIDDEN_MARK} = niet getoond.")


def file_name(report, content):
    """The name of a file of this report; `content` says which part, and may bring the file's extension."""
    return f"loket-jaarrapport-{report.year}-{report.scope}-{content}"


def _titles(report):
    return {
        1: "Initiatieven",
        2: "Actieve arbeidszorgmedewerkers",
        3: "Stopzettingen",
        4: f"Verschillen met {report.year - 1}",
    }


def _facts(report):
    """(label, value) of the facts about the whole report."""
    yield "Referentiedatum", f"{moment(report.made_at)}: toen is dit rapport opgemaakt"
    running = f"; {report.year} loopt nog" if report.is_running else ""
    yield "Antwoorden en leeftijd", f"zoals ze waren op {day(report.reference_day)}{running}"
    yield "Actieve arbeidszorgmedewerkers", _with_year_before(report, report.clients, charts.count)
    yield "Stopzettingen", _with_year_before(report, report.closings, charts.count)
    if report.mean_age.now is not None:
        yield "Gemiddelde leeftijd", _with_year_before(report, report.mean_age, _years)
    count, share = grids.count_and_share(report.incomplete)
    yield "Onvolledige registraties", f"{count} ({share})" if share else count
    if report.tables:
        yield "Getoonde aantallen", hiding.shown(report)


def _with_year_before(report, pair, text_of):
    """The figure of this year, with that of the year before in brackets if there is one."""
    before = "" if pair.before is None else f" (in {report.year - 1}: {text_of(pair.before)})"
    return text_of(pair.now) + before


def _years(mean):
    return f"{mean} jaar".replace(".", ",")


def _groups(report, chapter, picture_url):
    """The groups of a chapter: first the one that is always shown, then a folded one for each kind."""
    tables, folded, scale = report.chapter(chapter), [], charts.scale_of(report)
    for kind in _KINDS:
        of_kind = [table for table in tables if kind.chapter == chapter and re.fullmatch(kind.codes, table.code)]
        tables = [table for table in tables if table not in of_kind]
        if of_kind:
            folded.append(Group(kind.name, kind.title.format(before=report.year - 1), _summary(of_kind, kind),
                                _figures(report, of_kind, picture_url, scale)))
    return [Group("", "", "", _figures(report, tables, picture_url, scale)), *folded]


def _summary(tables, kind):
    larger = sum(any(row.larger for row in table.rows) for table in tables)
    if len(tables) == 1:
        return f"Toon {kind.one}{', met een verandering die groter is dan toeval' if larger else ''}"
    of_which = f", waarvan {larger} met een verandering die groter is dan toeval" if larger else ""
    return f"Toon de {len(tables)} {kind.more}{of_which}"


def _figures(report, tables, picture_url, scale):
    """A figure for each table; but a table by province has no picture: it becomes a fold of the figure before it."""
    figures = []
    for table in tables:
        if figures and table.code == f"{figures[-1].code}-by-province" and not table.picture:
            figures[-1].folds.append(Fold(table.code, "Toon per provincie", grids.grids(table)))
        else:
            figures.append(_figure(report, table, picture_url, scale))
    return figures


def _figure(report, table, picture_url, scale):
    drawing = charts.picture(table, scale)
    return Figure(
        table.code, table.title, hiding.why(report, table), grids.is_wide(table), drawing and drawing.page(),
        picture_url(table) if drawing and picture_url else None,
        [Fold("", "Toon de cijfers", grids.grids(table), is_open=not drawing)])


def _variables(chapters):
    """For 'Ga naar kenmerk': (kind of figure, [(name of the variable, code of the figure), ...]) of each kind."""
    kinds, names = {}, {}
    for chapter in chapters:
        for group in chapter.groups:
            for figure in group.figures:
                if (kind := _kind(chapter, group)) and (match := _OF_VARIABLE.fullmatch(figure.code)):
                    names.setdefault(match[1], figure.title)
                    kinds.setdefault(kind, []).append((names[match[1]], figure.code))
    return list(kinds.items())


def _kind(chapter, group):
    if chapter.number == 2:
        return "Verdeling"
    return next((kind.choice for kind in _KINDS if kind.name == group.code), None)
