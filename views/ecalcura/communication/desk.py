"""'Contactpersonen' at the desk: the facilities without a contact person, reminding these, and the contact persons."""
import secrets

from flask import Blueprint

from models.ecalcura.communication import reminding
from models.ecalcura.communication.themes import ECALCURA, themes
from models.errors import Refused
from views.ecalcura.communication import contacts
from views.ecalcura.communication.contacts import Side
from views.ecalcura.desk import facilities
from views.ecalcura.desk.tabs import page_of
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, ChoiceField, FormKey

blueprint = Blueprint("desk_contacts", __name__, url_prefix="/ecalcura/desk/contacts")

# Not right below, where the address of a contact person of a facility called "desk" would be.
ONE = "/facilities/<facility>"


class RemindForm(BaseForm):
    """Asks whom to remind, once some were reminded lately."""

    whom = ChoiceField("Wie krijgt nu een mail?", choices={}, default="")
    form_key = FormKey()


@blueprint.route("", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def index():
    """Show the facilities without a contact person, and mail these; ask first if some were mailed lately."""
    found = reminding.overview()
    form = _form(found)
    if form.validate_on_submit():
        try:
            number = reminding.remind(signed_in(), form.form_key.data, form.whom.data)
        except Refused as refused:
            form.refuse("whom", refused)
        else:
            return pages.back_to("desk_contacts.index", _reminded(number))
    return _overview(found, form)


def _form(found):
    form = RemindForm(data={"form_key": secrets.token_urlsafe(16)})
    form.whom.choices = {
        "": "Kies …", reminding.OTHERS: f"Alleen wie al zeven dagen geen mail kreeg ({len(found.due)})",
        reminding.ALL: f"Alle voorzieningen zonder contactpersoon ({len(found.reachable)})"}
    return form


def _reminded(number):
    if number == 0:
        return "Er is geen mail verstuurd: er is niemand om te herinneren."
    return f"{number} {'voorziening is' if number == 1 else 'voorzieningen zijn'} herinnerd."


def _overview(found, form):
    having = len(found.others)
    return pages.render(
        "ecalcura/communication/overview.html", status=422 if form.errors else 200, form=form, found=found,
        theme=themes()[ECALCURA], asks=len(found.due) < len(found.reachable), having=having,
        share=round(100 * having / found.total) if found.total else 0)


@blueprint.get(ONE)
@open_to("ecalcura:dossier")
def show(facility):
    """List the contact persons of a facility, and what was done about them."""
    side = _side(facility)
    return pages.render("ecalcura/communication/desk_contacts.html", side=side, **page_of(side.facility, "contacts"),
                        **contacts.values(side.facility))


@blueprint.route(f"{ONE}/new", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def create(facility):
    """Add a contact person to a facility."""
    return contacts.create(_side(facility))


@blueprint.route(f"{ONE}/<int:contact_id>", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def edit(facility, contact_id):
    """Change a contact person of a facility."""
    return contacts.edit(_side(facility), contact_id)


@blueprint.route(f"{ONE}/<int:contact_id>/remove", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def remove(facility, contact_id):
    """Remove a contact person of a facility."""
    return contacts.remove(_side(facility), contact_id)


def _side(hco):
    return Side(facilities.one(hco), "desk_contacts", {"facility": hco}, "desk_contacts")
