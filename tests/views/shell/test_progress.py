"""Work that takes longer than a second, and the page that is sent while it is done."""
import threading

import pytest
from flask import stream_with_context

from models.organisations import Organisation
from views.shell import progress
from views.shell.packing import Long
from views.shell.progress import CUT, Work, piece_by_piece

LONG = 20


def test_what_the_work_gives_and_what_it_raises_come_out_of_it(register):
    work = Work(lambda told: Organisation.select().count())
    assert work.is_done(LONG)
    assert work.result() == 0
    broken = Work(lambda told: 1 / 0)
    assert broken.is_done(LONG)
    with pytest.raises(ZeroDivisionError):
        broken.result()


def test_its_connection_to_the_database_is_closed_after_it(register, monkeypatch):
    closed, close = [], type(register.obj).close
    monkeypatch.setattr(type(register.obj), "close",
                        lambda self: close(self) and closed.append(threading.current_thread().name))
    assert Work(lambda told: Organisation.select().count()).result() == 0
    assert [name.split("_")[0] for name in closed] == ["work"]


def test_work_that_nobody_waits_for_ends_at_the_next_thing_that_it_tells():
    told_once, stopped = threading.Event(), threading.Event()

    def do(told):
        told(0.5)
        told_once.set()
        stopped.wait(LONG)
        told(1)
        return "done"

    work = Work(do)
    assert told_once.wait(LONG)
    assert not work.is_done(0)
    assert work.far == 0.5
    work.stop()
    stopped.set()
    with pytest.raises(progress.Stopped):
        work.result()


@pytest.fixture
def send(app, monkeypatch):
    """Sends a page while this work is done; its pieces."""
    monkeypatch.setattr(progress, "PATIENCE", 0)

    def send(work):
        with app.test_request_context(environ_base={"loket.reference": "ABCD-1234"}):
            return list(stream_with_context(piece_by_piece(f"<h1>{CUT}</h1>{CUT}<footer>", work, str)))

    return send


class Slow:
    """Work that is done after so many questions whether it is, or goes wrong then."""

    def __init__(self, *steps, result="alles"):
        self.steps, self.far, self.stopped, self.outcome = list(steps), 0, False, result

    def is_done(self, within):
        if self.steps:
            self.far = self.steps.pop(0)
            return False
        return True

    def result(self):
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    def stop(self):
        self.stopped = True


def test_a_page_comes_in_pieces_with_a_word_each_time_that_it_came_further(send):
    head, *words, between, result, rest = send(Slow(0.1, 0.1, 0.35))
    assert (head, between, result, rest) == ("<h1>", "</h1>", "alles", "<footer>")
    assert [piece for piece in (head, *words, between, result, rest) if isinstance(piece, Long)] == [result]
    assert [("10 %" in word, "35 %" in word) for word in words] == [(True, False), (False, False), (False, True)]
    assert words[1] == "\n"


def test_what_goes_wrong_underway_is_said_on_the_page_and_logged_without_its_words(send, caplog):
    pieces = send(Slow(result=ValueError("Roos Peeters")))
    assert "Er ging iets mis" in pieces[-2]
    assert "ABCD-1234" in pieces[-2]
    assert pieces[-1] == "<footer>"
    assert "ValueError" in caplog.text
    assert "Roos" not in caplog.text + "".join(pieces)


def test_the_work_is_stopped_when_the_page_is_closed_before_its_end():
    work = Slow(*[0.1] * 5)
    pieces = piece_by_piece(f"a{CUT}b{CUT}c", work, str)
    assert next(pieces) == "a"
    pieces.close()
    assert work.stopped
