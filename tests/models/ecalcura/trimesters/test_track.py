"""The trimesters of a facility by reference period."""
import datetime

import pytest

from models.ecalcura.trimesters import track
from models.ecalcura.trimesters.calendar import Place, Trimester
from models.ecalcura.trimesters.files import ENTRY, TrimesterFile
from tests.models.ecalcura.cast import facility, opened, submitted

at = datetime.datetime.fromisoformat


@pytest.fixture
def home(register, clock):
    clock(at("2026-11-29 12:00:00"))
    return facility()


def test_the_present_period_is_there_before_the_desk_opens_anything(home):
    [(period, stages)] = track.stages(home).items()
    assert period == 2026
    assert [stage.place.number for stage in stages] == [1, 2, 3, 4]
    assert [stage.is_now for stage in stages] == [False, True, False, False]
    assert not any(stage.is_open or stage.can_be_submitted or stage.is_late for stage in stages)


def test_each_trimester_is_as_far_as_its_file_and_its_days_say(home):
    submitted(home)
    submitted(home, number=2).move("reopened", reopen_reason="Uren vergeten",
                                   reopened_until=datetime.date(2026, 11, 28))
    opened(number=3, submit_from=datetime.date(2027, 4, 1))
    TrimesterFile.get_or_make(home, Trimester.get_or_make(2026, 3), ENTRY)
    opened(number=4, deadline=datetime.date(2026, 11, 28))
    opened(2025, 4)
    found = track.stages(home)
    assert list(found) == [2026, 2025]
    stages = found[2026]
    assert [stage.state for stage in stages] == ["submitted", "reopened", "entry", "empty"]
    assert [stage.is_open for stage in stages] == [False, False, True, True]
    assert [stage.can_be_submitted for stage in stages] == [False, True, False, True]
    assert [stage.is_late for stage in stages] == [False, False, False, True]


def test_one_trimester_is_the_same_as_in_the_list(home):
    submitted(home)
    assert track.stage(home, Place(2026, 1)) == track.stages(home)[2026][0]
    assert track.stage(home, Place(2030, 1)) == (Place(2030, 1), None, None)
