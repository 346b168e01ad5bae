"""'Logboek' of an organisation: everything that happened to its login and its data."""
from flask import Blueprint, url_for

from models.audit import AuditEntry
from views.hall import log_page
from views.shell.access import open_to, signed_in

blueprint = Blueprint("organisation_log", __name__, url_prefix="/organisation/log")


@blueprint.get("")
@open_to("hall:organisation")
def show():
    """Show the log of the own organisation."""
    return log_page.answer(
        AuditEntry.of_organisation(signed_in().organisation), url_for("organisation_log.show"), own=True)
