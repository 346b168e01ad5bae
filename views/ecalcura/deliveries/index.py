"""'Leveringen': the deliveries of a facility beside its staff, by its kind."""
from flask import Blueprint

from models.ecalcura.deliveries.fields import CRA, delivers
from models.ecalcura.facilities.facilities import Facility
from views.ecalcura.addresses import tabs
from views.ecalcura.deliveries import sections
from views.shell import pages
from views.shell.access import open_to, signed_in

blueprint = Blueprint("deliveries", __name__, url_prefix="/ecalcura/<hco>/deliveries")


@blueprint.get("")
@open_to("ecalcura:privacy")
def index(hco):
    """List the deliveries, and how far each one is."""
    facility = Facility.by_hco(hco)
    return pages.render(
        "ecalcura/deliveries/index.html", facility=facility, tabs_of=tabs(signed_in(), facility, "deliveries"),
        years=sections.billed(facility), residents=sections.residents(facility),
        has_cra=delivers(facility, CRA), physicians=sections.physicians(facility),
        gaps=sections.physician_gaps(facility), certificates=sections.certificates(facility))
