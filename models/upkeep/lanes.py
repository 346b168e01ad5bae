"""Lanes: threads that take jobs in the order in which they came, and turns for long work.

A page never waits behind a report: each kind of work has threads of its own.
"""
import contextlib
import os
import queue
import threading
import time
from collections.abc import Callable, Hashable

# Seconds after which a thread without a job ends, and after which a place that nobody asks for is given up.
IDLE = 60
FORGOTTEN = 15


class Lane:
    """At most `threads` threads, started when they are needed; one that has no job for a minute ends.

    `tidy` is called in a thread before it ends, and with `often` after each job too. The system gives threads with a
    higher `nice` the processor when no other thread wants it.
    """

    def __init__(self, name: str, threads: int, tidy: Callable[[], object], often: bool = False, nice: int = 0) -> None:
        self.name = name
        self.threads = threads
        self._tidy = tidy
        self._often = often
        self._nice = nice
        self._jobs: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        # Threads that run, and jobs that are not done yet.
        self._started = self._open = 0

    def submit(self, job: Callable[[], object]) -> None:
        """Let a thread call `job`, which handles its own exceptions."""
        self._jobs.put(job)
        with self._lock:
            self._open += 1
            if self._started < min(self._open, self.threads):
                # Counted afterwards: the system may refuse a thread.
                threading.Thread(target=self._work, name=self.name, daemon=True).start()
                self._started += 1

    def _work(self) -> None:
        if self._nice:
            # On Linux this is of the thread alone.
            os.setpriority(os.PRIO_PROCESS, 0, os.getpriority(os.PRIO_PROCESS, 0) + self._nice)
        try:
            while job := self._next():
                try:
                    job()
                    # Do not keep what the job refers to until the next one comes.
                    del job
                    if self._often:
                        self._tidy()
                finally:
                    with self._lock:
                        self._open -= 1
        except BaseException:
            # The thread ends; the lane is not to wait for it.
            with self._lock:
                self._started -= 1
            raise
        self._tidy()

    def _next(self) -> Callable[[], object] | None:
        while True:
            with contextlib.suppress(queue.Empty):
                return self._jobs.get(timeout=IDLE)
            with self._lock:
                # A job that came just now started no thread, for it counted on this one.
                if self._jobs.empty():
                    self._started -= 1
                    return None


class Ticket:
    """A place in the queue for long work."""

    def __init__(self, turns: "Turns", key: Hashable) -> None:
        self._turns = turns
        self.key = key
        self.asked_at = time.monotonic()

    @property
    def place(self) -> int:
        """1 for the first in the queue, and so on; 0 when its turn has come."""
        return self._turns.place_of(self)

    def wait(self, seconds: float) -> bool:
        """Wait for the turn; return whether it has come."""
        return self._turns.wait(self, seconds)

    def leave(self) -> None:
        """Give the turn, or the place in the queue, to the others."""
        self._turns.leave(self)


class Turns:
    """Lets `most` tickets work at once, in the order in which they were taken."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._tickets: list[Ticket] = []
        self._changed = threading.Condition()

    def take(self, key: Hashable = None) -> Ticket:
        """Return the ticket with this key if there is one, else a new one at the end of the queue.

        A ticket with a key may be left alone between two requests: it is given up when nobody asked for it in 15 s.
        """
        with self._changed:
            self._forget()
            ticket = next((one for one in self._tickets if key is not None and one.key == key), None)
            if ticket is None:
                ticket = Ticket(self, key)
                self._tickets.append(ticket)
            ticket.asked_at = time.monotonic()
            # From here on it is in use, and cannot be forgotten.
            ticket.key = None
            return ticket

    def keep(self, ticket: Ticket, key: Hashable) -> None:
        """Keep the ticket's place for whoever takes a ticket with this key."""
        with self._changed:
            ticket.asked_at, ticket.key = time.monotonic(), key

    def place_of(self, ticket: Ticket) -> int:
        """Return the ticket's place in the queue, 0 when its turn has come or it has left."""
        with self._changed:
            return self._place(ticket)

    def wait(self, ticket: Ticket, seconds: float) -> bool:
        """Wait for the turn of the ticket; return whether it has come."""
        until = time.monotonic() + seconds
        with self._changed:
            while self._place(ticket) and (left := until - time.monotonic()) > 0:
                # A place that is given up wakes nobody.
                self._changed.wait(min(left, 1))
                self._forget()
            return not self._place(ticket)

    def leave(self, ticket: Ticket) -> None:
        """Take the ticket out of the queue."""
        with self._changed:
            if ticket in self._tickets:
                self._tickets.remove(ticket)
                self._changed.notify_all()

    def _place(self, ticket: Ticket) -> int:
        if ticket not in self._tickets:
            return 0
        return max(0, self._tickets.index(ticket) + 1 - self.most)

    def _forget(self) -> None:
        now = time.monotonic()
        kept = [one for one in self._tickets if one.key is None or now - one.asked_at < FORGOTTEN]
        if len(kept) < len(self._tickets):
            self._tickets = kept
            self._changed.notify_all()
