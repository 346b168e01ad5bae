"""Contracts of physicians, as rows."""
import datetime

from models.ecalcura.deliveries.physicians import CraContract, Physician
from models.ecalcura.people.index import hash_of
from tests.models.ecalcura.cast import number_of


def physician(home, since=datetime.date(2020, 1, 1), until=None, name=("Arts", "Vera"), riziv="", state="found"):
    """A contract of a physician whom the register knows."""
    number = number_of(datetime.date(1965, 5, 5))
    made = CraContract(facility_id=home.id, number_hash=hash_of(number), sealed=b"", register_state=state, since=since,
                       until=until)
    made.save(force_insert=True)
    made.seal(Physician(number, *(name or ("", "")), riziv))
    made.save()
    return made


def silent_physician(home):
    """A contract of a physician whose name the register did not give, until the end of 2020."""
    return physician(home, until=datetime.date(2020, 12, 31), name=(), state="silent")
