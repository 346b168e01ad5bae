"""Two clients of one organisation side by side, 'zonder naam': the rows of the table."""
from views.shell import filters


def rows(client, other):
    """(label, [answer and earlier answers of each], whether they differ) of each question, and of the periods."""
    facts = [("Geregistreerd op", [(filters.day(one.registered_on), []) for one in (client, other)]),
             ("Status", [("Actief" if one.active else "Niet-actief", []) for one in (client, other)])]
    for (_, questions), (_, of_other) in zip(client.chapters, other.chapters, strict=True):
        for pair in zip(questions, of_other, strict=True):
            facts.append((pair[0].label, [(one.answer or "–", [_earlier(was) for was in one.earlier])
                                          for one in pair]))
    facts.append(("Begeleidingsperiodes", [_periods(one) for one in (client, other)]))
    return [(label, cells, cells[0][0] != cells[1][0]) for label, cells in facts]


def _earlier(was):
    until, answer = was
    return f"Tot en met {filters.day(until)}: {answer}"


def _periods(client):
    """The number of periods as text, and a line for each of them."""
    lines = [f"{filters.day(period.start_date)} – {filters.day(period.end_date) or 'loopt'}, "
             f"{filters.hours(period.hours)} uren per week" for period in client.periods]
    return f"{len(lines)}" if lines else "geen", lines
