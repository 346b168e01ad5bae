"""'Jaarrapport': the yearly report of the own province or of Flanders, as a page and as pictures."""
from functools import partial

from flask import Blueprint, Response, abort, render_template, request, url_for

from models.arbeidszorg.report.report import Report
from models.database import today
from views.arbeidszorg.report import charts, page
from views.arbeidszorg.report.asked import asked
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.progress import Work, page_of

blueprint = Blueprint("reports", __name__, url_prefix="/province/report")

SVG = "image/svg+xml; charset=utf-8"


@blueprint.get("")
@open_to("administrator")
def show():
    found = asked(request.args, signed_in())
    if found.year is None:
        return pages.render("arbeidszorg/report/report.html", asked=found)
    work = Work(partial(Report.make, found.year, found.scope, today()))
    unfold = page.unfold(request.args, partial(url_for, "reports.show", year=found.year, scope=found.scope))
    return page_of("arbeidszorg/report/report.html", work, partial(_drawn, found, unfold), asked=found)


@blueprint.get("/<string:table>.svg")
@open_to("administrator")
def picture(table):
    found = asked(request.args, signed_in())
    report = found.year and Report.make(found.year, found.scope, today())
    counted = report and report.table(table) or abort(404)
    drawing = charts.picture(counted) or abort(404)
    answer = Response(drawing.file(charts.heading(counted), page.source(report)), content_type=SVG)
    answer.headers["Content-Disposition"] = f'attachment; filename="{page.file_name(report, table)}.svg"'
    return answer


def _drawn(found, unfold, report):
    def picture_url(table):
        return url_for("reports.picture", table=table.code, year=found.year, scope=found.scope)

    return render_template("arbeidszorg/report/_report.html", **page.values(report, picture_url, unfold))
