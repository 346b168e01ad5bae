"""Lanes of threads, and turns for long work."""
import os
import threading
import time

import pytest

from models.upkeep import lanes
from models.upkeep.lanes import Lane, Turns

# Seconds to wait at most for a thread.
TIMEOUT = 20


def run(lane, *jobs):
    """Let the lane do these jobs, and wait until they are done."""
    done = threading.Semaphore(0)
    for job in jobs:
        lane.submit(lambda job=job: (job(), done.release()))
    for _ in jobs:
        assert done.acquire(timeout=TIMEOUT)


def ended(lane):
    """Whether the threads of this lane end."""
    until = time.monotonic() + TIMEOUT
    while time.monotonic() < until:
        if not [thread for thread in threading.enumerate() if thread.name == lane.name]:
            return True
        time.sleep(0.01)
    return False


def test_jobs_are_done_in_the_order_in_which_they_came(monkeypatch):
    monkeypatch.setattr(lanes, "IDLE", 0.01)
    lane, seen = Lane("in order", 1, int), []
    run(lane, *[lambda number=number: seen.append(number) for number in range(50)])
    assert seen == list(range(50))
    assert ended(lane)


def test_a_lane_has_no_more_threads_than_it_may_have_and_starts_them_when_needed(monkeypatch):
    monkeypatch.setattr(lanes, "IDLE", 0.01)
    lane, both, names = Lane("two", 2, int), threading.Barrier(2), []

    def job():
        both.wait(TIMEOUT)
        names.append(threading.get_ident())

    assert [thread for thread in threading.enumerate() if thread.name == "two"] == []
    run(lane, *[job] * 6)
    assert len(set(names)) == 2
    assert ended(lane)


def test_a_thread_that_ended_is_started_again_for_the_next_job(monkeypatch):
    monkeypatch.setattr(lanes, "IDLE", 0.01)
    lane, seen = Lane("again", 1, int), []
    run(lane, lambda: seen.append(1))
    assert ended(lane)
    run(lane, lambda: seen.append(2))
    assert seen == [1, 2]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_cannot_tidy_up_is_replaced():
    faults, seen = [ValueError()], threading.Event()

    def tidy():
        if faults:
            raise faults.pop()

    lane = Lane("untidy", 1, tidy, often=True)
    run(lane, int)
    assert ended(lane)
    lane.submit(seen.set)
    assert seen.wait(TIMEOUT)


def test_a_thread_that_the_system_refuses_is_started_for_the_next_job(monkeypatch):
    def refuse(_):
        raise RuntimeError("can't start new thread")

    lane, seen = Lane("refused", 1, int), []
    with monkeypatch.context() as full:
        full.setattr(threading.Thread, "start", refuse)
        with pytest.raises(RuntimeError):
            lane.submit(lambda: seen.append("refused"))
    run(lane, lambda: seen.append("next"))
    assert seen == ["refused", "next"]


@pytest.mark.parametrize(("often", "times"), [(False, 1), (True, 4)])
def test_a_thread_tidies_up_before_it_ends_and_if_asked_after_each_job(often, times, monkeypatch):
    monkeypatch.setattr(lanes, "IDLE", 0.01)
    tidied = []
    lane = Lane("tidy", 1, lambda: tidied.append(threading.current_thread().name), often)
    together = threading.Event()
    lane.submit(lambda: together.wait(TIMEOUT))
    lane.submit(int)
    lane.submit(int)
    together.set()
    assert ended(lane)
    assert tidied == ["tidy"] * times


def test_turns_come_in_the_order_in_which_they_were_asked_for():
    turns = Turns(2)
    tickets = [turns.take() for _ in range(5)]
    assert [ticket.place for ticket in tickets] == [0, 0, 1, 2, 3]
    tickets[0].leave()
    assert [ticket.place for ticket in tickets[1:]] == [0, 0, 1, 2]
    # Whoever leaves the queue lets the others move up.
    tickets[3].leave()
    assert tickets[4].place == 1
    assert not tickets[4].wait(0.01)
    threading.Timer(0.05, tickets[1].leave).start()
    assert tickets[4].wait(TIMEOUT)


def test_a_ticket_that_is_kept_is_found_again_by_its_key():
    turns = Turns(1)
    first, second, third = (turns.take() for _ in range(3))
    turns.keep(second, "mine")
    assert turns.take("mine") is second
    assert turns.take("another") is not second
    first.leave()
    assert (second.place, third.place) == (0, 1)


def test_a_ticket_that_nobody_asks_for_gives_its_turn_up(monkeypatch):
    turns = Turns(1)
    forgotten, next_one = turns.take(), turns.take()
    turns.keep(forgotten, "gone")
    assert not next_one.wait(0.01)
    monkeypatch.setattr(lanes, "FORGOTTEN", 0)
    assert next_one.wait(TIMEOUT)


@pytest.mark.parametrize("leaves", [1, 2])
def test_a_ticket_may_leave_twice(leaves):
    turns = Turns(1)
    first, second = turns.take(), turns.take()
    for _ in range(leaves):
        first.leave()
    assert second.place == 0


def test_a_job_gets_a_thread_of_its_own_while_another_one_is_busy():
    lane, busy, done = Lane("busy", 2, int), threading.Event(), threading.Event()
    for _ in range(100):
        busy.clear()
        done.clear()
        lane.submit(lambda: busy.wait(TIMEOUT))
        lane.submit(done.set)
        assert done.wait(TIMEOUT)
        busy.set()


def test_a_lane_that_gives_way_has_threads_of_a_lower_priority():
    before = os.getpriority(os.PRIO_PROCESS, 0)
    seen = []
    run(Lane("polite", 1, int, nice=3), lambda: seen.append(os.getpriority(os.PRIO_PROCESS, 0)))
    assert seen == [before + 3]
    assert os.getpriority(os.PRIO_PROCESS, 0) == before
