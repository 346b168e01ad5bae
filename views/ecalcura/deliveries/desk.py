"""Deliveries as the desk sees them: those of one facility, and how far each is with the billed days of a year."""
from flask import Blueprint, abort, request
from wtforms import StringField

from models.database import today
from models.ecalcura.deliveries import billed_reopening
from models.ecalcura.deliveries.billed_days import SUBMITTED, BilledYear, years
from models.ecalcura.deliveries.fields import CRA, delivers, first_billed_year
from models.ecalcura.errors import EcalcuraCode
from models.errors import Refused
from views.ecalcura.deliveries import sections
from views.ecalcura.deliveries.words import STATES
from views.ecalcura.desk.facilities import one
from views.ecalcura.desk.tabs import page_of
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, line
from views.shell.messages import message

blueprint = Blueprint("desk_deliveries", __name__, url_prefix="/ecalcura/desk")


class ReopenForm(BaseForm):
    reason = StringField("Reden", filters=[line])


@blueprint.get("/deliveries/days")
@open_to("ecalcura:dossier")
def days():
    """List how far each facility is with the billed days of a year, by default last year."""
    known = list(range(today().year, first_billed_year() - 1, -1))
    year = request.args.get("year", today().year - 1, type=int)
    if year not in known:
        abort(404)
    return pages.render(
        "ecalcura/deliveries/desk_days.html", year=year, years=known,
        rows=[(row, *STATES[row.state]) for row in billed_reopening.progress(year)])


@blueprint.get("/facilities/<facility>/deliveries")
@open_to("ecalcura:dossier")
def show(facility):
    """Show the deliveries of a facility, and the versions that it submitted."""
    found = one(facility)
    return pages.render("ecalcura/deliveries/desk.html", **page_of(found, "deliveries"), years=[
        (*row, sections.versions(found, BilledYear.at(found, row[0]))) for row in sections.billed(found)],
        residents=sections.residents(found), has_cra=delivers(found, CRA), physicians=sections.physicians(found),
        gaps=sections.physician_gaps(found), certificates=sections.certificates(found))


@blueprint.route("/facilities/<facility>/deliveries/days/<int:year>/reopen", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def reopen(facility, year):
    """Reopen the billed days of a year, with a reason that the facility sees."""
    found, form = one(facility), ReopenForm()
    if year not in years(found):
        abort(404)
    if form.validate_on_submit():
        try:
            billed_reopening.reopen_days(found, year, form.reason.data or "", signed_in())
        except Refused as refused:
            if refused.code == EcalcuraCode.BILLED_NOT_SUBMITTED:
                return _reopen_page(found, year, form, message(refused), 409)
            form.refuse("reason", refused)
        else:
            told = f"De gefactureerde dagen van {year} zijn heropend. De mails zijn onderweg."
            return pages.back_to("desk_deliveries.show", told, facility=facility)
    return _reopen_page(found, year, form, None, 422 if form.errors else 200)


def _reopen_page(facility, year, form, notice, status):
    billed = BilledYear.at(facility, year)
    return pages.render("ecalcura/deliveries/reopen.html", status=status, facility=facility, year=year, form=form,
                        notice=notice, billed=billed, is_submitted=billed.state == SUBMITTED)
