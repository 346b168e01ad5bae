"""'Parameters' at the desk: entering a version, and confirming or withdrawing one. Its author cannot confirm it."""
import functools
import secrets

from flask import Blueprint, abort, flash, url_for

from models.accounts.accounts import Account
from models.days import parse_date
from models.ecalcura.calculations import formula
from models.ecalcura.calculations.parameters import PROPOSED, ParameterVersion
from models.ecalcura.errors import EcalcuraCode
from models.errors import Refused
from views.ecalcura import words as of_wing
from views.ecalcura.calculations import words
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, FormKey, ParsedField, required_text_field, text_field
from views.shell.filters import day
from views.shell.messages import message

blueprint = Blueprint("parameters", __name__, url_prefix="/ecalcura/desk/parameters")

# Refusal code → the field that shows it; the refusal of a value names its own field.
FIELDS = {EcalcuraCode.PARAMETER_REFERENCE: "reference", EcalcuraCode.DAYS_ORDER: "until"}


class _VersionForm(BaseForm):
    reference = required_text_field(
        "Tekst waaruit de waarden komen", 200, "Noem de tekst waaruit de waarden komen, zoals een omzendbrief.")
    since = ParsedField("Eerste dag", parse_date, day, required="Typ de eerste dag, bijvoorbeeld 01/07/2026.")
    until = ParsedField("Laatste dag", parse_date, day)
    form_key = FormKey()


@functools.cache
def _form():
    """The class of the form, with a field for each value of parameters.toml."""
    values = {_name(field.name): text_field(_label(field), 40) for field in formula.fields()}
    return type("VersionForm", (_VersionForm,), values)


def _name(name):
    return f"value_{name.replace(' ', '_')}"


def _label(field):
    label = field.parameter.label
    return f"{label}: {of_wing.qualification(field.qualification)}" if field.qualification else label


@blueprint.get("")
@open_to("ecalcura:calculator")
def index():
    """List the versions of the parameters, the newest first."""
    return pages.render("ecalcura/calculations/parameters.html", rows=[
        (one.id, one.reference, of_wing.period(one.since, one.until), *words.VERSIONS[one.state],
         url_for("parameters.show", version_id=one.id)) for one in ParameterVersion.newest()])


@blueprint.route("/new", methods=["GET", "POST"])
@open_to("ecalcura:calculator")
def new():
    """Enter a version of the parameters."""
    form = _form()(data={"form_key": secrets.token_urlsafe(16)})
    if form.validate_on_submit():
        typed = {field.name: form[_name(field.name)].data or "" for field in formula.fields()}
        try:
            version = ParameterVersion.enter(form.reference.data, form.since.data, form.until.data, typed, signed_in(),
                                             form.form_key.data)
        except Refused as refused:
            named = refused.context.get("field")
            form.refuse(_name(named) if named else FIELDS.get(refused.code), refused)
        else:
            return pages.back_to("parameters.show", "De parameters zijn ingevoerd. Een andere rekenaar bevestigt ze.",
                                 version_id=version.id)
    return pages.render(
        "ecalcura/calculations/parameters_form.html", status=422 if form.is_submitted() else 200, form=form,
        fields=[(_name(field.name), field.parameter.unit) for field in formula.fields()])


@blueprint.get("/<int:version_id>")
@open_to("ecalcura:calculator")
def show(version_id):
    """Show a version: its values, and who entered and confirmed it."""
    version = _one(version_id)
    known = {field.name: field for field in formula.fields()}
    return pages.render(
        "ecalcura/calculations/parameters_version.html", version=version, state=words.VERSIONS[version.state],
        period=of_wing.period(version.since, version.until), waits=version.state == PROPOSED,
        own=version.author_id == signed_in().id, author=_who(version.author_id),
        confirmer=version.confirmer_id and _who(version.confirmer_id),
        values=[(_label(known[name]) if name in known else name, words.value(value),
                 known[name].parameter.unit if name in known else "") for name, value in version.values.items()])


def _who(account_id):
    return Account.get_by_id(account_id).email or "een login zonder e-mailadres"


@blueprint.post("/<int:version_id>/confirm")
@open_to("ecalcura:calculator")
def confirm(version_id):
    """Confirm a version that somebody else entered."""
    return _decide(version_id, ParameterVersion.confirm, "De parameters zijn bevestigd.")


@blueprint.post("/<int:version_id>/withdraw")
@open_to("ecalcura:calculator")
def withdraw(version_id):
    """Withdraw a version that is not confirmed."""
    return _decide(version_id, ParameterVersion.withdraw, "De parameters zijn ingetrokken.")


def _decide(version_id, act, said):
    try:
        act(_one(version_id), signed_in())
    except Refused as refused:
        flash(message(refused), "error")
        said = None
    return pages.back_to("parameters.show", said, version_id=version_id)


def _one(version_id):
    return ParameterVersion.one(version_id) or abort(404)
