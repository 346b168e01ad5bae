"""The pictures of the public pages."""
from tests.models.site.pictures.made import a_picture, digest_of


def test_a_picture_is_sent_as_what_it_is_and_kept_by_the_browser(page, register):
    digest = digest_of(a_picture())
    answer = page.browser.get(f"/beelden/{digest}.webp")
    assert (answer.status_code, answer.content_type, answer.data[:4]) == (200, "image/webp", b"RIFF")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{digest}.webp"'
    assert "Set-Cookie" not in answer.headers
    again = page.browser.get(f"/beelden/{digest}.webp", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_an_address_of_no_picture_is_not_there_and_not_kept(page, register):
    for name in ("0" * 32, "a", "..%2F..%2Fconfig"):
        answer = page.browser.get(f"/beelden/{name}.webp")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
