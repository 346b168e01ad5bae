"""The made-up people of the simulated registers (registers.json), as far as the demonstration employs them."""
import datetime
import functools
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from models.ecalcura.contracts.steps import step_starts, steps_reached
from models.ecalcura.contracts.visa import Found, judge
from models.ecalcura.demonstration.simulated_registers import SEED
from models.ecalcura.people.persons import Person
from models.ecalcura.people.registers import SILENT, FromFile

# People without a visum have one of these qualifications.
WITHOUT_VISA = ("MAS", "GEL", "PSY", "ORT", "PED")
# So many people of the file are employed; some others get a check (sown.py), the rest are there to be entered.
EMPLOYED = 586
# The people at the end of the file among whom the numbers to practise with are, and how many of these there are.
OTHERS, WITH_STEP, WITHOUT_STEP = 60, 7, 5


class Sample(NamedTuple):
    """A made-up person: the number, the birth date and the qualification."""

    number: str
    born: datetime.date
    qualification: str


@functools.cache
def registers() -> FromFile:
    """Return the registers, answering in this process."""
    return FromFile(SEED)


@functools.cache
def _read() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(SEED.read_text(encoding="utf-8"))
    return found


@functools.cache
def samples() -> list[Sample]:
    """Return the people about whom the registers have nothing special to say."""
    ordinary = [one for one in _read() if "case" not in one]
    return [Sample(one["number"], datetime.date.fromisoformat(one["birth"]),
                   one["codes"][0] if one["codes"] else WITHOUT_VISA[index % len(WITHOUT_VISA)])
            for index, one in enumerate(ordinary)]


@functools.cache
def special() -> dict[str, str]:
    """Return case → number of the people about whom the registers have something special to say."""
    return {one["case"]: one["number"] for one in _read() if "case" in one}


def person(number: str) -> Person:
    """Return a person as after a look-up; one with a number only if the register is silent or does not know it."""
    answer = registers().find_person(number)
    return Person(number).told(answer) if answer.number else Person(number)


def is_silent(number: str) -> bool:
    """Say whether the register is silent about this number."""
    return registers().find_person(number).state == SILENT


def visa(number: str, qualification: str, day: datetime.date) -> Found:
    """Return what eCad says of the qualification of a person that needs a visum."""
    return judge(registers().find_qualifications(number, day), qualification, day)


def practice(day: datetime.date) -> list[Sample]:
    """Return people whom no facility employs, to enter by hand: some with a step on this day, then some without."""
    free = sorted(samples()[-OTHERS:], key=lambda one: one.born)
    return free[:WITH_STEP] + [one for one in free if not steps_reached(one.born, day)][:WITHOUT_STEP]


def starts(sample: Sample) -> Mapping[int, datetime.date]:
    """Return age → first day of each step of a made-up person."""
    return step_starts(sample.born)
