"""The pictures of what changed over the years: lines, each with its label at its end."""
import textwrap

from models.arbeidszorg.report.shape import HIDDEN_MARK, TOTAL
from views.arbeidszorg.report.drawing import COLOURS, SPACED, Drawing, shortened
from views.shell.filters import number

MOST_LINES = len(COLOURS)
# A line chart: its left and right edge, in percent of the width, and its height in pixels.
LEFT, RIGHT, PLOT = 5, 56, 170
# The labels at the ends of lines: where they begin, in percent, their most letters on a line and most lines, and the
# height of a line and the gap below a label, in pixels.
LABELS, LETTERS_AT_END, LINES_AT_END = 64, 15, 3
LINE_AT_END, GAP_AT_END = 14, 5


def lines(table):
    """The `Drawing` of a table with a line for each column; None if there is nothing to draw."""
    years = table.rows
    columns = _largest(table)
    values = {index: [_value(row.cells[index], table.share_of) for row in years] for index, _ in columns}
    highest = max((value for line in values.values() for value in line if value is not None), default=0)
    if len(years) < 2 or not highest:
        return None
    drawing = Drawing(f"Lijndiagram: {table.title}")
    drawn = [column for column in table.columns if column.code != TOTAL or table.share_of is None]
    if len(drawn) > len(columns):
        drawing.write(f"De {len(columns)} grootste; de andere: zie de tabel", "note")
    top = _grid(drawing, highest, " %" if table.share_of else "")
    bottom, ends = drawing.height, []

    def point(year, value):
        return (LEFT + (RIGHT - LEFT) * year / (len(years) - 1), round(bottom - PLOT * float(value) / top, 1))

    for line, (index, _) in enumerate(columns, 1):
        points = [value is not None and point(year, value) for year, value in enumerate(values[index])]
        for one, next_one in zip(points, points[1:], strict=False):
            if one and next_one:
                drawing.add("line", f"line-{line}", x1=one[0], y1=one[1], x2=next_one[0], y2=next_one[1])
        for one in filter(None, points):
            drawing.add("circle", f"dot-{line}", cx=one[0], cy=one[1], r=3.5)
        if end := next(filter(None, reversed(points)), None):
            ends.append((end, line))
    _years(drawing, years, columns, point)
    _label_ends(drawing, ends, [column.label for _, column in columns], bottom)
    return drawing


def _label_ends(drawing, ends, labels, bottom):
    """Write each line's label beside its last point; labels that would touch move apart, up or down."""
    short = shortened(labels)
    blocks = [[x, y, line, textwrap.wrap(short[labels[line - 1]], LETTERS_AT_END, max_lines=LINES_AT_END,
                                         placeholder=" …")] for (x, y), line in sorted(ends, key=lambda one: one[0][1])]
    heights = [LINE_AT_END * len(text) + GAP_AT_END for *_, text in blocks]
    lowest = bottom
    tops = []
    for (_, y, *_), height in reversed(list(zip(blocks, heights, strict=True))):
        lowest = min(y - height / 2, lowest - height)
        tops.insert(0, lowest)
    under = SPACED
    for (x, y, line, text), wanted, height in zip(blocks, tops, heights, strict=True):
        top = round(max(wanted, under), 1)
        under = top + height
        middle = round(top + (height - GAP_AT_END) / 2, 1)
        drawing.add("line", "grid", x1=x, y1=y, x2=LABELS - 4.5, y2=middle)
        drawing.add("line", f"line-{line}", x1=LABELS - 4.5, y1=middle, x2=LABELS - 1, y2=middle)
        for row, words in enumerate(text):
            drawing.add("text", "label", words, x=LABELS, y=round(top + LINE_AT_END * (row + 1) - 3, 1))
    drawing.height = max(drawing.height, under)


def _grid(drawing, highest, unit):
    """Draw horizontal lines with their numbers; return the value of the highest line."""
    step = _step(float(highest))
    steps = -(-float(highest) // step)
    drawing.height += SPACED
    for line in range(int(steps) + 1):
        y = round(drawing.height + PLOT * (1 - line / steps), 1)
        drawing.add("line", "grid" if line else "axis", x1=0, x2=RIGHT + 1, y1=y, y2=y)
        if line:
            drawing.add("text", "note", f"{_tick(line * step)}{unit}", x=0, y=y - 3)
    drawing.height += PLOT
    return step * steps


def _years(drawing, years, columns, point):
    """Write the years below the lines, with HIDDEN_MARK above a year in which a line has a hidden point."""
    every = -(-len(years) // 5)
    for year, row in enumerate(years):
        x, _ = point(year, 0)
        if any(row.cells[index].hidden for index, _ in columns):
            drawing.add("text", "value", HIDDEN_MARK, x=x, y=drawing.height - 2, text_anchor="middle")
        if (len(years) - 1 - year) % every == 0:
            drawing.add("text", "note", row.label, x=x, y=drawing.height + 16, text_anchor="middle")
    drawing.height += 22


def _largest(table):
    """(index, column) of the columns that get a line: the largest in the last year, in the table's order."""
    columns = [(index, column) for index, column in enumerate(table.columns)
               if column.code != TOTAL or table.share_of is None]
    last = table.rows[-1].cells if table.rows else ()
    chosen = sorted(columns, key=lambda one: -(last[one[0]].count or 0) if last else 0)[:MOST_LINES]
    return sorted(chosen, key=lambda one: one[0])


def _value(cell, share_of):
    return cell.share if share_of else cell.count


def _step(highest):
    """The distance between the horizontal lines: a round number that fits at most five times into `highest`."""
    size = 1.0
    while size * 10 <= highest:
        size *= 10
    return next(size * part for part in (0.2, 0.5, 1, 2, 5) if highest / (size * part) <= 5)


def _tick(value):
    return number(int(value)) if value == int(value) else f"{value:.1f}".replace(".", ",")
