"""The format of a file, which its content decides, never its name. Nothing of a compressed file is unpacked whole."""
import csv
import io
import itertools
import re
import zipfile
import zlib

from models.errors import Code, Refused

PDF, ODT, ODS, DOCX, XLSX, PPTX, CSV = "pdf", "odt", "ods", "docx", "xlsx", "pptx", "csv"
# Also in migrations/0010_tables.sql.
LARGEST = 20 * 2**20
# Bounds on a compressed file: members, the bytes that they claim, and the bytes of the one that names the format.
MEMBERS, CLAIMED, NAMED = 5_000, 500 * 2**20, 2**20
DELIMITERS = ";,\t"
# How many rows are looked at to know a table.
ROWS = 50
MEMBER_HEADER = b"PK\x01\x02"

_TYPES = "[Content_Types].xml"
_OFFICE = {
    b"wordprocessingml.document.main+xml": DOCX,
    b"spreadsheetml.sheet.main+xml": XLSX,
    b"presentationml.presentation.main+xml": PPTX,
}
_OPEN = {b"application/vnd.oasis.opendocument.text": ODT, b"application/vnd.oasis.opendocument.spreadsheet": ODS}
_MACROS = re.compile(r"vbaproject|vbadata|/macrosheets/|/activex/|^basic/|^scripts/", re.IGNORECASE)
_MACRO_TYPES = re.compile(rb"macroenabled|vbaproject|ms-excel\.macrosheet|activex", re.IGNORECASE)
# The start of a text that a browser or a shell might run; and control characters, which no table has.
_NO_TABLE = re.compile(r"\s*(?:<|#!|\{|\[|%!)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def format_of(content: bytes) -> str:
    """Return the format of a file; raises `Refused` for one that is empty or large, has macros or another format."""
    if not content:
        raise Refused(Code.DOCUMENT_EMPTY)
    if len(content) > LARGEST:
        raise Refused(Code.DOCUMENT_LARGE)
    if content.startswith(b"%PDF-"):
        return PDF
    found = _of_compressed(content) if content.startswith(b"PK\x03\x04") else _of_text(content)
    if found is None:
        raise Refused(Code.DOCUMENT_FORMAT)
    return found


def _of_compressed(content: bytes) -> str | None:
    # Counted first: reading the list of a million members would take seconds.
    if content.count(MEMBER_HEADER) > MEMBERS:
        raise Refused(Code.DOCUMENT_CLAIMS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return _of_members(file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        # Broken, encrypted, or compressed in a way that no office program uses.
        return None


def _of_members(file: zipfile.ZipFile) -> str | None:
    members = file.infolist()
    if sum(member.file_size for member in members) > CLAIMED:
        raise Refused(Code.DOCUMENT_CLAIMS)
    if any(_MACROS.search(member.filename) for member in members):
        raise Refused(Code.DOCUMENT_MACRO)
    if any(member.flag_bits & 1 for member in members):
        return None
    names = {member.filename for member in members}
    if _TYPES in names:
        types = _start_of(file, _TYPES)
        if _MACRO_TYPES.search(types):
            raise Refused(Code.DOCUMENT_MACRO)
        return next((format_ for piece, format_ in _OFFICE.items() if piece in types), None)
    return _OPEN.get(_start_of(file, "mimetype").strip()) if "mimetype" in names else None


def _start_of(file: zipfile.ZipFile, name: str) -> bytes:
    """Return a member, no more than `NAMED` bytes of it: a few bytes may claim to be gigabytes."""
    with file.open(name) as member:
        content = member.read(NAMED + 1)
    if len(content) > NAMED:
        raise Refused(Code.DOCUMENT_CLAIMS)
    return content


def _of_text(content: bytes) -> str | None:
    """Return CSV for a text whose first rows have as many cells, and that is nothing else."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
        if "\ufffd" in text:
            return None
    if _CONTROL.search(text) or _NO_TABLE.match(text):
        return None
    return CSV if any(_is_table(text, delimiter) for delimiter in DELIMITERS) else None


def _is_table(text: str, delimiter: str) -> bool:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        lengths = {len(row) for row in itertools.islice(filter(None, rows), ROWS)}
    except csv.Error:
        return False
    return len(lengths) == 1 and lengths != {1}
