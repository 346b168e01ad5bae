"""The messages of a facility about a calculation."""
from flask import Blueprint

from models.ecalcura.facilities.facilities import Facility
from views.ecalcura.communication import threads
from views.shell.access import open_to

blueprint = Blueprint("messages", __name__, url_prefix="/ecalcura/<hco>/calculations/<int:calculation_id>/messages")


@blueprint.route("", methods=["GET", "POST"])
@open_to("ecalcura:privacy", "ecalcura:financial")
def show(hco, calculation_id):
    """Show the messages about a calculation, and write one."""
    return threads.show(_seen(hco, calculation_id))


@blueprint.post("/read")
@open_to("ecalcura:privacy", "ecalcura:financial")
def read(hco, calculation_id):
    """Say that the answer was read."""
    return threads.read(_seen(hco, calculation_id))


def _seen(hco, calculation_id):
    facility = Facility.by_hco(hco)
    return threads.of_facility(facility, facility, calculation_id, "messages", "own_calculations", {"hco": hco})
