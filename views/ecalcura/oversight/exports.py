"""Downloads of the staff of a facility: by itself with masked numbers, by the desk also with whole ones."""
from flask import Blueprint, abort, make_response
from wtforms import BooleanField, StringField

from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.oversight import staff_export
from models.ecalcura.trimesters.calendar import Trimester
from models.errors import Refused
from views.ecalcura.desk.facilities import one
from views.ecalcura.desk.tabs import page_of
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.downloads import XLSX, in_turn
from views.shell.fields import BaseForm, choice_field, line
from views.shell.lanes import LONG, runs_in

blueprint = Blueprint("exports_of_staff", __name__, url_prefix="/ecalcura")


class ExportForm(BaseForm):
    trimester = choice_field("Trimester", {"": "Kies …"}, "Kies een trimester.")
    whole = BooleanField("Met rijksregisternummer")
    reason = StringField("Reden", filters=[line])

    def __init__(self, **values):
        super().__init__(**values)
        self.known = {one.subject: one for one in Trimester.newest()}
        self.trimester.choices = {"": "Kies …", **{subject: one.label for subject, one in self.known.items()}}


@blueprint.get("/<hco>/trimesters/<int:period>/<int:number>/staff.xlsx")
@open_to("ecalcura:privacy")
@in_turn
def own(hco, period, number):
    """Download the own staff of a trimester."""
    trimester = Trimester.known(period, number) or abort(404)
    return _file(staff_export.as_xlsx(Facility.by_hco(hco), trimester, signed_in()), hco, trimester)


@blueprint.route("/desk/facilities/<facility>/staff/export", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
@runs_in(LONG, methods=("POST",))
def at_desk(facility):
    """Download the staff of a facility in a trimester; whole numbers need a reason, and each look is kept."""
    found, form = one(facility), ExportForm()
    if form.validate_on_submit():
        trimester = form.known[form.trimester.data]
        try:
            content = (staff_export.with_numbers(found, trimester, form.reason.data or "", signed_in())
                       if form.whole.data else staff_export.as_xlsx(found, trimester, signed_in()))
        except Refused as refused:
            form.refuse("reason", refused)
        else:
            return _file(content, facility, trimester)
    return pages.render("ecalcura/oversight/export.html", status=422 if form.is_submitted() else 200, form=form,
                        **page_of(found, "staff"))


def _file(content, hco, trimester):
    answer = make_response(content)
    answer.headers["Content-Type"] = XLSX
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="personeel-{hco}-{trimester.period}-trimester-{trimester.number}.xlsx"')
    return answer
