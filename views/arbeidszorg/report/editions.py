"""'Edities': the published yearly reports, each as it was, and compared with the register of today."""
import logging
import secrets
from functools import partial

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from wtforms import BooleanField
from wtforms.validators import InputRequired

from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.report.counting.variables import reference_day
from models.arbeidszorg.report.edition_changes import Since
from models.arbeidszorg.report.edition_reasons import Reasons
from models.arbeidszorg.report.editions import Edition
from models.arbeidszorg.report.public_editions import hide_edition, is_public, show_edition
from models.arbeidszorg.report.report import Report
from models.database import today
from models.errors import Refused
from views.arbeidszorg.fields import ConclusionsField, RemarkField
from views.arbeidszorg.messages import EDITION_CONFIRM
from views.arbeidszorg.report import charts, downloads, edition_words, page, reports, text
from views.arbeidszorg.report.report_request import report_request
from views.hall.wing import shows_reports
from views.shell import pages, progress
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, FormKey
from views.shell.lanes import LONG, runs_in
from views.shell.messages import message
from views.shell.progress import Work

blueprint = Blueprint("editions", __name__, url_prefix="/province/editions")
log = logging.getLogger("loket.editions")

JSON = "application/json; charset=utf-8"
PUBLISHED = "De editie is gepubliceerd en blijft bewaard."
SAVED_ALREADY = "Dit formulier was al verstuurd: dit is wat er gepubliceerd is. Begin opnieuw voor nog een editie."


class EditionForm(BaseForm):
    """The form that publishes an edition."""

    conclusions = ConclusionsField("Conclusies")
    remark = RemarkField("Opmerking")
    confirm = BooleanField("Ik heb het rapport nagekeken", [InputRequired(EDITION_CONFIRM)])
    form_key = FormKey()


class PublicForm(BaseForm):
    """The form that shows an edition on the public site, or no longer."""

    shown = BooleanField("Op de publieke site tonen")


@blueprint.get("")
@open_to("arbeidszorg:administrator")
def index():
    """List the editions of the own province and of Flanders."""
    own = signed_in().province
    return pages.render("arbeidszorg/report/editions.html", editions=[
        (edition, edition_words.publisher(edition, own)) for edition in Edition.readable_by(own)])


@blueprint.route("/new", methods=["GET", "POST"])
@open_to("arbeidszorg:administrator")
@runs_in(LONG, methods=("POST",))
def new():
    """Publish the requested report as an edition."""
    requested = report_request(request.args, signed_in())
    form = EditionForm(data={"form_key": secrets.token_urlsafe(16)})
    if requested.year and form.validate_on_submit():
        return _publish(requested, form, signed_in())
    return _form_page(requested, form)


@blueprint.get("/<int:edition_id>")
@open_to("arbeidszorg:administrator")
@runs_in(LONG)
def show(edition_id):
    """Show an edition; one that was altered in the database shows only that it was."""
    edition = _edition(edition_id)
    if not edition.is_intact:
        log.error("edition %s is not what was published", edition.id)
        return pages.render("arbeidszorg/report/edition.html", edition=edition, **_about(edition))

    def picture_url(table):
        return url_for("editions.picture", edition_id=edition.id, table=table.code)

    here = partial(url_for, "editions.show", edition_id=edition.id)
    if figure := page.chosen(request.args, here):
        return redirect(figure, 303)
    unfold = page.unfold(request.args, here)
    drawn = render_template("arbeidszorg/report/_report.html", conclusions=edition.conclusions,
                            **page.values(edition.report, picture_url, unfold))
    return progress.whole("arbeidszorg/report/edition.html", drawn, edition=edition, **_about(edition))


@blueprint.post("/<int:edition_id>/public")
@open_to("arbeidszorg:administrator")
@runs_in(LONG, methods=("POST",))
def public(edition_id):
    """Show an edition on the public site, or no longer; 404 if there is no such site."""
    edition, form = _edition(edition_id), PublicForm()
    if not (shows_reports() and form.validate_on_submit()):
        abort(404)
    if not form.shown.data:
        hide_edition(edition, signed_in())
        return pages.back_to("editions.show", "De editie staat niet op de publieke site.", edition_id=edition.id)
    try:
        edition = _intact_edition(edition_id)
        show_edition(edition, text.how_counted(edition.report), signed_in(), today())
    except Refused as refused:
        flash(message(refused), "error")
        return _redirect_to(edition)
    return pages.back_to("editions.show", "De editie staat op de publieke site, bij de rapporten.",
                         edition_id=edition.id)


@blueprint.get("/<int:edition_id>/changes")
@open_to("arbeidszorg:administrator")
@runs_in(LONG)
def changes(edition_id):
    """Show which figures of an edition differ from those of today, and why."""
    edition, own, day = _intact_edition(edition_id), signed_in().province, today()

    def compare(on_progress):
        now = Report.make(edition.year, edition.scope, day, on_progress)
        return Since(edition.report, now), Reasons(edition, own), now

    unfold = page.unfold(request.args, partial(url_for, "editions.changes", edition_id=edition.id))

    def draw(comparison):
        return render_template("arbeidszorg/report/_edition_changes.html", edition=edition, unfold=unfold,
                               **edition_words.changes(edition, own, *comparison))

    return progress.page_of("arbeidszorg/report/edition_changes.html", Work(compare), draw, edition=edition)


@blueprint.get("/<int:edition_id>/edition.json")
@open_to("arbeidszorg:administrator")
def as_json(edition_id):
    """Download an edition as it is stored, byte for byte: the file has the edition's hash."""
    edition = _intact_edition(edition_id)
    return _file(edition, edition.contents, JSON, "editie.json")


@blueprint.get("/<int:edition_id>/edition.csv")
@open_to("arbeidszorg:administrator")
@runs_in(LONG)
def as_csv(edition_id):
    """Download an edition as CSV."""
    return downloads.csv_of(_intact_edition(edition_id).report)


@blueprint.get("/<int:edition_id>/edition.xlsx")
@open_to("arbeidszorg:administrator")
@runs_in(LONG)
def as_xlsx(edition_id):
    """Download an edition as a spreadsheet."""
    return downloads.xlsx_of(_intact_edition(edition_id).report)


@blueprint.get("/<int:edition_id>/<string:table>.svg")
@open_to("arbeidszorg:administrator")
@runs_in(LONG)
def picture(edition_id, table):
    """Download the picture of an edition's table, by the table's code, as SVG."""
    edition = _intact_edition(edition_id)
    counted = edition.report.table(table) or abort(404)
    drawing = charts.picture(counted, charts.scale_of(edition.report)) or abort(404)
    content = drawing.file(charts.heading(counted), page.source(edition.report))
    return _file(edition, content, reports.SVG, f"{table}.svg")


def _form_page(requested, form):
    return pages.render(
        "arbeidszorg/report/edition_new.html", status=422 if form.is_submitted() else 200, form=form,
        requested=requested, reference_day=requested.year and reference_day(requested.year, today()),
        is_running=requested.year == today().year,
        earlier=list(Edition.of_year(signed_in().province, requested.year)))


def _publish(requested, form, by):
    """Publish, and go to the edition; if counting takes long, send a page that shows the progress and then a link."""
    remark, conclusions, form_key, day = form.remark.data, form.conclusions.data, form.form_key.data, today()

    def publish(on_progress):
        try:
            return Edition.publish(requested.year, requested.scope, remark, by, day, form_key, on_progress, conclusions)
        except Refused as refused:
            return refused

    work = Work(publish)
    if not work.is_done(within=progress.PATIENCE):
        return progress.streamed(
            "arbeidszorg/report/edition_publishing.html", work, partial(_published, requested), requested=requested)
    outcome = work.result()
    if isinstance(outcome, Edition):
        return pages.back_to("editions.show", PUBLISHED, edition_id=outcome.id)
    if outcome.code == ArbeidszorgCode.ALREADY_SAVED:
        flash(SAVED_ALREADY, "error")
        return _redirect_to(outcome.context["edition"])
    form.refuse(None, outcome)
    return _form_page(requested, form)


def _published(requested, outcome):
    """The HTML that ends the page with the progress: a link to the edition, or why it was refused."""
    if isinstance(outcome, Edition):
        return render_template("arbeidszorg/report/_edition_published.html", edition=outcome, said=PUBLISHED)
    edition = outcome.context["edition"] if outcome.code == ArbeidszorgCode.ALREADY_SAVED else None
    return render_template("arbeidszorg/report/_edition_published.html", edition=edition, requested=requested,
                           refused=True, said=SAVED_ALREADY if edition else message(outcome))


def _edition(edition_id):
    return Edition.one(signed_in().province, edition_id) or abort(404)


def _intact_edition(edition_id):
    """The edition, if it is still as it was published; else redirect to its page, which says that it is not."""
    edition = _edition(edition_id)
    return edition if edition.is_intact else abort(_redirect_to(edition))


def _redirect_to(edition):
    return redirect(url_for("editions.show", edition_id=edition.id), 303)


def _about(edition):
    files = {"Excel": "as_xlsx", "CSV": "as_csv", "JSON": "as_json"}
    form = PublicForm(data={"shown": is_public(edition)}, formdata=None) if shows_reports() else None
    return {
        "public": form, "publisher": edition_words.publisher(edition, signed_in().province),
        "files": {label: url_for(f"editions.{view}", edition_id=edition.id) for label, view in files.items()}}


def _file(edition, content, content_type, name):
    answer = Response(content, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{page.file_name(edition, name)}"'
    return answer
