"""A trimester against the one before."""
import datetime
from fractions import Fraction

import pytest

from models.database import now
from models.ecalcura.progress import comparing, sums
from models.ecalcura.progress.sums import FileSums
from models.ecalcura.trimesters.calendar import Place, Trimester
from tests.models.ecalcura.cast import facility, opened

AUTUMN = Place(2026, 2)


@pytest.fixture
def home(register, clock):
    clock(datetime.datetime.fromisoformat("2026-11-29 12:00:00"))
    made = facility(name="De Eik")
    opened()
    opened(*AUTUMN)
    return made


def counted(made, number, **values):
    FileSums.update(counted_at=now(), stale=False, **values).where(
        FileSums.facility_id == made.id, FileSums.trimester_id == Trimester.known(2026, number).id).execute()


def test_facilities_whose_hours_changed_a_quarter_or_more_come_first(home):
    made = {name: facility(f"99001{place}", name=name) for place, name in enumerate(("Min", "Niets", "Nieuw", "Net"))}
    sums.prepare()
    hours = {"De Eik": (100, 124), "Min": (100, 60), "Niets": (0, 0), "Nieuw": (0, 1), "Net": (4, 5)}
    for name, (before, after) in hours.items():
        one = made.get(name, home)
        counted(one, 1, exempt=Fraction(before), hours=Fraction(38))
        counted(one, 2, exempt=Fraction(after), hours=Fraction(38))
    found = comparing.compare(AUTUMN)
    assert [one.facility.name for one in found] == ["Nieuw", "Min", "Net", "De Eik", "Niets"]
    assert [one.is_much for one in found] == [True, True, True, False, False]
    assert [one.exempt.part for one in found] == [None, Fraction(-2, 5), Fraction(1, 4), Fraction(6, 25), None]


def test_a_facility_without_sums_of_both_trimesters_is_left_out(home):
    sums.prepare()
    counted(home, 2, exempt=Fraction(1))
    assert comparing.compare(AUTUMN) == []
    assert comparing.compare(Place(2026, 1)) == []
    assert comparing.before(Place(2026, 1)) == Place(2025, 4)
