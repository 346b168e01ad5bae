"""'Personeel' of a facility at the desk: the list and each employee, to read; a number, and the date for the steps."""
from flask import Blueprint, abort, request, url_for
from wtforms import StringField

from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.people import number_looks
from models.ecalcura.people.employees import Employee
from models.ecalcura.staff import reference_dates
from models.ecalcura.staff.listing import Listing
from models.errors import Refused, Stale
from views.ecalcura.desk.employee import values
from views.ecalcura.desk.facilities import one
from views.ecalcura.desk.tabs import page_of
from views.ecalcura.fields import day_field
from views.ecalcura.staff import employee_list
from views.ecalcura.staff.forms import FindForm
from views.ecalcura.staff.page import coded, ticket
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, line, version_field

blueprint = Blueprint("desk_staff", __name__, url_prefix="/ecalcura/desk/facilities/<facility>/staff")

CHANGED = "V32 Iemand anders wijzigde deze medewerker intussen. Kijk na of de rekendatum nog nodig is."
SUBMITTED = "Dit verandert trimester {number}, dat al is ingediend. Heropen dat eerst."


class LookForm(BaseForm):
    reason = StringField("Reden", filters=[line])


class ReferenceDateForm(BaseForm):
    date = day_field("Rekendatum")
    version = version_field()


@blueprint.get("")
@open_to("ecalcura:dossier")
def index(facility):
    """List the employees of a facility: the address gives the filters, the order and the page."""
    found, asked = one(facility), request.args
    return _list(found, Listing(
        found, role=asked.get("role", ""), step=asked.get("step", type=int), to_check="incomplete" in asked,
        sort=asked.get("sort", ""), page=asked.get("page", 1, type=int)))


@blueprint.post("/find")
@open_to("ecalcura:dossier")
def find(facility):
    """List the employees that are searched for by name or number; posted, so that no address holds either."""
    found, form = one(facility), FindForm()
    form.validate()
    return _list(found, Listing(found, search=form.text.data or ""))


def _list(facility, listing):
    here = {"facility": facility.hco}
    return pages.render(
        "ecalcura/desk/staff.html", "ecalcura/staff/_list.html", **page_of(facility, "staff"),
        **employee_list.values(listing, url_for("desk_staff.index", **here), url_for("desk_staff.find", **here)))


@blueprint.get("/<int:employee_id>")
@open_to("ecalcura:dossier")
def show(facility, employee_id):
    """Show an employee: checks, contracts, choices, replacements, prestaties."""
    found = one(facility)
    return _page(found, _employee(found, employee_id))


@blueprint.post("/<int:employee_id>/number")
@open_to("ecalcura:dossier")
def show_number(facility, employee_id):
    """Show the whole number once, in this answer only, to somebody who says why; the log has both."""
    found, form = one(facility), LookForm()
    employee = _employee(found, employee_id)
    if form.validate_on_submit():
        try:
            return _page(found, employee, number_looks.show_to_desk(employee, form.reason.data or "", signed_in()))
        except Refused as refused:
            form.refuse("reason", refused)
    return _page(found, employee, form=form, status=422)


@blueprint.route("/<int:employee_id>/reference-date", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def reference_date(facility, employee_id):
    """Set the date from which steps are counted, of an employee without a full birth date."""
    found = one(facility)
    employee = _employee(found, employee_id)
    form, status = ReferenceDateForm(data={"date": employee.person.reference_date, "version": employee.version}), None
    if form.validate_on_submit():
        try:
            reference_dates.set_date(employee, form.date.data, signed_in(), form.version.data)
        except Stale as stale:
            if stale.current.person.reference_date == form.date.data:
                return _saved(facility, employee_id)
            form.form_errors.append(CHANGED)
            form.version.data, form.version.raw_data, status = stale.current.version, None, 409
        except Refused as refused:
            submitted = refused.code in (EcalcuraCode.TRIMESTER_SUBMITTED, EcalcuraCode.REOPENED_ENDED)
            form.date.errors = [coded(refused, SUBMITTED if submitted else None)]
        else:
            return _saved(facility, employee_id)
    return pages.render(
        "ecalcura/desk/reference_date.html", status=status or (422 if form.errors else 200), **page_of(found, "staff"),
        form=form, person=ticket(_employee(found, employee_id)), employee_id=employee_id)


def _saved(facility, employee_id):
    return pages.back_to("desk_staff.show", "De rekendatum is opgeslagen.", facility=facility, employee_id=employee_id)


def _employee(facility, employee_id):
    """The employee with this id; 404 for one of another facility."""
    return Employee.one(facility, employee_id) or abort(404)


def _page(facility, employee, number=None, form=None, status=200):
    return pages.render("ecalcura/desk/employee.html", status=status, **page_of(facility, "staff"),
                        **values(facility, employee), shown_number=number, form=form or LookForm(formdata=None))
