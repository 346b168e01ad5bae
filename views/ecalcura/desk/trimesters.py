"""'Trimesters' of a facility at the desk: how far each is, what was submitted, and what a version changed."""
from flask import Blueprint, url_for

from models.ecalcura.trimesters import track
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import CLOSED, EMPTY, ENTRY, REOPENED, SUBMITTED
from views.ecalcura.desk.facilities import one
from views.ecalcura.desk.tabs import page_of
from views.ecalcura.trimesters import page, versions
from views.shell import pages
from views.shell.access import open_to

blueprint = Blueprint("desk_files", __name__, url_prefix="/ecalcura/desk/facilities/<facility>/trimesters")
# State → the link to the page that reopens a trimester, or changes until when.
REOPENING = {SUBMITTED: "Heropenen", CLOSED: "Heropenen", REOPENED: "Dag wijzigen"}
ONE = "/<int:period>/<int:number>"


@blueprint.get("")
@open_to("ecalcura:dossier")
def index(facility):
    """Show how far each trimester is, the present reference period first."""
    found = one(facility)
    return pages.render(
        "ecalcura/desk/trimesters.html", **page_of(found, "trimesters"),
        periods=[(f"{period}–{period + 1}", page.track(found, stages, "desk_files", facility=facility))
                 for period, stages in track.stages(found).items()])


@blueprint.get(ONE)
@open_to("ecalcura:dossier")
def show(facility, period, number):
    """Show a trimester: the checks that are left while it is open, and the versions that were submitted."""
    found, place = one(facility), versions.place_of(period, number)
    stage, trimester = track.stage(found, place), Trimester.known(*place)
    is_open = trimester is not None and stage.state in (EMPTY, ENTRY, REOPENED)
    checks = page.found(found, trimester, "desk_staff", facility=facility) if is_open else []
    return pages.render(
        "ecalcura/desk/trimester.html", "ecalcura/trimesters/_documents.html", **page_of(found, "trimesters"),
        place=place, stage=stage, is_open=is_open, checks=checks, blocked=sum(blocks for _, _, blocks, *_ in checks),
        reopen=REOPENING.get(stage.state) if stage.file else None,
        versions=page.versions(stage, "desk_files", facility=facility),
        track=page.track(found, track.stages(found).get(period) or [stage], "desk_files", facility=facility),
        here=url_for("desk_files.show", facility=facility, period=period, number=number))


@blueprint.get(f"{ONE}/versions/<int:version>/changes")
@open_to("ecalcura:dossier")
def changes(facility, period, number, version):
    """Show what a version changed against the version before it."""
    found, place = one(facility), versions.place_of(period, number)
    return versions.changes(
        "ecalcura/desk/changes.html", found, place, version, "desk_files.show",
        {"facility": facility, "period": period, "number": number}, **page_of(found, "trimesters"))


@blueprint.get(f"{ONE}/versions/<int:version>/<kind>")
@open_to("ecalcura:dossier")
def download(facility, period, number, version, kind):
    """Download a document of a version: the bytes that were made after it was submitted."""
    return versions.download(one(facility), versions.place_of(period, number), version, kind, "desk_files.show",
                             {"facility": facility, "period": period, "number": number})
