"""The steps of somebody's age: the day on which each begins, by the setting STEP_STARTS."""
import datetime
from collections.abc import Mapping
from typing import Any, ClassVar

from models.ecalcura.contracts import lists

BIRTHDAY, FIRST_OF_MONTH, FIRST_OF_NEXT_MONTH = "birthday", "first_of_month", "first_of_next_month"
SETTINGS = (BIRTHDAY, FIRST_OF_MONTH, FIRST_OF_NEXT_MONTH)


class _State:
    starts: ClassVar[str] = FIRST_OF_MONTH


def use(starts: str) -> None:
    """Let a step begin as this value of STEP_STARTS says."""
    _State.starts = starts


def start(settings: Mapping[str, Any]) -> None:
    """Use the setting; for the start of the application."""
    use(settings["STEP_STARTS"])


def in_use() -> str:
    """Return the value of STEP_STARTS, to be printed with every calculation."""
    return _State.starts


def reaches(born: datetime.date, age: int) -> datetime.date:
    """Return the day on which somebody reaches an age: of 29 February, 1 March in a common year."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return datetime.date(born.year + age, 3, 1)


def step_start(born: datetime.date, age: int, starts: str | None = None) -> datetime.date:
    """Return the day on which the step of this age begins, by this value of STEP_STARTS or by the one in use."""
    day, starts = reaches(born, age), starts or _State.starts
    if starts == BIRTHDAY:
        return day
    if starts == FIRST_OF_MONTH:
        return day.replace(day=1)
    return (day.replace(day=1) + datetime.timedelta(days=31)).replace(day=1)


def step_starts(born: datetime.date | None, starts: str | None = None) -> Mapping[int, datetime.date]:
    """Return age → first day of each step, in order, as `step_start` does; empty without a full birth date."""
    return {age: step_start(born, age, starts) for age in lists.steps()} if born else {}


def steps_reached(born: datetime.date | None, day: datetime.date) -> list[int]:
    """Return the ages of the steps that have begun on this day."""
    return [age for age, start in step_starts(born).items() if start <= day]
