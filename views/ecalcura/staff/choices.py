"""Choices of premium or exemption for each step, and the declaration of 200 hours of irregular work."""
import secrets

from flask import Blueprint, abort, request

from models.ecalcura.contracts import lists, steps
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.irregular_work import IrregularWork, months_before
from models.ecalcura.events import EcalcuraEvent
from views.ecalcura import words
from views.ecalcura.staff.forms import ChoiceForm, IrregularForm, created_form, given
from views.ecalcura.staff.page import facility_of, form_page, own_employee
from views.ecalcura.staff.saving import delete_row, deleted_before, save, save_row
from views.shell.access import open_to, signed_in

blueprint = Blueprint("choices", __name__, url_prefix="/ecalcura/<hco>/staff")

CHOICE_DELETED = "De keuze is verwijderd."
FIELDS = [
    ("step", "Elke stap is 2 uren per week waard, voor een voltijdse week.", ""),
    ("kind", "Premie: de medewerker blijft evenveel werken. Vrijstelling: de medewerker werkt minder uren.", ""),
    ("since", "dd/mm/jjjj. Ten vroegste het begin van de stap.", "day"),
    ("until", "dd/mm/jjjj, deze dag telt mee. Leeg: zonder einde.", "day"),
]


@blueprint.route("/<int:employee_id>/choices/new", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def create(hco, employee_id):
    """Add a choice for a step; the address may name the step."""
    facility = facility_of(hco)
    employee = own_employee(facility, employee_id)
    step = request.args.get("step", type=int)
    form = created_form(ChoiceForm, secrets.token_urlsafe(16), **_offered(employee, step))

    def act():
        Choice.add(employee, **_values(form), by=signed_in(), form_key=form.form_key.data)

    def page(form):
        return form_page("row_form", facility, employee, form, title="Keuze toevoegen", button="Opslaan",
                         fields=FIELDS, intro=(), links=(), differences=())

    return save(facility, employee, form, act, "De keuze is opgeslagen.", page)


def _offered(employee, step):
    """The step that the address names, from its first day on."""
    starts = steps.step_starts(employee.person.born)
    return {"step": str(step), "since": starts[step]} if step in starts else {}


def _values(form):
    return {**given(form), "step": int(form.step.data)}


def _own(hco, choice_id):
    facility = facility_of(hco)
    choice = Choice.one(facility, choice_id) or abort(404)
    return facility, choice, own_employee(facility, choice.employee_id)


@blueprint.route("/choices/<int:choice_id>", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def edit(hco, choice_id):
    """Correct or end a choice; if a colleague saved meanwhile, show both versions: 409."""
    facility, choice, employee = _own(hco, choice_id)

    def act(form):
        choice.change(**_values(form), version=form.version.data, by=signed_in())

    def page(form, differing=(), status=None):
        return form_page("row_form", facility, employee, form, status, title="Keuze wijzigen", button="Opslaan",
                         fields=FIELDS, links=(), differences=differing,
                         intro=["Kiest de medewerker vanaf een dag anders? Vul dan de laatste dag in, en voeg daarna "
                                "een keuze toe."])

    return save_row(facility, employee, choice, ChoiceForm, _kept, act, "De keuze is opgeslagen.", page)


def _kept(choice):
    return {"step": str(choice.step), "kind": choice.kind, "since": choice.since, "until": choice.until}


@blueprint.route("/choices/<int:choice_id>/delete", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def delete(hco, choice_id):
    """Delete a choice that was never submitted."""
    facility = facility_of(hco)
    choice = Choice.one(facility, choice_id)
    if choice is None:
        return deleted_before(facility, EcalcuraEvent.CHOICE_DELETED, CHOICE_DELETED, choice=choice_id)
    return delete_row(
        facility, own_employee(facility, choice.employee_id), choice, CHOICE_DELETED, _now, title="Keuze verwijderen",
        facts=[("Stap", f"{choice.step} jaar"), ("Keuze", words.CHOICES[choice.kind]),
               ("Van – tot", words.period(choice.since, choice.until))],
        intro=["Verwijder alleen een keuze die er nooit was. Koos de medewerker later anders? Geef de keuze dan een "
               "einddatum."])


def _now(choice):
    """The choice as it is, in a sentence."""
    return f"Nu: {words.CHOICES[choice.kind]} voor {choice.step} jaar, {words.period(choice.since, choice.until)}."


@blueprint.route("/<int:employee_id>/steps/<int:step>/irregular", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def declare(hco, employee_id, step):
    """Declare 200 hours of irregular work for a step of a gelijkgestelde."""
    facility = facility_of(hco)
    employee = own_employee(facility, employee_id)
    if step not in lists.steps():
        abort(404)
    form = IrregularForm(data=_declared(employee, step))

    def act():
        IrregularWork.declare(employee, step, form.first.data, form.last.data, by=signed_in())

    def page(form):
        return form_page(
            "row_form", facility, employee, form, title="200 uren verklaren", button="Verklaren", links=(),
            differences=(), fields=[("first", "dd/mm/jjjj", "day"), ("last", "dd/mm/jjjj", "day")],
            intro=[f"Voor de stap van {step} jaar heeft een gelijkgestelde 200 uren onregelmatige prestaties nodig, in "
                   "de 24 maanden voor de maand van de verjaardag. Met ‘Verklaren’ bevestig je dat ze in deze periode "
                   "gepresteerd zijn."])

    return save(facility, employee, form, act, "De verklaring is opgeslagen.", page)


def _declared(employee, step):
    """The days of the declaration, or all that it may have."""
    for one in IrregularWork.of(employee):
        if one.step == step:
            return {"first": one.first, "last": one.last}
    return dict(zip(("first", "last"), months_before(employee, step) or (), strict=False))
