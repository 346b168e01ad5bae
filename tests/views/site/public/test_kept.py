"""A public page that this process made is sent again without the application, and nobody can tell the difference."""
import logging

import pytest

from models.site.news.news import withdraw_news
from tests.models.site.news.made import published
from tests.page import PARTIAL
from views.shell.ready.remembered import KEEP, Answer, Remembered

PAGES = ("/", "/arbeidszorginitiatieven", "/arbeidszorginitiatieven?q=ploeg", "/nieuws", "/nieuws/feed.atom",
         "/documenten", "/contact", "/hulp?q=wachtwoord", "/privacy", "/sitemap.xml", "/robots.txt")


@pytest.fixture
def kept(app):
    """The answers that the process keeps."""
    return app.wsgi_app.remembered.answers


def asked(page, path, **headers):
    """The status, the headers and the bytes of an answer."""
    answer = page.browser.get(path, headers=headers)
    return answer.status, answer.headers.to_wsgi_list(), answer.data


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("headers", [{}, {"Accept-Encoding": "gzip"}, PARTIAL])
def test_a_kept_page_has_the_headers_and_the_bytes_of_the_one_that_was_made(page, kept, path, headers):
    made = asked(page, path, **headers)
    assert len(kept) == 1
    # With a mark of our own, so that it is the kept one that comes.
    (answer,), whole = kept.values(), made[2]
    assert answer.content == whole
    answer.content = whole[::-1]
    status, again, content = asked(page, path, **headers)
    assert (status, sorted(again), content) == (made[0], sorted(made[1]), whole[::-1])


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/"])
def test_a_304_of_a_kept_page_has_the_headers_of_any_other(page, kept, path):
    tag = dict(asked(page, path)[1])["ETag"]
    from_kept = asked(page, path, If_None_Match=tag)
    kept.clear()
    status, headers, content = asked(page, path, If_None_Match=tag)
    assert (status, sorted(headers), content) == (from_kept[0], sorted(from_kept[1]), b"")
    assert status.startswith("304")
    assert kept == {}


def test_a_page_is_made_again_after_a_change(page, kept):
    asked(page, "/nieuws")
    item = published("Open dag")
    assert b"Open dag" in asked(page, "/nieuws")[2]
    withdraw_news(item, item.version)
    assert b"Open dag" not in asked(page, "/nieuws")[2]
    assert len(kept) == 1


def test_an_organisation_gets_its_own_first_page_and_not_the_kept_home_page(app, kept, signed_in):
    app.test_client().get("/")
    assert len(kept) == 1
    answer = signed_in.browser.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/dashboard")


def test_another_host_gets_no_kept_page(page, kept):
    asked(page, "/contact")
    assert page.browser.get("/contact", headers={"Host": "elders.voorbeeld.be"}).status_code == 400
    assert len(kept) == 1


def test_a_page_that_is_not_there_and_one_of_the_register_are_not_kept(app, kept, signed_in):
    for path in ("/nieuws/2026/nergens", "/arbeidszorginitiatieven/nergens-9", "/login", "/dashboard", "/site/own"):
        signed_in.browser.get(path)
        app.test_client().get(path)
    assert kept == {}


def test_a_browser_that_asks_for_the_head_alone_gets_no_body(page, kept):
    whole = asked(page, "/contact")
    head = page.browser.head("/contact")
    assert (head.data, head.headers["ETag"]) == (b"", dict(whole[1])["ETag"])


def test_the_log_has_a_line_for_a_kept_page_too(page, caplog):
    asked(page, "/contact")
    caplog.clear()
    with caplog.at_level(logging.INFO, "loket.access"):
        asked(page, "/contact")
    assert [record.getMessage().split()[:3] for record in caplog.records] == [["GET", "/contact", "200"]]


def test_a_process_keeps_some_hundreds_of_answers_at_most(page, kept):
    for number in range(205):
        page.browser.get(f"/contact?x={number}")
    assert 0 < len(kept) <= 200


def test_an_answer_that_sets_a_cookie_is_not_kept():
    for headers, number in (([("Set-Cookie", "a=b")], 0), ([], 1)):
        made = Answer(lambda: 1, 1, status="200 OK", headers=headers)
        remembered = Remembered()
        remembered.keep({KEEP: made, "REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": "",
                         "loket.route": "/"}, [b"page"])
        assert len(remembered.answers) == number
