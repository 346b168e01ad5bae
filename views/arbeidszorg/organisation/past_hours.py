"""'Klopte niet': the page that asks whether earlier hours of a period were never true, and removes them."""
from flask import Blueprint, abort

from models.arbeidszorg.register.corrections import remove_past_hours
from models.arbeidszorg.register.hours import PastHours, stretches
from models.arbeidszorg.register.periods import Period
from views.arbeidszorg.organisation import client_page
from views.arbeidszorg.organisation.clients import own_client
from views.arbeidszorg.withdrawn import period_label
from views.shell import filters, pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm

blueprint = Blueprint("past_hours", __name__)

REMOVED = "Het vroegere aantal uren is verwijderd."
GONE = "Dit vroegere aantal uren stond er niet meer."


@blueprint.route("/clients/<int:number>/periods/<int:period_id>/past-hours/<int:hours_id>/remove",
                 methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
def remove(number, period_id, hours_id):
    """Ask whether earlier hours were never true, and remove them; 404 if the period has no such earlier hours."""
    client = own_client(number)
    period = Period.one(client, period_id) or abort(404)
    if BaseForm().validate_on_submit():
        removed = remove_past_hours(period, hours_id, signed_in())
        return pages.back_to("clients.show", REMOVED if removed else GONE, number=number)
    past = list(PastHours.of(period_id))
    index = next((place for place, was in enumerate(past) if was.id == hours_id), None)
    if index is None:
        abort(404)
    held = stretches(period.start_date, period.hours, ((was.until, was.hours) for was in past))
    (hours, since), (after, _) = held[index + 1], held[index]
    return pages.render(
        "arbeidszorg/organisation/was_wrong.html",
        thing="aantal uren",
        question="Aantal uren",
        number=number,
        label=client_page.label(client),
        period=period_label(period),
        was=filters.hours(hours),
        since=filters.day(since),
        until=filters.day(past[index].until),
        after=filters.hours(after),
    )
