"""'Berekeningen' of a facility: the published ones, and how the result follows from each contract."""
from flask import Blueprint

from models.ecalcura.facilities.facilities import Facility
from views.ecalcura.calculations import reader
from views.ecalcura.calculations.reader import Reader
from views.shell.access import open_to

blueprint = Blueprint("own_calculations", __name__, url_prefix="/ecalcura/<hco>/calculations")


@blueprint.get("")
@open_to("ecalcura:privacy", "ecalcura:financial")
def index(hco):
    """List the published calculations of the facility, the newest first."""
    return reader.index(_reader(hco))


@blueprint.get("/<int:calculation_id>")
@open_to("ecalcura:privacy", "ecalcura:financial")
def show(hco, calculation_id):
    """Show the result of the facility: its sums, the lines of the amount, and the former result beside it."""
    return reader.show(_reader(hco), calculation_id)


@blueprint.get("/<int:calculation_id>/explained")
@open_to("ecalcura:privacy", "ecalcura:financial")
def explain(hco, calculation_id):
    """Show 'Hoe is dit berekend': each contract with the days and hours that its quantities follow from."""
    return reader.explain(_reader(hco), calculation_id)


def _reader(hco):
    facility = Facility.by_hco(hco)
    return Reader(facility, facility, "own_calculations", "messages", {"hco": hco})
