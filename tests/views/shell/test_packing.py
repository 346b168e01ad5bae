"""Which pieces of a long page are compressed, and which are not."""
import gzip
import zlib

import pytest

from views.shell import packing
from views.shell.packing import Compressible, gzipped

SECRET, REPEATED = "b3f1c0ffee5ecret", "<td>1.234</td>" * 500


def pieces(*of):
    yield from of


def test_each_piece_of_a_gzipped_page_can_be_read_as_soon_as_it_arrives():
    sent = list(gzipped(pieces("<h1>Café</h1>", Compressible(REPEATED), "", Compressible("één"), "</html>")))
    assert gzip.decompress(b"".join(sent)).decode() == f"<h1>Café</h1>{REPEATED}één</html>"
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
    read = [reader.decompress(piece).decode() for piece in sent]
    assert read == ["", "<h1>Café</h1>", REPEATED, "", "één", "</html>", ""]


def test_only_compressible_pieces_are_compressed():
    assert len(b"".join(gzipped(pieces(Compressible(REPEATED))))) < len(REPEATED) / 20
    assert len(b"".join(gzipped(pieces(REPEATED)))) > len(REPEATED)


def test_the_length_does_not_show_whether_a_compressible_piece_repeats_a_secret():
    right, wrong = (len(b"".join(gzipped(pieces(f"token={SECRET}", Compressible(f"<p>{guess}</p>"), SECRET))))
                    for guess in (SECRET, SECRET[::-1]))
    assert right == wrong
    # Compressed as one text, the page would betray it.
    assert len(zlib.compress(f"{SECRET}{SECRET}".encode())) < len(zlib.compress(f"{SECRET}{SECRET[::-1]}".encode()))


@pytest.mark.parametrize(("accepts", "encoding"), [("gzip, br", "gzip"), ("br", None), (None, None)])
def test_a_page_is_compressed_for_browsers_that_accept_gzip(app, accepts, encoding):
    headers = {"Accept-Encoding": accepts} if accepts else {}
    with app.test_request_context(headers=headers):
        answer = packing.page(pieces("<p>", Compressible("één")), whole=True)
    assert answer.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    content = gzip.decompress(answer.data) if encoding else answer.data
    assert content.decode() == "<p>één"
    assert answer.content_type == "text/html; charset=utf-8"


@pytest.mark.parametrize("accepts", ["gzip", ""])
def test_closing_the_response_closes_the_iterator_of_pieces(app, accepts):
    closed = []

    def endless():
        try:
            while True:
                yield "<p>"
        finally:
            closed.append(True)

    with app.test_request_context(headers={"Accept-Encoding": accepts}):
        sent = packing.page(endless()).response
        next(sent)
        next(sent)
        sent.close()
    assert closed == [True]
