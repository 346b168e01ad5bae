"""'Berichten' at the desk: the threads of all facilities, those to read first; writing to one, and answering."""
from flask import Blueprint, abort, request, url_for

from models.ecalcura.calculations.calculations import Calculation
from models.ecalcura.communication.threads import OF_DESK, Thread, listing
from models.ecalcura.facilities.facilities import Facility
from views.ecalcura.communication import threads
from views.ecalcura.communication.threads import Seen, state_of
from views.ecalcura.desk.facilities import one
from views.ecalcura.desk.tabs import page_of
from views.shell import pages, paging
from views.shell.access import open_to

blueprint = Blueprint("desk_messages", __name__, url_prefix="/ecalcura/desk/messages")


@blueprint.get("")
@open_to("ecalcura:dossier")
def index():
    """List the threads with a message."""
    found = listing(request.args.get("page", 1, type=int))
    return pages.render(
        "ecalcura/communication/threads.html", new=found.new, shown=paging.shown(found, "gesprek", "gesprekken"),
        rows=[(thread, facility, threads.title(thread), *state_of(thread))
              for thread, facility in found.rows],
        **paging.links(url_for("desk_messages.index"), found.page, found.last))


@blueprint.get("/facilities/<facility>")
@open_to("ecalcura:dossier")
def of_facility(facility):
    """List the calculations of a facility that were published, to write about one of them."""
    home = one(facility)
    return pages.render(
        "ecalcura/communication/of_facility.html", **page_of(home, "messages"),
        rows=[(thread, threads.title(thread), *state_of(thread)) for thread in Thread.of(home)])


@blueprint.route("/<int:thread_id>", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def show(thread_id):
    """Show the messages of a thread, and write one: the first one, or an answer."""
    return threads.show(_seen(thread_id))


@blueprint.post("/<int:thread_id>/read")
@open_to("ecalcura:dossier")
def read(thread_id):
    """Say that the question was read."""
    return threads.read(_seen(thread_id))


def _seen(thread_id):
    thread = Thread.get_or_none(Thread.id == thread_id) or abort(404)

    def back(text):
        return pages.back_to("desk_messages.show", text, thread_id=thread_id)

    facility = Facility.get_by_id(thread.facility_id)
    place = Calculation.one(thread.calculation_id).trimester.place
    return Seen(thread, facility, OF_DESK, "ecalcura/communication/desk_messages.html", {
        "place": place,
        "calculation_url": url_for("calculations.of_facility", calculation_id=thread.calculation_id,
                                   facility=facility.hco),
        "trimester_url": url_for("desk_files.show", facility=facility.hco, period=place.period, number=place.number),
    }, back)
