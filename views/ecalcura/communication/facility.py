"""'Contactpersonengegevens': the contact persons of a facility, for each of its roles."""
from flask import Blueprint

from models.ecalcura.facilities.facilities import Facility
from views.ecalcura.addresses import tabs
from views.ecalcura.communication import contacts
from views.ecalcura.communication.contacts import Side
from views.shell import pages
from views.shell.access import open_to, signed_in

blueprint = Blueprint("contacts", __name__, url_prefix="/ecalcura/<hco>/contacts")
ROLES = ("ecalcura:privacy", "ecalcura:financial", "ecalcura:access")


@blueprint.get("")
@open_to(*ROLES)
def show(hco):
    """List the contact persons, and what was done about them."""
    facility = Facility.by_hco(hco)
    return pages.render(
        "ecalcura/communication/contacts.html", side=_side(hco), facility=facility,
        tabs_of=tabs(signed_in(), facility, "contacts"), **contacts.values(facility))


@blueprint.route("/new", methods=["GET", "POST"])
@open_to(*ROLES)
def create(hco):
    """Add a contact person."""
    return contacts.create(_side(hco))


@blueprint.route("/<int:contact_id>", methods=["GET", "POST"])
@open_to(*ROLES)
def edit(hco, contact_id):
    """Change a contact person."""
    return contacts.edit(_side(hco), contact_id)


@blueprint.route("/<int:contact_id>/remove", methods=["GET", "POST"])
@open_to(*ROLES)
def remove(hco, contact_id):
    """Remove a contact person."""
    return contacts.remove(_side(hco), contact_id)


def _side(hco):
    return Side(Facility.by_hco(hco), "contacts", {"hco": hco}, "facility")
