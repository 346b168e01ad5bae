"""Memory that is free within this process, given back to the system."""
import ctypes
import functools
import gc
import time
from collections.abc import Callable

# Seconds from one time to the next.
EVERY = 60


def leave_garbage_to_chore() -> None:
    """Look for garbage among old objects seldom, and in the chore: that stops every thread as long as it takes.

    Beside a report, which makes many objects, it took some 90 ms, again and again. Never is no choice either: beside
    the crowd of `python -m bench waits` the memory then grew to 688 MB.
    """
    gc.freeze()
    young, middle, oldest = gc.get_threshold()
    gc.set_threshold(young, middle, 10 * oldest)


def giver() -> Callable[[], None]:
    """Return a chore that gives free memory back, once in EVERY seconds; it does nothing where glibc is not used."""
    last = time.monotonic()

    def give_back() -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            gc.collect()
            _trim(0)

    return give_back


@functools.cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None)


def _trim(kept: int) -> None:
    trim = getattr(_library(), "malloc_trim", None)
    if trim:
        trim(kept)
