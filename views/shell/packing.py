"""A long page, compressed but for the parts that hold a secret (docs/decisions/0079)."""
import struct
import zlib

from flask import request

from views.shell import pages

# A gzip file without name or time.
HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
LAST_BLOCK = b"\x03\x00"
RAW = -15
STORED, FASTEST = 0, 1


class Long(str):
    """A part of a page that may be compressed: nothing in it is secret, and no address can put anything in it."""

    __slots__ = ()


def answer(pieces, whole=False):
    """The answer of these pieces, each sent as it comes, or as a `whole`; compressed where the browser knows how."""
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    sent = packed(pieces) if packs else (piece.encode() for piece in pieces)
    found = pages.html(b"".join(sent) if whole else sent)
    if packs:
        found.headers["Content-Encoding"] = "gzip"
    return found


def packed(pieces):
    """The pieces as one gzip file, those that are not Long as they are: no length tells what is in them."""
    checksum = size = 0
    yield HEAD
    for piece in pieces:
        content = piece.encode()
        checksum, size = zlib.crc32(content, checksum), size + len(content)
        # Each with a compressor of its own: what is Long is not compressed with what came before it.
        packer = zlib.compressobj(FASTEST if isinstance(piece, Long) else STORED, zlib.DEFLATED, RAW)
        yield packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)
    yield LAST_BLOCK + struct.pack("<II", checksum, size % 2**32)
