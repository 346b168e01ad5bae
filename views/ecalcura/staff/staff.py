"""'Personeelsgegevens': the list, a new employee by number, and an employee's page."""
import secrets
from types import SimpleNamespace

from flask import Blueprint, redirect, request, url_for

from models.database import today
from models.ecalcura.contracts import entry, lists
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.people import number_looks
from models.ecalcura.people.employees import Employee
from models.ecalcura.staff import asking
from models.ecalcura.staff.listing import Listing
from models.ecalcura.transfer.raas.shown import has_rows
from models.ecalcura.trimesters.calendar import place_of
from models.errors import Refused, Stale
from views.ecalcura.staff import employee_list, employee_page
from views.ecalcura.staff.employee_list import name_of
from views.ecalcura.staff.forms import FindForm, NumberForm, choice_of, new_employee_form
from views.ecalcura.staff.page import (
    coded,
    done,
    facility_of,
    form_page,
    list_values,
    own_employee,
    refuse,
    ticket,
    to_replace,
)
from views.ecalcura.staff.saving import ALREADY, AT, CHANGED, new_contract
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import LARGEST_INTEGER
from views.shell.lanes import asks

blueprint = Blueprint("staff", __name__, url_prefix="/ecalcura/<hco>/staff")

SILENT = "Het rijksregister antwoordt niet. We proberen het opnieuw; je kunt verder werken."


@blueprint.get("")
@open_to("ecalcura:privacy")
def index(hco):
    """List the employees: the address gives the filters, the order and the page."""
    asked = request.args
    facility = facility_of(hco)
    return _list(facility, Listing(
        facility, role=asked.get("role", ""), step=asked.get("step", type=int), to_check="incomplete" in asked,
        sort=asked.get("sort", ""), page=asked.get("page", 1, type=int)))


@blueprint.post("/find")
@open_to("ecalcura:privacy")
def find(hco):
    """List the employees that are searched for by name or number; posted, so that no address holds either."""
    facility, form = facility_of(hco), FindForm()
    form.validate()
    return _list(facility, Listing(facility, search=form.text.data or ""))


def _list(facility, listing):
    here = {"hco": facility.hco}
    values = employee_list.values(listing, url_for("staff.index", **here), url_for("staff.find", **here))
    return pages.render("ecalcura/staff/staff.html", "ecalcura/staff/_list.html", **list_values(facility), **values,
                        create_url=url_for("staff.create", **here), period=place_of(today()).period,
                        raas=not pages.is_partial() and has_rows(facility))


@blueprint.route("/new", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
@asks
def create(hco):
    """Enter an employee by number, with the first contract, the choices, and whom a replacement replaces."""
    facility = facility_of(hco)
    form, known = new_employee_form(to_replace(facility), form_key=secrets.token_urlsafe(16)), None
    if form.validate_on_submit():
        try:
            entered = entry.enter(facility, new_contract(form, form.number.data), signed_in(), form.form_key.data)
        except Refused as refused:
            known = _known(facility, refused)
            refuse(form, refused, AT, name=known.name if known else "")
        else:
            return _entered(facility, entered.employee)
    return pages.render(
        "ecalcura/staff/new.html", status=422 if form.errors else 200, facility=facility, form=form, known=known,
        choices=[choice_of(age) for age in lists.steps()], saved=_saved(facility, request.args.get("saved", type=int)))


def _known(facility, refused):
    """The employee who is in the list already, with the address of the form for a further contract; else None."""
    if refused.code != EcalcuraCode.ALREADY_EMPLOYEE:
        return None
    employee = refused.context["employee"]
    return SimpleNamespace(name=name_of(employee.person), url=url_for(
        "contracts.create", hco=facility.hco, employee_id=employee.id))


def _entered(facility, employee):
    """After saving: to the employee's page, or back to an empty form that names the employee."""
    if request.form.get("next"):
        return redirect(url_for("staff.create", hco=facility.hco, saved=employee.id), 303)
    text = "De medewerker is opgeslagen."
    return done(facility, employee.id, f"{text} {SILENT}" if employee.register_state == "silent" else text)


def _saved(facility, employee_id):
    """The employee who was just saved, to name above the next form; None without one of this facility."""
    employee = Employee.one(facility, employee_id) if 0 < (employee_id or 0) <= LARGEST_INTEGER else None
    if not employee:
        return None
    here = {"hco": facility.hco, "employee_id": employee.id}
    shown = ticket(employee)
    return SimpleNamespace(name=shown.name, number=shown.number, silent=employee.register_state == "silent",
                           url=url_for("staff.show", **here), correct_url=url_for("staff.correct_number", **here))


@blueprint.get("/<int:employee_id>")
@open_to("ecalcura:privacy")
def show(hco, employee_id):
    """Show an employee: checks, contracts, choices, replacements."""
    facility = facility_of(hco)
    return _page(facility, own_employee(facility, employee_id))


def _page(facility, employee, number=None):
    return pages.render("ecalcura/staff/employee.html", facility=facility, shown_number=number,
                        **employee_page.values(facility, employee, employee_page.of_facility(facility)))


@blueprint.post("/<int:employee_id>/number")
@open_to("ecalcura:privacy")
def show_number(hco, employee_id):
    """Show the whole number once, in this answer only; the log has it."""
    facility = facility_of(hco)
    employee = own_employee(facility, employee_id)
    return _page(facility, employee, number_looks.show_number(employee, signed_in()))


@blueprint.route("/<int:employee_id>/number/correct", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
@asks
def correct_number(hco, employee_id):
    """Put a wrong number right: the contracts stay, the name becomes that of the right person."""
    facility = facility_of(hco)
    employee = own_employee(facility, employee_id)
    form, links = NumberForm(data={"version": employee.version}), []
    if form.validate_on_submit():
        try:
            asking.correct_number(employee, form.number.data, signed_in(), form.version.data)
        except Stale as stale:
            if stale.current.person.number == form.number.data:
                return done(facility, employee_id, ALREADY)
            form.form_errors.append(f"{CHANGED} Kijk na of het nummer nog verbeterd moet worden.")
            form.version.data, form.version.raw_data = Employee.one(facility, employee_id).version, None
            return _correcting(facility, own_employee(facility, employee_id), form, links, 409)
        except Refused as refused:
            known = _known(facility, refused)
            links = [(f"Naar {known.name}", url_for(
                "staff.show", hco=hco, employee_id=refused.context["employee"].id))] if known else []
            refuse(form, refused, AT, name=known.name if known else "")
        else:
            return done(facility, employee_id, "Het nummer is verbeterd.")
    return _correcting(facility, employee, form, links)


def _correcting(facility, employee, form, links, status=None):
    return form_page(
        "row_form", facility, employee, form, status, title="Nummer verbeteren", button="Nummer verbeteren",
        links=links, differences=(), fields=[("number", "De 11 cijfers van het juiste nummer.", "number")],
        intro=["Is dit niet de juiste persoon, of was het nummer fout getypt? De contracten blijven staan; de naam "
               "wordt die van het juiste nummer. In het log staat dat het nummer is rechtgezet."])


@blueprint.post("/<int:employee_id>/ask")
@open_to("ecalcura:privacy")
@asks
def ask(hco, employee_id):
    """Ask the register again for an employee whose name it has not given yet."""
    facility = facility_of(hco)
    employee = own_employee(facility, employee_id)
    try:
        state = asking.ask_again(employee, signed_in())
    except Refused as refused:
        return done(facility, employee_id, coded(refused))
    texts = {"silent": SILENT, "not_found": "Het rijksregister kent dit nummer niet. Verbeter het nummer."}
    return done(facility, employee_id, texts.get(state, "Het rijksregister antwoordde: de naam staat erbij."))
