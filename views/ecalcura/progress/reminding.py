"""'Herinner': mails the ticked facilities of a list, after a question where some got a reminder lately."""
import secrets

from flask import Blueprint, request, url_for
from wtforms import BooleanField, IntegerField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from models.ecalcura.facilities.facilities import Facility, ids_of
from models.ecalcura.progress import reminders
from models.ecalcura.progress.listing import every_row
from models.ecalcura.trimesters.calendar import Trimester
from views.ecalcura.progress import desk, file_list
from views.ecalcura.trimesters import versions
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import LARGEST_INTEGER, BaseForm, FormKey
from views.shell.lanes import LONG, runs_in

blueprint = Blueprint("reminding", __name__, url_prefix=f"/ecalcura/desk/progress{desk.ONE}/remind")

NOBODY_TICKED = "Vink eerst een of meer voorzieningen aan."
# More facilities than this without anybody to mail are counted, and not named.
NAMED = 5


class RemindForm(BaseForm):
    """The ticks of a list; `everything` stands for all rows of the list, also those on other pages."""

    everything = BooleanField()
    form_key = FormKey()
    seen = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0, LARGEST_INTEGER)])


@blueprint.post("")
@open_to("ecalcura:dossier")
@runs_in(LONG, methods=("POST",))
def send(period, number):
    """Mail those who may submit at the ticked facilities; or ask first, if some got a reminder in the last days."""
    place, form, chosen = versions.place_of(period, number), RemindForm(), desk.chosen_in(request.form)
    known = form.validate_on_submit() and Trimester.known(*place)
    ids = _ticked(place, form, chosen) if known else []
    if not ids:
        return desk.page(place, chosen, notice=NOBODY_TICKED, status=422)
    done = reminders.remind(place, ids, signed_in(), form.form_key.data, form.seen.data or 0)
    if done.again:
        return _ask(place, form, chosen, ids, done)
    return pages.back_to("progress.show", _outcome(done), period=period, number=number,
                         **file_list.parameters(chosen))


def _ticked(place, form, chosen):
    """The ids of the facilities: all of the list, or those ticked."""
    if form.everything.data:
        return [row.facility_id for row in every_row(place, chosen)]
    return ids_of(request.form.getlist("tick"))


def _ask(place, form, chosen, ids, done):
    form.seen.data, form.seen.raw_data = done.last, None
    form.form_key.data = secrets.token_urlsafe(16)
    return pages.render(
        "ecalcura/progress/remind_again.html", status=409, place=place, form=form, chosen=chosen,
        ticks=[] if form.everything.data else [facility.hco for facility in Facility.named(ids)], total=len(ids),
        again=done.again, back=url_for("progress.show", period=place.period, number=place.number,
                                       **file_list.parameters(chosen)))


def _outcome(done):
    """The sentences that say what became of the request."""
    number = len(done.mailed)
    told = [f"Herinnering verstuurd naar {number} voorziening{'' if number == 1 else 'en'}."]
    if done.nobody:
        told.append(f"Niemand om te mailen: {_named(done.nobody)}.")
    if done.sent_in:
        told.append(f"Intussen ingediend: {_named(done.sent_in)}.")
    return " ".join(told)


def _named(rows):
    names, more = ", ".join(row.name for row in rows[:NAMED]), len(rows) - NAMED
    return f"{names} en nog {more}" if more > 0 else names
