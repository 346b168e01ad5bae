"""The facility in the address of a page, and the answer to somebody who has no role there that opens the page."""
from flask import abort, url_for

from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.facilities import Facility, hco_of, tenant_of
from models.ecalcura.roles import COLLEAGUE, DESK_LABELS, LABELS
from views.shell import pages
from views.shell.access import signed_in
from views.shell.audiences import MenuItem, TenantInAddress

HCO = "hco"
OWN_FACILITIES = MenuItem("facilities", "facilities.index", "Van voorziening wisselen")
MINE = MenuItem("facility", "facility.show", "Mijn voorziening")
# The tabs of a facility's pages, each with the codes of the roles that open it.
TABS = (
    (MINE, frozenset(LABELS)),
    (MenuItem("contacts", "contacts.show", "Contactpersonengegevens"), frozenset(LABELS)),
    (MenuItem("staff", "staff.index", "Personeelsgegevens"), frozenset({"ecalcura:privacy"})),
    (MenuItem("hours", "hours.index", "Prestaties"), frozenset({"ecalcura:privacy"})),
    (MenuItem("history", "pictures.history", "Historiek eindeloopbaan"), frozenset({"ecalcura:privacy"})),
    (MenuItem("deliveries", "deliveries.index", "Leveringen"), frozenset({"ecalcura:privacy"})),
    (MenuItem("trimesters", "trimesters.index", "Indienen"), frozenset({"ecalcura:privacy"})),
    (MenuItem("own_calculations", "own_calculations.index", "Berekeningen"),
     frozenset({"ecalcura:privacy", "ecalcura:financial"})),
    (MenuItem("bank_accounts", "bank_accounts.index", "Bankrekeningen"), frozenset({"ecalcura:financial"})),
    (MenuItem("own_documents", "own_documents.index", "Documenten"), frozenset(LABELS)),
    (MenuItem("access", "access.index", "Toegang"), frozenset({"ecalcura:access"})),
)


def refused(held, hco, needed):
    """Answer somebody whose grants `held` open no page with these roles in this facility.

    The desk has pages of its own about a facility. Another facility's page does not exist (404). Without a role one
    page says so; a missing role is named (403).
    """
    if signed_in().role in DESK_LABELS:
        abort(403)
    if not held:
        return no_role([], 403)
    facility = Facility.by_hco(hco) if hco else None
    here = [grant for grant in held if facility and grant.tenant_id == facility.id]
    if not here and hco:
        return _elsewhere(facility, held) or abort(404)
    if all(grant.role == COLLEAGUE.code for grant in here):
        return no_role([facility] if facility else [], 403)
    return pages.render("ecalcura/facility/role_missing.html", status=403, facility=facility,
                        roles=[label for role, label in LABELS.items() if role in needed])


def no_role(facilities, status=200):
    """The page 'Je hebt nog geen rol': which roles there are, and the names of those who give them."""
    return pages.render("ecalcura/facility/no_role.html", status=status, roles=list(LABELS.values())[:2], facilities=[
        (facility.name, colleagues.access_managers(facility)) for facility in facilities])


def without_role():
    """The page for somebody whom another service signed in and who has a role in no facility."""
    return no_role([], 403)


def _elsewhere(facility, held):
    """For a facility without a dossier under one of the own: a page that leads to that one. None for any other."""
    own = {grant.tenant_id for grant in held}
    if facility is None or facility.parent_id not in own:
        return None
    return pages.render("ecalcura/facility/no_dossier.html", status=404, facility=facility, parent=facility.parent)


def with_predecessor(hco, old):
    """The facility of the address and the one that merged into it; 404 for any other, also before its day."""
    facility = Facility.by_hco(hco)
    return facility, next((one for one in facility.predecessors() if one.hco == old), None) or abort(404)


def tabs(account, facility, current):
    """(label, address, whether it is the current one) of each tab that the own roles in this facility open."""
    roles = {grant.role for grant in account.grants if grant.tenant_id == facility.id}
    return [(item.label, url_for(item.endpoint, hco=facility.hco), item.section == current)
            for item, opened_by in TABS if roles & opened_by]


FACILITY = TenantInAddress(HCO, tenant_of, hco_of, refused, OWN_FACILITIES)
