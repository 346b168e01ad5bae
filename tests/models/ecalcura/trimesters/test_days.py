"""Setting the days of a trimester by kind, as the desk does."""
import datetime

import pytest

from models.audit import AuditEntry
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.trimesters import windows
from models.ecalcura.trimesters.calendar import Place
from models.ecalcura.trimesters.windows import Days
from models.errors import Refused, Stale
from tests.hall import in_threads, refusal
from tests.models.ecalcura.cast import at_desk

pytestmark = pytest.mark.usefixtures("register")
PLACE = Place(2026, 1)
day = datetime.date.fromisoformat
USUAL = Days(day("2026-07-01"), day("2026-10-01"), day("2026-10-31"))
EARLY = Days(day("2026-06-01"))


@pytest.fixture
def desk(home):
    return at_desk()


def version():
    return windows.version_of(windows.windows_of(PLACE).values())


def test_kinds_with_the_same_days_are_recorded_together_and_unchanged_ones_not_again(desk):
    wanted = {"ibw": USUAL, "pvt": USUAL, "woonzorgcentrum": EARLY}
    assert windows.set_days(PLACE, wanted, 1, desk) == ["ibw", "pvt", "woonzorgcentrum"]
    assert {kind: window.days for kind, window in windows.windows_of(PLACE).items()} == wanted
    entries = [entry.details["kinds"] for entry in AuditEntry.select().where(
        AuditEntry.event == "trimester-opened").order_by(AuditEntry.id)]
    assert entries == [["ibw", "pvt"], ["woonzorgcentrum"]]
    assert windows.set_days(PLACE, wanted | {"pvt": EARLY}, version(), desk) == ["pvt"]
    assert windows.set_days(PLACE, wanted | {"pvt": EARLY}, version(), desk) == []


def test_a_page_made_before_a_colleague_saved_changes_nothing(desk):
    windows.set_days(PLACE, {"ibw": USUAL}, 1, desk)
    older = version()
    windows.close_trimester(PLACE, ["ibw"], desk)
    with pytest.raises(Stale):
        windows.set_days(PLACE, {"ibw": EARLY}, older, desk)
    assert windows.windows_of(PLACE)["ibw"].closed
    assert windows.set_days(PLACE, {"ibw": USUAL}, version(), desk) == ["ibw"]
    assert not windows.windows_of(PLACE)["ibw"].closed


def test_of_two_who_save_at_once_one_gets_the_other_s_days_to_see(desk):
    done = in_threads([lambda one=one: windows.set_days(PLACE, {"ibw": one}, 1, desk) for one in (USUAL, EARLY)])
    assert sorted(isinstance(one, Refused) for one in done) == [False, True]


def test_days_in_the_wrong_order_are_refused_and_no_kind_is_saved(desk):
    wrong = Days(day("2026-10-01"), day("2026-07-01"))
    assert refusal(windows.set_days, PLACE, {"ibw": USUAL, "pvt": wrong}, 1, desk) == EcalcuraCode.WINDOW_DAYS
    assert windows.windows_of(PLACE) == {}


def test_the_setting_proposes_a_deadline_and_sets_none():
    assert windows.proposed_deadline(PLACE) is None
    windows.start({"DEADLINE_DAYS": 45})
    assert windows.proposed_deadline(PLACE) == day("2026-11-14")
    windows.start({"DEADLINE_DAYS": None})
