"""'Exporteren': the organisation's own register, names included, as a spreadsheet or as CSV."""
from flask import Blueprint, make_response

from models.arbeidszorg.transfer.exporting import Export
from models.database import today
from models.errors import Refused
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.downloads import CSV, XLSX, in_turn
from views.shell.messages import message

blueprint = Blueprint("exports", __name__)


@blueprint.get("/export")
@open_to("arbeidszorg:organisation")
def choose():
    """Offer the own register as a file."""
    return pages.render("arbeidszorg/organisation/export.html")


@blueprint.get("/export.csv")
@open_to("arbeidszorg:organisation")
@in_turn
def as_csv():
    """Download the own register as CSV, which the import can read again."""
    return download("csv", CSV, Export.csv)


@blueprint.get("/export.xlsx")
@open_to("arbeidszorg:organisation")
@in_turn
def as_xlsx():
    """Download the own register as a spreadsheet."""
    return download("xlsx", XLSX, Export.xlsx)


def download(ending, content_type, write):
    """The own organisation's register as a file, made by `write(export)`; the download is recorded in the audit."""
    account = signed_in()
    try:
        export = Export.of(account.organisation_id, ending, by=account)
    except Refused as refused:
        return pages.back_to("exports.choose", message(refused))
    response = make_response(write(export))
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = f'attachment; filename="loket-{today():%Y-%m-%d}.{ending}"'
    return response
