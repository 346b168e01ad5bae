"""The contracts of an employee: adding, correcting, other hours from a day on, ending, deleting."""
import datetime
import secrets

from flask import Blueprint, abort, request, url_for

from models.ecalcura.contracts import entry, terms, visa
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.events import EcalcuraEvent
from views.ecalcura import words
from views.ecalcura.staff.forms import FULL_TIME, ContractForm, DoForm, EndForm, NewContractForm, TermsForm
from views.ecalcura.staff.page import done, facility_of, form_page, own_contract, own_employee, to_replace
from views.ecalcura.staff.saving import act_on_row, delete_row, deleted_before, new_contract, save, save_row
from views.shell import filters
from views.shell.access import open_to, signed_in
from views.shell.lanes import asks

blueprint = Blueprint("contracts", __name__, url_prefix="/ecalcura/<hco>/staff")

CONTRACT_DELETED = "Het contract is verwijderd."


@blueprint.route("/<int:employee_id>/contracts/new", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
@asks
def create(hco, employee_id):
    """Add a further contract to an employee; of a replacement also whom it replaces."""
    facility = facility_of(hco)
    employee = own_employee(facility, employee_id)
    form = NewContractForm(to_replace(facility, but=employee_id),
                           data={"form_key": secrets.token_urlsafe(16), "full_time": FULL_TIME})

    def act():
        entry.enter(facility, new_contract(form), signed_in(), form.form_key.data, employee=employee)

    def page(form):
        return form_page("contract_form", facility, employee, form, title="Contract toevoegen", differences=())

    return save(facility, employee, form, act, "Het contract is opgeslagen.", page)


@blueprint.route("/contracts/<int:contract_id>", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
@asks
def edit(hco, contract_id):
    """Correct a contract that was entered wrong; if a colleague saved meanwhile, show both versions: 409."""
    facility = facility_of(hco)
    contract, employee = own_contract(facility, contract_id)

    def act(form):
        visa.check(contract.change(**form.contract(), version=form.version.data, by=signed_in()))

    def page(form, differing=(), status=None):
        return form_page("contract_form", facility, employee, form, status, title="Contract verbeteren",
                         differences=differing)

    return save_row(facility, employee, contract, ContractForm, _kept, act, "Het contract is opgeslagen.", page)


def _kept(contract):
    kept = {name: getattr(contract, name) for name in ContractForm.FIELDS}
    return {**kept, "acquired_step": str(contract.acquired_step or "")}


@blueprint.route("/contracts/<int:contract_id>/hours", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def change_hours(hco, contract_id):
    """Let other hours hold from a day on; the hours before that day stay."""
    facility = facility_of(hco)
    contract, employee = own_contract(facility, contract_id)
    form = TermsForm(data={"full_time": contract.full_time, "version": contract.version})

    def act():
        contract.change_hours(since=form.since.data, hours=form.hours.data, full_time=form.full_time.data,
                              version=form.version.data, by=signed_in())

    return act_on_row(
        facility, employee, form, act, "De uren zijn gewijzigd.", _now, title="Uren wijzigen", button="Opslaan",
        is_so=lambda row: row.hours_from(form.since.data) == (form.hours.data, form.full_time.data),
        fields=[("since", "dd/mm/jjjj. De uren van vroeger blijven gelden tot de dag ervoor.", "day"),
                ("hours", "Volgens het contract, bijvoorbeeld 19 of 30,4.", "hours"),
                ("full_time", "Wat in je voorziening een voltijdse week is.", "hours")],
        intro=[_now(contract), "Waren de uren van in het begin fout getypt? Gebruik dan ‘Verbeteren’."],
        links=[(f"Wijziging van {filters.day(one.since)} weghalen",
                url_for("contracts.take_back_hours", hco=hco, contract_id=contract.id, since=one.since.isoformat()))
               for one in terms.by_contract([contract.id])[contract.id]])


@blueprint.route("/contracts/<int:contract_id>/hours/<since>/delete", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def take_back_hours(hco, contract_id, since):
    """Take a change of hours away, so that the hours before it count on."""
    facility = facility_of(hco)
    contract, employee = own_contract(facility, contract_id)
    day = _day(since)
    hours = contract.hours_from(day)
    form = DoForm(data={"version": contract.version})
    if day == contract.start or (hours is None and request.method == "GET"):
        abort(404)

    def act():
        contract.take_back_hours(day, version=form.version.data, by=signed_in())

    text = "De wijziging is weggehaald."
    return act_on_row(
        facility, employee, form, act, text, _now, "confirm", title="Wijziging van de uren weghalen",
        button="Wijziging weghalen", is_so=lambda row: row.hours_from(day) is None, was_so=text,
        facts=[("Vanaf", filters.day(day)),
               ("Uren per week", hours and f"{words.hours(hours[0])} van {words.hours(hours[1])}")],
        intro=["Vanaf deze dag gelden dan opnieuw de uren van ervoor."])


def _day(text):
    """A day in an address; 404 for another text."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        abort(404)


@blueprint.route("/contracts/<int:contract_id>/end", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def end(hco, contract_id):
    """Set the last day of a contract, or take it away."""
    facility = facility_of(hco)
    contract, employee = own_contract(facility, contract_id)
    form = EndForm(data={"until": contract.until, "version": contract.version})

    def act():
        contract.end(until=form.until.data, version=form.version.data, by=signed_in())

    return act_on_row(
        facility, employee, form, act, "De einddatum is opgeslagen.", _now, title="Contract beëindigen",
        button="Opslaan", is_so=lambda row: row.until == form.until.data,
        fields=[("until", "dd/mm/jjjj, deze dag telt mee. Leeg: het contract loopt door.", "day")],
        intro=[_now(contract)])


@blueprint.route("/contracts/<int:contract_id>/delete", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def delete(hco, contract_id):
    """Delete a contract that was never submitted."""
    facility = facility_of(hco)
    if Contract.one(facility, contract_id) is None:
        return deleted_before(facility, EcalcuraEvent.CONTRACT_DELETED, CONTRACT_DELETED, contract=contract_id)
    contract, employee = own_contract(facility, contract_id)
    return delete_row(
        facility, employee, contract, CONTRACT_DELETED, _now, title="Contract verwijderen",
        facts=[("Rol en kwalificatie", f"{words.ROLES[contract.role]}, {words.qualification(contract.qualification)}"),
               ("Van – tot", words.period(contract.start, contract.until)),
               ("Uren per week", words.hours(contract.hours))],
        intro=["Verwijder alleen een contract dat er nooit was: de vervangingen en prestaties ervan gaan mee. "
               "Is het contract gewoon gestopt? Gebruik dan ‘Beëindigen’."])


def _now(contract):
    """The contract as it is, in a sentence."""
    return (f"Nu: {words.ROLES[contract.role]}, {words.qualification(contract.qualification)}, "
            f"{words.period(contract.start, contract.until)}, {words.hours(contract.hours)} uren per week"
            f" van {words.hours(contract.full_time)}.")


@blueprint.post("/contracts/<int:contract_id>/qualification")
@open_to("ecalcura:privacy")
@asks
def ask(hco, contract_id):
    """Ask eCad again about the qualification of a contract."""
    facility = facility_of(hco)
    contract, employee = own_contract(facility, contract_id)
    label, _ = words.QUALIFICATION_STATES[visa.check(contract).qualification_state]
    return done(facility, employee.id, f"Gevraagd aan eCad: {label}.")
