"""'Bewonersgegevens' of a trimester: a table of sums with their total, typed or read from a spreadsheet."""
from flask import Blueprint, abort, url_for

from models.ecalcura.deliveries import residents
from models.ecalcura.deliveries.fields import RESIDENTS, delivers
from models.ecalcura.deliveries.residents import MEASURES, ResidentData
from models.ecalcura.errors import CODES
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import refuse_entry_of
from models.errors import Refused, Stale
from views.ecalcura.addresses import tabs
from views.ecalcura.check_words import SENTENCES
from views.ecalcura.deliveries import files
from views.ecalcura.deliveries.numbers_form import after_colleague, given, numbers_form
from views.ecalcura.trimesters.hours import trimester_at
from views.shell import filters, pages
from views.shell.access import open_to, signed_in
from views.shell.downloads import in_turn
from views.shell.lanes import accepts
from views.shell.messages import message

blueprint = Blueprint("residents", __name__, url_prefix="/ecalcura/<hco>/deliveries/residents")
ONE = "/<int:period>/<int:number>"


@blueprint.route(ONE, methods=["GET", "POST"])
@open_to("ecalcura:privacy")
def show(hco, period, number):
    """Show the resident data of a trimester, to fill in as long as it takes data."""
    facility, trimester = facility_of(hco), trimester_at(period, number)
    data, labels = ResidentData.at(facility, trimester), _labels(facility, trimester)
    form = numbers_form(labels, _kept(data, labels), data.version)
    if not form.validate_on_submit():
        return _page(facility, trimester, form, status=422 if form.errors else 200)
    counts = {_key(name): amount for name, amount in given(form, labels).items()}
    try:
        residents.save_residents(facility, _stored(trimester), counts, form.version.data, signed_in())
    except Stale as stale:
        again, differences = after_colleague(form, labels, _kept(stale.current, labels), stale.current.version)
        return _page(facility, trimester, again, differences, status=409)
    except Refused:
        # The page says why the trimester takes no data.
        return _page(facility, trimester, form, status=409)
    return pages.back_to("residents.show", "De bewonersgegevens zijn opgeslagen.", hco=hco, period=period,
                         number=number)


@blueprint.get(f"{ONE}/template.xlsx")
@open_to("ecalcura:privacy")
@in_turn
def template(hco, period, number):
    """Download the resident data of a trimester as a spreadsheet to fill in."""
    content = residents.template(facility_of(hco), trimester_at(period, number))
    return files.template_answer(content, f"bewonersgegevens-{period}-{number}")


@blueprint.route(f"{ONE}/file", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
@accepts(files.MEGABYTES * 2**20)
def read(hco, period, number):
    """Offer the template, and read a filled-in one: all of it is saved, or nothing."""
    facility, trimester = facility_of(hco), trimester_at(period, number)
    here = {"hco": hco, "period": period, "number": number}
    return files.read_file(
        lambda source: residents.read(facility, _stored(trimester), source, signed_in()),
        lambda: pages.back_to("residents.show", "Het bestand is gelezen.", **here),
        facility=facility, tabs_of=tabs(signed_in(), facility, "deliveries"), title="Bewonersgegevens in Excel",
        of=trimester.label, hint="Een rij per zorgprofiel, en het totaal. Een leeg vakje laat het aantal zoals het is.",
        back=url_for("residents.show", **here), template=url_for("residents.template", **here))


def facility_of(hco):
    """The facility, if it delivers resident data; else 404."""
    facility = Facility.by_hco(hco)
    return facility if delivers(facility, RESIDENTS) else abort(404)


def _stored(trimester):
    """The trimester with its row. Of one that nobody opened the row tells nobody anything."""
    return trimester if trimester.id else Trimester.get_or_make(trimester.period, trimester.number)


def _page(facility, trimester, form, differences=(), status=200):
    fields = residents.fields_of(facility, trimester)
    return pages.render(
        "ecalcura/deliveries/residents.html", status=status, facility=facility, trimester=trimester, form=form,
        differences=differences, tabs_of=tabs(signed_in(), facility, "deliveries"), measures=list(MEASURES.items()),
        rows=[(label, [(_name(field, measure), words) for measure, words in MEASURES.items()])
              for field, label in fields.items()],
        wrong=_wrong(facility, trimester), closed=_closed(facility, trimester))


def _wrong(facility, trimester):
    """The sentences of V29 about the numbers that are stored."""
    return [f"V29 {SENTENCES['V29'].format(sum=filters.number(one.sum), against=filters.number(one.against))}"
            for one in residents.differences(facility, trimester, residents.counts_of(facility, trimester))]


def _closed(facility, trimester):
    """Why no numbers can be saved today; None if they can."""
    try:
        refuse_entry_of(facility, trimester)
    except Refused as refused:
        return f"{CODES.get(refused.code, '')} {message(refused)}".strip()
    return None


def _labels(facility, trimester):
    """Name of the field in the form → its label."""
    return {_name(field, measure): f"{label}, {words.lower()}"
            for field, label in residents.fields_of(facility, trimester).items()
            for measure, words in MEASURES.items()}


def _name(field, measure):
    return f"{measure}_{field}"


def _key(name):
    measure, _, field = name.partition("_")
    return field, measure


def _kept(data, labels):
    counts = data.counts() if data.id else {}
    return {name: counts.get(_key(name)) for name in labels}
