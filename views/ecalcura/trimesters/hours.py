"""'Prestaties': the grid of a trimester, a row for each contract, saved row by row."""
import datetime

from flask import Blueprint, abort, current_app, redirect, request, url_for

from models.database import now, today
from models.ecalcura.contracts import lists
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.performances.changed import changed_since
from models.ecalcura.performances.grid import rows_of
from models.ecalcura.trimesters.calendar import Place, Trimester, place_of
from models.ecalcura.trimesters.files import refuse_entry_of
from models.errors import Refused
from views.ecalcura.addresses import tabs
from views.ecalcura.trimesters import hours_form, hours_rows
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.messages import message

blueprint = Blueprint("hours", __name__, url_prefix="/ecalcura/<hco>")
GRID = "/trimesters/<int:period>/<int:number>/hours"
PERIODS = range(2000, 2201)
NUMBERS = range(1, 5)
OPEN = "open"
# A row that a colleague saves is committed a little after its moment.
OVERLAP = datetime.timedelta(seconds=10)
# Seconds after which the grid asks what colleagues changed, while somebody works in it.
ASK_AGAIN = 10


@blueprint.get("/hours")
@open_to("ecalcura:privacy")
def index(hco):
    """Go to the grid of the present trimester."""
    period, number = place_of(today())
    return redirect(url_for("hours.show", hco=hco, period=period, number=number), 303)


@blueprint.route(GRID, methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def show(hco, period, number):
    """Show the grid, and save the rows that somebody changed; a refused row is shown again as it was typed."""
    facility, trimester = Facility.by_hco(hco), trimester_at(period, number)
    if request.method == "GET":
        return _page(facility, trimester, rows_of(facility, trimester))
    rows = rows_of(facility, trimester, _posted_ids())
    typed = hours_form.posted(request.form, rows)
    outcome = hours_form.save(facility, trimester, rows, typed, signed_in())
    if pages.is_partial():
        return _rows(facility, trimester, rows_of(facility, trimester, [row.contract_id for row in rows]), outcome)
    if outcome.refused:
        return _page(facility, trimester, rows_of(facility, trimester), outcome)
    return pages.back_to("hours.show", _saved(outcome.saved), hco=hco, period=period, number=number, **_filter())


@blueprint.get(f"{GRID}/changed")
@open_to("ecalcura:privacy")
def changed(hco, period, number):
    """The rows that were saved since the moment `since`, for a grid that is open; nothing without any."""
    if not pages.is_partial():
        return redirect(url_for("hours.show", hco=hco, period=period, number=number), 303)
    facility, trimester = Facility.by_hco(hco), trimester_at(period, number)
    try:
        since = datetime.datetime.fromisoformat(request.args.get("since", ""))
    except ValueError:
        abort(400)
    found = changed_since(facility, trimester, since.replace(tzinfo=None))
    if not found:
        return current_app.response_class(status=204)
    return _rows(facility, trimester, rows_of(facility, trimester, found))


def trimester_at(period, number):
    """The trimester of an address; one that is not stored yet has no id."""
    if period not in PERIODS or number not in NUMBERS:
        abort(404)
    place = Place(period, number)
    return Trimester.known(period, number) or Trimester(
        period=period, number=number, first=place.first, last=place.last)


def _posted_ids():
    ids = (name.removeprefix("was_") for name in request.form if name.startswith("was_"))
    return [int(text) for text in ids if text.isascii() and text.isdigit() and len(text) < 10]


def _filter():
    return {"show": OPEN} if request.args.get("show") == OPEN else {}


def _page(facility, trimester, rows, outcome=None):
    shown = [hours_rows.shown(row, trimester, outcome) for row in rows]
    only_open = bool(_filter())
    return pages.render(
        "ecalcura/trimesters/hours.html", status=outcome.status if outcome else 200, facility=facility,
        trimester=trimester, tabs_of=tabs(signed_in(), facility, "hours"), kinds=lists.performance_kinds(),
        rows=[row for row in shown if not only_open or row.look != hours_rows.DONE], all_rows=len(shown),
        sums=hours_rows.sums(rows, trimester), only_open=only_open, open_rows=_open(shown),
        wrong=[row for row in shown if not row.is_saved],
        is_stale=any(row.code == hours_rows.STALE for row in shown),
        saved=_saved(outcome.saved) if outcome and outcome.saved else "", closed=_closed(facility, trimester),
        around=_around(facility, trimester), since=_since(), ask_again=ASK_AGAIN)


def _rows(facility, trimester, rows, outcome=None):
    """The fragment for the script of the grid."""
    return pages.render(
        None, "ecalcura/trimesters/_hours_answer.html", status=outcome.status if outcome else 200,
        rows=[hours_rows.shown(row, trimester, outcome) for row in rows], kinds=lists.performance_kinds(),
        sums=hours_rows.stored_sums(facility, trimester), since=_since())


def _since():
    return (now() - OVERLAP).isoformat()


def _open(shown):
    return sum(1 for row in shown if row.look != hours_rows.DONE)


def _saved(number):
    return {0: "Er is niets gewijzigd.", 1: "1 rij is opgeslagen."}.get(number, f"{number} rijen zijn opgeslagen.")


def _closed(facility, trimester):
    """Why the trimester takes no hours now; '' if it does."""
    try:
        refuse_entry_of(facility, trimester)
    except Refused as found:
        return message(found)
    return ""


def _around(facility, trimester):
    """(label, address, whether it is the one that is shown) of the trimesters of the period, and those beside it."""
    period = trimester.period
    places = [("‹ vorige periode", Place(period - 1, NUMBERS[-1])),
              *((Place(period, number).label, Place(period, number)) for number in NUMBERS),
              ("volgende periode ›", Place(period + 1, NUMBERS[0]))]
    return [(label, url_for("hours.show", hco=facility.hco, period=place.period, number=place.number),
             place == (period, trimester.number)) for label, place in places if place.period in PERIODS]
