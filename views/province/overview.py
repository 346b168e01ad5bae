"""The first page of a province's administrator."""
from flask import Blueprint

from models.organisations import PROVINCES
from views import pages
from views.access import open_to, signed_in

blueprint = Blueprint("province", __name__, url_prefix="/province")


@blueprint.get("")
@open_to("administrator")
def overview():
    return pages.render("province/overview.html", province=PROVINCES[signed_in().province])
