"""'Gefactureerde dagen' of a calendar year: filling them in, submitting them, and asking to reopen them."""
from flask import Blueprint, abort
from wtforms import BooleanField, StringField

from models.ecalcura.deliveries import billed_days, billed_reopening
from models.ecalcura.deliveries.billed_days import SUBMITTED, BilledYear
from models.ecalcura.errors import CODES, EcalcuraCode
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.submissions.submitting import DECLARATION
from models.errors import Refused, Stale
from views.ecalcura.addresses import tabs
from views.ecalcura.deliveries import sections, words
from views.ecalcura.deliveries.numbers_form import after_colleague, given, numbers_form
from views.shell import filters, pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, line, version_field
from views.shell.messages import message

blueprint = Blueprint("billed_days", __name__, url_prefix="/ecalcura/<hco>/deliveries/days")
CHANGED = "Deze dagen zijn intussen gewijzigd. Kijk ze opnieuw na voor je ze indient."
ALREADY = "De gefactureerde dagen van {} waren al ingediend, door jou of door een collega."


class SubmitForm(BaseForm):
    declared = BooleanField(DECLARATION)
    version = version_field()


class AskForm(BaseForm):
    reason = StringField("Reden", filters=[line])


@blueprint.get("/<int:year>")
@open_to("ecalcura:privacy")
def show(hco, year):
    """Show the days of a year and their versions, and offer to submit them or to ask to reopen them."""
    return page(facility_of(hco, year), year)


@blueprint.route("/<int:year>/edit", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def edit(hco, year):
    """Fill in the days of a year."""
    facility = facility_of(hco, year)
    billed, labels = BilledYear.at(facility, year), _labels(facility, year)
    if billed.state == SUBMITTED:
        return page(facility, year, notice=message(Refused(EcalcuraCode.BILLED_SUBMITTED, year=year)), status=409)
    form = numbers_form(labels, _kept(billed, labels), billed.version)
    if not form.validate_on_submit():
        return _form_page(facility, year, form)
    try:
        days = {_key(name): number for name, number in given(form, labels).items()}
        billed_days.save_days(facility, year, days, form.version.data, signed_in())
    except Stale as stale:
        again, differences = after_colleague(form, labels, _kept(stale.current, labels), stale.current.version)
        return _form_page(facility, year, again, differences)
    except Refused as refused:
        if refused.code != EcalcuraCode.BILLED_MOST:
            return page(facility, year, notice=message(refused), status=409)
        first = next(name for name in labels if _key(name)[0] == refused.context["part"])
        form.refuse(first, refused, f"{CODES[refused.code]} {message(refused)}")
        return _form_page(facility, year, form)
    return pages.back_to("billed_days.show", "De gefactureerde dagen zijn opgeslagen.", hco=hco, year=year)


@blueprint.post("/<int:year>/submit")
@open_to("ecalcura:privacy")
def submit(hco, year):
    """Submit the days of a year definitively."""
    facility, form = facility_of(hco, year), SubmitForm()
    if not form.validate_on_submit():
        return page(facility, year, form, status=422)
    try:
        made = billed_days.submit_days(facility, year, form.version.data, signed_in(), form.declared.data)
    except Stale:
        return page(facility, year, notice=CHANGED, status=409)
    except Refused as refused:
        if refused.code != EcalcuraCode.NOT_DECLARED:
            return page(facility, year, notice=message(refused), status=409)
        form.refuse("declared", refused)
        return page(facility, year, form, status=422)
    told = f"De gefactureerde dagen van {year} zijn definitief ingediend." if made else ALREADY.format(year)
    return pages.back_to("billed_days.show", told, hco=hco, year=year)


@blueprint.post("/<int:year>/reopen")
@open_to("ecalcura:privacy")
def ask(hco, year):
    """Ask the desk to reopen the days of a year."""
    facility, form = facility_of(hco, year), AskForm()
    if form.validate_on_submit():
        try:
            billed_reopening.ask_to_reopen_days(facility, year, form.reason.data or "", signed_in())
        except Refused as refused:
            if refused.code == EcalcuraCode.BILLED_NOT_SUBMITTED:
                return page(facility, year, notice=message(refused), status=409)
            form.refuse("reason", refused)
        else:
            return pages.back_to("billed_days.show", "Je vraag staat bij de dossierbeheerder.", hco=hco, year=year)
    return page(facility, year, asking=form, status=422)


def facility_of(hco, year):
    """The facility, if it delivers billed days of this year; else 404."""
    facility = Facility.by_hco(hco)
    return facility if year in billed_days.years(facility) else abort(404)


def page(facility, year, form=None, asking=None, notice=None, status=200):
    """The page of a year."""
    billed = BilledYear.at(facility, year)
    return pages.render(
        "ecalcura/deliveries/billed_days.html", status=status, facility=facility, year=year, billed=billed,
        tabs_of=tabs(signed_in(), facility, "deliveries"), state=words.STATES[billed_reopening.state_of(billed)],
        cells=sections.cells(billed_days.fields_of(facility, year), year, billed.days()), notice=notice,
        form=form or SubmitForm(formdata=None, data={"version": billed.version}),
        asking=asking or AskForm(formdata=None), not_yet=_not_yet(facility, billed),
        versions=sections.versions(facility, billed))


def _not_yet(facility, billed):
    """Why these days cannot be submitted now; None if they can."""
    try:
        billed_days.check_submitting(facility, billed)
    except Refused as refused:
        return message(refused)
    return None


def _form_page(facility, year, form, differences=()):
    return pages.render(
        "ecalcura/deliveries/billed_form.html", status=409 if differences else 422 if form.errors else 200,
        facility=facility, year=year, form=form, differences=differences, labels=_labels(facility, year),
        hints={_name(one.number, field): _most(facility.places, one.days)
               for one in billed_days.parts(year) for field in billed_days.fields_of(facility, year)
               if facility.places is not None},
        tabs_of=tabs(signed_in(), facility, "deliveries"))


def _most(places, days):
    return f"Hoogstens {filters.number(places)} × {days} = {filters.number(places * days)}"


def _labels(facility, year):
    """Name of the field in the form → its label."""
    fields = billed_days.fields_of(facility, year)
    return {_name(one.number, field): words.part(one.number, label, fields)
            for one in billed_days.parts(year) for field, label in fields.items()}


def _name(part, field):
    return f"part{part}_{field}"


def _key(name):
    part, _, field = name.removeprefix("part").partition("_")
    return int(part), field


def _kept(billed, labels):
    days = billed.days()
    return {name: days.get(_key(name)) for name in labels}
