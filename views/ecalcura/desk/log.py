"""'Logboek' of the desk: the events of all facilities and of the desk, with the login and the moment."""
from flask import Blueprint, url_for

from models.ecalcura.desk import log_entries
from views.hall import log_page
from views.hall.log_page import Whole
from views.shell.access import open_to

blueprint = Blueprint("desk_log", __name__, url_prefix="/ecalcura/desk/log")

WORDS = Whole(
    "Wie wat deed in eCalcura, en wanneer. Er staat welke gegevens gewijzigd zijn, niet wat erin stond. Een "
    "medewerker staat er met een nummer van Loket, nooit met een naam of een rijksregisternummer.",
    "Voorziening", "Alle voorzieningen")


@blueprint.get("")
@open_to("ecalcura:dossier")
def show():
    """Show the log of all facilities and of the desk."""
    return log_page.answer(
        log_entries.entries(), url_for("desk_log.show"), organisations=log_entries.choices(), whole=WORDS)
