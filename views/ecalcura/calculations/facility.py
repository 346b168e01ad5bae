"""'Berekeningen' of a facility: the published ones, and how the result follows from each contract."""
from flask import Blueprint, abort, request, url_for

from models.ecalcura.calculations.calculations import PUBLISHED, Calculation, Result
from models.ecalcura.calculations.counted import CountedSubmission
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import PRIVACY
from models.paging import PAGE_SIZE, shown_page
from views.ecalcura.addresses import tabs
from views.ecalcura.calculations import explained, result, words
from views.shell import filters, pages, paging
from views.shell.access import open_to, signed_in

blueprint = Blueprint("own_calculations", __name__, url_prefix="/ecalcura/<hco>/calculations")


@blueprint.get("")
@open_to("ecalcura:privacy", "ecalcura:financial")
def index(hco):
    """List the published calculations of the facility, the newest first."""
    facility = Facility.by_hco(hco)
    rows = [(words.title(one.calculation), one.calculation.published_at,
             [words.exact(getattr(one, name)) for name in ("exempt", "replaced", "financed", "premium")],
             words.euros(one.amount), url_for("own_calculations.show", hco=hco, calculation_id=one.calculation_id))
            for one in Result.published_of(facility)]
    return pages.render("ecalcura/calculations/own.html", facility=facility, rows=rows,
                        tabs_of=tabs(signed_in(), facility, "own_calculations"),
                        any_amount=any(amount for *_, amount, _ in rows))


@blueprint.get("/<int:calculation_id>")
@open_to("ecalcura:privacy", "ecalcura:financial")
def show(hco, calculation_id):
    """Show the result of the facility: its sums, the lines of the amount, and the former result beside it."""
    facility, found = _of(hco, calculation_id)
    return pages.render(
        "ecalcura/calculations/own_result.html", facility=facility, calculation=found.calculation,
        title=words.title(found.calculation), tabs_of=tabs(signed_in(), facility, "own_calculations"),
        about=result.about(found.calculation), **result.values(found))


@blueprint.get("/<int:calculation_id>/explained")
@open_to("ecalcura:privacy", "ecalcura:financial")
def explain(hco, calculation_id):
    """Show 'Hoe is dit berekend': each contract with the days and hours that its quantities follow from."""
    facility, found = _of(hco, calculation_id)
    counted = CountedSubmission.one(found.submission_id, found.formula_version) or abort(404)
    quantities = counted.quantities
    contracts = [one for one in quantities["contracts"] if one["choices"] or one["replacements"]]
    page, last = shown_page(request.args.get("page", 1, type=int), len(contracts))
    listed = contracts[(page - 1) * PAGE_SIZE:page * PAGE_SIZE]
    return pages.render(
        "ecalcura/calculations/explained.html", facility=facility, calculation=found.calculation,
        title=words.title(found.calculation), tabs_of=tabs(signed_in(), facility, "own_calculations"),
        days=quantities["trimester"]["days"], **explained.values(facility, quantities, listed, _sees_staff(facility)),
        shown=f"{filters.number(len(contracts))} {'contract' if len(contracts) == 1 else 'contracten'}",
        **paging.links(url_for("own_calculations.explain", hco=hco, calculation_id=calculation_id), page, last))


def _sees_staff(facility):
    return any((grant.role, grant.tenant_id) == (PRIVACY.code, facility.id) for grant in signed_in().grants)


def _of(hco, calculation_id):
    """The facility and its result in a published calculation; 404 for any other."""
    facility, calculation = Facility.by_hco(hco), Calculation.one(calculation_id)
    if calculation is None or calculation.state != PUBLISHED:
        abort(404)
    found = Result.one(calculation, facility) or abort(404)
    found.calculation = calculation
    return facility, found
