"""'Mijn voorzieningen': where somebody signed in begins, or goes to another facility."""
from flask import Blueprint, redirect, url_for

from models.ecalcura.facilities import colleagues
from models.ecalcura.roles import COLLEAGUE, LABELS
from views.ecalcura.addresses import no_role
from views.shell import pages
from views.shell.access import open_to, signed_in

blueprint = Blueprint("facilities", __name__, url_prefix="/ecalcura")


@blueprint.get("")
@open_to("ecalcura:privacy", "ecalcura:financial", "ecalcura:access", "ecalcura:colleague")
def index():
    """List the facilities where the own login has a role; lead to the only one, and say it if there is no role yet."""
    found = colleagues.facilities_of(signed_in().account_id)
    own = [(facility, [LABELS[role] for role in LABELS if role in roles]) for facility, roles in found
           if set(roles) - {COLLEAGUE.code}]
    if not own:
        return no_role([facility for facility, _ in found])
    if len(own) == 1:
        return redirect(url_for("facility.show", hco=own[0][0].hco), 303)
    return pages.render("ecalcura/facility/facilities.html", facilities=own)
