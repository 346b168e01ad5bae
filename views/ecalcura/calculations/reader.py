"""The pages about published calculations of a facility, alike for the facility and for the successor it merged into."""
from typing import NamedTuple

from flask import abort, request, url_for

from models.ecalcura.calculations.calculations import PUBLISHED, Calculation, Result
from models.ecalcura.calculations.counted import CountedSubmission
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import PRIVACY
from models.paging import PAGE_SIZE, shown_page
from views.ecalcura.addresses import tabs
from views.ecalcura.calculations import explained, result, words
from views.shell import filters, pages, paging
from views.shell.access import signed_in


class Reader(NamedTuple):
    """The facility of the address, and the one whose calculations are read: itself, or one that merged into it.

    `blueprint` and `messages` are the blueprints of its pages and of its messages, `arguments` those of their address.
    """

    facility: Facility
    owner: Facility
    blueprint: str
    messages: str
    arguments: dict

    def url(self, view, **values):
        """The address of another of these pages."""
        return url_for(f"{self.blueprint}.{view}", **self.arguments, **values)

    @property
    def is_successor(self):
        """Whether the calculations are of a facility that merged into the one of the address."""
        return self.facility.id != self.owner.id


def index(reader):
    """List the published calculations, the newest first; to the facility itself also those that merged into it."""
    rows = [(words.title(one.calculation), one.calculation.published_at,
             [words.exact(getattr(one, name)) for name in ("exempt", "replaced", "financed", "premium")],
             words.euros(one.amount), reader.url("show", calculation_id=one.calculation_id))
            for one in Result.published_of(reader.owner)]
    merged = [] if reader.is_successor else [
        (one, url_for("merged_calculations.index", hco=reader.facility.hco, old=one.hco))
        for one in reader.facility.predecessors()]
    return pages.render("ecalcura/calculations/own.html", rows=rows, merged=merged, **_values(reader),
                        any_amount=any(amount for *_, amount, _ in rows))


def show(reader, calculation_id):
    """Show a result: its sums, the lines of the amount, and the former result beside it."""
    found = _of(reader, calculation_id)
    return pages.render(
        "ecalcura/calculations/own_result.html", **_values(reader), title=words.title(found.calculation),
        about=result.about(found.calculation), explained_url=reader.url("explain", calculation_id=calculation_id),
        messages_url=url_for(f"{reader.messages}.show", **reader.arguments, calculation_id=calculation_id),
        **result.values(found))


def explain(reader, calculation_id):
    """Show 'Hoe is dit berekend': each contract with the days and hours that its quantities follow from."""
    found = _of(reader, calculation_id)
    counted = CountedSubmission.one(found.submission_id, found.formula_version) or abort(404)
    quantities = counted.quantities
    contracts = [one for one in quantities["contracts"] if one["choices"] or one["replacements"]]
    page, last = shown_page(request.args.get("page", 1, type=int), len(contracts))
    listed = contracts[(page - 1) * PAGE_SIZE:page * PAGE_SIZE]
    return pages.render(
        "ecalcura/calculations/explained.html", **_values(reader), title=words.title(found.calculation),
        back_url=reader.url("show", calculation_id=calculation_id), days=quantities["trimester"]["days"],
        **explained.values(reader.owner, quantities, listed, _sees_staff(reader.facility), not reader.is_successor),
        shown=f"{filters.number(len(contracts))} {'contract' if len(contracts) == 1 else 'contracten'}",
        **paging.links(reader.url("explain", calculation_id=calculation_id), page, last))


def _values(reader):
    return {"facility": reader.facility, "tabs_of": tabs(signed_in(), reader.facility, "own_calculations"),
            "owner": reader.owner if reader.is_successor else None, "index_url": reader.url("index")}


def _sees_staff(facility):
    return any((grant.role, grant.tenant_id) == (PRIVACY.code, facility.id) for grant in signed_in().grants)


def _of(reader, calculation_id):
    """The result in a published calculation; 404 for any other."""
    calculation = Calculation.one(calculation_id)
    if calculation is None or calculation.state != PUBLISHED:
        abort(404)
    found = Result.one(calculation, reader.owner) or abort(404)
    found.calculation = calculation
    return found
