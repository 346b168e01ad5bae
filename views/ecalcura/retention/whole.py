"""'Alles downloaden' at the desk: a ZIP with everything that is kept of one facility."""
import io
import json
import zipfile

from flask import Blueprint, make_response
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
from views.ecalcura import words
from views.ecalcura.desk.facilities import one
from views.ecalcura.desk.tabs import page_of
from views.ecalcura.retention import sections
from views.shell import filters, pages
from views.shell.access import open_to, signed_in
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
    """The ZIP, made in memory: no name is ever in a file on the disk."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in _parts(whole):
            archive.writestr(name, part)
    answer = make_response(content.getvalue())
    answer.headers["Content-Type"] = "application/zip"
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="voorziening-{whole.facility.hco}-{today():%Y-%m-%d}.zip"')
    return answer


def _parts(whole):
    yield "voorziening.json", _json(_facility(whole.facility))
    yield "leveringen.json", _json(_deliveries(whole.facility))
    yield "berichten.json", _json([
        {"Berekening": thread.calculation_id, "Van": "dossierbeheerder" if one.sender == OF_DESK else "voorziening",
         "Wanneer": filters.moment(one.made_at), "Tekst": one.text}
        for thread, messages in whole.messages() for one in messages])
    for kept in whole.staff():
        yield (f"medewerkers/{kept.employee.id}.json",
               _json(sections.as_rows(sections.of(kept, numbers.masked(kept.person.number)))))
    yield from whole.files()


def _json(content):
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _facility(facility):
    return {
        "Naam": facility.name, "HCO-nummer": facility.hco, "RIZIV-nummer": facility.riziv, "KBO-nummer": facility.kbo,
        "Soort": facility.kind_label, "Straat": facility.street, "Postcode": facility.postcode,
        "Gemeente": facility.town, "E-mail": facility.email, "Telefoon": facility.telephone,
        "Contactpersonen": [person.details._asdict() for person in ContactPerson.of(facility)],
        "Bankrekeningen": [
            {"Nummer": account.masked, "Vanaf": filters.day(account.valid_from) if account.valid_from else ""}
            for account in BankAccount.confirmed(facility)],
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
