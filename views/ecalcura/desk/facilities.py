"""'Voorzieningen': all facilities, for the desk; and one of them, as the desk sees it.

The argument of these addresses is `facility`, its HCO number: `hco` names the facility in which somebody has a role.
"""
from flask import Blueprint, abort

from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.facilities import Facility
from models.organisations import PROVINCES
from views.shell import pages
from views.shell.access import open_to

blueprint = Blueprint("desk_facilities", __name__, url_prefix="/ecalcura/desk/facilities")


@blueprint.get("")
@open_to("ecalcura:dossier", "ecalcura:calculator")
def index():
    """List the facilities with a dossier."""
    return pages.render("ecalcura/desk/facilities.html", facilities=list(Facility.with_dossier()))


@blueprint.get("/<facility>")
@open_to("ecalcura:dossier")
def show(facility):
    """Show the data of a facility, and who gives the roles there."""
    found = one(facility)
    return pages.render(
        "ecalcura/desk/facility.html", facility=found, organisation=found.organisation,
        province=PROVINCES.get(found.province), managers=colleagues.access_managers(found))


def one(hco):
    """The facility with a dossier that has this HCO number; 404 without one."""
    found = Facility.by_hco(hco)
    return found if found and not found.under else abort(404)
