"""'Documenten en tools': the list by category, and the file of a document."""
import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import Blueprint, abort, make_response, redirect, request, url_for

from models.days import local_day
from models.site import documents
from models.site.news.addresses import slug_of
from views.hall import wing
from views.hall.documents import shown
from views.shell import security
from views.shell.access import open_to
from views.site.public import answers

# ecalcura has the blueprint `public_documents`.
blueprint = Blueprint("public_site_documents", __name__, url_prefix="/documenten")

WITHOUT_WORDS = "document"
# Characters of the hash of a file that the address of a report has.
DIGEST = 32


class Shown(NamedTuple):
    """A document of the list. `place` names it in the address of the list; `outside`: its link leads elsewhere.

    `updated` is the day on which a new version came after the date of the document, else None.
    """

    place: str
    title: str
    sentence: str
    day: datetime.date
    updated: datetime.date | None
    url: str
    about: str
    outside: bool


@blueprint.get("")
@open_to("anyone")
@answers.remembered
def index():
    """List the documents by category, the newest first."""
    labels = documents.categories()
    listed = {label: [_shown(line) for line in lines]
              for label, lines in shown.by_category(documents.published(), labels, _file_url)}
    reports = labels[documents.REPORTS]
    if found := [*listed.get(reports, ()), *(_report(one) for one in wing.reports())]:
        listed[reports] = sorted(found, key=lambda one: one.day, reverse=True)
    in_order = [label for label in [*labels.values(), *(listed.keys() - set(labels.values()))] if label in listed]
    return answers.render("site/public/documents/index.html", listed=[(label, listed[label]) for label in in_order])


@blueprint.get("/<int:site_document>/<site_digest>")
@open_to("anyone")
def download(site_document, site_digest):
    """Send the file of a document; a former one leads to the newest, and one of a withdrawn document is gone."""
    found = documents.one(site_document) or abort(404)
    versions = found.versions
    asked = next((one for one in versions if one.format and one.digest == site_digest), None) or abort(404)
    # A browser may keep it, but asks each time whether it is still there.
    request.environ[security.CACHING] = "no-cache"
    if found.withdrawn_at:
        return answers.render("site/public/documents/gone.html", status=410)
    if asked != versions[0]:
        # An address outside of the site is left to the visitor to choose.
        in_list = url_for("public_site_documents.index", _anchor=_place(found))
        return redirect(in_list if versions[0].link else _file_url(versions[0]), 303)
    return shown.file_answer(asked, f"{slug_of(found.title, WITHOUT_WORDS)}.{asked.format}")


@blueprint.get("/rapporten/<report_digest>")
@open_to("anyone")
def report(report_digest):
    """Send a report that a wing lets everybody read; 404 once it does no more."""
    found = next((one for one in wing.reports() if _digest(one) == report_digest), None)
    content = found and found.content()
    if content is None:
        abort(404)
    request.environ[security.CACHING] = "no-cache"
    answer = make_response(content)
    answer.headers["Content-Type"] = shown.MEDIA_TYPES[found.format]
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    answer.set_etag(found.sha256)
    answer.last_modified = found.shown_at.replace(tzinfo=datetime.UTC)
    return answer.make_conditional(request)


def _digest(report):
    """The part of a file's hash that its address has."""
    return report.sha256[:DIGEST]


def _report(report):
    """A report of a wing as a document of the list."""
    digest = _digest(report)
    return Shown(f"rapport-{digest[:8]}", report.title, report.sentence, report.day, None,
                 url_for("public_site_documents.report", report_digest=digest),
                 shown.format_and_size(report.format, report.size), False)


def _file_url(version):
    return url_for("public_site_documents.download", site_document=version.document_id, site_digest=version.digest)


def _place(document):
    return f"document-{document.id}"


def _shown(line):
    document, version = line.document, line.version
    added = local_day(version.made_at)
    return Shown(
        _place(document), document.title, document.sentence, document.day,
        added if version.number > 1 and added > document.day else None, line.url,
        f"op {urlsplit(version.link).hostname}" if version.link else line.about, bool(version.link))
