"""Turns the HTML of the list, from a response of Loket, into patterns for string formatting, so that the bare function
sends the same bytes even when the template changes; a check confirms it."""
import re
from html import escape

ROWS = re.compile(r"<tr>(?:(?!</tr>).)*</tr>", re.DOTALL)


def of(html, rows, counts, name=None):
    """The patterns `head`, `row`, `between`, `badge` and `tail` of a list that shows `rows` (of a models' Listing).

    With `name`, the organisation's, `html` is the whole page.
    """
    matches = list(ROWS.finditer(html))[-len(rows):]
    assert len(matches) == len(rows), "the rows of the list look otherwise than bench/tools/pattern.py expects"
    # A row with every value, so that each value becomes a placeholder; and a row with the badge behind its name.
    named = [(index, row) for index, row in enumerate(rows) if row.name]
    full = next(index for index, row in named if row.old_number and row.end and not row.incomplete)
    incomplete = next(index for index, row in named if row.incomplete)
    return {
        "head": _named(_counted(html[:matches[0].start()], counts), name),
        "row": _row(matches[full][0], rows[full]),
        "between": html[matches[0].end():matches[1].start()],
        "badge": matches[incomplete][0].split(escape(rows[incomplete].name))[1].split("</td>")[0],
        "tail": _counted(html[matches[-1].end():], counts),
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
    text = literal(html)
    for value, placeholder in values.items():
        assert value in text, f"the rows of the list show no {placeholder}"
        text = text.replace(value, placeholder)
    return text


def _counted(html, counts):
    text = literal(html)
    for name, count in counts.items():
        text = re.sub(rf"(?<=\(){count}(?=\))|(?<=van ){count}(?= cliënten)", "{" + name + "}", text)
    return text


def _named(text, name):
    shown = f"</span>{escape(name)}</span>" if name else ""
    assert text.count(shown) == 1 or not name, "the page does not show once who is signed in"
    return text.replace(shown, "</span>{name}</span>") if name else text


def literal(html):
    """The HTML as a pattern without placeholders."""
    return html.replace("{", "{{").replace("}", "}}")
