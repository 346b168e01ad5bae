"""The HTML of the list as patterns for string formatting, made from an answer of Loket itself: so whatever the template
becomes, the bare function sends the same bytes, and a check says so."""
import re
from html import escape

ROWS = re.compile(r"<tr role=\"row\">(?:(?!</tr>).)*</tr>", re.DOTALL)


def of(html, rows, counts):
    """Patterns `head`, `row`, `between`, `badge` and `tail` of a page of the list that shows `rows` (models' Row)."""
    found = list(ROWS.finditer(html))[-len(rows):]
    assert len(found) == len(rows), "the rows of the list look otherwise than bench/tools/pattern.py expects"
    # One row that has everything, so that each of its values is seen, and one with the badge behind its name.
    named = [(place, row) for place, row in enumerate(rows) if row.name]
    full = next(place for place, row in named if row.old_number and row.end and not row.incomplete)
    lacking = next(place for place, row in named if row.incomplete)
    return {
        "head": _counted(html[:found[0].start()], counts),
        "row": _row(found[full][0], rows[full]),
        "between": html[found[0].end():found[1].start()],
        "badge": found[lacking][0].split(escape(rows[lacking].name))[1].split("</td>")[0],
        "tail": _counted(html[found[-1].end():], counts),
    }


def _row(html, row):
    values = {
        f"{row.number} ({row.old_number})": "{label}",
        f"/periods/{row.period_id}": "/periods/{period}",
        escape(row.name): "{name}{badge}",
        f"{row.start:%d/%m/%Y}": "{start}",
        f"{row.end:%d/%m/%Y}": "{end}",
        str(row.number): "{number}",
    }
    text = _literal(html)
    for value, place in values.items():
        assert value in text, f"the rows of the list show no {place}"
        text = text.replace(value, place)
    return text


def _counted(html, counts):
    text = _literal(html)
    for name, count in counts.items():
        text = re.sub(rf"(?<=\(){count}(?=\))|(?<=van ){count}(?= cliënten)", "{" + name + "}", text)
    return text


def _literal(html):
    return html.replace("{", "{{").replace("}", "}}")
