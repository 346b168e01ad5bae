"""'Site': the public pages that an editor keeps."""
from flask import Blueprint

from views.shell import pages
from views.shell.access import open_to

blueprint = Blueprint("site_office", __name__, url_prefix="/site")


@blueprint.get("")
@open_to("site:editor")
def show():
    """Show what there is to keep."""
    return pages.render("site/office/overview.html")
