"""When a facility may enter and submit, and what is frozen. Moments are in UTC, days in Brussels."""
import datetime

import pytest

from models.audit import AuditEntry
from models.database import today
from models.ecalcura.trimesters import files, overview, windows
from models.ecalcura.trimesters.calendar import Place, Trimester
from models.ecalcura.trimesters.files import TrimesterFile
from models.ecalcura.trimesters.windows import TrimesterWindow
from models.errors import Refused
from tests.models.ecalcura.cast import facility, opened, submitted

pytestmark = pytest.mark.usefixtures("register")
OPENS, SUBMITS, DEADLINE = (datetime.date(2026, *day) for day in ((9, 1), (10, 1), (10, 31)))
at = datetime.datetime.fromisoformat


@pytest.fixture
def home(register):
    return facility()


def states(home):
    return {file.trimester.number: file.state for file in TrimesterFile.of(home)}


def refusal(action, *arguments):
    with pytest.raises(Refused) as error:
        action(*arguments)
    return error.value


def test_before_its_day_nothing_is_entered_and_the_refusal_tells_the_day(home, clock):
    """A15: entry opens at midnight in Brussels, which is 22:00 the day before in UTC."""
    trimester = opened(entry_from=OPENS, submit_from=SUBMITS)
    clock(at("2026-08-31 21:59:59"))
    early = refusal(files.refuse_entry_of, home, trimester)
    assert (early.code, early.context["day"]) == ("entry_early", OPENS)
    assert refusal(files.refuse_before_entry, home).context["day"] == OPENS
    clock(at("2026-08-31 22:00:00"))
    files.refuse_entry_of(home, trimester)
    files.refuse_before_entry(home)


def test_before_its_day_nothing_is_submitted_and_from_midnight_in_brussels_on_it_is(home, clock):
    trimester = opened(entry_from=OPENS, submit_from=SUBMITS)
    window = TrimesterWindow.at(home, trimester)
    clock(at("2026-09-30 21:59:59"))
    early = refusal(windows.refuse_submitting, window, trimester.label)
    assert (early.code, early.context["day"]) == ("submit_early", SUBMITS)
    clock(at("2026-09-30 22:00:00"))
    windows.refuse_submitting(window, trimester.label)


def test_after_the_deadline_it_is_late_and_not_refused_until_the_desk_closes(home, clock):
    trimester = opened(entry_from=OPENS, submit_from=SUBMITS, deadline=DEADLINE)
    clock(at("2026-10-31 12:00:00"))
    assert not TrimesterWindow.at(home, trimester).is_late
    clock(at("2026-11-01 12:00:00"))
    window = TrimesterWindow.at(home, trimester)
    assert window.is_late
    windows.refuse_submitting(window, trimester.label)
    assert windows.close_trimester(Place(2026, 1), [home.kind, "ibw"]) == 2
    assert windows.close_trimester(Place(2026, 1), [home.kind]) == 0
    closed = TrimesterWindow.at(home, trimester)
    for action in (windows.refuse_entry, windows.refuse_submitting):
        assert refusal(action, closed, trimester.label).code == "trimester_closed"
    assert refusal(files.refuse_before_entry, home).code == "trimester_closed"


def test_a_trimester_that_the_desk_did_not_open_for_this_kind_is_refused(home):
    trimester = opened(kinds=["ibw"])
    assert refusal(files.refuse_entry_of, home, trimester).code == "trimester_unopened"
    assert refusal(files.refuse_before_entry, home).code == "no_trimester_open"
    opened(submit_from=None)
    window = TrimesterWindow.at(home, trimester)
    assert refusal(windows.refuse_submitting, window, trimester.label).code == "submit_unopened"


@pytest.mark.parametrize("days", [
    (SUBMITS, OPENS, None), (OPENS, SUBMITS, OPENS), (OPENS, None, DEADLINE)])
def test_days_in_the_wrong_order_are_refused(days):
    assert refusal(windows.open_trimester, Place(2026, 1), ["ibw"], *days).code == "window_days"
    assert TrimesterWindow.select().count() == 0


def test_the_desk_changes_the_days_and_each_time_is_recorded(home):
    opened(entry_from=OPENS, submit_from=None, kinds=[home.kind])
    trimester = opened(entry_from=OPENS, submit_from=SUBMITS, deadline=DEADLINE, kinds=[home.kind])
    window = TrimesterWindow.at(home, trimester)
    assert (window.submit_from, window.deadline) == (SUBMITS, DEADLINE)
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    assert (entry.event, entry.subject, entry.actor) == ("trimester-opened", "2026/1", "operator")
    assert entry.details["days"]["deadline"] == "2026-10-31"


def test_data_that_are_entered_move_the_open_trimesters_that_it_touches_to_entry(home, clock):
    clock(at("2026-11-29 12:00:00"))
    for number in (1, 2):
        opened(number=number)
    opened(number=3, entry_from=datetime.date(2027, 1, 1), submit_from=None)
    files.touch(home, datetime.date(2026, 10, 5), datetime.date(2026, 10, 6))
    assert states(home) == {2: "entry"}
    files.touch(home, datetime.date(2019, 1, 1), None)
    assert states(home) == {1: "entry", 2: "entry"}
    TrimesterFile.get_or_make(home, Trimester.get_or_make(2026, 3))
    files.touch(home, datetime.date(2019, 1, 1), None)
    assert states(home)[3] == "empty"
    assert list(TrimesterFile.of(facility("990002"))) == []


def test_days_of_a_submitted_trimester_do_not_change_and_others_do(home):
    """V33: a later end date changes the days after the old end only."""
    submitted(home, number=1)
    opened(number=2)
    refused = refusal(files.refuse_if_submitted, home, [(datetime.date(2026, 9, 30), None)])
    assert (refused.code, refused.context["number"]) == ("trimester_submitted", 1)
    files.refuse_if_submitted(home, [(datetime.date(2026, 10, 1), None), (datetime.date(2020, 1, 1),
                                                                         datetime.date(2026, 6, 30))])
    files.refuse_if_submitted(facility("990002"), [(datetime.date(2026, 9, 30), None)])
    assert refusal(files.refuse_entry_of, home, Trimester.get_or_make(2026, 1)).code == "trimester_submitted"


def test_the_overview_counts_the_facilities_of_each_kind_by_state(home):
    submitted(home, number=1)
    facility("990002")
    facility("990003", successor_id=home.id, merged_on=datetime.date(2026, 1, 1))
    opened(number=2)
    TrimesterFile.get_or_make(home, Trimester.get_or_make(2026, 2), "entry")
    found = [dict(zip(overview.COLUMNS, row, strict=True)) for row in overview.rows()]
    own = {row["number"]: row for row in found if row["kind"] == home.kind}
    assert [own[1][state] for state in files.STATES] == [1, 0, 1, 0, 0]
    assert [own[2][state] for state in files.STATES] == [1, 1, 0, 0, 0]
    assert len(found) == 2 * len(windows.kinds_with_files())
    assert own[1]["entry_from"] <= today()
