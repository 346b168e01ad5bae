"""'Overzicht': the province at a glance, the first page of its administrators."""
from flask import Blueprint, request, url_for

from models import log
from models.arbeidszorg.deletion.requests import REASONS, DeletionRequest
from models.arbeidszorg.without_names.overview import Overview
from models.organisations import PROVINCES
from views.arbeidszorg.province import organisation_list
from views.hall import log_words
from views.shell import pages
from views.shell.access import open_to, signed_in

blueprint = Blueprint("province", __name__, url_prefix="/province")

REQUESTS, HAPPENINGS = 5, 10


@blueprint.get("")
@open_to("administrator")
def overview():
    province = signed_in().province
    found = Overview(
        province,
        search=request.args.get("q", ""),
        sort=request.args.get("sort", ""),
        page=request.args.get("page", 1, type=int),
    )
    values = organisation_list.values(found, url_for("province.overview"))
    if not pages.is_partial():
        values |= _glance(province, found)
    return pages.render("arbeidszorg/province/overview.html", "arbeidszorg/province/_organisations.html", **values)


def _glance(province, found):
    """What stands above the list, and does not change with it."""
    waiting = DeletionRequest.of_province(province)
    return {
        "province": PROVINCES[province],
        "organisations": found.organisations,
        "active": found.active,
        "incomplete": found.incomplete,
        "waiting": waiting.count(),
        "requests": [
            (asked.id, asked.client_number, asked.organisation.name, REASONS[asked.reason], asked.created_at)
            for asked in waiting.limit(REQUESTS)],
        "happened": [
            (line.made_at, log_words.line(line), _whose(line))
            for line in log.latest(province, HAPPENINGS, but=log.ROUTINE)],
    }


def _whose(line):
    """Who did it, and the organisation that it was about where that is another."""
    who = log_words.who(line)
    return ", ".join(dict.fromkeys(name for name in (who, line.organisation) if name))
