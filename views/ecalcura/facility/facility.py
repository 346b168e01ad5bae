"""'Mijn voorziening': its data, as the desk has them."""
from flask import Blueprint

from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import PRIVACY
from models.ecalcura.transfer.raas.shown import has_rows
from models.organisations import PROVINCES
from views.ecalcura.addresses import tabs
from views.ecalcura.facility import todo
from views.shell import pages
from views.shell.access import open_to, signed_in

blueprint = Blueprint("facility", __name__, url_prefix="/ecalcura/<hco>")


@blueprint.get("")
@open_to("ecalcura:privacy", "ecalcura:financial", "ecalcura:access")
def show(hco):
    """Show the facility of this HCO number, and who gives the roles there."""
    facility = Facility.by_hco(hco)
    return pages.render(
        "ecalcura/facility/show.html", facility=facility, organisation=facility.organisation,
        province=PROVINCES.get(facility.province), under=facility.under_it(), merged=facility.merged_into_it(),
        successor=facility.successor, shares=facility.sharing_agreement(),
        todo=todo.lines(signed_in(), facility), raas=_has_privacy(facility) and has_rows(facility),
        managers=colleagues.access_managers(facility), tabs_of=tabs(signed_in(), facility, "facility"))


def _has_privacy(facility):
    return any((grant.role, grant.tenant_id) == (PRIVACY.code, facility.id) for grant in signed_in().grants)
