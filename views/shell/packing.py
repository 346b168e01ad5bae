"""Compresses a long page, except the parts that hold a secret (docs/decisions/0079)."""
import struct
import zlib

from flask import request

from views.shell import pages

# The parts of a gzip file (RFC 1952): a header without file name or time, and an empty last deflate block.
HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
LAST_BLOCK = b"\x03\x00"
# zlib's window size for deflate without a header, and its compression levels.
RAW = -15
STORED, FASTEST = 0, 1


class Compressible(str):
    """A part of a page that is safe to compress: it holds no secret, and no text that came with the request."""

    __slots__ = ()


def page(pieces, whole=False):
    """A response with these pieces of HTML, each sent as soon as it is there; if `whole`, all sent at once.

    It is compressed if the browser accepts gzip.
    """
    gzips = "gzip" in request.headers.get("Accept-Encoding", "")
    content = gzipped(pieces) if gzips else (piece.encode() for piece in pieces)
    response = pages.html(b"".join(content) if whole else content)
    if gzips:
        response.headers["Content-Encoding"] = "gzip"
    return response


def gzipped(pieces):
    """Yield one gzip file; pieces that are not Compressible are stored as they are, so no length betrays a secret."""
    checksum = size = 0
    yield HEADER
    for piece in pieces:
        content = piece.encode()
        checksum, size = zlib.crc32(content, checksum), size + len(content)
        # A new compressor for each piece: no piece is compressed together with what came before it.
        compressor = zlib.compressobj(FASTEST if isinstance(piece, Compressible) else STORED, zlib.DEFLATED, RAW)
        yield compressor.compress(content) + compressor.flush(zlib.Z_FULL_FLUSH)
    yield LAST_BLOCK + struct.pack("<II", checksum, size % 2**32)
