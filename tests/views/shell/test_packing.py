"""A long page: what is compressed of it, and what is not."""
import gzip
import zlib

import pytest

from views.shell import packing
from views.shell.packing import Long, packed

SECRET, REPEATED = "b3f1c0ffee5ecret", "<td>1.234</td>" * 500


def pieces(*of):
    yield from of


def test_a_page_comes_out_as_it_went_in_piece_by_piece():
    sent = list(packed(pieces("<h1>Café</h1>", Long(REPEATED), "", Long("één"), "</html>")))
    assert gzip.decompress(b"".join(sent)).decode() == f"<h1>Café</h1>{REPEATED}één</html>"
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
    read = [reader.decompress(piece).decode() for piece in sent]
    assert read == ["", "<h1>Café</h1>", REPEATED, "", "één", "</html>", ""]


def test_only_what_is_long_gets_shorter():
    assert len(b"".join(packed(pieces(Long(REPEATED))))) < len(REPEATED) / 20
    assert len(b"".join(packed(pieces(REPEATED)))) > len(REPEATED)


def test_no_length_tells_whether_what_is_long_repeats_a_secret():
    right, wrong = (len(b"".join(packed(pieces(f"token={SECRET}", Long(f"<p>{guess}</p>"), SECRET))))
                    for guess in (SECRET, SECRET[::-1]))
    assert right == wrong
    # As it would be, were the page one text.
    assert len(zlib.compress(f"{SECRET}{SECRET}".encode())) < len(zlib.compress(f"{SECRET}{SECRET[::-1]}".encode()))


@pytest.mark.parametrize(("accepts", "encoding"), [("gzip, br", "gzip"), ("br", None), (None, None)])
def test_it_is_compressed_for_who_knows_how(app, accepts, encoding):
    headers = {"Accept-Encoding": accepts} if accepts else {}
    with app.test_request_context(headers=headers):
        answer = packing.answer(pieces("<p>", Long("één")), whole=True)
    assert answer.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    content = gzip.decompress(answer.data) if encoding else answer.data
    assert content.decode() == "<p>één"
    assert answer.content_type == "text/html; charset=utf-8"


@pytest.mark.parametrize("accepts", ["gzip", ""])
def test_who_goes_away_closes_the_pieces(app, accepts):
    closed = []

    def endless():
        try:
            while True:
                yield "<p>"
        finally:
            closed.append(True)

    with app.test_request_context(headers={"Accept-Encoding": accepts}):
        sent = packing.answer(endless()).response
        next(sent)
        next(sent)
        sent.close()
    assert closed == [True]
