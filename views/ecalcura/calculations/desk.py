"""'Berekeningen' at the desk: making one, and its results. No page here holds a name or number of a person."""
import secrets
from functools import partial

from flask import Blueprint, abort, make_response, render_template, request, url_for

from models.ecalcura.calculations import calculating, publishing
from models.ecalcura.calculations.calculations import Calculation, Result
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.facilities.kinds import kinds
from models.ecalcura.roles import CALCULATOR
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.windows import kinds_with_files
from models.errors import Refused
from models.files.csv_file import Csv
from models.paging import PAGE_SIZE, shown_page
from views.ecalcura.calculations import result, words
from views.shell import downloads, filters, pages, paging, progress
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, FormKey, choice_field
from views.shell.lanes import LONG, runs_in
from views.shell.messages import message
from views.shell.progress import Work

blueprint = Blueprint("calculations", __name__, url_prefix="/ecalcura/desk/calculations")

MADE = "De berekening is gemaakt. Kijk ze na voor je ze vastlegt."


class CalculationForm(BaseForm):
    kind = choice_field("Soort berekening", {"": "Kies …", **words.KINDS}, "Kies een soort.")
    trimester = choice_field("Trimester", {"": "Kies …"}, "Kies een trimester.")
    of = choice_field("Voorzieningen", {"": "alle soorten"})
    form_key = FormKey()

    def __init__(self, **values):
        super().__init__(**values)
        self.trimester.choices = {"": "Kies …", **{
            f"{one.period}-{one.number}": one.label for one in calculating.submitted_trimesters()}}
        self.of.choices = {"": "alle soorten", **{code: kinds()[code].label for code in kinds_with_files()}}


@blueprint.get("")
@open_to("ecalcura:dossier", "ecalcura:calculator")
def index():
    """List the calculations, the newest first; and the facilities that wait for the other one of their agreement."""
    return pages.render("ecalcura/calculations/index.html", makes=_makes(), waiting=calculating.waiting(), rows=[
        (words.title(one), result.kinds_of(one), *words.STATES[one.stage], one.made_at,
         url_for("calculations.show", calculation_id=one.id)) for one in Calculation.newest()])


def _makes():
    """Whether the person who looks makes calculations; a dossier manager only reads them."""
    return signed_in().role == CALCULATOR.code


@blueprint.route("/new", methods=["GET", "POST"])
@open_to("ecalcura:calculator")
@runs_in(LONG, methods=("POST",))
def new():
    """Make a calculation, and show the progress if that takes long."""
    form = CalculationForm(data={"form_key": secrets.token_urlsafe(16)})
    if form.validate_on_submit():
        return _make(form, signed_in())
    return _form_page(form)


def _form_page(form):
    return pages.render("ecalcura/calculations/new.html", status=422 if form.is_submitted() else 200, form=form,
                        any_submitted=len(form.trimester.choices) > 1)


def _make(form, by):
    period, number = map(int, form.trimester.data.split("-"))
    of_kinds = [form.of.data] if form.of.data else kinds_with_files()
    kind, form_key = form.kind.data, form.form_key.data

    def make(on_progress):
        try:
            return calculating.make(kind, Trimester.known(period, number), of_kinds, by, form_key, on_progress)
        except Refused as refused:
            return refused

    work = Work(make, "berekenen")
    if not work.is_done(within=progress.PATIENCE):
        return progress.streamed("ecalcura/calculations/making.html", work, _made)
    outcome = work.result()
    if isinstance(outcome, Calculation):
        return pages.back_to("calculations.show", MADE, calculation_id=outcome.id)
    form.refuse(None, outcome)
    return _form_page(form)


def _made(outcome):
    """The HTML that ends the page with the progress: a link to the calculation, or why it was refused."""
    made = outcome if isinstance(outcome, Calculation) else None
    return render_template("ecalcura/calculations/_made.html", calculation=made,
                           said=MADE if made else message(outcome))


@blueprint.get("/<int:calculation_id>")
@open_to("ecalcura:dossier", "ecalcura:calculator")
def show(calculation_id):
    """Show a calculation: its sums, and a page of its facilities."""
    calculation = one(calculation_id)
    found = list(Result.of(calculation))
    lines = result.lines(found)
    page, last = shown_page(request.args.get("page", 1, type=int), len(lines))
    base = url_for("calculations.show", calculation_id=calculation_id)
    return pages.render(
        "ecalcura/calculations/show.html", "ecalcura/calculations/_facilities.html", calculation=calculation,
        title=words.title(calculation), makes=_makes(), state=words.STATES[calculation.stage],
        about=result.about(calculation), sums=result.sums(found), outdated=publishing.outdated(calculation),
        rows=[result.row(calculation, together) for together in lines[(page - 1) * PAGE_SIZE:page * PAGE_SIZE]],
        headings=result.headings(calculation),
        shown=f"{filters.number(len(found))} {'voorziening' if len(found) == 1 else 'voorzieningen'}",
        **paging.links(base, page, last))


@blueprint.get("/<int:calculation_id>/facilities/<facility>")
@open_to("ecalcura:dossier", "ecalcura:calculator")
def of_facility(calculation_id, facility):
    """Show the result of one facility: its sums by qualification and step, and the lines of the amount."""
    calculation = one(calculation_id)
    found = Facility.by_hco(facility) or abort(404)
    return pages.render(
        "ecalcura/calculations/of_facility.html", facility=found, calculation=calculation,
        title=words.title(calculation), about=result.about(calculation),
        **result.values(Result.one(calculation, found) or abort(404)))


@blueprint.get("/<int:calculation_id>/sums.csv")
@open_to("ecalcura:dossier", "ecalcura:calculator")
@downloads.in_turn
def sums(calculation_id):
    """Download the sums of each facility as CSV."""
    calculation = one(calculation_id)
    answer = make_response(Csv.whole(result.columns(calculation), map(
        partial(result.cells, calculation), Result.of(calculation))))
    answer.headers["Content-Type"] = downloads.CSV
    answer.headers["Content-Disposition"] = f'attachment; filename="berekening-{calculation_id}.csv"'
    return answer


def one(calculation_id):
    """The calculation with this id; 404 without one."""
    return Calculation.one(calculation_id) or abort(404)
