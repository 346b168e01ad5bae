"""'Heropenen' of the desk: a submitted trimester of a facility, on its request or without one; or refusing that."""
from flask import Blueprint, abort, url_for
from wtforms import BooleanField, StringField
from wtforms.widgets import HiddenInput

from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.trimesters import reopening, track
from models.ecalcura.trimesters.files import CLOSED, REOPENED, SUBMITTED
from models.errors import Refused, Stale
from views.ecalcura.desk.facilities import one
from views.ecalcura.fields import day_field
from views.ecalcura.trimesters import versions, words
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, line, version_field
from views.shell.messages import message

blueprint = Blueprint(
    "desk_reopening", __name__,
    url_prefix="/ecalcura/desk/trimesters/<int:period>/<int:number>/facilities/<facility>")

CHANGED = "Dit trimester is intussen gewijzigd, of een collega antwoordde al. Kijk het opnieuw na."
# Refusals because of the state of the trimester: 409, with the page as it is now.
CONFLICTS = {EcalcuraCode.TRIMESTER_FINAL, EcalcuraCode.NOT_SUBMITTED}


class ReopenForm(BaseForm):
    reason = StringField("Reden", filters=[line])
    until = day_field("Aanpassen kan tot en met")
    # Whether the page said that a definitive calculation closed the trimester.
    revision = BooleanField(widget=HiddenInput())
    version = version_field()


class RefuseForm(BaseForm):
    answer = StringField("Antwoord", filters=[line])
    version = version_field()


@blueprint.route("/reopen", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def reopen(period, number, facility):
    """Reopen a submitted trimester of a facility until a day, with a reason."""
    place, found = versions.place_of(period, number), one(facility)
    stage = _stage(found, place)
    form = ReopenForm(data=_shown(stage))
    if not form.validate_on_submit():
        return _page(found, stage, form=form)
    try:
        reopening.reopen(found, place, form.reason.data or "", form.until.data, signed_in(), form.revision.data,
                         form.version.data)
    except Stale:
        return _stale(found, place, form=form)
    except Refused as refused:
        if refused.code in CONFLICTS:
            return _page(found, stage, form=form, notice=message(refused))
        form.refuse("until" if refused.code == EcalcuraCode.REOPEN_PAST else "reason", refused)
        return _page(found, stage, form=form)
    return pages.back_to("desk_trimesters.index",
                         f"{found.name}: {place.label} is heropend. De voorziening krijgt een mail.")


@blueprint.route("/refuse", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def refuse(period, number, facility):
    """Refuse a request to reopen, with an answer that the facility reads."""
    place, found = versions.place_of(period, number), one(facility)
    stage, form = _stage(found, place), RefuseForm()
    if not form.validate_on_submit():
        return _page(found, stage, refusing=form)
    try:
        reopening.refuse_to_reopen(found, place, form.answer.data or "", signed_in(), form.version.data)
    except Stale:
        return _stale(found, place, refusing=form)
    except Refused as refused:
        form.refuse("answer", refused)
        return _page(found, stage, refusing=form)
    return pages.back_to("desk_trimesters.index",
                         f"{found.name}: de vraag is geweigerd. De voorziening krijgt een mail.")


def _stage(facility, place):
    """The trimester of a facility; 404 if nothing of it was ever submitted."""
    stage = track.stage(facility, place)
    return stage if stage.file and stage.state in (SUBMITTED, REOPENED, CLOSED) else abort(404)


def _shown(stage):
    return {"version": stage.file.version, "revision": stage.state == CLOSED}


def _stale(facility, place, **forms):
    """The page as it is now, with the typed words; posted again, they count."""
    stage = _stage(facility, place)
    for form in forms.values():
        for name, value in _shown(stage).items():
            if name in form:
                form[name].data, form[name].raw_data = value, None
    return _page(facility, stage, notice=CHANGED, **forms)


def _page(facility, stage, form=None, refusing=None, notice=None):
    form = form or ReopenForm(formdata=None, data=_shown(stage))
    refusing = refusing or RefuseForm(formdata=None, data=_shown(stage))
    return pages.render(
        "ecalcura/progress/reopen.html", facility=facility, stage=stage, place=stage.place, form=form,
        refusing=refusing, notice=notice, state=words.state(stage), is_closed=stage.state == CLOSED,
        status=409 if notice else 422 if form.errors or refusing.errors else 200,
        post_refusal=url_for("desk_reopening.refuse", period=stage.place.period, number=stage.place.number,
                             facility=facility.hco))
