"""The pictures of the yearly report: bars, stacked bars, lines, and bars of the changes.

A picture draws only what its table shows: a hidden count has no bar, part or point, but is hatched or has HIDDEN_MARK.
"""
import math

from models.arbeidszorg.report.counting.variables import AGE, HOURS, LENGTH, NOT_ANSWERED, SHARED
from models.arbeidszorg.report.shape import BAR, HIDDEN_MARK, LINE, OF_COLUMN, STACKED, TOTAL
from views.arbeidszorg.report import line_charts
from views.arbeidszorg.report.drawing import COLOURS, SPACED, Drawing, shortened
from views.shell.filters import number, percentage, signed

# The longest bars, in percent of the width; the rest is for its number. A hidden count has a bar of one width.
LONGEST_BAR, LONGEST_CHANGE, HIDDEN_BAR = 66, 30, 4
# Variables whose answers have an order of their own; those of the others are sorted by their counts.
ORDERED = frozenset({AGE, HOURS, LENGTH, SHARED, "education"})
NOT_SHOWN = "niet getoond"
# The height of a bar and the gap below it, in pixels.
THICK, GAP = 12, 9
# A part of a stacked bar shows its number if it has at least this width, in percent.
WIDE_ENOUGH = 14
# The most letters of a legend's label for two of them beside each other.
LETTERS_BESIDE = 16


def count(cell):
    """The count of a cell as text: 1.234, 0, or HIDDEN_MARK."""
    return HIDDEN_MARK if cell.hidden else number(cell.count)


def heading(table):
    """The heading of a table's picture as a file of its own."""
    if not table.changes:
        return table.title
    before, now = (column.label for column in table.columns)
    return f"{table.title}: verschil tussen {before} en {now}, in procentpunten"


def scale_of(report):
    """The percentage at the end of all bars of a report: the next multiple of ten above its largest share."""
    shares = [row.cells[0].share for table in report.tables if _has_scale(table) for row in table.rows if not row.total]
    largest = max((share for share in shares if share is not None), default=0)
    return max(10, 10 * math.ceil(largest / 10))


def in_order(table):
    """The rows of a table of one year: the largest first, then what is hidden, then what nobody said, then the total.

    Rows keep their places where the answers have an order of their own. The last column counts: it is the only one, or
    the total.
    """
    if table.changes or table.picture == LINE or set(table.code.split("-")) & ORDERED:
        return table.rows
    main = len(table.columns) - 1
    return sorted(table.rows, key=lambda row: (
        row.total, row.code in NOT_ANSWERED, row.cells[main].hidden, -(row.cells[main].count or 0)))


def picture(table, scale):
    """The `Drawing` of a table; None if there is nothing to draw. Bars of shares end at `scale` percent."""
    if table.changes:
        return _changes(table)
    if table.picture == BAR:
        return _bars(table, scale)
    draw = {STACKED: _stacked, LINE: line_charts.lines}.get(table.picture)
    return draw(table) if draw else None


def _has_scale(table):
    return table.picture == BAR and table.share_of == OF_COLUMN and not table.changes


def _bars(table, scale):
    # Zeros are shown in the table only; the other pictures leave them out too.
    rows = [row for row in in_order(table) if not row.total and row.cells[0].count != 0]
    highest = max((row.cells[0].count or 0 for row in rows), default=0)
    if not highest:
        return None
    drawing = Drawing(f"Staafdiagram: {table.title}")
    has_shares = any(row.cells[0].share is not None for row in rows)
    if has_shares:
        _ticks(drawing, scale)
    top = drawing.height
    short = shortened(row.label for row in rows)
    for row in rows:
        cell = row.cells[0]
        drawing.write(short[row.label])
        if cell.hidden:
            length = HIDDEN_BAR
            _hatch(drawing, 0, length, THICK)
        else:
            length = LONGEST_BAR * float(cell.share / scale if has_shares else cell.count / highest)
            drawing.add("rect", "bar", x=0, y=drawing.height, width=length, height=THICK)
        drawing.add("text", "value", _text(cell), x=length, dx=6, y=drawing.height + THICK - 2)
        drawing.height += THICK + GAP
    for tick in _places(scale) if has_shares else ():
        drawing.add_behind("line", "grid", x1=LONGEST_BAR * tick / scale, x2=LONGEST_BAR * tick / scale, y1=top,
                           y2=drawing.height - GAP)
    return drawing


def _ticks(drawing, scale):
    """Write the percentages above the bars."""
    drawing.height += 14
    for tick in _places(scale):
        drawing.add("text", "note", f"{tick} %" if tick == scale else f"{tick}", x=LONGEST_BAR * tick / scale,
                    y=drawing.height - 2, **({"text_anchor": "middle"} if tick else {}))
    drawing.height += 4


def _places(scale):
    return range(0, scale + 1, 10 if scale <= 50 else 20 if scale % 20 == 0 else scale // 2)


def _hatch(drawing, x, width, height):
    """Draw a hidden part: an outline with stripes."""
    drawing.add("rect", "rest", x=x, y=drawing.height, width=width, height=height)
    drawing.add("line", "hatch", x1=x, x2=x + width, y1=drawing.height + height / 2, y2=drawing.height + height / 2)


def _stacked(table):
    columns = [index for index, column in enumerate(table.columns) if column.code != TOTAL][:len(COLOURS)]
    rows = [(row, _total(table, row)) for row in in_order(table)]
    rows = [(row, total) for row, total in rows if total != 0]
    if not any(total for _, total in rows):
        return None
    drawing = Drawing(f"Gestapeld staafdiagram: {table.title}")
    any_hidden = any(total and row.cells[index].hidden for row, total in rows for index in columns)
    entries = [(f"part-{part}", table.columns[index].label) for part, index in enumerate(columns, 1)]
    _legend(drawing, entries + ([("rest", NOT_SHOWN)] if any_hidden else []))
    short = shortened(row.label for row, _ in rows)
    for row, total in rows:
        drawing.write(short[row.label], "value" if row.total else "label")
        if total:
            _stack(drawing, [row.cells[index] for index in columns], total)
        else:
            drawing.add("text", "value", HIDDEN_MARK, x=0, y=drawing.height + THICK)
        drawing.height += THICK + GAP + 4
    return drawing


def _stack(drawing, cells, total):
    """Draw one bar. Its hidden parts come last, as one part: only their sum is known."""
    start, parts = 0, [(f"part-{part}", 100 * (cell.count or 0) / total) for part, cell in enumerate(cells, 1)]
    rest = 100 - sum(width for _, width in parts)
    if any(cell.hidden for cell in cells):
        parts.append(("rest", rest))
    for kind, width in parts:
        if width > 0 and kind == "rest":
            _hatch(drawing, start, width, THICK + 4)
        elif width > 0:
            drawing.add("rect", kind, x=start, y=drawing.height, width=width, height=THICK + 4)
        if width >= WIDE_ENOUGH and kind != "rest":
            drawing.add("text", kind.replace("part", "on"), f"{width:.0f} %", x=start + width / 2,
                        y=drawing.height + 12, text_anchor="middle")
        start += width


def _changes(table):
    rows = [row for row in table.rows if not row.total]
    largest = max((abs(row.points) for row in rows if row.points is not None), default=0)
    if not largest:
        return None
    drawing = Drawing(f"Staafdiagram: {heading(table)}")
    _legend(drawing, [("bar", "Groter dan toeval"), ("faint", "Niet groter")])
    short = shortened(row.label for row in rows)
    for row in rows:
        drawing.write(short[row.label], x=50, text_anchor="middle")
        # Scaled to at least one point, so that a small change never gets a long bar.
        length = LONGEST_CHANGE * float(row.points or 0) / max(1, float(largest))
        if length:
            drawing.add("rect", "bar" if row.larger else "faint", x=50 + min(length, 0), y=drawing.height,
                        width=abs(length), height=THICK)
        end = {"dx": -6, "text_anchor": "end"} if length < 0 else {"dx": 6}
        drawing.add("text", "value", _change(row), x=50 + length, y=drawing.height + THICK - 2, **end)
        drawing.add("line", "axis", x1=50, x2=50, y1=drawing.height - 1, y2=drawing.height + THICK + 1)
        drawing.height += THICK + GAP
    return drawing


def _legend(drawing, entries):
    short = shortened(label for _, label in entries)
    beside = 2 if max(map(len, short.values())) <= LETTERS_BESIDE else 1
    for entry, (kind, label) in enumerate(entries):
        x, y = 50 * (entry % beside), drawing.height + SPACED * (entry // beside)
        drawing.add("rect", kind, x=x, y=y + 3, width=3.5, height=12)
        if kind == "rest":
            drawing.add("line", "hatch", x1=x, x2=x + 3.5, y1=y + 9, y2=y + 9)
        drawing.add("text", "label", short[label], x=x + 3.5, dx=6, y=y + 13)
    drawing.height += SPACED * -(-len(entries) // beside) + 6


def _total(table, row):
    """The total of a row; None if it is hidden."""
    total = [cell for column, cell in zip(table.columns, row.cells, strict=True) if column.code == TOTAL]
    if total:
        return total[0].count
    return None if any(cell.hidden for cell in row.cells) else sum(cell.count for cell in row.cells)


def _text(cell):
    if cell.hidden:
        return NOT_SHOWN
    return count(cell) if cell.share is None else f"{count(cell)} · {percentage(cell.share)}"


def _change(row):
    if row.points is not None:
        return signed(row.points)
    return HIDDEN_MARK if any(cell.hidden for cell in row.cells) else "–"
