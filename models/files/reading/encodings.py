"""The encoding of a text file: UTF-8, UTF-16 with its mark, or Windows-1252 where no byte speaks against it."""
import codecs
import io
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from models.errors import Refused
from models.files.reading.errors import FileCode

# Bytes of a line; in UTF-16, signs.
LIMIT = 64 * 1024
BLOCK = 256 * 1024
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
WIDER = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
# In Windows-1252 these are nothing, or signs that no Dutch text holds (‚ ƒ „ † ‡ ˆ ‰ ‹ ˜ ›); in DOS and Mac files they
# are é, è and the like. Ã followed by a sign is UTF-8. Š (8A) and Ž (8E) are taken where a name begins with one, before
# a small letter (docs/decisions/0109): elsewhere they are è in DOS and é in Mac files.
NOT_WINDOWS = re.compile(
    rb"[\x81-\x84\x86-\x89\x8b\x8d\x8f\x90\x98\x9b\x9d]|\xc3[\x80-\xbf]"
    rb"|[\x8a\x8e](?![a-z\x9a\x9c\x9e\xdf-\xf6\xf8-\xff])|(?<=[0-9A-Za-z\x80-\x9f\xb5\xc0-\xff])[\x8a\x8e]")


def encoding_of(file: BinaryIO) -> str:
    """Return the name of the encoding of a whole file; utf-8-sig reads UTF-8 without a mark too.

    Raises `Refused` for another encoding, an endless line and a null byte.
    """
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    if start.startswith(WIDER):
        raise Refused(FileCode.FILE_WIDE)
    if start.startswith(WIDE):
        _check_wide(file)
        return "utf-16"
    return _narrow(file, start.startswith(codecs.BOM_UTF8))


def _check_wide(file: BinaryIO) -> None:
    text, number = io.TextIOWrapper(file, "utf-16", newline=""), 1
    try:
        while line := text.readline(LIMIT):
            if len(line) >= LIMIT:
                raise Refused(FileCode.FILE_LINE, line=number)
            if "\0" in line:
                raise Refused(FileCode.FILE_BINARY, line=number)
            number += 1
    except UnicodeError:
        raise Refused(FileCode.FILE_ENCODING, line=number) from None
    finally:
        text.detach()


def _narrow(file: BinaryIO, marked: bool) -> str:
    utf8 = windows = True
    for number, block in _blocks(file):
        if max(map(len, block.splitlines()), default=0) >= LIMIT:
            raise Refused(FileCode.FILE_LINE, line=_first(block, number, lambda line: len(line) >= LIMIT))
        if b"\0" in block:
            raise Refused(FileCode.FILE_BINARY, line=_first(block, number, lambda line: b"\0" in line))
        if block.isascii():
            continue
        utf8 = utf8 and _is_utf8(block)
        windows = windows and not NOT_WINDOWS.search(block)
        if not utf8 and (marked or not windows):
            raise Refused(FileCode.FILE_ENCODING, line=_first(block, number, lambda line: not line.isascii()))
    return "utf-8-sig" if utf8 else "cp1252"


def _blocks(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield (number of its first line, whole lines) of each block; the text after the last line end is a block too."""
    number, rest = 1, b""
    while read := file.read(BLOCK):
        block = rest + read
        # A line end of two bytes stays whole: the second one may be in the next block.
        cut = max(block.rfind(b"\n"), block.rfind(b"\r", 0, -1)) + 1
        block, rest = block[:cut], block[cut:]
        lines = len(block.splitlines())
        if len(rest) > LIMIT:
            raise Refused(FileCode.FILE_LINE, line=number + lines)
        yield number, block
        number += lines
    yield number, rest


def _first(block: bytes, number: int, is_wrong: Callable[[bytes], bool]) -> int:
    return next(place for place, line in enumerate(block.splitlines(), number) if is_wrong(line))


def _is_utf8(block: bytes) -> bool:
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
