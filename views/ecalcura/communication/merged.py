"""The messages about a calculation of a facility that merged: its successor reads and writes them."""
from flask import Blueprint

from views.ecalcura.addresses import with_predecessor
from views.ecalcura.communication import threads
from views.shell.access import open_to

blueprint = Blueprint("merged_messages", __name__,
                      url_prefix="/ecalcura/<hco>/merged/<old>/calculations/<int:calculation_id>/messages")


@blueprint.route("", methods=["GET", "POST"])
@open_to("ecalcura:privacy", "ecalcura:financial")
def show(hco, old, calculation_id):
    """Show the messages about a calculation of the merged facility, and write one."""
    return threads.show(_seen(hco, old, calculation_id))


@blueprint.post("/read")
@open_to("ecalcura:privacy", "ecalcura:financial")
def read(hco, old, calculation_id):
    """Say that the answer was read."""
    return threads.read(_seen(hco, old, calculation_id))


def _seen(hco, old, calculation_id):
    return threads.of_facility(*with_predecessor(hco, old), calculation_id, "merged_messages", "merged_calculations",
                               {"hco": hco, "old": old})
