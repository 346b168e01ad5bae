"""Tells of changed employees, so that parts further up can keep what they derive from an employee's rows."""
from collections.abc import Callable, Collection
from typing import ClassVar

Follower = Callable[[Collection[int]], None]


class _State:
    followers: ClassVar[list[Follower]] = []


def follow(follower: Follower) -> None:
    """Let `tell` call this function; a function that follows already is not added again."""
    if follower not in _State.followers:
        _State.followers.append(follower)


def tell(employee_ids: Collection[int]) -> None:
    """Say that rows of these employees changed; call it in the transaction of the change, after the last row."""
    for follower in _State.followers:
        follower(employee_ids)
