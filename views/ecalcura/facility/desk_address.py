"""'Adresgegevens' of a facility at the desk."""
from flask import Blueprint

from views.ecalcura.desk.facilities import one
from views.ecalcura.facility import address
from views.ecalcura.facility.address import Side
from views.shell.access import open_to

blueprint = Blueprint("desk_address", __name__, url_prefix="/ecalcura/desk/facilities/<facility>/address")


@blueprint.route("", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def edit(facility):
    """Change the address data of a facility."""
    return address.answer(Side(one(facility), ("desk_facilities.show", {"facility": facility}), "desk_facilities"))
