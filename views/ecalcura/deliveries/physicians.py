"""'CRA': the contracts of the coordinating and advising physician of a residential home."""
import secrets

from flask import Blueprint, abort

from models.ecalcura.deliveries import physicians
from models.ecalcura.deliveries.fields import CRA, delivers
from models.ecalcura.deliveries.physicians import CraContract
from models.ecalcura.errors import CODES, EcalcuraCode
from models.ecalcura.facilities.facilities import Facility
from models.errors import Refused, Stale
from views.ecalcura.addresses import tabs
from views.ecalcura.fields import day_field
from views.ecalcura.staff.forms import NumberField
from views.shell import filters, pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, FormKey, ParsedField, version_field
from views.shell.lanes import asks
from views.shell.messages import message

blueprint = Blueprint("physicians", __name__, url_prefix="/ecalcura/<hco>/deliveries/cra")
# Refusal → the field that shows it; the others are about the number.
FIELDS = {EcalcuraCode.DAYS_ORDER: "until", EcalcuraCode.CRA_OVERLAP: "since"}
ALREADY = "Dit contract is al verwijderd."
SILENT = "Het rijksregister antwoordt niet. Probeer het later opnieuw."


class NewForm(BaseForm):
    number = NumberField()
    riziv = ParsedField("RIZIV-nummer", physicians.parse_riziv)
    since = day_field("Begindatum", "Typ de begindatum, bijvoorbeeld 01/09/2026.")
    until = day_field("Einddatum")
    form_key = FormKey()


class EditForm(BaseForm):
    riziv = ParsedField("RIZIV-nummer", physicians.parse_riziv)
    since = day_field("Begindatum", "Typ de begindatum, bijvoorbeeld 01/09/2026.")
    until = day_field("Einddatum")
    version = version_field()


class DoForm(BaseForm):
    """A form with only a button."""


@blueprint.route("/new", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
@asks
def create(hco):
    """Add a contract: the register gives the name."""
    facility, form = _facility(hco), NewForm(data={"form_key": secrets.token_urlsafe(16)})
    if form.validate_on_submit():
        try:
            added = physicians.add_physician(facility, form.number.data, form.riziv.data or "", form.since.data,
                                             form.until.data, signed_in(), form.form_key.data)
        except Refused as refused:
            form.refuse(FIELDS.get(refused.code, "number"), refused,
                        f"{CODES.get(refused.code, '')} {message(refused)}".strip())
        else:
            return pages.back_to("deliveries.index", _added(added), hco=hco)
    return _page(facility, form, "CRA toevoegen", "De naam komt uit het rijksregister, nadat je opslaat.")


@blueprint.route("/<int:cra_id>", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def edit(hco, cra_id):
    """Change the days or the RIZIV number of a contract, such as its end."""
    facility, contract = _one(hco, cra_id)
    form = EditForm(data={"riziv": contract.physician.riziv, "since": contract.since, "until": contract.until,
                          "version": contract.version})
    if form.validate_on_submit():
        try:
            physicians.change_physician(contract, form.riziv.data or "", form.since.data, form.until.data,
                                        form.version.data, signed_in())
        except Stale as stale:
            return _stale(facility, form, stale.current)
        except Refused as refused:
            form.refuse(FIELDS.get(refused.code), refused)
        else:
            return pages.back_to("deliveries.index", "Het CRA-contract is opgeslagen.", hco=hco)
    return _page(facility, form, "CRA-contract wijzigen", contract.physician.name, contract=contract)


@blueprint.post("/<int:cra_id>/ask")
@open_to("ecalcura:privacy")
@asks
def ask(hco, cra_id):
    """Ask the register again for the name."""
    _, contract = _one(hco, cra_id)
    try:
        told = "De naam is gevonden." if physicians.ask_again(contract, signed_in()) else SILENT
    except Refused as refused:
        told = message(refused)
    return pages.back_to("deliveries.index", told, hco=hco)


@blueprint.route("/<int:cra_id>/remove", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def remove(hco, cra_id):
    """Delete a contract that was entered wrongly, after asking."""
    facility, form = _facility(hco), DoForm()
    contract = CraContract.one(facility, cra_id)
    if contract is None:
        return pages.back_to("deliveries.index", ALREADY, hco=hco) if form.is_submitted() else abort(404)
    if form.validate_on_submit():
        physicians.remove_physician(contract, signed_in())
        return pages.back_to("deliveries.index", "Het CRA-contract is verwijderd.", hco=hco)
    return _page(facility, form, "CRA-contract verwijderen",
                 "Verwijder alleen een contract dat verkeerd is ingevoerd. Stopt de arts? Vul dan de einddatum in.",
                 button="Verwijderen")


def _facility(hco):
    """The facility, if it has a coordinating and advising physician; else 404."""
    facility = Facility.by_hco(hco)
    return facility if delivers(facility, CRA) else abort(404)


def _one(hco, cra_id):
    facility = _facility(hco)
    return facility, CraContract.one(facility, cra_id) or abort(404)


def _added(contract):
    name = contract.physician.name
    return f"Opgeslagen: {name}." if name else "Opgeslagen. Het rijksregister antwoordt niet: de naam volgt."


def _stale(facility, form, current):
    """The form with the typed values, and the stored ones beside it; the list if a colleague deleted the contract."""
    if current is None:
        return pages.back_to("deliveries.index", ALREADY, hco=facility.hco)
    stored = {"riziv": current.physician.riziv, "since": filters.day(current.since),
              "until": filters.day(current.until)}
    differences = [(form[name].label.text, kept or "–", form[name]._value() or "–") for name, kept in stored.items()
                   if (kept or "") != (form[name]._value() or "")]
    form.version.data, form.version.raw_data = current.version, None
    return _page(facility, form, "CRA-contract wijzigen", current.physician.name, differences, 409, contract=current)


def _page(facility, form, title, intro, differences=(), status=None, button="Opslaan", contract=None):
    return pages.render(
        "ecalcura/deliveries/physician.html", status=status or (422 if form.errors else 200), facility=facility,
        form=form, title=title, intro=intro, differences=differences, button=button, contract=contract,
        tabs_of=tabs(signed_in(), facility, "deliveries"))
