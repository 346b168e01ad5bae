"""Downloads take turns, and tell people who wait their place in the queue."""
import gc

import pytest

from models.upkeep.lanes import Turns
from views.shell import downloads, lanes

FILE = "/export.csv"
# As the front calls a view of the lane for long work.
IN_LANE = {"loket.lane": lanes.LONG}


@pytest.fixture
def busy(monkeypatch, page, cast):
    """Somebody else's long work; the page is that of an organisation, which does not wait long for its turn."""
    monkeypatch.setattr(lanes, "TURNS", Turns(1))
    monkeypatch.setattr(downloads, "PATIENCE", 0.01)
    page.sign_in(cast.ploeg.account)
    return lanes.TURNS.take()


def test_a_download_that_has_to_wait_tells_its_place_and_asks_again_by_itself(busy, page):
    soup = page.get(FILE, status=503, environ_overrides=IN_LANE)
    assert "je bent de eerste in de rij" in soup.get_text()
    assert (page.response.headers["Refresh"], page.response.headers["Retry-After"]) == ("2", "2")


def test_a_download_keeps_its_place_when_it_is_asked_for_again(busy, page):
    lanes.TURNS.take()
    for _ in range(3):
        assert "je bent de tweede in de rij" in page.get(FILE, status=503, environ_overrides=IN_LANE).get_text()
    # Another file of the same session has a place of its own.
    assert "je bent de derde in de rij" in page.get("/export.xlsx", status=503, environ_overrides=IN_LANE).get_text()


def test_a_download_begins_when_its_turn_has_come_and_lets_the_next_one_begin(busy, page):
    page.get(FILE, status=503, environ_overrides=IN_LANE)
    busy.leave()
    for _ in range(2):
        answer = page.browser.get(FILE, environ_overrides=IN_LANE)
        assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert lanes.TURNS.take().place == 0


def test_a_download_that_fails_lets_the_next_one_begin(busy, page, monkeypatch):
    busy.leave()
    monkeypatch.setattr("views.arbeidszorg.organisation.files.exports.Export.of", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        page.browser.get(FILE, environ_overrides=IN_LANE)
    assert lanes.TURNS.take().place == 0


def test_a_file_that_is_sent_in_pieces_keeps_its_turn_until_it_is_made(busy, page, cast):
    busy.leave()
    page.sign_in(cast.administrator)
    answer = page.browser.get("/province/clients.csv", buffered=False, environ_overrides=IN_LANE)
    waiting = lanes.TURNS.take()
    assert waiting.place == 1
    answer.close()
    assert waiting.place == 0


def test_a_download_that_nobody_closes_gives_its_turn_up(busy, page, cast):
    busy.leave()
    page.sign_in(cast.administrator)
    for ask in (page.browser.get, page.browser.head):
        ask("/province/clients.csv", buffered=False, environ_overrides=IN_LANE)
        gc.collect()
    assert lanes.TURNS.take().place == 0
