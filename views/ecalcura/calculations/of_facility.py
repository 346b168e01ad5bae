"""The calculations of one facility at the desk, each with its result."""
from flask import Blueprint, url_for

from models.ecalcura.calculations.calculations import Result
from views.ecalcura.calculations import words
from views.ecalcura.desk.facilities import one
from views.ecalcura.desk.tabs import page_of
from views.shell import pages
from views.shell.access import open_to

blueprint = Blueprint("desk_results", __name__, url_prefix="/ecalcura/desk/facilities/<facility>/calculations")


@blueprint.get("")
@open_to("ecalcura:dossier", "ecalcura:calculator")
def show(facility):
    """List the calculations that a facility is in, in every state, the newest first."""
    found = one(facility)
    rows = [(words.title(result.calculation), *words.STATES[result.calculation.stage],
             url_for("calculations.of_facility", calculation_id=result.calculation_id, facility=found.hco),
             [words.exact(getattr(result, name)) for name in ("exempt", "financed", "premium")],
             words.euros(result.amount)) for result in Result.all_of(found)]
    return pages.render("ecalcura/calculations/all_of_facility.html", rows=rows, **page_of(found, "calculations"),
                        any_amount=any(amount for *_, amount in rows))
