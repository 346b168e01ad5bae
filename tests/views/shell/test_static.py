import gzip
import os

import brotli
import pytest

from views.shell.static import StaticFiles, compress

STYLE = "main { color: black }\n" * 100


@pytest.fixture
def folder(tmp_path):
    """A folder of static files."""
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "a.css").write_text(STYLE)
    (tmp_path / "mark.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return tmp_path


@pytest.fixture
def ask(folder):
    """Requests a file: returns (headers with `status`, content), or None if the application must answer."""
    def ask(url=None, method="GET", **headers):
        files = StaticFiles(["localhost"], folder)
        environ = {"PATH_INFO": url or files.url("css/a.css"), "REQUEST_METHOD": method, "HTTP_HOST": "localhost"}
        environ |= headers
        static_file = files.find(environ)
        if static_file is None:
            return None
        answer = {}
        body = files.serve(static_file, environ, lambda status, headers: answer.update(headers, status=status))
        content = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        return answer, content

    return ask


def test_an_address_changes_with_the_content(folder):
    first = StaticFiles([], folder).url("css/a.css")
    assert first == StaticFiles([], folder).url("css/a.css")
    (folder / "css" / "a.css").write_text("main {}")
    assert StaticFiles([], folder).url("css/a.css") != first


def test_a_missing_file_raises_key_error(folder):
    with pytest.raises(KeyError):
        StaticFiles([], folder).url("css/b.css")


def test_browsers_keep_a_file_for_ever(ask):
    answer, content = ask()
    assert answer["status"] == "200 OK"
    assert answer["Cache-Control"] == "max-age=315360000, public, immutable"
    assert content.decode() == STYLE


@pytest.mark.parametrize("url", [
    "/static/css/a.css", "/static/", "/static/../config.py", "/css/a.css", "/static/css/a.0.css"])
def test_only_addresses_with_a_hash_exist(ask, url):
    assert ask(url) is None


def test_an_untrusted_host_gets_no_static_file(ask):
    assert ask(HTTP_HOST="kwaad.be") is None


def test_types_have_a_charset_and_no_cross_origin_header_is_sent(folder, ask):
    files = StaticFiles([], folder)
    for name, kind in (("css/a.css", 'text/css; charset="utf-8"'), ("mark.svg", "image/svg+xml; charset=utf-8")):
        answer, _ = ask(files.url(name))
        assert answer["Content-Type"] == kind
        assert "Access-Control-Allow-Origin" not in answer


def test_compressed_variants_are_served_to_browsers_that_accept_them(folder, ask):
    assert compress(folder)
    for accepted, encoding, decompress in (("gzip, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)):
        answer, content = ask(HTTP_ACCEPT_ENCODING=accepted)
        assert answer["Content-Encoding"] == encoding
        assert answer["Vary"] == "Accept-Encoding"
        assert decompress(content).decode() == STYLE
    answer, content = ask()
    assert "Content-Encoding" not in answer
    assert content.decode() == STYLE


def test_a_stale_compressed_variant_is_never_served(folder, ask):
    compress(folder)
    path = folder / "css" / "a.css"
    other = STYLE.replace("black", "green")
    path.write_text(other)
    # Older than the variant, as after a copy that keeps modification times.
    os.utime(path, (1_000_000, 1_000_000))
    answer, content = ask(HTTP_ACCEPT_ENCODING="br, gzip")
    assert "Content-Encoding" not in answer
    assert content.decode() == other
    compress(folder)
    _, content = ask(HTTP_ACCEPT_ENCODING="br")
    assert brotli.decompress(content).decode() == other


def test_compressing_again_leaves_current_variants_alone(folder):
    compress(folder)
    before = {path: path.stat().st_ctime_ns for path in folder.rglob("*")}
    compress(folder)
    assert {path: path.stat().st_ctime_ns for path in folder.rglob("*")} == before
    assert not list(folder.rglob("*.draft"))


def test_a_read_only_folder_is_served_uncompressed(folder, ask, monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.write_bytes", refuse)
    assert compress(folder) is False
    assert ask(HTTP_ACCEPT_ENCODING="br")[1].decode() == STYLE


def test_an_unchanged_file_is_not_sent_again(ask):
    answer, _ = ask()
    again, content = ask(HTTP_IF_NONE_MATCH=answer["ETag"])
    assert again["status"] == "304 Not Modified"
    assert content == b""


def test_a_post_to_a_static_file_is_refused(ask):
    assert ask(method="POST")[0]["status"] == "405 Method Not Allowed"


def test_every_file_that_a_page_links_to_exists(page):
    soup = page.get("/login")
    linked = soup.select("link[href], script[src], img[src]")
    addresses = [element.get("src") or element.get("href") for element in linked]
    assert len(addresses) >= 4
    for address in addresses:
        assert address.startswith("/static/")
        assert page.browser.get(address).status_code == 200
