"""The pictures of the yearly report: they draw the shown counts of a table, and nothing of its hidden ones."""
import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from models.arbeidszorg.report.shape import BAR, LINE, OF_ROW, STACKED, Cell, Column, Row, Table
from tests.models.arbeidszorg.report.sample_report import BY_SITUATION, CHANGED, GENDER, HIDDEN, SERIES, sample, shown
from views.arbeidszorg.report import charts, line_charts
from views.arbeidszorg.report.drawing import PAINT, WIDTH

CSS = (Path(__file__).parents[4] / "static" / "css" / "report.css").read_text(encoding="utf-8")
ALL = (GENDER, BY_SITUATION, CHANGED, SERIES)
SCALE = 80
SVG = "{http://www.w3.org/2000/svg}"


def picture(table):
    """The picture of a table, with bars that end at 80 %."""
    return charts.picture(table, SCALE)


def drawn(table):
    """(tag, kind, text) of each shape."""
    return [shape[:3] for shape in picture(table).shapes]


def texts(table):
    return [text for tag, _, text in drawn(table) if tag == "text"]


def across(table, kind):
    """(x, width) of the shapes of this kind, in percent."""
    return [(at.get("x", 0), at["width"]) for _, of, _, at in picture(table).shapes if of == kind]


def table_of(*rows, columns=("count",), **values):
    made = [Row(code, code.title(), cells, code == "total") for code, *cells in rows]
    return Table("2-x", 2, "Iets", tuple(Column(code, code.title()) for code in columns), tuple(made), **values)


SHARES = ("a", HIDDEN), ("b", shown(10, "20.0")), ("c", shown(40, "80.0")), ("total", shown(50, "100.0"))


def test_a_bar_is_as_long_as_its_share_and_a_hidden_count_is_hatched():
    table = table_of(*SHARES)
    assert [width for _, width in across(table, "bar")] == [charts.LONGEST_BAR, charts.LONGEST_BAR / 4]
    assert across(table, "rest") == [(0, charts.HIDDEN_BAR)]
    assert [kind for tag, kind, _ in drawn(table) if tag == "line"].count("hatch") == 1
    assert texts(table)[5:] == ["C", "40 · 80,0\u00a0%", "B", "10 · 20,0\u00a0%", "A", "niet getoond"]


def test_ticks_divide_the_scale_of_all_bars():
    assert texts(table_of(*SHARES))[:5] == ["0", "20", "40", "60", "80 %"]
    ticks = [at["x1"] for _, kind, _, at in picture(table_of(*SHARES)).shapes if kind == "grid"]
    assert sorted(ticks) == [charts.LONGEST_BAR * part for part in (0, 0.25, 0.5, 0.75, 1)]


def test_all_bars_of_a_report_end_at_the_next_ten_above_its_largest_share():
    low, high = (table_of(("a", shown(1, share)), ("total", shown(9, "100.0"))) for share in ("12.0", "41.0"))
    assert charts.scale_of(sample(tables=(low, high))) == 50
    assert charts.scale_of(sample(tables=(low, replace(high, picture=LINE)))) == 20
    assert charts.scale_of(sample(tables=())) == 10


def test_answers_are_sorted_by_their_counts_unless_they_have_an_order_of_their_own():
    rows = [("few", shown(5)), ("unknown", shown(90)), ("hidden", HIDDEN), ("many", shown(7)), ("total", shown(120))]
    table = table_of(*rows)
    assert [row.code for row in charts.in_order(table)] == ["many", "few", "hidden", "unknown", "total"]
    assert charts.in_order(replace(table, code="2-age")) == table.rows
    assert charts.in_order(replace(table, picture=LINE)) == table.rows


def test_a_bar_without_a_percentage_shows_its_count():
    assert texts(table_of(("a", shown(1234)), ("total", HIDDEN))) == ["A", "1.234"]


def test_a_zero_is_not_drawn():
    assert texts(table_of(("a", shown(7)), ("b", shown(0)), ("total", shown(7)))) == ["A", "7"]


@pytest.mark.parametrize("kind", [BAR, STACKED, LINE])
def test_a_table_without_counts_has_no_picture(kind):
    for cell in (shown(0), HIDDEN):
        assert picture(table_of(("a", cell), ("total", cell), picture=kind)) is None
    assert picture(table_of(picture=kind)) is None
    assert picture(replace(GENDER, picture=None)) is None


def test_the_parts_of_a_stacked_bar_fill_it_and_its_hidden_counts_are_one_part():
    columns = ("active", "higher", "lower", "same", "total")
    table = table_of(("a", shown(50), HIDDEN, shown(25), HIDDEN, shown(100)), columns=columns, picture=STACKED,
                     share_of=OF_ROW)
    # The first one of each kind is that of the legend.
    assert across(table, "part-1")[1:] == [(0, 50)]
    assert across(table, "part-3")[1:] == [(50, 25)]
    assert across(table, "rest")[1:] == [(75, 25)]
    assert len(across(table, "part-2")) == len(across(table, "part-4")) == 1
    assert texts(table) == ["Active", "Higher", "Lower", "Same", "niet getoond", "A", "50 %", "25 %"]


def test_a_stacked_bar_of_a_hidden_total_has_only_the_mark():
    table = table_of(("a", shown(7), HIDDEN), ("b", shown(5), shown(5)), columns=("active", "total"), picture=STACKED)
    assert texts(table) == ["Active", "B", "100 %", "A", "*"]
    assert across(table, "part-1")[1:] == [(0, 100)]


def test_a_line_has_a_gap_at_a_hidden_year():
    years = [("2019", shown(10)), ("2020", shown(20)), ("2021", HIDDEN), ("2022", shown(20)), ("2023", shown(5))]
    table = table_of(*years, picture=LINE, share_of=None)
    shapes = picture(table).shapes
    points = [at for tag, kind, _, at in shapes if kind == "dot-1"]
    # The last one is beside the label.
    lines = [at for tag, kind, _, at in shapes if kind == "line-1"][:-1]
    assert len(points) == 4
    step = (line_charts.RIGHT - line_charts.LEFT) / 4
    assert [(line["x1"], line["x2"]) for line in lines] == [
        (line_charts.LEFT, line_charts.LEFT + step), (line_charts.RIGHT - step, line_charts.RIGHT)]
    assert texts(table).count("*") == 1
    low, high = points[-1]["cy"], points[1]["cy"]
    assert high < low


def test_one_year_makes_no_line():
    assert picture(table_of(("2020", shown(10)), picture=LINE, share_of=None)) is None


def test_only_the_largest_lines_are_drawn_and_a_total_only_among_counts():
    columns = (*"abcdefgh", "total")
    year = [Cell(count, share=count) for count in (1, 8, 7, 6, 5, 4, 3, 2)]
    table = table_of(("2020", *year, shown(36, "100")), ("2021", *year, shown(36, "100")), columns=columns,
                     picture=LINE, share_of=OF_ROW)
    assert texts(table)[0] == "De 6 grootste; de andere: zie de tabel"
    assert texts(table)[-6:] == [*"BCDEFG"]
    counted = replace(table, share_of=None, columns=table.columns[-2:],
                      rows=tuple(replace(row, cells=row.cells[-2:]) for row in table.rows))
    assert set(texts(counted)[-2:]) == {"H", "Total"}


def test_each_label_is_beside_the_last_point_of_its_line_and_no_two_touch():
    columns = ("one", "a label of several words that take many lines", "two", "three")
    years = [("2020", shown(5), shown(6), shown(7), HIDDEN), ("2021", shown(50), shown(51), shown(52), HIDDEN)]
    shapes = picture(table_of(*years, columns=columns, picture=LINE, share_of=None)).shapes
    labels = [(text, at["y"]) for _, kind, text, at in shapes if kind == "label"]
    assert [text for text, _ in labels] == ["Two", "A Label Of", "Several Words", "That Take …", "One"]
    assert all(below - above >= line_charts.LINE_AT_END for (_, above), (_, below) in pairwise(labels))
    leaders = [at for _, kind, _, at in shapes if kind == "grid" and at["x1"] == line_charts.RIGHT]
    assert len(leaders) == 3


def test_a_change_is_drawn_left_or_right_of_the_middle_and_darker_if_larger_than_chance():
    def row(code, points, larger=False, now=None):
        cells = shown(50), now or shown(50)
        return Row(code, code, cells, points=points and Decimal(points), larger=larger)

    table = replace(CHANGED, rows=(row("a", "2.0", larger=True), row("b", "-1.0"), row("c", None, now=HIDDEN),
                                   row("d", None)))
    assert across(table, "bar")[1:] == [(50, charts.LONGEST_CHANGE)]
    assert across(table, "faint")[1:] == [(50 - charts.LONGEST_CHANGE / 2, charts.LONGEST_CHANGE / 2)]
    assert texts(table)[2:] == ["a", "+2,0", "b", "−1,0", "c", "*", "d", "–"]
    small = replace(table, rows=(row("a", "0.1"),))
    assert across(small, "faint")[1][1] == pytest.approx(charts.LONGEST_CHANGE / 10)


def test_labels_lose_their_brackets_only_if_they_still_differ_then():
    def named(*labels):
        rows = tuple(Row(label, label, (shown(5),)) for label in labels)
        return texts(replace(GENDER, rows=rows))[::2]

    assert named("Ja (a)", "Neen") == ["Ja", "Neen"]
    assert named("Ja (a)", "Ja (b)") == ["Ja (a)", "Ja (b)"]


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.code)
def test_a_picture_s_file_is_an_svg_with_its_own_colours(table):
    text = picture(table).file("Geslacht & <i>meer</i>", "Bron")
    root = ElementTree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert root[0].tag == f"{SVG}title"
    assert "Geslacht & <i>meer</i>" in [one.text for one in root.iter(f"{SVG}text")]
    assert not re.search(r"class=|style=|<script|<style|url\(|%\"", text)
    plain = {f"{SVG}{tag}" for tag in ("svg", "title", "g", "text")}
    for shape in root.iter():
        assert shape.tag in plain or {"fill", "stroke"} & set(shape.attrib)
        assert 0 <= float(shape.get("x", 0)) + float(shape.get("width", 0)) <= WIDTH


def test_the_source_of_a_picture_s_file_is_wrapped_below_it():
    one, two = (ElementTree.fromstring(picture(GENDER).file("Geslacht", source))
                for source in ("Bron", " ".join(f"West-Vlaanderen-{place}" for place in range(9))))
    assert int(two.get("height")) > int(one.get("height"))
    lines = [text for text in two.iter(f"{SVG}text") if "West" in text.text]
    assert [len(line.text) <= 100 for line in lines] == [True, True]
    first, second = (int(line.get("y")) for line in lines)
    assert first < second < int(two.get("height")) - 5
    assert lines[0].text.startswith("West-Vlaanderen-0")


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.code)
def test_a_picture_in_a_page_has_no_colours_style_or_script(table):
    text = picture(table).page()
    assert not re.search(r"style=|<script|<style|fill=|stroke=|on\w+=", text)
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img"
    assert table.title in root[0].text


def test_markup_in_a_label_is_escaped_in_page_and_file():
    evil = "<script>alert(1)</script>"
    table = replace(GENDER, title=evil, rows=(Row("a", evil, (shown(5),)),))
    for text in (picture(table).page(), picture(table).file(evil, evil)):
        assert "<script>" not in text
        assert "&lt;script&gt;" in text


def test_each_kind_of_shape_has_the_same_look_in_a_file_and_in_the_stylesheet():
    for kind in PAINT:
        prefix = rf"\[class\^=c-{kind.split('-')[0]}\]"
        assert re.search(rf"\.c-{kind}\b|{prefix}", CSS) or kind == "label", kind
    for name, colour in (("part", "fill"), ("dot", "fill"), ("line", "stroke")):
        for place in range(1, 7):
            assert f"--chart-{place}: {PAINT[f'{name}-{place}'][colour]};" in CSS, (name, place)
