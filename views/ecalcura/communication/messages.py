"""The messages of a facility about a calculation."""
from flask import Blueprint, abort

from models.ecalcura.communication.threads import OF_FACILITY, Thread
from models.ecalcura.facilities.facilities import Facility
from views.ecalcura.addresses import tabs
from views.ecalcura.communication import threads
from views.ecalcura.communication.threads import Seen
from views.shell import pages
from views.shell.access import open_to, signed_in

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
    thread = Thread.about(facility, calculation_id) or abort(404)

    def back(text):
        return pages.back_to("messages.show", text, hco=hco, calculation_id=calculation_id)

    return Seen(thread, facility, OF_FACILITY, "ecalcura/communication/messages.html", {
        "tabs_of": tabs(signed_in(), facility, "own_calculations")}, back)
