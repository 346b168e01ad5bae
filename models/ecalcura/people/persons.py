"""The person behind an employee: number, names and dates, sealed together under the facility's data key."""
import datetime
import json
from collections.abc import Iterable
from typing import NamedTuple

from models import names
from models.database import as_day
from models.ecalcura.people.registers import Answer

PAST_NUMBER = "past_number"


class Person(NamedTuple):
    """A person as the register knows it, and the date that the desk set for an incomplete birth date (V06).

    `number` is '' for a person that cannot be read, because the names' key is absent.
    """

    number: str
    family: str = ""
    first: str = ""
    birth: datetime.date | None = None
    deceased_on: datetime.date | None = None
    reference_date: datetime.date | None = None

    @property
    def name(self) -> str:
        """First name and family name; '' while the register is silent."""
        return f"{self.first} {self.family}".strip()

    @property
    def born(self) -> datetime.date | None:
        """The date from which steps are counted."""
        return self.birth or self.reference_date

    def told(self, answer: Answer) -> "Person":
        """Return the person with what the register now answers."""
        return self._replace(number=answer.number, family=answer.family, first=answer.first, birth=answer.birth,
                             deceased_on=answer.deceased_on)


UNREADABLE = Person("", names.UNREADABLE)


def seal(facility_id: int, employee_id: int, person: Person) -> bytes:
    """Seal a person for the row of an employee; raises `Refused` without the names' key."""
    return names.seal(facility_id, employee_id, _text(person))


def seal_all(facility_id: int, people: Iterable[tuple[int, Person]]) -> list[bytes]:
    """Seal the persons in [(id of the employee, person)] of a facility; raises `Refused` as `seal` does."""
    return names.seal_all(facility_id, [(employee_id, _text(person)) for employee_id, person in people])


def _text(person: Person) -> str:
    # A list, and so short that nearly every person is sealed to the same length.
    return json.dumps([value.isoformat() if isinstance(value, datetime.date) else value for value in person],
                      ensure_ascii=False, separators=(",", ":"))


def open_all(facility_id: int, rows: Iterable[tuple[int, bytes]]) -> list[Person]:
    """Return the persons in [(id of the employee, sealed)] of a facility; `UNREADABLE` if one does not open."""
    texts = names.open_names(facility_id, list(rows))
    # Read as one list: a list of staff has hundreds.
    read = json.loads(f"[{','.join(text if text and text != names.UNREADABLE else 'null' for text in texts)}]")
    return [UNREADABLE if one is None else
            Person(one[0], one[1], one[2], as_day(one[3]), as_day(one[4]), as_day(one[5])) for one in read]


def seal_past(facility_id: int, past_id: int, number: str) -> bytes:
    """Seal an earlier number; raises `Refused` without the names' key."""
    return names.seal_bytes(facility_id, past_id, PAST_NUMBER, number.encode())


def open_past(facility_id: int, past_id: int, sealed: bytes) -> str:
    """Return an earlier number; raises `Refused` if it does not open."""
    return names.open_bytes(facility_id, past_id, PAST_NUMBER, sealed).decode()
