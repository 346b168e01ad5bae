"""'Voorzieningen': all facilities, for the desk; and one of them, as the desk sees it.

The argument of these addresses is `facility`, its HCO number: `hco` names the facility in which somebody has a role.
"""
from flask import Blueprint, abort, request

from models.ecalcura.desk.facility_list import Listing
from models.ecalcura.facilities.facilities import Facility
from models.organisations import PROVINCES
from views.ecalcura.desk import facility_list
from views.ecalcura.desk.tabs import page_of
from views.shell import pages
from views.shell.access import open_to

blueprint = Blueprint("desk_facilities", __name__, url_prefix="/ecalcura/desk/facilities")


@blueprint.get("")
@open_to("ecalcura:dossier", "ecalcura:calculator")
def index():
    """List the facilities with a dossier: the address gives the search, the filters, the order and the page."""
    asked = request.args
    listing = Listing(asked.get("q", ""), asked.get("kind", ""), asked.get("province", ""), asked.get("lacking", ""),
                      asked.get("sort", ""), asked.get("page", 1, type=int))
    return pages.render("ecalcura/desk/facilities.html", "ecalcura/desk/_facilities.html",
                        **facility_list.values(listing))


@blueprint.get("/<facility>")
@open_to("ecalcura:dossier", "ecalcura:calculator")
def show(facility):
    """Show the data of a facility: none is about a person."""
    found = one(facility)
    return pages.render(
        "ecalcura/desk/facility.html", **page_of(found, "data"), organisation=found.organisation,
        province=PROVINCES.get(found.province), under=found.under_it(), merged=found.merged_into_it(),
        successor=found.successor, shares=found.sharing_agreement())


def one(hco):
    """The facility with a dossier that has this HCO number; 404 without one."""
    found = Facility.by_hco(hco)
    return found if found and not found.under else abort(404)
