"""Many facilities that submit a trimester at the same time."""
from models.ecalcura.submissions import submitting
from tests.models.ecalcura.cast import opened
from views.ecalcura.trimesters import trimesters
from views.shell.lanes import LONG, lane_of

ONE = "/ecalcura/990001/trimesters/2026/1"


def test_facilities_that_submit_at_once_wait_for_each_other_and_no_page_waits(page, home, monkeypatch):
    opened()
    page.sign_in(home.privacy)
    submit, one_at_a_time = submitting.submit, []

    def watched(*values):
        one_at_a_time.append(trimesters.IN_TURN.locked())
        return submit(*values)

    monkeypatch.setattr(submitting, "submit", watched)
    page.post(f"{ONE}/submit", {"declared": "y", "nothing": "y"}, form=ONE)
    assert one_at_a_time == [True]
    assert not trimesters.IN_TURN.locked()
    assert lane_of(page.app.view_functions["trimesters.submit"], "POST") == LONG
