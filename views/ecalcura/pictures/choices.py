"""Prepares 'Historiek eindeloopbaan': a time line for each employee with a choice."""
from flask import url_for

from models.ecalcura.people import numbers
from views.ecalcura.pictures import time_line
from views.ecalcura.words import family_first
from views.shell import paging


def values(hco, history, day):
    """The values that the page needs of a `History`, as seen on a day."""
    return {
        "rows": [(row.employee_id, family_first(row.person), numbers.masked(row.person.number),
                  url_for("staff.show", hco=hco, employee_id=row.employee_id), time_line.values(row.line, {}, day))
                 for row in history.rows],
        "shown": paging.shown(history, "medewerker", "medewerkers"),
        **paging.links(url_for("pictures.history", hco=hco), history.page, history.pages),
    }
