"""'Documenten' for an editor: adding them, changing them, replacing them by a new version, and withdrawing them."""
from flask import Blueprint, url_for
from wtforms import HiddenField

from models.database import today
from models.days import parse_date
from models.documents.documents import LONGEST_SENTENCE, LONGEST_TITLE, Details
from models.site import documents
from models.site.roles import WING
from views.hall.documents import shown
from views.hall.documents.forms import BodyForm
from views.hall.documents.keeping import MOST_BYTES, Keeping
from views.shell import filters, pages
from views.shell.access import open_to
from views.shell.audiences import MenuItem
from views.shell.fields import (
    BaseForm,
    FormKey,
    ParsedField,
    choice_field,
    required_text_field,
    text_field,
    version_field,
)
from views.shell.lanes import accepts

blueprint = Blueprint("site_documents", __name__, url_prefix="/site/documents")

MENU = MenuItem("site-documents", "site_documents.index", "Documenten")
ONE = "/<int:site_document>"


class DetailsForm(BaseForm):
    title = required_text_field("Titel", LONGEST_TITLE, "Typ de titel van het document.")
    category = choice_field("Soort document", {}, "Kies de soort document.")
    day = ParsedField("Datum", parse_date, filters.day, "Typ de datum van het document, bijvoorbeeld 03/06/2026.",
                      default=today)
    sentence = text_field("Omschrijving", LONGEST_SENTENCE)

    def __init__(self, *arguments, **values):
        super().__init__(*arguments, **values)
        self.category.choices = {"": "Kies …", **documents.categories()}

    @property
    def details(self):
        """The details that were typed; everybody reads the documents of the site."""
        return Details(self.title.data, self.category.data, self.day.data, sentence=self.sentence.data or "",
                       public=True)


class NewForm(DetailsForm, BodyForm):
    form_key = FormKey()


class EditForm(DetailsForm):
    version = version_field()
    opened = HiddenField()


def _written(details):
    return {"title": details.title, "category": documents.categories().get(details.category, details.category),
            "day": filters.day(details.day), "sentence": details.sentence or "–"}


def _file_url(version):
    return url_for("site_documents.download", site_document=version.document_id, site_digest=version.digest)


KEEPING = Keeping(
    WING, "site_documents", "site_document", "site/office/documents", NewForm, EditForm, _written, _file_url)


@blueprint.get("")
@open_to("site:editor")
def index():
    """List the documents as visitors see them, and below them those that are withdrawn."""
    return pages.render(
        "site/office/documents/index.html", withdrawn=list(documents.withdrawn()),
        listed=shown.by_category(documents.published(), documents.categories(), _file_url))


@blueprint.route("/new", methods=["GET", "POST"])
@open_to("site:editor")
@accepts(MOST_BYTES)
def create():
    """Add a document; posted twice, it is there once."""
    return KEEPING.add()


@blueprint.get(ONE)
@open_to("site:editor")
def show(site_document):
    """Show a document and its versions."""
    return KEEPING.show(site_document)


@blueprint.get(f"{ONE}/<site_digest>")
@open_to("site:editor")
def download(site_document, site_digest):
    """Send the file of a version, also of a former one."""
    return KEEPING.download(site_document, site_digest)


@blueprint.route(f"{ONE}/edit", methods=["GET", "POST"])
@open_to("site:editor")
def edit(site_document):
    """Change the details of a document; if a colleague did so meanwhile, show both: 409."""
    return KEEPING.edit(site_document)


@blueprint.route(f"{ONE}/version", methods=["GET", "POST"])
@open_to("site:editor")
@accepts(MOST_BYTES)
def add_version(site_document):
    """Replace the file or the link of a document; the former versions stay, for editors."""
    return KEEPING.add_version(site_document)


@blueprint.route(f"{ONE}/withdraw", methods=["GET", "POST"])
@open_to("site:editor")
def withdraw(site_document):
    """Ask whether to withdraw a document, and do it."""
    return KEEPING.withdraw(site_document)
