"""The pictures of a facility: 'Vrijgesteld en vervangen' of a reference period, and 'Wie bereikt een stap'."""
from flask import Blueprint, abort, request

from models.database import today
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.pictures.history import History
from models.ecalcura.pictures.reaching import last_day, reaching
from models.ecalcura.pictures.replaced import quarters
from views.ecalcura.addresses import tabs
from views.ecalcura.pictures import choices, exempt_and_replaced, months
from views.shell import pages
from views.shell.access import open_to, signed_in

blueprint = Blueprint("pictures", __name__, url_prefix="/ecalcura/<hco>")
PERIODS = range(2000, 2201)


@blueprint.get("/trimesters/<int:period>/replaced")
@open_to("ecalcura:privacy")
def replaced(hco, period):
    """Show exempt against replaced hours in the four trimesters of a reference period."""
    if period not in PERIODS:
        abort(404)
    facility = Facility.by_hco(hco)
    return pages.render(
        "ecalcura/pictures/replaced.html", facility=facility, tabs_of=tabs(signed_in(), facility, "trimesters"),
        **exempt_and_replaced.values(hco, period, quarters(facility, period)))


@blueprint.get("/history")
@open_to("ecalcura:privacy")
def history(hco):
    """Show the choices of all employees as time lines."""
    facility = Facility.by_hco(hco)
    return pages.render(
        "ecalcura/pictures/history.html", facility=facility, tabs_of=tabs(signed_in(), facility, "history"),
        **choices.values(hco, History(facility, request.args.get("page", 1, type=int), today()), today()))


@blueprint.get("/staff/steps")
@open_to("ecalcura:privacy")
def steps(hco):
    """Show who reaches a step in the next twelve months."""
    facility, first = Facility.by_hco(hco), today()
    return pages.render(
        "ecalcura/pictures/steps.html", facility=facility, tabs_of=tabs(signed_in(), facility, "staff"),
        **months.values(hco, first, last_day(first), reaching(facility, first)))
