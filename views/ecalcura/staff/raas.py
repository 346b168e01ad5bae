"""'Overgenomen uit RaaS': the result of each contract of the facility, and the way to mend a refused one."""
from flask import Blueprint, request, url_for

from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.transfer.raas.shown import taken_over
from views.ecalcura.addresses import tabs
from views.shell import pages, paging
from views.shell.access import open_to, signed_in

blueprint = Blueprint("raas", __name__, url_prefix="/ecalcura/<hco>/staff/raas")


@blueprint.get("")
@open_to("ecalcura:privacy")
def index(hco):
    """List the contracts that were not taken over, and those with a remark."""
    facility = Facility.by_hco(hco)
    found = taken_over(facility, request.args.get("page", 1, type=int))
    links = paging.links(url_for("raas.index", hco=facility.hco), found.page, found.last)
    return pages.render(
        "ecalcura/staff/raas.html", facility=facility, found=found, tabs_of=tabs(signed_in(), facility, "staff"),
        previous=links["previous"], next=links["next"])
