"""'Indienen': the trimesters of a facility, submitting one, its versions and documents, and asking to reopen it."""
import threading

from flask import Blueprint, url_for
from wtforms import BooleanField, StringField

from models.ecalcura.errors import CODES, EcalcuraCode
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.submissions import contents, submitting
from models.ecalcura.trimesters import reopening, track, windows
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import EMPTY, ENTRY, REOPENED
from models.errors import Refused, Stale
from views.ecalcura.addresses import tabs
from views.ecalcura.trimesters import page, versions
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, line, version_field
from views.shell.lanes import LONG, runs_in
from views.shell.messages import message

blueprint = Blueprint("trimesters", __name__, url_prefix="/ecalcura/<hco>/trimesters")

# Facilities that submit at the same time wait here, and not at the lock of the database, where pages save.
IN_TURN = threading.Lock()
ONE = "/<int:period>/<int:number>"
# Refusal code → the field of SubmitForm that shows it; others are shown above the form.
FIELDS = {EcalcuraCode.NOT_DECLARED: "declared", EcalcuraCode.NOTHING_BUT_ROWS: "nothing",
          EcalcuraCode.NO_ROWS: "nothing"}
# Refusals because of the day or of what colleagues did: 409, with the page as it is now.
CONFLICTS = {code for code, check in CODES.items() if check == "V24"} | {EcalcuraCode.CHECKS_LEFT}
NOT_SUBMITTED = {EcalcuraCode.NOT_SUBMITTED, EcalcuraCode.TRIMESTER_FINAL}
CHANGED = "Dit trimester is intussen gewijzigd. Kijk het opnieuw na voor je het indient."
ALREADY = "Dit trimester was al ingediend, door jou of door een collega."


class SubmitForm(BaseForm):
    nothing = BooleanField("Niets aan te geven in dit trimester")
    declared = BooleanField(submitting.DECLARATION)
    version = version_field()


class AskForm(BaseForm):
    reason = StringField("Reden", filters=[line])


@blueprint.get("")
@open_to("ecalcura:privacy")
def index(hco):
    """Show how far each trimester is, the present reference period first."""
    facility = Facility.by_hco(hco)
    return pages.render(
        "ecalcura/trimesters/index.html", facility=facility, predecessors=facility.predecessors(),
        tabs_of=tabs(signed_in(), facility, "trimesters"),
        periods=[(f"{period}–{period + 1}", page.track(facility, stages, hco=hco))
                 for period, stages in track.stages(facility).items()])


@blueprint.get(ONE)
@open_to("ecalcura:privacy")
def show(hco, period, number):
    """Show a trimester: the checks that are left, submitting it, and what was submitted."""
    facility, place = Facility.by_hco(hco), versions.place_of(period, number)
    return _page(facility, place)


@blueprint.post(f"{ONE}/submit")
@open_to("ecalcura:privacy")
@runs_in(LONG, methods=("POST",))
def submit(hco, period, number):
    """Submit a trimester definitively."""
    facility, place, form = Facility.by_hco(hco), versions.place_of(period, number), SubmitForm()
    if not form.validate_on_submit():
        return _page(facility, place, form, status=422)
    try:
        with IN_TURN:
            done = submitting.submit(facility, _known(place), signed_in(), form.declared.data, form.nothing.data,
                                     form.version.data)
    except Stale:
        return _page(facility, place, notice=CHANGED, status=409)
    except Refused as refused:
        if refused.code in CONFLICTS:
            return _page(facility, place, notice=_coded(refused), status=409)
        form.refuse(FIELDS.get(refused.code), refused)
        return _page(facility, place, form, status=422)
    told = f"{place.label} is definitief ingediend.".capitalize() if done.made else ALREADY
    return pages.back_to("trimesters.show", told, hco=hco, period=period, number=number)


@blueprint.post(f"{ONE}/reopen")
@open_to("ecalcura:privacy")
def ask(hco, period, number):
    """Ask the desk to reopen a submitted trimester."""
    facility, place, form = Facility.by_hco(hco), versions.place_of(period, number), AskForm()
    if form.validate_on_submit():
        try:
            reopening.ask_to_reopen(facility, _known(place), form.reason.data or "", signed_in())
        except Refused as refused:
            if refused.code in CONFLICTS | NOT_SUBMITTED:
                return _page(facility, place, notice=_coded(refused), status=409)
            form.refuse("reason", refused)
        else:
            return pages.back_to("trimesters.show", "Je vraag staat bij de dossierbeheerder.", hco=hco, period=period,
                                 number=number)
    return _page(facility, place, asking=form, status=422)


@blueprint.get(f"{ONE}/versions/<int:version>/changes")
@open_to("ecalcura:privacy")
def changes(hco, period, number, version):
    """Show what a version changed against the version before it."""
    facility, place = Facility.by_hco(hco), versions.place_of(period, number)
    return versions.changes(
        "ecalcura/trimesters/changes.html", facility, place, version, "trimesters.show",
        {"hco": hco, "period": period, "number": number}, back=f"Terug naar {place.label}", facility=facility,
        tabs_of=tabs(signed_in(), facility, "trimesters"))


@blueprint.get(f"{ONE}/versions/<int:version>/<kind>")
@open_to("ecalcura:privacy")
def download(hco, period, number, version, kind):
    """Download a document of a version: the bytes that were made after it was submitted."""
    return versions.download(Facility.by_hco(hco), versions.place_of(period, number), version, kind, "trimesters.show",
                             {"hco": hco, "period": period, "number": number})


def _known(place):
    """The trimester; raises `Refused`, and makes no row for it, if nobody needed it yet."""
    return Trimester.known(*place) or windows.refuse_entry(None, place.label)


def _coded(refused):
    return f"{CODES.get(refused.code, '')} {message(refused)}".strip()


def _page(facility, place, form=None, asking=None, notice=None, status=200):
    stage = track.stage(facility, place)
    trimester = Trimester.known(*place)
    open_ = stage.state in (EMPTY, ENTRY, REOPENED)
    found = page.found(facility, trimester, hco=facility.hco) if trimester and open_ else []
    form = form or SubmitForm(formdata=None, data={"version": stage.file.version if stage.file else 1})
    return pages.render(
        "ecalcura/trimesters/show.html", "ecalcura/trimesters/_documents.html", status=status, facility=facility,
        tabs_of=tabs(signed_in(), facility, "trimesters"), place=place, stage=stage, form=form, notice=notice,
        versions=page.versions(stage, hco=facility.hco), asking=asking or AskForm(formdata=None), is_open=open_,
        checks=found, blocked=sum(blocks for _, _, blocks, _, _ in found),
        staffed=trimester is not None and contents.has_rows(facility, trimester),
        not_yet=page.not_yet(facility, stage) if open_ else None,
        track=page.track(facility, track.stages(facility).get(place.period) or [stage], hco=facility.hco),
        here=url_for("trimesters.show", hco=facility.hco, period=place.period, number=place.number))
