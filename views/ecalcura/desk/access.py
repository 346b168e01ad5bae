"""'Toegang' of a facility at the desk: its colleagues and their roles, ending sessions, naming an access manager."""
from flask import Blueprint, abort, flash

from models.ecalcura.desk import access
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities import colleagues
from models.errors import Refused
from views.ecalcura import access_words
from views.ecalcura.access_words import given_here
from views.ecalcura.desk.facilities import one
from views.ecalcura.desk.tabs import page_of
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, email_field, required_text_field
from views.shell.messages import message

blueprint = Blueprint("desk_access", __name__, url_prefix="/ecalcura/desk/facilities/<facility>/access")


class ManagerForm(BaseForm):
    name = required_text_field("Naam", 100, "Typ de naam van de toegangsbeheerder.")
    email = email_field(required="Typ het e-mailadres van de toegangsbeheerder.")


@blueprint.get("")
@open_to("ecalcura:dossier")
def index(facility):
    """List the colleagues of the facility with their roles and last sign-ins, and the log of their access."""
    found = one(facility)
    people = access_words.people(found)
    last = access.last_sign_ins([person.account.id for person, *_ in people])
    return pages.render(
        "ecalcura/desk/access.html", **page_of(found, "access"), given_here=given_here(), log=access_words.log(found),
        people=[(person, state, roles, last.get(person.account.id)) for person, state, roles in people],
        lacks_manager=not colleagues.access_managers(found))


@blueprint.route("/<int:colleague_id>/sessions", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def end_sessions(facility, colleague_id):
    """Ask whether to end the open sessions of a colleague, and end them."""
    found, form = one(facility), BaseForm()
    person = colleagues.one(found, colleague_id) or abort(404)
    if not form.validate_on_submit():
        return pages.render("ecalcura/desk/end_sessions.html", **page_of(found, "access"), person=person, form=form,
                            status=422 if form.errors else 200)
    ended = access.end_sessions(found, person.account, signed_in())
    return pages.back_to("desk_access.index", "De sessies zijn beëindigd." if ended else "Er was geen open sessie.",
                         facility=facility)


@blueprint.route("/new", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def name_manager(facility):
    """Name an access manager, who gives the roles in the facility."""
    found, form = one(facility), ManagerForm()
    if not given_here():
        flash(message(Refused(EcalcuraCode.ROLES_OUTSIDE)), "error")
        return pages.back_to("desk_access.index", facility=facility)
    if form.validate_on_submit():
        try:
            colleagues.make_access_manager(found, form.name.data, form.email.data, signed_in())
        except Refused as refused:
            form.refuse("name" if refused.code == EcalcuraCode.COLLEAGUE_NAME else "email", refused)
        else:
            return pages.back_to("desk_access.index", "De toegangsbeheerder is aangeduid.", facility=facility)
    return pages.render("ecalcura/desk/manager_form.html", status=422 if form.errors else 200,
                        **page_of(found, "access"), form=form)
