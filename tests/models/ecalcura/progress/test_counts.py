"""The numbers of facilities in each part of a trimester."""
import datetime

import pytest

from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.progress import counts
from models.ecalcura.progress.counts import Count, TrimesterCounts
from models.ecalcura.trimesters import windows
from models.ecalcura.trimesters.calendar import Place, Trimester
from models.ecalcura.trimesters.files import TrimesterFile
from tests.models.ecalcura.cast import facility, opened, submitted

at = datetime.datetime.fromisoformat
KIND = "woonzorgcentrum"


@pytest.fixture
def home(register, clock):
    clock(at("2026-10-20 12:00:00"))
    made = facility(province="limburg")
    opened(deadline=datetime.date(2026, 10, 31))
    counts.refresh()
    return made


def kept():
    return TrimesterCounts.get().counted_on


def change_file(home):
    TrimesterFile.get_or_make(home, Trimester.get_or_make(2026, 1), "entry")


def change_state(home):
    change_file(home)
    counts.refresh()
    TrimesterFile.at(home, Trimester.get_or_make(2026, 1)).move("reopened", reopen_reason="Uren vergeten")


def close(_home):
    windows.close_trimester(Place(2026, 1), [KIND])


def set_days(_home):
    opened(deadline=datetime.date(2026, 10, 10))


def move_away(home):
    Facility.update(province="antwerpen").where(Facility.id == home.id).execute()


def merge(home):
    Facility.update(successor_id=facility("990009").id, merged_on=datetime.date(2026, 7, 1)).where(
        Facility.id == home.id).execute()


@pytest.mark.parametrize(("change", "expected"), [
    (change_file, [Count(1, KIND, "limburg", "entry", 1)]),
    (change_state, [Count(1, KIND, "limburg", "reopened", 1)]),
    (close, [Count(1, KIND, "limburg", "missing", 1)]),
    (set_days, [Count(1, KIND, "limburg", "missing", 1)]),
    (move_away, [Count(1, KIND, "antwerpen", "empty", 1)]),
    (merge, [Count(1, KIND, None, "empty", 1)]),
])
def test_a_change_is_counted_at_once_and_kept_by_the_chore(home, change, expected):
    assert counts.counts(2026) == [Count(1, KIND, "limburg", "empty", 1)]
    assert counts.refresh() == 0
    change(home)
    assert kept() is None
    assert counts.counts(2026) == expected
    assert counts.refresh() == 1
    assert counts.counts(2026) == expected
    assert kept() == datetime.date(2026, 10, 20)


def test_the_day_after_the_deadline_the_kept_numbers_no_longer_hold(home, clock):
    clock(at("2026-10-31 22:30:00"))  # half past eleven in the evening in Flanders
    counts.refresh()
    clock(at("2026-10-31 23:30:00"))
    assert counts.counts(2026) == [Count(1, KIND, "limburg", "missing", 1)]


def test_a_first_submission_after_the_deadline_is_late_and_a_second_version_is_not(home, clock):
    clock(at("2026-10-31 12:00:00"))
    submitted(home, deadline=datetime.date(2026, 10, 31))
    file = TrimesterFile.at(home, Trimester.get_or_make(2026, 1))
    clock(at("2026-11-20 12:00:00"))
    file.move("reopened", reopen_reason="Uren vergeten")
    file.move("submitted")
    late = facility("990002", province="limburg")
    TrimesterFile.get_or_make(late, Trimester.get_or_make(2026, 1))
    submitted(late, deadline=datetime.date(2026, 10, 31))
    assert {one.part for one in counts.counts(2026)} == {"submitted", "late"}
    assert TrimesterFile.at(home, Trimester.get_or_make(2026, 1)).submitted_on == datetime.date(2026, 10, 31)
