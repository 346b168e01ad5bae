"""Tells of changed employees, so that parts further up can keep what they derive from an employee's rows."""
import contextlib
from collections.abc import Callable, Collection, Iterator
from contextvars import ContextVar
from typing import ClassVar

Follower = Callable[[Collection[int]], None]


class _State:
    followers: ClassVar[list[Follower]] = []
    # Of this thread or request.
    untold: ClassVar[ContextVar[bool]] = ContextVar("untold", default=False)


def follow(follower: Follower) -> None:
    """Let `tell` call this function; a function that follows already is not added again."""
    if follower not in _State.followers:
        _State.followers.append(follower)


def tell(employee_ids: Collection[int]) -> None:
    """Say that rows of these employees changed; call it in the transaction of the change, after the last row."""
    for follower in () if _State.untold.get() else _State.followers:
        follower(employee_ids)


@contextlib.contextmanager
def untold() -> Iterator[None]:
    """Tell nobody meanwhile: in a transaction that is rolled back, nothing derived is kept either."""
    before = _State.untold.set(True)
    try:
        yield
    finally:
        _State.untold.reset(before)
