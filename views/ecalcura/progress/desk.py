"""'Voortgang' of the desk: how far the facilities are with each trimester, and the list of each part."""
import secrets

from flask import Blueprint, request, url_for

from models.database import today
from models.ecalcura.progress import counts, parts
from models.ecalcura.progress.listing import Listing, clean, every_row
from models.ecalcura.progress.reminders import last_sent
from models.ecalcura.roles import DOSSIER
from models.ecalcura.trimesters.calendar import place_of
from models.files.csv_file import Csv
from models.organisations import PROVINCES
from views.ecalcura.progress import bars, file_list, todo, words
from views.ecalcura.trimesters import versions
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.downloads import CSV, in_turn, streamed

blueprint = Blueprint("progress", __name__, url_prefix="/ecalcura/desk/progress")
ONE = "/<int:period>/<int:number>"


@blueprint.get("")
@open_to("ecalcura:dossier", "ecalcura:calculator")
def index():
    """Show a bar for each trimester of a reference period, and how many submitted by kind and by province."""
    there = parts.periods()
    now = place_of(today()).period
    period = request.args.get("period", now, type=int)
    period = period if period in there else now
    kind, province = (_known(request.args.get(name, ""), options) for name, options in (
        ("kind", words.kind_options()), ("province", PROVINCES)))
    return pages.render(
        "ecalcura/progress/index.html", "ecalcura/progress/_bars.html",
        period=period, base=url_for("progress.index"), choices=(
            ("period", "Referentieperiode", [(str(one), f"{one}–{one + 1}") for one in sorted({*there, now})],
             str(period)),
            ("kind", "Soort", {"": "alle", **words.kind_options()}.items(), kind),
            ("province", "Provincie", {"": "alle", **words.province_options()}.items(), province)),
        todo=todo.lines() if signed_in().role == DOSSIER.code else [],
        **bars.values(period, counts.counts(period), kind, province))


@blueprint.get(ONE)
@open_to("ecalcura:dossier", "ecalcura:calculator")
def show(period, number):
    """List the facilities in a trimester: those that have not submitted it, or those of another part."""
    return page(versions.place_of(period, number), chosen_in(request.args), request.args.get("page", 1, type=int))


def page(place, chosen, number=1, notice=None, status=200):
    """The list of a trimester, with a notice above it if there is one."""
    listing, form_key = Listing(place, chosen, number), secrets.token_urlsafe(16)
    sent = last_sent(place, [row.facility_id for row in listing.rows])
    return pages.render(
        "ecalcura/progress/show.html", "ecalcura/progress/_list.html", status=status, place=place, notice=notice,
        form_key=form_key,
        **file_list.values(listing, sent, url_for("progress.show", period=place.period, number=place.number)))


@blueprint.get(f"{ONE}/facilities.csv")
@open_to("ecalcura:dossier", "ecalcura:calculator")
@in_turn
def download(period, number):
    """Download the list as CSV."""
    place = versions.place_of(period, number)
    rows = list(every_row(place, chosen_in(request.args)))
    sent = last_sent(place, [row.facility_id for row in rows])
    return streamed(Csv.pieces(file_list.HEADINGS, [[file_list.cells(row, sent) for row in rows]]), CSV,
                    f"ecalcura-{period}-trimester-{number}.csv")


def chosen_in(asked):
    """The filters and the order in an address or a form."""
    return clean(asked.get("part", ""), asked.get("kind", ""), asked.get("province", ""),
                 "without_holder" in asked, "without_contact" in asked, asked.get("sort", ""))


def _known(value, options):
    return value if value in options else ""
