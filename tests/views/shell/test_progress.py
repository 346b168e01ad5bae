"""Work in a thread, and the page that is sent while the work runs."""
import threading

import pytest
from flask import stream_with_context

from models.organisations import Organisation
from models.upkeep.lanes import Turns
from views.shell import progress
from views.shell.packing import Compressible
from views.shell.progress import CUT, Work, piece_by_piece

# Seconds to wait at most for a thread.
TIMEOUT = 20


def test_result_returns_or_raises_what_the_work_did(register):
    work = Work(lambda on_progress: Organisation.select().count())
    assert work.is_done(TIMEOUT)
    assert work.result() == 0
    broken = Work(lambda on_progress: 1 / 0)
    assert broken.is_done(TIMEOUT)
    with pytest.raises(ZeroDivisionError):
        broken.result()


def test_the_database_connection_of_the_work_is_closed_when_it_ends(register, monkeypatch):
    closed, close = [], type(register.obj).close
    monkeypatch.setattr(type(register.obj), "close",
                        lambda self: close(self) and closed.append(threading.current_thread().name))
    assert Work(lambda on_progress: Organisation.select().count()).result() == 0
    assert [name.split("_")[0] for name in closed] == ["work"]


def test_work_waits_for_its_turn_and_knows_its_place(monkeypatch):
    monkeypatch.setattr(progress.lanes, "TURNS", Turns(1))
    first = progress.lanes.TURNS.take()
    second, third = Work(lambda on_progress: "second"), Work(lambda on_progress: "third")
    assert (second.place, third.place) == (1, 2)
    assert not second.is_done(0.1)
    first.leave()
    assert (second.result(), third.result()) == ("second", "third")
    assert progress.lanes.TURNS.take().place == 0


def test_work_that_is_stopped_gives_up_its_place(monkeypatch):
    monkeypatch.setattr(progress.lanes, "TURNS", Turns(1))
    first = progress.lanes.TURNS.take()
    stopped, last = Work(lambda on_progress: "never"), progress.lanes.TURNS.take()
    stopped.stop()
    with pytest.raises(progress.Stopped):
        stopped.result()
    assert last.place == 1
    first.leave()
    assert last.place == 0


def test_work_whose_connection_does_not_close_fails_and_gives_its_turn_up(monkeypatch):
    monkeypatch.setattr(progress.lanes, "TURNS", Turns(1))
    monkeypatch.setattr(progress, "database", None)
    work = Work(lambda on_progress: "done")
    assert work.is_done(TIMEOUT)
    with pytest.raises(AttributeError):
        work.result()
    assert progress.lanes.TURNS.take().place == 0


def test_work_for_which_the_system_has_no_thread_takes_no_turn(monkeypatch):
    def refuse(_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(progress.lanes, "TURNS", Turns(1))
    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(RuntimeError):
        Work(lambda on_progress: "never")
    assert progress.lanes.TURNS.take().place == 0


def test_stopped_work_ends_at_its_next_report_of_progress():
    halfway, stopped = threading.Event(), threading.Event()

    def do(on_progress):
        on_progress(0.5)
        halfway.set()
        stopped.wait(TIMEOUT)
        on_progress(1)
        return "done"

    work = Work(do)
    assert halfway.wait(TIMEOUT)
    assert not work.is_done(0)
    assert work.progress == 0.5
    work.stop()
    stopped.set()
    with pytest.raises(progress.Stopped):
        work.result()


@pytest.fixture
def send(app, monkeypatch):
    """Sends a page while the given work runs; returns the page's pieces."""
    monkeypatch.setattr(progress, "PATIENCE", 0)

    def send(work):
        with app.test_request_context(environ_base={"loket.reference": "ABCD-1234"}):
            return list(stream_with_context(piece_by_piece(f"<h1>{CUT}</h1>{CUT}<footer>", work, str)))

    return send


class Slow:
    """Stands in for Work: each call of `is_done` takes one of `steps`; when they are used up it returns or raises."""

    def __init__(self, *steps, result="alles", place=0):
        self.steps, self.progress, self.stopped, self.outcome = list(steps), 0, False, result
        self.place, self.doing = place, "tellen"

    def is_done(self, within):
        if self.steps:
            self.progress = self.steps.pop(0)
            return False
        return True

    def result(self):
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    def stop(self):
        self.stopped = True


def test_a_page_comes_in_pieces_and_shows_each_change_of_progress(send):
    head, *updates, between, result, rest = send(Slow(0.1, 0.1, 0.35))
    assert (head, between, result, rest) == ("<h1>", "</h1>", "alles", "<footer>")
    assert [piece for piece in (head, *updates, between, result, rest) if isinstance(piece, Compressible)] == [result]
    assert [("10 %" in one, "35 %" in one) for one in updates] == [(True, False), (False, False), (False, True)]
    assert updates[1] == "\n"


def test_a_failure_of_the_work_is_shown_on_the_page_and_logged_without_its_message(send, caplog):
    pieces = send(Slow(result=ValueError("Roos Peeters")))
    assert "Er ging iets mis" in pieces[-2]
    assert "ABCD-1234" in pieces[-2]
    assert pieces[-1] == "<footer>"
    assert "ValueError" in caplog.text
    assert "Roos" not in caplog.text + "".join(pieces)


def test_the_work_is_stopped_when_the_browser_closes_the_page_early():
    work = Slow(*[0.1] * 5)
    pieces = piece_by_piece(f"a{CUT}b{CUT}c", work, str)
    assert next(pieces) == "a"
    pieces.close()
    assert work.stopped


@pytest.mark.parametrize("read", [0, 1])
@pytest.mark.parametrize("accepted", ["gzip", ""])
def test_the_work_is_stopped_when_nobody_reads_the_page(app, monkeypatch, accepted, read):
    monkeypatch.setattr(progress, "render_template", lambda *_, **__: f"a{CUT}b{CUT}c")
    work = Slow(*[0.1] * 5)
    with app.test_request_context(headers={"Accept-Encoding": accepted}):
        answer = progress.streamed("a template", work, str)
        for _ in range(read):
            next(answer.response)
        answer.close()
    assert work.stopped


def test_a_page_tells_the_place_in_the_queue(send):
    work = Slow(0, 0, place=2)
    assert "je bent de tweede in de rij" in send(work)[1]
    work = Slow(0, place=11)
    assert "je bent de 11e in de rij" in send(work)[1]
