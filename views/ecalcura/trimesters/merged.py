"""The trimesters that a facility submitted before it merged, as its successor reads them."""
from flask import Blueprint

from models.ecalcura.trimesters import track
from views.ecalcura.addresses import tabs, with_predecessor
from views.ecalcura.trimesters import page, versions
from views.shell import pages
from views.shell.access import open_to, signed_in

# Under the successor's own address, so that a role there opens it and a role anywhere else does not.
blueprint = Blueprint("merged", __name__, url_prefix="/ecalcura/<hco>/merged/<old>")
VERSION = "/<int:period>/<int:number>/versions/<int:version>"


@blueprint.get("")
@open_to("ecalcura:privacy")
def index(hco, old):
    """List the trimesters that the merged facility submitted, with their versions and documents."""
    facility, submitter = with_predecessor(hco, old)
    found = [(stage.place.label, page.versions(stage, "merged", hco=hco, old=old))
             for stages in track.stages(submitter).values() for stage in reversed(stages)]
    return pages.render(
        "ecalcura/trimesters/merged.html", facility=facility, submitter=submitter,
        tabs_of=tabs(signed_in(), facility, "trimesters"),
        trimesters=[(label, versions_of) for label, versions_of in found if versions_of])


@blueprint.get(f"{VERSION}/changes")
@open_to("ecalcura:privacy")
def changes(hco, old, period, number, version):
    """Show what a version changed against the version before it."""
    facility, submitter = with_predecessor(hco, old)
    return versions.changes(
        "ecalcura/trimesters/changes.html", submitter, versions.place_of(period, number), version, "merged.index",
        {"hco": hco, "old": old}, back=f"Terug naar {submitter.name}", facility=facility,
        tabs_of=tabs(signed_in(), facility, "trimesters"))


@blueprint.get(f"{VERSION}/<kind>")
@open_to("ecalcura:privacy")
def download(hco, old, period, number, version, kind):
    """Download a document of a version."""
    _, submitter = with_predecessor(hco, old)
    return versions.download(submitter, versions.place_of(period, number), version, kind, "merged.index",
                             {"hco": hco, "old": old})

