"""'Fietsen': the bikes of the own shed, and the events about it."""
from flask import Blueprint

from models.audit import AuditEntry
from models.bikes.bikes import Bike
from models.log import Log
from views.hall import log_words
from views.shell import filters, pages
from views.shell.access import open_to, signed_in

blueprint = Blueprint("bikes", __name__, url_prefix="/bikes")


@blueprint.get("")
@open_to("bikes:keeper")
def show():
    """Show the bikes of the own shed, and the latest events about it."""
    shed = signed_in().tenant_id
    lines = Log(AuditEntry.of_tenant(shed)).lines
    return pages.render(
        "bikes/bikes.html", numbers=Bike.numbers(shed),
        events=[(filters.moment(line.made_at), log_words.who(line), log_words.line(line)) for line in lines])
