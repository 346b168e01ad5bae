"""'Overzicht': the first page of an administrator, with the totals of the province and its organisations."""
from flask import Blueprint, request, url_for

from models import log
from models.accounts.organisation_list import OrganisationList
from models.arbeidszorg.deletion.requests import REASONS, DeletionRequest
from models.arbeidszorg.events import ArbeidszorgEvent
from models.organisations import PROVINCES
from views.arbeidszorg.province.organisation_columns import COLUMNS, LINKS
from views.hall import log_words, organisation_list
from views.shell import pages
from views.shell.access import open_to, signed_in

blueprint = Blueprint("province", __name__, url_prefix="/province")

# How many pending deletion requests and log lines are shown.
REQUESTS, LOG_LINES = 5, 10
# Events that happen all day long.
ROUTINE = (*log.ROUTINE, ArbeidszorgEvent.CLIENT_VIEWED)


@blueprint.get("")
@open_to("arbeidszorg:administrator")
def overview():
    """Show the totals of the own province, the latest requests and events, and its organisations."""
    province = signed_in().province
    listing = OrganisationList(
        province,
        tuple(column.count for column in COLUMNS),
        search=request.args.get("q", ""),
        sort=request.args.get("sort", ""),
        page=request.args.get("page", 1, type=int),
    )
    values = organisation_list.values(listing, COLUMNS, LINKS, url_for("province.overview"))
    if not pages.is_partial():
        values |= _above_the_list(province, listing)
    return pages.render("arbeidszorg/province/overview.html", "hall/organisations/_list.html", **values)


def _above_the_list(province, listing):
    """The values above the list, which do not change with its page or search."""
    active, incomplete = listing.counts
    pending = DeletionRequest.of_province(province)
    return {
        "province": PROVINCES[province],
        "organisations": listing.organisations,
        "active": active,
        "incomplete": incomplete,
        "waiting": pending.count(),
        "requests": [
            (one.id, one.client_number, one.organisation.name, REASONS[one.reason], one.created_at)
            for one in pending.limit(REQUESTS)],
        "happened": [
            (line.made_at, log_words.line(line), _whose(line))
            for line in log.latest(province, LOG_LINES, but=ROUTINE)],
    }


def _whose(line):
    """The actor of a log line, followed by the organisation that it is about if that is another."""
    who = log_words.who(line)
    return ", ".join(dict.fromkeys(name for name in (who, line.organisation) if name))
