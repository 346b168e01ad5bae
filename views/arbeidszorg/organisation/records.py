"""'Inzage': one client's whole record, on a page to print and as a file."""
import re

from flask import Blueprint, make_response, render_template

from models.arbeidszorg.deletion.requests import REASONS
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.transfer.client_record import ClientRecord
from models.database import now, today
from views.arbeidszorg.organisation import client_page
from views.arbeidszorg.organisation.clients import own_client
from views.arbeidszorg.withdrawn import period_label, years_of
from views.hall import log_words
from views.shell import filters, pages
from views.shell.access import open_to, signed_in

blueprint = Blueprint("records", __name__)

STATES = {"pending": "wordt bekeken", "withdrawn": "ingetrokken", "refused": "geweigerd", "approved": "goedgekeurd"}
# Numbers in free text may be those of other clients.
LEFT_OUT = "(nummer)"


@blueprint.get("/clients/<int:number>/record")
@open_to("arbeidszorg:organisation")
def show(number):
    """Show a client's whole record; the audit records it."""
    found = ClientRecord.read(own_client(number), signed_in())
    return pages.render("arbeidszorg/organisation/record.html", **_values(found))


@blueprint.get("/clients/<int:number>/record/file")
@open_to("arbeidszorg:organisation")
def save(number):
    """Download a client's whole record as a file that needs nothing else; the audit records it."""
    found = ClientRecord.read(own_client(number), signed_in(), saved=True)
    response = make_response(render_template("arbeidszorg/organisation/record_file.html", **_values(found)))
    response.headers["Content-Disposition"] = f'attachment; filename="loket-inzage-{number}-{today():%Y-%m-%d}.html"'
    return response


def _values(found):
    client = found.client
    return {
        "number": client.number, "old_number": client.old_number, "former_numbers": found.former_numbers,
        "name": client.name, "organisation": client.organisation.name, "registered": filters.moment(client.created_at),
        "changed": filters.moment(client.changed_at), "active": client_page.is_active(client), "made": now(),
        "organisations": [(organisation.name, filters.day(until)) for organisation, until in found.organisations],
        "chapters": _chapters(found), "periods": [
            (row, filters.moment(period.created_at), filters.moment(period.changed_at))
            for period, row in zip(found.periods, client_page.rows_of(found.periods), strict=True)],
        "withdrawn": [_withdrawn(withdrawal) for withdrawal in found.withdrawals],
        "requests": [_request(one) for one in found.requests],
        "log": [(filters.moment(entry.made_at), log_words.line(entry), log_words.who(entry)) for entry in found.log],
    }


def _chapters(found):
    """(chapter, facts); a fact is (label, answer, day it was given, (until, answer) of each earlier answer)."""
    answers = found.client.answers()

    def fact(question):
        earlier = [(filters.day(was.until), client_page.words(question, was.answer))
                   for was in found.past_answers if was.question == question.code]
        return (question.label, client_page.words(question, answers.get(question.code)),
                filters.day(found.given_on.get(question.code)), earlier)

    return [(chapter, [fact(question) for question in questions])
            for chapter, questions in questionnaire.current().chapters()]


def _withdrawn(withdrawal):
    """A withdrawn period in words, with its hours; of a purged one only the years are left."""
    when = f"teruggetrokken op {filters.moment(withdrawal.withdrawn_at)}"
    if withdrawal.kept_rows is None:
        return f"Periode {years_of(withdrawal.first_year, withdrawal.last_year)}, {when} en definitief verwijderd"
    row = client_page.period_row(withdrawal.period)
    closing = [part for part in (row.reason, row.outlook) if part]
    return ", ".join([f"Periode {period_label(withdrawal.period)}", f"{row.hours} uren per week", *closing, when])


def _request(request):
    """(moment, reason, remark, state, answer) of a request to delete the client."""
    own = str(request.client_number)

    def without_numbers(text):
        return re.sub(r"\d+", lambda match: match[0] if match[0] == own else LEFT_OUT, text)

    return (filters.moment(request.created_at), REASONS[request.reason], without_numbers(request.remark),
            STATES[request.status], without_numbers(request.answer))
