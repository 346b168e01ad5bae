"""The employees whom a contract replaces, for which hours and which days."""
import secrets

from flask import Blueprint, abort

from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.events import EcalcuraEvent
from views.ecalcura import words
from views.ecalcura.staff.forms import POOL, ReplacementForm, created_form
from views.ecalcura.staff.page import facility_of, form_page, own_contract, own_employee, to_replace
from views.ecalcura.staff.saving import delete_row, deleted_before, replaced_of, save, save_row
from views.shell.access import open_to, signed_in

blueprint = Blueprint("replacements", __name__, url_prefix="/ecalcura/<hco>/staff")

REPLACEMENT_DELETED = "De vervanging is verwijderd."
FIELDS = [
    ("replaces", "Een gerechtigde met vrijstelling. Vervangt iemand meerdere collega's samen, kies dan de pool.", ""),
    ("hours", "Bijvoorbeeld 2 of 3,8.", "hours"),
    ("since", "dd/mm/jjjj", "day"),
    ("until", "dd/mm/jjjj, deze dag telt mee. Leeg: zolang het contract loopt.", "day"),
    ("act_on", "dd/mm/jjjj. De overeenkomst of akte die de compensatie vermeldt. Nog niet getekend? Vul dit later aan.",
     "day"),
]


@blueprint.route("/contracts/<int:contract_id>/replacements/new", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def create(hco, contract_id):
    """Add a replacement to a contract."""
    facility = facility_of(hco)
    contract, employee = own_contract(facility, contract_id)
    if contract.role != "replacement":
        abort(404)
    people = to_replace(facility, employee.id)
    form = created_form(lambda **data: ReplacementForm(people, **data), secrets.token_urlsafe(16), since=contract.start,
                        until=contract.until)

    def act():
        Replacement.add(contract, **_values(form), by=signed_in(), form_key=form.form_key.data)

    def page(form):
        return form_page("row_form", facility, employee, form, title="Vervanging toevoegen", button="Opslaan",
                         fields=FIELDS, intro=(), links=(), differences=())

    return save(facility, employee, form, act, "De vervanging is opgeslagen.", page)


def _values(form):
    return {"replaced_id": replaced_of(form.replaces.data), "hours": form.hours.data, "since": form.since.data,
            "until": form.until.data, "act_on": form.act_on.data}


def _own(hco, replacement_id):
    facility = facility_of(hco)
    replacement = Replacement.one(facility, replacement_id) or abort(404)
    return facility, replacement, own_contract(facility, replacement.contract_id)[1]


@blueprint.route("/replacements/<int:replacement_id>", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def edit(hco, replacement_id):
    """Correct or end a replacement; if a colleague saved meanwhile, show both versions: 409."""
    facility, replacement, employee = _own(hco, replacement_id)
    people = to_replace(facility, employee.id)

    def act(form):
        replacement.change(**_values(form), version=form.version.data, by=signed_in())

    def page(form, differing=(), status=None):
        return form_page("row_form", facility, employee, form, status, title="Vervanging wijzigen", button="Opslaan",
                         fields=FIELDS, intro=(), links=(), differences=_named(differing, people))

    return save_row(facility, employee, replacement, lambda **data: ReplacementForm(people, **data), _kept, act,
                    "De vervanging is opgeslagen.", page)


def _named(differing, people):
    """The differences with names instead of the options' values."""
    names = {POOL: "de pool van de voorziening", **{str(key): label for key, label in people}}
    return [(label, names.get(was, was), names.get(now, now)) for label, was, now in differing]


def _kept(replacement):
    return {"replaces": str(replacement.replaced_id or POOL), "hours": replacement.hours, "since": replacement.since,
            "until": replacement.until, "act_on": replacement.act_on}


@blueprint.route("/replacements/<int:replacement_id>/delete", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def delete(hco, replacement_id):
    """Delete a replacement that was never submitted."""
    facility = facility_of(hco)
    replacement = Replacement.one(facility, replacement_id)
    if replacement is None:
        return deleted_before(facility, EcalcuraEvent.REPLACEMENT_DELETED, REPLACEMENT_DELETED,
                              replacement=replacement_id)
    return delete_row(
        facility, own_employee(facility, replacement.employee_id), replacement, REPLACEMENT_DELETED, _now,
        title="Vervanging verwijderen",
        facts=[("Uren per week", words.hours(replacement.hours)),
               ("Van – tot", words.period(replacement.since, replacement.until))],
        intro=["Verwijder alleen een vervanging die er nooit was. Is ze gestopt? Geef ze dan een einddatum."])


def _now(replacement):
    """The replacement as it is, in a sentence."""
    return f"Nu: {words.hours(replacement.hours)} uren per week, {words.period(replacement.since, replacement.until)}."
