"""'Toegang': the colleagues of a facility, and the roles that an access manager gives them and ends."""
from flask import Blueprint, abort, flash

from models.days import parse_date
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import LABELS
from models.errors import Refused
from views.ecalcura import access_words
from views.ecalcura.access_words import given_here
from views.ecalcura.addresses import tabs
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, ParsedField, choice_field, email_field, required_text_field
from views.shell.filters import day
from views.shell.messages import message

blueprint = Blueprint("access", __name__, url_prefix="/ecalcura/<hco>/access")

ROLES = {code.partition(":")[2]: label for code, label in LABELS.items()}
# Refusal code → the field of RoleForm that shows it.
FIELDS = {EcalcuraCode.ROLE_DAYS: "until", EcalcuraCode.ROLE_PAST: "since", EcalcuraCode.ROLE_GIVER: "since"}


class ColleagueForm(BaseForm):
    name = required_text_field("Naam", 100, "Typ de naam van je collega.")
    email = email_field(required="Typ het e-mailadres van je collega.")


class RoleForm(BaseForm):
    role = choice_field("Rol", {"": "Kies een rol", **ROLES}, "Kies een rol.")
    since = ParsedField("Eerste dag", parse_date, day)
    until = ParsedField("Laatste dag", parse_date, day)


@blueprint.get("")
@open_to("ecalcura:access")
def index(hco):
    """List the colleagues and their roles, and what was done about them."""
    facility = Facility.by_hco(hco)
    return pages.render(
        "ecalcura/facility/access.html", facility=facility, tabs_of=tabs(signed_in(), facility, "access"),
        people=access_words.people(facility), me=signed_in().account_id, log=access_words.log(facility),
        given_here=given_here())


@blueprint.route("/new", methods=["GET", "POST"])
@open_to("ecalcura:access")
def new(hco):
    """Invite a colleague, who gets a role on the next page."""
    facility, form = Facility.by_hco(hco), ColleagueForm()
    if not given_here():
        return _read_only(hco)
    if form.validate_on_submit():
        try:
            account = colleagues.invite(facility, form.name.data, form.email.data, signed_in())
        except Refused as refused:
            form.refuse("name" if refused.code == EcalcuraCode.COLLEAGUE_NAME else "email", refused)
        else:
            return pages.back_to("access.give", "De collega staat in je lijst. Geef nu een rol.", hco=hco,
                                 colleague_id=account.id)
    return _form("ecalcura/facility/colleague_form.html", facility, form)


@blueprint.post("/<int:colleague_id>/invite")
@open_to("ecalcura:access")
def invite(hco, colleague_id):
    """Send a colleague's invitation again."""
    facility = Facility.by_hco(hco)
    person = colleagues.one(facility, colleague_id) or abort(404)
    return _do(hco, f"De uitnodiging is opnieuw verstuurd naar {person.account.email}.",
               colleagues.invite, facility, person.name, person.account.email, signed_in())


@blueprint.route("/<int:colleague_id>/roles/new", methods=["GET", "POST"])
@open_to("ecalcura:access")
def give(hco, colleague_id):
    """Give a colleague a role."""
    facility, form = Facility.by_hco(hco), RoleForm()
    person = colleagues.one(facility, colleague_id) or abort(404)
    if not given_here():
        return _read_only(hco)
    if form.validate_on_submit():
        try:
            colleagues.give(facility, colleague_id, colleagues.role_named(form.role.data), form.since.data,
                            form.until.data, signed_in())
        except Refused as refused:
            form.refuse(FIELDS.get(refused.code, "role"), refused)
        else:
            return pages.back_to("access.index", f"De rol ‘{ROLES[form.role.data]}’ is gegeven.", hco=hco)
    return _form("ecalcura/facility/role_form.html", facility, form, person=person)


@blueprint.post("/roles/<int:role_id>/end")
@open_to("ecalcura:access")
def end(hco, role_id):
    """End a role of a colleague."""
    facility = Facility.by_hco(hco)
    grant = colleagues.role_of(facility, role_id) or abort(404)
    return _do(hco, f"De rol ‘{LABELS[grant.code]}’ is beëindigd.", colleagues.end, facility, grant, signed_in())


def _read_only(hco):
    flash(message(Refused(EcalcuraCode.ROLES_OUTSIDE)), "error")
    return pages.back_to("access.index", hco=hco)


def _do(hco, done, action, *arguments):
    """Call `action(*arguments)` and go back to the list, which shows the message `done`, or why it was refused."""
    try:
        action(*arguments)
    except Refused as refused:
        flash(message(refused), "error")
        return pages.back_to("access.index", hco=hco)
    return pages.back_to("access.index", done, hco=hco)


def _form(template, facility, form, **values):
    return pages.render(template, status=422 if form.errors else 200, facility=facility, form=form,
                        tabs_of=tabs(signed_in(), facility, "access"), **values)
