"""The published calculations of a facility that merged, as its successor reads them."""
from flask import Blueprint

from views.ecalcura.addresses import with_predecessor
from views.ecalcura.calculations import reader
from views.ecalcura.calculations.reader import Reader
from views.shell.access import open_to

# Under the successor's own address, as the trimesters of views/ecalcura/trimesters/merged.py.
blueprint = Blueprint("merged_calculations", __name__, url_prefix="/ecalcura/<hco>/merged/<old>/calculations")


@blueprint.get("")
@open_to("ecalcura:privacy", "ecalcura:financial")
def index(hco, old):
    """List the published calculations of the merged facility, the newest first."""
    return reader.index(_reader(hco, old))


@blueprint.get("/<int:calculation_id>")
@open_to("ecalcura:privacy", "ecalcura:financial")
def show(hco, old, calculation_id):
    """Show the result of the merged facility."""
    return reader.show(_reader(hco, old), calculation_id)


@blueprint.get("/<int:calculation_id>/explained")
@open_to("ecalcura:privacy", "ecalcura:financial")
def explain(hco, old, calculation_id):
    """Show 'Hoe is dit berekend' of the merged facility, without links to its staff."""
    return reader.explain(_reader(hco, old), calculation_id)


def _reader(hco, old):
    return Reader(*with_predecessor(hco, old), "merged_calculations", "merged_messages", {"hco": hco, "old": old})
