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
    """Ask for a file: status, headers, content."""
    def ask(url=None, method="GET", **headers):
        files = StaticFiles(["localhost"], folder)
        environ = {"PATH_INFO": url or files.url("css/a.css"), "REQUEST_METHOD": method, "HTTP_HOST": "localhost"}
        environ |= headers
        found = files.find(environ)
        if found is None:
            return None
        answer = {}
        body = files.serve(found, environ, lambda status, headers: answer.update(headers, status=status))
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


def test_a_file_that_is_not_there_is_a_fault_at_once(folder):
    with pytest.raises(KeyError):
        StaticFiles([], folder).url("css/b.css")


def test_browsers_keep_a_file_for_ever(ask):
    answer, content = ask()
    assert answer["status"] == "200 OK"
    assert answer["Cache-Control"] == "max-age=315360000, public, immutable"
    assert content.decode() == STYLE


@pytest.mark.parametrize("url", [
    "/static/css/a.css", "/static/", "/static/../config.py", "/css/a.css", "/static/css/a.0.css"])
def test_only_hash_named_addresses_are_there(ask, url):
    assert ask(url) is None


def test_a_host_that_is_not_ours_gets_nothing(ask):
    assert ask(HTTP_HOST="kwaad.be") is None


def test_types_have_a_charset_and_no_site_may_read_them(folder, ask):
    files = StaticFiles([], folder)
    for name, kind in (("css/a.css", 'text/css; charset="utf-8"'), ("mark.svg", "image/svg+xml; charset=utf-8")):
        answer, _ = ask(files.url(name))
        assert answer["Content-Type"] == kind
        assert "Access-Control-Allow-Origin" not in answer


def test_compressed_variants_are_served_to_who_takes_them(folder, ask):
    assert compress(folder)
    for accepted, encoding, decompress in (("gzip, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)):
        answer, content = ask(HTTP_ACCEPT_ENCODING=accepted)
        assert answer["Content-Encoding"] == encoding
        assert answer["Vary"] == "Accept-Encoding"
        assert decompress(content).decode() == STYLE
    answer, content = ask()
    assert "Content-Encoding" not in answer
    assert content.decode() == STYLE


def test_a_variant_of_other_content_is_never_served(folder, ask):
    compress(folder)
    path = folder / "css" / "a.css"
    other = STYLE.replace("black", "green")
    path.write_text(other)
    # As a copy that keeps the moments of files does: older than the variant.
    os.utime(path, (1_000_000, 1_000_000))
    answer, content = ask(HTTP_ACCEPT_ENCODING="br, gzip")
    assert "Content-Encoding" not in answer
    assert content.decode() == other
    compress(folder)
    _, content = ask(HTTP_ACCEPT_ENCODING="br")
    assert brotli.decompress(content).decode() == other


def test_compressing_again_leaves_what_is_good(folder):
    compress(folder)
    before = {path: path.stat().st_ctime_ns for path in folder.rglob("*")}
    compress(folder)
    assert {path: path.stat().st_ctime_ns for path in folder.rglob("*")} == before
    assert not list(folder.rglob("*.draft"))


def test_a_folder_that_may_not_be_written_to_is_served_all_the_same(folder, ask, monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.write_bytes", refuse)
    assert compress(folder) is False
    assert ask(HTTP_ACCEPT_ENCODING="br")[1].decode() == STYLE


def test_a_file_is_not_asked_for_twice(ask):
    answer, _ = ask()
    again, content = ask(HTTP_IF_NONE_MATCH=answer["ETag"])
    assert again["status"] == "304 Not Modified"
    assert content == b""


def test_files_are_only_read(ask):
    assert ask(method="POST")[0]["status"] == "405 Method Not Allowed"


def test_a_page_s_files_are_all_there(page):
    soup = page.get("/login")
    linked = soup.select("link[href], script[src], img[src]")
    addresses = [element.get("src") or element.get("href") for element in linked]
    assert len(addresses) >= 4
    for address in addresses:
        assert address.startswith("/static/")
        assert page.browser.get(address).status_code == 200
