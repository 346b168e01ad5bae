"""The tabs of a facility's pages at the desk."""
from flask import url_for

from models.ecalcura.roles import CALCULATOR, DOSSIER
from views.shell.access import signed_in
from views.shell.audiences import MenuItem

BOTH, DOSSIER_ONLY = frozenset((DOSSIER.code, CALCULATOR.code)), frozenset((DOSSIER.code,))
# Each tab with the codes of the roles that open it; its page has the argument `facility`.
TABS = (
    (MenuItem("data", "desk_facilities.show", "Gegevens"), BOTH),
    (MenuItem("access", "desk_access.index", "Toegang"), DOSSIER_ONLY),
    (MenuItem("contacts", "desk_contacts.show", "Contactpersonen"), DOSSIER_ONLY),
    (MenuItem("staff", "desk_staff.index", "Personeel"), DOSSIER_ONLY),
    (MenuItem("trimesters", "desk_files.index", "Trimesters"), DOSSIER_ONLY),
    (MenuItem("deliveries", "desk_deliveries.show", "Leveringen"), DOSSIER_ONLY),
    (MenuItem("calculations", "desk_results.show", "Berekeningen"), BOTH),
    (MenuItem("messages", "desk_messages.of_facility", "Berichten"), DOSSIER_ONLY),
    (MenuItem("accounts", "desk_accounts.show", "Bankrekeningen"), BOTH),
)


def page_of(facility, current):
    """The values of a facility's page: the facility, and (label, address, whether it is `current`) of each tab."""
    return {"facility": facility, "tabs_of": [
        (item.label, url_for(item.endpoint, facility=facility.hco), item.section == current)
        for item, roles in TABS if signed_in().role in roles]}
