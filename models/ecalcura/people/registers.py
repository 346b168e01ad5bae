"""The registers that are asked about a person: the rijksregister, and eCad for visums.

The running application uses one client for both. A register that does not answer is no error: its answer is `SILENT`.
"""
import datetime
import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Protocol

from models.database import today
from models.ecalcura.people import numbers
from models.errors import Refused

FOUND, NOT_FOUND, REPLACED, DECEASED, SILENT = "found", "not_found", "replaced", "deceased", "silent"
NAME_LENGTH = 200
# Numbers that are replaced one after the other; a longer chain is a circle.
MOST_REPLACED = 5


class Answer(NamedTuple):
    """The rijksregister's answer: a state, and in the states FOUND, REPLACED and DECEASED the person.

    `number` is the number that the person has now: another than the one asked for when it was REPLACED, and perhaps
    when somebody DECEASED. `birth` is None if the register has no full date.
    """

    state: str
    number: str = ""
    family: str = ""
    first: str = ""
    birth: datetime.date | None = None
    deceased_on: datetime.date | None = None


class QualificationAnswer(NamedTuple):
    """The answer of eCad: FOUND with the codes of the visums, each until a day or without end.

    NOT_FOUND and FOUND without codes both mean that there is no visum; SILENT means that it is not known.
    """

    state: str
    codes: Mapping[str, datetime.date | None]


class Registers(Protocol):
    """A client of the registers. It never raises because a register is silent."""

    def find_person(self, number: str) -> Answer:
        """Ask the rijksregister for the person with this number."""

    def find_qualifications(self, number: str, on: datetime.date) -> QualificationAnswer:
        """Ask eCad for the visums of the person with this number."""


class NoRegisters:
    """The client of an application without registers: nothing ever answers."""

    def find_person(self, number: str) -> Answer:
        """Answer SILENT."""
        return Answer(SILENT)

    def find_qualifications(self, number: str, on: datetime.date) -> QualificationAnswer:
        """Answer SILENT."""
        return QualificationAnswer(SILENT, {})


class FromFile:
    """A client that answers from a file of made-up people, in the same process.

    The file is a JSON list of objects with `number`, `first`, `last`, `birth` and `codes`, and perhaps `replaced_by`,
    `deceased_on`, `until` (code → last day) and `silent`: true, or "person" or "qualifications" for one register.
    """

    def __init__(self, path: Path) -> None:
        people = json.loads(path.read_text(encoding="utf-8"))
        self._people: dict[str, dict[str, Any]] = {one["number"]: one for one in people}

    def find_person(self, number: str) -> Answer:
        """Answer as the rijksregister would."""
        found, asked = self._people.get(number), number
        for _ in range(MOST_REPLACED):
            if found and found.get("replaced_by"):
                found = self._people.get(found["replaced_by"])
        if not found or found.get("replaced_by"):
            return Answer(NOT_FOUND)
        if found.get("silent") in (True, "person"):
            return Answer(SILENT)
        deceased_on = _day(found.get("deceased_on"))
        state = DECEASED if deceased_on else FOUND if found["number"] == asked else REPLACED
        return Answer(state, found["number"], found["last"], found["first"], _day(found["birth"]), deceased_on)

    def find_qualifications(self, number: str, on: datetime.date) -> QualificationAnswer:
        """Answer as eCad would."""
        found = self._people.get(number)
        if not found:
            return QualificationAnswer(NOT_FOUND, {})
        if found.get("silent") in (True, "qualifications"):
            return QualificationAnswer(SILENT, {})
        until = found.get("until", {})
        return QualificationAnswer(FOUND, {code: _day(until.get(code)) for code in found["codes"]})


class _State:
    client: ClassVar[Registers] = NoRegisters()


def use(client: Registers | None) -> None:
    """Let the running application ask this client; None for no registers."""
    _State.client = client or NoRegisters()


def find_person(number: str) -> Answer:
    """Ask the rijksregister for the person with this number (11 digits). Takes seconds: never in a transaction."""
    return _State.client.find_person(number)


def find_qualifications(number: str, on: datetime.date) -> QualificationAnswer:
    """Ask eCad for the visums that the person with this number has on a day; never in a transaction."""
    return _State.client.find_qualifications(number, on)


def read_person(asked: str, told: Any) -> Answer:
    """Read a register's JSON answer about this number; raises ValueError for one that cannot be understood."""
    state = _state(told, (FOUND, NOT_FOUND, REPLACED, DECEASED))
    if state == NOT_FOUND:
        return Answer(NOT_FOUND)
    try:
        number = numbers.clean(_text(told, "number"))
    except Refused as error:
        raise ValueError("number") from error
    if (number == asked) is (state == REPLACED) or (state == FOUND and number != asked):
        raise ValueError("number of another person")
    family, first = _name(_text(told, "family")), _name(_text(told, "first"))
    if not family and not first:
        raise ValueError("no name")
    birth, deceased_on = _past_day(told, "birth"), _past_day(told, "deceased_on")
    if (state == DECEASED) is (deceased_on is None) or (birth and deceased_on and deceased_on < birth):
        raise ValueError("deceased_on")
    return Answer(state, number, family, first, birth, deceased_on)


def read_qualifications(told: Any) -> QualificationAnswer:
    """Read eCad's JSON answer; raises ValueError for one that cannot be understood."""
    state = _state(told, (FOUND, NOT_FOUND))
    codes = told.get("codes", {}) if state == FOUND else {}
    # Another sign, such as half of a pair, cannot be shown or kept as text.
    if not isinstance(codes, dict) or not all(0 < len(code) <= 40 and code.isprintable() for code in codes):
        raise ValueError("codes")
    return QualificationAnswer(state, {code: _day(until) for code, until in codes.items()})


def _state(told: Any, states: tuple[str, ...]) -> str:
    if not isinstance(told, dict) or told.get("state") not in states:
        raise ValueError("state")
    return str(told["state"])


def _text(told: dict[str, Any], name: str) -> str:
    text = told.get(name, "")
    if not isinstance(text, str):
        raise ValueError(name)
    return text


def _name(text: str) -> str:
    """A name as it is kept: without signs that cannot be seen, and with single spaces."""
    seen = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in unicodedata.normalize("NFC", text))
    name = " ".join(seen.split())
    if len(name) > NAME_LENGTH:
        raise ValueError("name")
    return name


def _past_day(told: dict[str, Any], name: str) -> datetime.date | None:
    """A day of somebody's life, which is not to come: the steps of a birth in 9990 would have no date."""
    day = _day(told.get(name))
    if day and day > today():
        raise ValueError(name)
    return day


def _day(text: Any) -> datetime.date | None:
    if text is None:
        return None
    if not isinstance(text, str):
        raise ValueError("day")
    return datetime.date.fromisoformat(text)
