"""The package of a spreadsheet, a ZIP file: refused before it is opened if it would unpack to too much."""
import zlib
from typing import BinaryIO
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from models.errors import Refused
from models.files.reading.errors import FileCode
from models.files.reading.sources import size_of

# A register of 250,000 rows unpacks to 360 MB, and to 12 times its size.
MOST_PARTS, MOST_UNPACKED, MOST_RATIO = 2_000, 1024**3, 200
# Below this size the ratio does not matter; a part that is read whole is not larger.
SMALL = 8 * 1024**2
# The texts that cells share are all kept while a sheet is read.
LOADED = 64 * 1024**2
OLE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# The errors that zipfile, the parsers of XML and openpyxl raise for a damaged package.
DAMAGED = (BadZipFile, zlib.error, ExpatError, EOFError, NotImplementedError, SyntaxError, LookupError, ValueError,
           TypeError, AttributeError, ArithmeticError, OSError, RecursionError)
_DOCTYPES = [doctype.encode(encoding) for doctype in ("<!DOCTYPE", "<!ENTITY")
             for encoding in ("utf-8", "utf-16-le", "utf-16-be")]


class Package(ZipFile):
    """A package within bounds. `open` reads a part as a stream; `read` takes small ones, without entities."""

    def __init__(self, file: BinaryIO) -> None:
        """Open the package in this file; raises `Refused` for another kind of spreadsheet and beyond a bound."""
        size = size_of(file)
        try:
            super().__init__(file)
        except DAMAGED:
            raise Refused(FileCode.FILE_SPREADSHEET) from None
        parts = self.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > max(SMALL, MOST_RATIO * size):
            raise Refused(FileCode.FILE_LARGE)
        if any(part.flag_bits & 1 for part in parts):
            raise Refused(FileCode.FILE_LOCKED)
        names = set(self.namelist())
        if "xl/workbook.bin" in names or "content.xml" in names:
            raise Refused(FileCode.FILE_EXCEL)
        if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
            raise Refused(FileCode.FILE_SPREADSHEET)

    def read(self, name: str, pwd: bytes | None = None) -> bytes:  # type: ignore[override]
        """Return a part; entities could make a small one endless."""
        self.check_size(name, SMALL)
        content = super().read(name, pwd)
        if any(doctype in content for doctype in _DOCTYPES):
            raise Refused(FileCode.FILE_SPREADSHEET)
        return content

    def check_size(self, name: str, most: int) -> None:
        """Raise `Refused` for a part that unpacks to more bytes than these."""
        if self.getinfo(name).file_size > most:
            raise Refused(FileCode.FILE_LARGE)


def refuse_ole(file: BinaryIO) -> None:
    """Raise `Refused` for a file in Microsoft's older form: an XLS, or an XLSX behind a password."""
    file.seek(0)
    before = b""
    while block := file.read(SMALL):
        if ENCRYPTED in before + block:
            raise Refused(FileCode.FILE_LOCKED)
        before = block[-len(ENCRYPTED):]
    raise Refused(FileCode.FILE_EXCEL)
