"""'Alles downloaden' at the desk: a ZIP with everything that is kept of one facility."""
import json

from flask import Blueprint
from wtforms import StringField

from models.database import today
from models.ecalcura.accounts.bank_accounts import BankAccount
from models.ecalcura.communication.contacts import ContactPerson
from models.ecalcura.communication.threads import OF_DESK
from models.ecalcura.deliveries import billed_days
from models.ecalcura.deliveries.certificates import Certificate
from models.ecalcura.deliveries.physicians import CraContract
from models.ecalcura.people import numbers
from models.ecalcura.retention.whole_facility import Whole
from models.errors import Refused
from models.files.zipped import zipped
from views.ecalcura import words
from views.ecalcura.accounts import words as of_accounts
from views.ecalcura.calculations import words as of_calculations
from views.ecalcura.desk.facilities import one
from views.ecalcura.desk.tabs import page_of
from views.ecalcura.retention import sections
from views.hall import log_words
from views.shell import filters, pages
from views.shell.access import open_to, signed_in
from views.shell.downloads import streamed
from views.shell.fields import BaseForm, line
from views.shell.lanes import LONG, runs_in

blueprint = Blueprint("desk_whole", __name__, url_prefix="/ecalcura/desk/facilities/<facility>/everything")


class WholeForm(BaseForm):
    reason = StringField("Reden", filters=[line])


@blueprint.route("", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
@runs_in(LONG, methods=("POST",))
def show(facility):
    """Ask for a reason, and download the ZIP; the log of the facility has both."""
    found, form = one(facility), WholeForm()
    if form.validate_on_submit():
        try:
            whole = Whole(found, form.reason.data or "", signed_in())
        except Refused as refused:
            form.refuse("reason", refused)
        else:
            return _file(whole)
    return pages.render("ecalcura/retention/whole.html", status=422 if form.is_submitted() else 200, form=form,
                        **page_of(found, "data"))


def _file(whole):
    """The ZIP, sent while it is made. Its waiting pieces are sealed, so that no name is ever in a file on the disk."""
    name = f"voorziening-{whole.facility.hco}-{today():%Y-%m-%d}.zip"
    return streamed(zipped(_parts(whole, log_words.line_of_app())), "application/zip", name)


def _parts(whole, sentence):
    yield "voorziening.json", [_json(_facility(whole))]
    yield "leveringen.json", [_json(_deliveries(whole.facility))]
    yield "berichten.json", [_json([
        {"Berekening": thread.calculation_id, "Van": "dossierbeheerder" if one.sender == OF_DESK else "voorziening",
         "Wanneer": filters.moment(one.made_at), "Tekst": one.text}
        for thread, messages in whole.messages() for one in messages])]
    yield "berekeningen.json", _rows(map(_result, whole.results()))
    yield "logboek.json", _rows(
        {"Wanneer": filters.moment(one.made_at), "Wie": log_words.who(one), "Wat": sentence(one)}
        for one in whole.log())
    for kept in whole.staff():
        yield (f"medewerkers/{kept.employee.id}.json",
               [_json(sections.as_rows(sections.of(kept, numbers.masked(kept.person.number), sentence)))])
    yield "raas.json", _rows(whole.taken_over())
    for name, content in whole.versions():
        yield f"{name}.json", [_json(content)]
    for name, content in whole.files():
        yield name, [content]


def _json(content):
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _rows(rows):
    """The pieces of a list of rows, of which no more than one is in memory."""
    before = b"["
    for row in rows:
        yield before + b"\n" + _json(row)
        before = b","
    yield b"[]" if before == b"[" else b"\n]"


def _result(result):
    """A result in a calculation as the pages show it, with the content of which they show the hash."""
    calculation = result.calculation
    return {
        "Nummer": calculation.id, "Berekening": of_calculations.title(calculation),
        "Stand": of_calculations.STATES[calculation.stage][0], "Gemaakt op": filters.moment(calculation.made_at),
        "Gepubliceerd op": filters.moment(calculation.published_at),
        **{label.capitalize(): of_calculations.exact(getattr(result, name))
           for name, label in of_calculations.QUANTITIES.items()},
        "Bedrag": of_calculations.euros(result.amount), "Vingerafdruk (SHA-256)": result.sha256,
        "Inhoud": result.parts,
    }


def _facility(whole):
    facility = whole.facility
    return {
        "Naam": facility.name, "HCO-nummer": facility.hco, "RIZIV-nummer": facility.riziv, "KBO-nummer": facility.kbo,
        "Soort": facility.kind_label, "Straat": facility.street, "Postcode": facility.postcode,
        "Gemeente": facility.town, "E-mail": facility.email, "Telefoon": facility.telephone,
        "Contactpersonen": [person.details._asdict() for person in ContactPerson.of(facility)],
        "Bankrekeningen": [
            {"Rekening": row.id, "Nummer": row.number, "Stand": row.state, "Vanaf": row.since, "Stappen": row.steps}
            for row in of_accounts.rows(facility, BankAccount.of(facility))],
        "Nummers van rekeningen bekeken": [
            {"Rekening": look.bank_account_id, "Wanneer": filters.moment(look.made_at),
             "Door": email or log_words.NO_ADDRESS, "Reden": look.reason} for look, email in whole.account_looks()],
    }


def _deliveries(facility):
    return {
        "Certificaten": [
            {"Soort": one.kind_label, "Nummer": one.number, "Periode": words.period(one.since, one.until)}
            for one in Certificate.of(facility)],
        "CRA": [
            {"Nummer": numbers.masked(contract.physician.number), "Naam": contract.physician.name,
             "Periode": words.period(contract.since, contract.until)} for contract in CraContract.of(facility)],
        "Gefactureerde dagen": [
            {"Jaar": year, "Deel": part, "Veld": field, "Aantal": number}
            for year in billed_days.years(facility)
            for (part, field), number in billed_days.BilledYear.at(facility, year).days().items()],
    }
