"""'Inzage' at the desk: a file with everything that all facilities keep of one person, found by the number."""
import json

from flask import Blueprint, make_response
from wtforms import StringField

from models.database import today
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.people import numbers
from models.ecalcura.retention import everywhere
from models.errors import Refused
from views.ecalcura import words
from views.ecalcura.retention import sections
from views.ecalcura.staff.forms import NumberField
from views.shell import filters, pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, line
from views.shell.lanes import LONG, runs_in

blueprint = Blueprint("desk_person", __name__, url_prefix="/ecalcura/desk/person")

OF_REASON = (EcalcuraCode.LOOK_REASON, EcalcuraCode.TEXT_NUMBER)


class PersonForm(BaseForm):
    number = NumberField()
    reason = StringField("Reden", filters=[line])


@blueprint.route("", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
@runs_in(LONG, methods=("POST",))
def show():
    """Ask for a number and a reason, and download the file; each look at the number is kept."""
    form = PersonForm()
    if form.validate_on_submit():
        try:
            found = everywhere.export(form.number.data, form.reason.data or "", signed_in())
        except Refused as refused:
            form.refuse("reason" if refused.code in OF_REASON else "number", refused)
        else:
            return _file(found)
    return pages.render("ecalcura/retention/everywhere.html", status=422 if form.is_submitted() else 200, form=form)


def _file(found):
    answer = make_response(json.dumps(_content(found), ensure_ascii=False, indent=2).encode())
    answer.headers["Content-Type"] = "application/json; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="inzage-{today():%Y-%m-%d}.json"'
    return answer


def _content(found):
    return {
        "Als medewerker": [
            {**_facility(facility), **sections.as_rows(sections.of(kept, numbers.written(kept.person.number)))}
            for facility, kept in found.employees],
        "Als CRA": [{**_facility(facility), **_physician(contract)} for facility, contract in found.physicians],
        "Opgezocht in andere voorzieningen": [
            {**_facility(facility), **_lookup(lookup)} for facility, lookup in found.lookups],
    }


def _facility(facility):
    return {"Voorziening": facility.name, "HCO-nummer": facility.hco}


def _physician(contract):
    person = contract.physician
    return {"Rijksregister- of bisnummer": person.number and numbers.written(person.number), "Naam": person.family,
            "Voornaam": person.first, "RIZIV-nummer": person.riziv,
            "Periode": words.period(contract.since, contract.until)}


def _lookup(lookup):
    return {"Wanneer": filters.moment(lookup.made_at), "Waarom": sections.PURPOSES[lookup.purpose],
            "Antwoord": sections.ANSWERS[lookup.answer]}
