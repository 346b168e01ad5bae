"""The files of the demonstration's documents, made on the spot of a title and a text: PDF, DOCX and XLSX.

A line of the text that begins with '# ' is a heading.
"""
import io
import json
import zipfile
from xml.sax.saxutils import escape

import typst

from models.files import spreadsheet
from models.files.spreadsheet import Book, Look, Sheet

HEADING = "# "
PDF_SOURCE = b"""
#let paper = json(bytes(sys.inputs.data))
#set document(title: paper.title, author: "Loket", date: none)
#set page(paper: "a4", margin: 2.5cm, numbering: "1")
#set text(lang: "nl", region: "BE", font: "Libertinus Serif", size: 11pt)
#show heading: set block(above: 1.6em, below: 0.8em)
= #paper.title
#for (is-heading, line) in paper.lines { if is-heading [#heading(level: 2, line)] else { par(line) } }
"""
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
NAMESPACE = "http://schemas.openxmlformats.org"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
# The parts of a DOCX except its text. The sizes are in half points.
PARTS = {
    "[Content_Types].xml":
        f'{DECLARATION}<Types xmlns="{NAMESPACE}/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{RELATIONS}"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
    "_rels/.rels":
        f'{DECLARATION}<Relationships xmlns="{NAMESPACE}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{NAMESPACE}/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
}
TITLE_SIZE, HEADING_SIZE, TEXT_SIZE = 36, 28, 22
# The columns of a sheet to fill in, in characters.
WIDTH = 22


def pdf(title: str, text: str) -> bytes:
    """Return pages with a title and a text, which everybody can read aloud (PDF/UA-1)."""
    lines = [(line.startswith(HEADING), line.removeprefix(HEADING)) for line in _lines(text)]
    made = typst.Compiler(
        PDF_SOURCE, font_paths=typst.Fonts(include_system_fonts=False), ignore_system_fonts=True).compile(
            format="pdf", pdf_standards=["ua-1"], sys_inputs={"data": json.dumps({"title": title, "lines": lines})})
    if not isinstance(made, bytes):
        raise TypeError("Typst made no single document")
    return made


def docx(title: str, text: str) -> bytes:
    """Return a text that a word processor opens, with a title."""
    body = _paragraph(title, TITLE_SIZE) + "".join(
        _paragraph(line.removeprefix(HEADING), HEADING_SIZE if line.startswith(HEADING) else TEXT_SIZE)
        for line in _lines(text))
    document = (f'{DECLARATION}<w:document xmlns:w="{NAMESPACE}/wordprocessingml/2006/main">'
                f"<w:body>{body}</w:body></w:document>")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {**PARTS, "word/document.xml": document}.items():
            # The same day each time, so that the same text is the same file.
            made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def xlsx(title: str, text: str) -> bytes:
    """Return a sheet to fill in; each line of the text is the heading of a column."""
    def fill(book: Book) -> None:
        headings = _lines(text)
        sheet = Sheet(book, title, [WIDTH] * len(headings))
        sheet.write(*((heading, Look.HEADING) for heading in headings))
        sheet.freeze(1)

    return spreadsheet.in_memory(title, fill)


FORMATS = {"pdf": pdf, "docx": docx, "xlsx": xlsx}


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _paragraph(line: str, size: int) -> str:
    bold = "<w:b/>" if size > TEXT_SIZE else ""
    return (f'<w:p><w:pPr><w:spacing w:after="160"/></w:pPr><w:r><w:rPr>{bold}<w:sz w:val="{size}"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>')
