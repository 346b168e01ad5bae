"""'Documenten en tools': the list by category, and the file of a document."""
import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, request, url_for

from models.days import local_day
from models.site import documents
from models.site.news.addresses import slug_of
from views.hall.documents import shown
from views.shell import security
from views.shell.access import open_to
from views.site.public import answers

# ecalcura has the blueprint `public_documents`.
blueprint = Blueprint("public_site_documents", __name__, url_prefix="/documenten")

WITHOUT_WORDS = "document"


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
    listed = shown.by_category(documents.published(), documents.categories(), _file_url)
    return answers.render("site/public/documents/index.html", listed=[
        (label, [_shown(line) for line in lines]) for label, lines in listed])


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
