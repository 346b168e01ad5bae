"""Clients 'zonder naam': the list of the own province, each client, and the list as a file."""
from flask import Blueprint, abort, redirect, request

from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.without_names.client import ClientWithoutName
from models.arbeidszorg.without_names.export import ExportWithoutNames
from models.arbeidszorg.without_names.listing import Filters, Listing
from models.database import today
from models.organisations import Organisation
from views.arbeidszorg import withdrawn
from views.arbeidszorg.province import client_list
from views.shell import downloads, pages
from views.shell.access import open_to, signed_in

blueprint = Blueprint("province_clients", __name__)


@blueprint.get("/province/clients")
@open_to("arbeidszorg:administrator")
def index():
    """List the clients of the own province, filtered, sorted and paged by the address."""
    filters = Filters(signed_in().province, request.args)
    listing = Listing(filters, request.args.get("sort", ""), request.args.get("page", 1, type=int))
    address = client_list.address(listing)
    if not pages.is_partial():
        # Without JavaScript a form sends its empty fields too: redirect to the address without them.
        if "" in request.args.values():
            return redirect(address, 303)
        values = client_list.form(listing, Organisation.choices(filters.province))
    else:
        values = {}
    answer = pages.render("arbeidszorg/province/clients.html", "arbeidszorg/province/_clients.html",
                          **values, **client_list.values(listing))
    if pages.is_partial() and request.full_path.rstrip("?") != address:
        answer.headers["HX-Replace-Url"] = address
    return answer


@blueprint.get("/province/clients/<int:number>")
@open_to("arbeidszorg:administrator")
def show(number):
    """Show a client of the own province without its name; the audit records the view."""
    client = ClientWithoutName.view(number, signed_in()) or abort(404)
    return pages.render("arbeidszorg/province/client.html", client=client, withdrawn=withdrawn.of_client(number),
                        move=ClientMove.pending(number))


@blueprint.get("/province/clients.csv")
@open_to("arbeidszorg:administrator")
@downloads.in_turn
def as_csv():
    """Download the filtered list as CSV."""
    return _download("csv", downloads.CSV, ExportWithoutNames.csv)


@blueprint.get("/province/clients.xlsx")
@open_to("arbeidszorg:administrator")
@downloads.in_turn
def as_xlsx():
    """Download the filtered list as a spreadsheet."""
    return _download("xlsx", downloads.XLSX, ExportWithoutNames.xlsx)


def _download(ending, content_type, write):
    account = signed_in()
    export = ExportWithoutNames(Filters(account.province, request.args), ending, by=account)
    return downloads.streamed(write(export), content_type, f"loket-zonder-naam-{today():%Y-%m-%d}.{ending}")
