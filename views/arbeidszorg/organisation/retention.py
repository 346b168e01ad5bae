"""'Bewaartermijn': the clients kept longer than the term, to be kept without a name or deleted for good."""
from flask import Blueprint, abort, flash, request, url_for

from models.arbeidszorg.deletion import retention
from models.arbeidszorg.deletion.trash import KEPT, Deletion
from models.days import local_day
from models.errors import Refused
from models.paging import PAGE_SIZE, shown_page
from views.arbeidszorg.organisation import client_page
from views.arbeidszorg.organisation.clients import own_client
from views.hall import support
from views.shell import filters, pages, paging
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm
from views.shell.messages import message

blueprint = Blueprint("retention", __name__, url_prefix="/retention")


@blueprint.get("")
@open_to("arbeidszorg:organisation")
def index():
    """List the own clients that are due by page: those with a name, or those without."""
    years = retention.term() or abort(404)
    due = retention.due(signed_in().organisation_id)
    named = request.args.get("tab") != "nameless"
    counts = {True: retention.with_name(due, True).count(), False: retention.with_name(due, False).count()}
    page, last = shown_page(request.args.get("page", 1, type=int), counts[named])
    addresses = {True: url_for("retention.index"), False: url_for("retention.index", tab="nameless")}
    total = counts[named]
    return pages.render(
        "arbeidszorg/organisation/retention/list.html", "arbeidszorg/organisation/retention/_list.html",
        years=years, kept_days=KEPT.days, named=named,
        rows=[_row(client) for client in retention.with_name(due, named).paginate(page, PAGE_SIZE)],
        tab_items=[(tab, label, filters.number(counts[one]), addresses[one], one == named)
                   for one, tab, label in ((True, "named", "Met naam"), (False, "nameless", "Zonder naam"))],
        shown=f"{filters.number(total)} {'cliënt' if total == 1 else 'cliënten'}",
        **paging.links(addresses[named], page, last))


def _row(client):
    """(number, label, name, last day of guidance, day of registration) of a client."""
    return (client.number, client_page.label(client), client.name,
            filters.day(client.active_until), filters.day(local_day(client.created_at)))


@blueprint.route("/<int:due_number>/name", methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
def forget_name(due_number):
    """Ask whether the name of a client that is due has to go, and erase it."""
    return _page(due_number, "arbeidszorg/organisation/retention/name.html", _erase)


def _erase(number):
    erased = retention.forget_name(signed_in().organisation_id, number, signed_in())
    return f"De naam van cliënt {number} is gewist." if erased else f"Cliënt {number} had geen naam meer."


@blueprint.route("/<int:due_number>/delete", methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
def delete(due_number):
    """Ask whether a client that is due has to be deleted, and delete it."""
    return _page(due_number, "arbeidszorg/organisation/retention/delete.html", _delete)


def _delete(number):
    retention.delete(signed_in().organisation_id, number, signed_in())
    return f"Cliënt {number} is verwijderd. {KEPT.days} dagen lang kan {support.administrator()} de cliënt terugzetten."


def _page(number, template, act):
    """Show the question of this template about an own client that is due, or do `act` when it is posted."""
    if not retention.term():
        abort(404)
    organisation = signed_in().organisation_id
    if Deletion.is_deleted(organisation, number):
        return pages.back_to("retention.index", f"Cliënt {number} was al verwijderd.")
    own_client(number)
    try:
        if BaseForm().validate_on_submit():
            return pages.back_to("retention.index", act(number))
        client = retention.one(organisation, number)
    except Refused as refused:
        flash(message(refused), "error")
        return pages.back_to("retention.index")
    return pages.render(template, row=_row(client), kept_days=KEPT.days, years=retention.term(),
                        administrator=support.administrator())
