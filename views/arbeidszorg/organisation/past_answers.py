"""'Klopte niet': the page that asks whether an earlier answer was never true, and removes it."""
from flask import Blueprint, abort

from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.corrections import remove_past_answer
from views.arbeidszorg.organisation import client_page
from views.arbeidszorg.organisation.clients import own_client
from views.shell import filters, pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm

blueprint = Blueprint("past_answers", __name__)

REMOVED = "Het vroegere antwoord is verwijderd."
GONE = "Dit vroegere antwoord stond er niet meer."


@blueprint.route("/clients/<int:number>/past-answers/<int:past_id>/remove", methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
def remove(number, past_id):
    """Ask whether an earlier answer was never true, and remove it; 404 if the client has no such answer."""
    client = own_client(number)
    if BaseForm().validate_on_submit():
        removed = remove_past_answer(client, past_id, signed_in())
        return pages.back_to("clients.show", REMOVED if removed else GONE, number=number)
    past = client.past_answers()
    was = next((one for one in past if one.id == past_id), None) or abort(404)
    question = questionnaire.current()[was.question]
    later = [one for one in past if one.question == was.question and one.until > was.until]
    return pages.render(
        "arbeidszorg/organisation/was_wrong.html",
        thing="antwoord",
        number=number,
        label=client_page.label(client),
        question=question.label,
        was=client_page.words(question, was.answer),
        until=filters.day(was.until),
        after=client_page.words(question, later[-1].answer if later else client.answers().get(was.question)),
    )
