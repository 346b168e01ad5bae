"""'Logboek' of a province: each event of its organisations and administrators, with its actor and time."""
from flask import Blueprint, url_for

from models.audit import AuditEntry
from models.organisations import Organisation
from views.hall import log_page
from views.shell.access import open_to, signed_in

blueprint = Blueprint("log", __name__, url_prefix="/province/log")


@blueprint.get("")
@open_to("hall:province")
def show():
    """Show the log of the own province."""
    province = signed_in().province
    return log_page.answer(
        AuditEntry.of_province(province), url_for("log.show"), organisations=Organisation.choices(province))
