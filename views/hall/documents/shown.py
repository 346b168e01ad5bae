"""How documents are listed, and how a file of one is sent: alike for whoever keeps them and whoever reads them."""
import datetime
from typing import NamedTuple

from flask import abort, make_response, redirect, request

from models.documents import formats
from models.documents.documents import Document
from models.documents.versions import DocumentVersion

MEDIA_TYPES = {
    formats.PDF: "application/pdf",
    formats.ODT: "application/vnd.oasis.opendocument.text",
    formats.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    formats.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    formats.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    formats.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    formats.CSV: "text/csv",
}
KILOBYTE, MEGABYTE = 1_000, 1_000_000
# No line ends there.
SPACE = "\u00a0"


class Line(NamedTuple):
    """A document in a list, with the address of its file, and the format and size, such as 'PDF, 240 kB'."""

    document: Document
    version: DocumentVersion
    url: str
    about: str


def by_category(query, labels, address_of):
    """(label, lines) of each category that has documents; `labels` is code → label, in their order."""
    found = list(query)
    newest = DocumentVersion.newest(document.id for document in found)
    lines = [Line(one, newest[one.id], address(newest[one.id], address_of), about(newest[one.id])) for one in found]
    labels = labels | {one.category: one.category for one in found if one.category not in labels}
    listed = [(label, [line for line in lines if line.document.category == code]) for code, label in labels.items()]
    return [(label, lines) for label, lines in listed if lines]


def address(version, address_of):
    """The link of a version, or the address of its file, by `address_of`; it changes with the content."""
    return version.link or address_of(version)


def about(version):
    """The format and size of a version, or that it is a link."""
    return "link" if version.link else format_and_size(version.format, version.size)


def format_and_size(format_, size):
    """The words of a file, such as 'PDF, 240 kB'."""
    return f"{format_.upper()},{SPACE}{_size(size)}"


def file_of(document, digest, to_list):
    """Send the newest file of a document; from the address of a former one, lead to the list."""
    newest = DocumentVersion.newest([document.id])[document.id]
    if newest.digest == digest and newest.format:
        return file_answer(newest)
    former = any(version.digest == digest for version in document.versions)
    return redirect(to_list, 303) if former else abort(404)


def file_answer(version, name=None):
    """Send the file of a version under this name, by default one that says nothing of its content.

    A PDF is shown, any other file is saved.
    """
    name = name or f"document-{version.document_id}-{version.number}.{version.format}"
    answer = make_response(b"" if version.sha256 in request.if_none_match else version.file())
    answer.headers["Content-Type"] = MEDIA_TYPES[version.format]
    answer.headers["Content-Disposition"] = (
        f"{'inline' if version.format == formats.PDF else 'attachment'}; "
        f'filename="{name}"')
    answer.set_etag(version.sha256)
    answer.last_modified = version.made_at.replace(tzinfo=datetime.UTC)
    return answer.make_conditional(request)


def _size(number):
    if number < MEGABYTE:
        return f"{max(1, round(number / KILOBYTE))}{SPACE}kB"
    return f"{number / MEGABYTE:.1f}{SPACE}MB".replace(".", ",")
