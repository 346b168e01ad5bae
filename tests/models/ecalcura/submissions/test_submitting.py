"""Submitting a trimester: A15 to A18 of ECALCURA, on the rows themselves."""
import datetime

import pytest

from models.audit import AuditEntry
from models.database import database
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.terms import Terms
from models.ecalcura.roles import PRIVACY
from models.ecalcura.submissions import changes, documents, snapshot, submitting
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters import files, reopening
from models.ecalcura.trimesters.calendar import Place, Trimester
from models.ecalcura.trimesters.files import TrimesterFile
from models.errors import Refused, Stale
from tests.hall import in_threads
from tests.models.ecalcura.cast import facility, opened, somebody
from tests.models.ecalcura.submissions.staff import replacing, with_hours

pytestmark = pytest.mark.usefixtures("register", "mailing")
PLACE = Place(2026, 1)
at = datetime.datetime.fromisoformat


@pytest.fixture
def home(register, clock):
    clock(at("2026-10-05 08:30:00"))
    return facility()


@pytest.fixture
def lies(home):
    return somebody(home, PRIVACY, "Lies Dok")


@pytest.fixture
def trimester(home):
    return opened()


def submit(home, by, declared=True, **options):
    return submitting.submit(home, Trimester.get_or_make(*PLACE), by, declared, **options)


def refusal(*arguments, **options):
    with pytest.raises(Refused) as error:
        submit(*arguments, **options)
    return error.value


def staffed(home):
    """A replacement from the pool in the trimester, with nothing left to check."""
    person, made = replacing(home)
    with_hours(home, made)
    return person, made


def file_of(home):
    return TrimesterFile.at(home, Trimester.get_or_make(*PLACE))


def test_nothing_to_enter_is_a_submission_too(home, lies, trimester):
    done = submit(home, lies, nothing=True)
    assert done.made
    assert (file_of(home).state, file_of(home).nothing_to_enter) == ("submitted", True)
    content = snapshot.content_of(done.submission)
    assert content["nothing_to_enter"] is True
    assert content["employees"] == []
    assert content["submitted"] == {
        "at": "2026-10-05T08:30:00", "account": lies.id, "by": "Lies Dok", "late": False,
        "declaration": submitting.DECLARATION}
    entry = AuditEntry.of_tenant(home.id).get()
    assert (entry.event, entry.subject, entry.account_id) == ("trimester-submitted", "2026/1", lies.id)


def test_without_the_declaration_nothing_is_submitted(home, lies, trimester):
    assert refusal(home, lies, declared=False, nothing=True).code == "not_declared"
    assert Submission.select().count() == 0
    assert file_of(home).state == "empty"


def test_nothing_to_enter_and_the_rows_must_agree(home, lies, trimester):
    assert refusal(home, lies).code == "no_rows"
    staffed(home)
    assert refusal(home, lies, nothing=True).code == "nothing_but_rows"


def test_before_its_day_saving_works_and_submitting_tells_the_day(home, lies, clock):
    """A15: from midnight in Brussels on, 22:00 in UTC, it is accepted."""
    opened(submit_from=datetime.date(2026, 10, 6))
    refused = refusal(home, lies, nothing=True)
    assert (refused.code, refused.context["day"]) == ("submit_early", datetime.date(2026, 10, 6))
    clock(at("2026-10-05 21:59:59"))
    assert refusal(home, lies, nothing=True).code == "submit_early"
    clock(at("2026-10-05 22:00:00"))
    assert submit(home, lies, nothing=True).made


def test_after_the_deadline_the_snapshot_says_that_it_is_late(home, lies):
    opened(deadline=datetime.date(2026, 10, 4))
    assert snapshot.content_of(submit(home, lies, nothing=True).submission)["submitted"]["late"] is True


def test_two_colleagues_at_once_make_one_submission(home, lies, trimester):
    """A16."""
    other = somebody(home, PRIVACY, "Jan Claes")
    database.close()
    done = in_threads([lambda by=by: submit(home, by, nothing=True) for by in (lies, other, lies, other)])
    assert sorted(one.made for one in done) == [False, False, False, True]
    assert len({one.submission.id for one in done}) == 1
    assert Submission.select().count() == 1


def test_a_page_that_is_older_than_a_reopening_does_not_submit(home, lies, trimester):
    old = file_of(home).version
    submit(home, lies, nothing=True, version=old)
    reopening.reopen(home, PLACE, "Uren vergeten")
    with pytest.raises(Stale):
        submit(home, lies, nothing=True, version=old)
    assert submit(home, lies, nothing=True, version=file_of(home).version).submission.number == 2


def test_after_reopening_the_second_version_names_the_first_and_the_difference_is_right(home, lies, trimester):
    """A18."""
    first = submit(home, lies, nothing=True).submission
    reopening.reopen(home, PLACE, "Uren vergeten", datetime.date(2026, 10, 20))
    files.refuse_if_submitted(home, [(PLACE.first, None)])
    staffed(home)
    second = submit(home, lies).submission
    assert (second.number, file_of(home).state) == (2, "submitted")
    before, after = snapshot.content_of(first), snapshot.content_of(second)
    assert (after["version"], after["previous"]) == (2, first.sha256)
    assert [(change.kind, change.part) for change in changes.between(before, after)] == [
        ("changed", "facility"), ("added", "employee"), ("added", "contract"),
        ("added", "performance")]
    assert snapshot.is_intact(first)


def test_a_facility_that_the_desk_reopened_submits_also_when_its_kind_is_closed(home, lies):
    opened(deadline=None)
    submit(home, lies, nothing=True)
    reopening.reopen(home, PLACE, "Uren vergeten")
    database.execute_sql("UPDATE trimester_window SET closed = true")
    trimester = Trimester.get_or_make(*PLACE)
    files.refuse_entry_of(home, trimester)
    assert submit(home, lies, nothing=True).made


def test_rows_that_change_round_the_application_change_no_snapshot_and_no_document(home, lies, trimester):
    """A17."""
    person, one = staffed(home)
    submission = submit(home, lies).submission
    documents.make_missing()
    before = [snapshot.open_snapshot(submission), *(documents.document(submission, kind) for kind in ("pdf", "xlsx"))]
    database.execute_sql(f"UPDATE contract SET hours = 100, statute = 'statutair' WHERE id = {one.id}")
    database.execute_sql(f"UPDATE employee SET register_state = 'not_found' WHERE id = {person.id}")
    database.execute_sql("UPDATE facility SET name = 'Iets anders'")
    documents.make_missing()
    again = Submission.get_by_id(submission.id)
    assert before == [snapshot.open_snapshot(again), *(documents.document(again, kind) for kind in ("pdf", "xlsx"))]
    assert snapshot.is_intact(again)


def test_a_check_that_blocks_refuses_the_submission(home, lies, trimester):
    """A8: the register is silent about somebody."""
    person, _ = staffed(home)
    database.execute_sql(f"UPDATE employee SET register_state = 'silent' WHERE id = {person.id}")
    refused = refusal(home, lies)
    assert (refused.code, refused.context["number"] > 0) == ("checks_left", True)
    assert Submission.select().count() == 0


def test_a_snapshot_holds_the_quantities_in_exact_fractions(home, lies, trimester):
    """A11: 46 days of one hour a week and 46 of two are 3/2 a week over a trimester of 92 days."""
    _, made = staffed(home)
    Contract.update(hours=100).where(Contract.id == made.id).execute()
    Terms.create(contract_id=made.id, since=datetime.date(2026, 8, 16), hours=200, full_time=3800)
    [person] = snapshot.content_of(submit(home, lies).submission)["employees"]
    assert (person["quantities"]["hours"], person["quantities"]["fte"]) == ("3/2", "3/76")
    assert person["contracts"][0]["terms"] == [{"since": "2026-08-16", "hours": 200, "full_time": 3800}]
