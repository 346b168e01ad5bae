"""Resident data of a trimester: sums alone, checked (V29), and frozen by the submission of the trimester."""
import io

import openpyxl
import peewee
import pytest

from models.audit import AuditEntry
from models.database import transaction
from models.ecalcura.checks import checks
from models.ecalcura.contracts import lists
from models.ecalcura.deliveries import residents
from models.ecalcura.deliveries.residents import ResidentCount, ResidentData
from models.ecalcura.roles import PRIVACY
from models.ecalcura.submissions import changes, contents, snapshot, submitting, workbook
from models.ecalcura.trimesters import reopening
from models.ecalcura.trimesters.calendar import Place
from models.ecalcura.trimesters.files import TrimesterFile
from tests.hall import refusal
from tests.models.ecalcura.cast import opened, somebody, submitted

pytestmark = pytest.mark.usefixtures("mailing")
# Sums that are right: 10 places in two care profiles, for the 92 days of the trimester.
RIGHT = {("O", "places"): 4, ("A", "places"): 6, ("total", "places"): 10,
         ("O", "days"): 360, ("A", "days"): 540, ("total", "days"): 900}


@pytest.fixture
def trimester(home):
    lists.store()
    return opened()


def save(home, trimester, version=None, **changed):
    """Save the right sums, with other values for `O_days` and the like."""
    counts = RIGHT | {tuple(name.rsplit("_", 1)): amount for name, amount in changed.items()}
    residents.save_residents(home, trimester, counts, version or ResidentData.at(home, trimester).version)


def sums(home, trimester):
    """(sum, total) of each V29."""
    return [tuple(check.values.values()) for check in checks.of_facility(home, trimester) if check.code == "V29"]


def test_right_sums_are_saved_and_nothing_holds_them_up(home, trimester):
    save(home, trimester)
    assert residents.counts_of(home, trimester) == RIGHT
    assert sums(home, trimester) == []
    assert TrimesterFile.at(home, trimester).state == "entry"
    assert [entry.event for entry in AuditEntry.of_tenant(home.id)] == ["residents-changed"]


@pytest.mark.parametrize(("changed", "found"), [
    ({"total_days": 901}, [(900, 901)]), ({"total_places": None}, [(10, 0)]),
    ({"A_days": 560, "total_days": 920}, []), ({"A_days": 561, "total_days": 921}, [(921, 920)]),
    ({"A_days": 561}, [(921, 900), (921, 920)])])
def test_parts_that_differ_from_their_total_and_more_days_than_places_are_v29(home, trimester, changed, found):
    """Ten places × 92 days are 920."""
    save(home, trimester, **changed)
    assert sums(home, trimester) == found


def test_without_places_by_profile_those_of_the_facility_bound_the_days(home, trimester):
    home.places = 9
    home.save()
    save(home, trimester, O_places=None, A_places=None, total_places=None)
    assert sums(home, trimester) == [(900, 9 * 92)]


def test_a_wrong_sum_holds_the_submission_up(home, trimester):
    lies = somebody(home, PRIVACY, "Lies Dok")
    save(home, trimester, total_days=901)
    assert refusal(submitting.submit, home, trimester, lies, True) == "checks_left"
    save(home, trimester)
    assert submitting.submit(home, trimester, lies, declared=True).made


def test_a_facility_without_staff_submits_its_resident_data_alone(home, trimester):
    lies = somebody(home, PRIVACY, "Lies Dok")
    assert not contents.has_rows(home, trimester)
    save(home, trimester)
    assert contents.has_rows(home, trimester)
    assert refusal(submitting.submit, home, trimester, lies, True, True) == "nothing_but_rows"
    taken = snapshot.content_of(submitting.submit(home, trimester, lies, declared=True).submission)
    assert taken["employees"] == []
    assert taken["residents"]["rows"][0] == {"field": "O", "label": "Zorgprofiel O", "places": 4, "days": 360}
    assert taken["residents"]["rows"][-1] == {"field": "total", "label": "Totaal", "places": 10, "days": 900}


def test_the_submission_freezes_them_also_round_the_application(home, trimester):
    """A17, V33."""
    save(home, trimester)
    submitted(home)
    assert refusal(save, home, trimester, None) == "trimester_submitted"
    data = ResidentData.get()
    for change in (ResidentCount.update(amount=1), ResidentCount.delete(),
                   ResidentCount.insert(resident_data_id=data.id, field="B", measure="days", amount=1)):
        with pytest.raises(peewee.IntegrityError, match="resident_data_frozen"), transaction():
            change.execute()


def test_a_new_version_tells_what_changed_and_an_older_snapshot_stays_readable(home, trimester):
    lies = somebody(home, PRIVACY, "Lies Dok")
    save(home, trimester)
    first = snapshot.content_of(submitting.submit(home, trimester, lies, declared=True).submission)
    reopening.reopen(home, Place(2026, 1), "Dagen vergeten")
    save(home, trimester, O_days=361, total_days=901)
    second = snapshot.content_of(submitting.submit(home, trimester, lies, declared=True).submission)
    assert [(one.row, one.before, one.after) for one in changes.between(first, second) if one.part == "residents"] == [
        (("Zorgprofiel O", "Gefactureerde dagen"), 360, 361), (("Totaal", "Gefactureerde dagen"), 900, 901)]
    before = {key: value for key, value in first.items() if key != "residents"}
    assert {one.kind for one in changes.between(before, second)} == {"added"}
    book = openpyxl.load_workbook(io.BytesIO(workbook.make(second, "0" * 64)))
    assert [cell.value for cell in book["Bewonersgegevens"][2]] == ["Zorgprofiel O", 4, 361]
    assert "Bewonersgegevens" not in openpyxl.load_workbook(io.BytesIO(workbook.make(before, "0" * 64))).sheetnames


def test_nothing_is_saved_before_the_trimester_opens_or_from_an_older_form(home, trimester):
    assert refusal(save, home, opened(number=2, submit_from=None, entry_from=trimester.last.replace(year=2099))
                   ) == "entry_early"
    save(home, trimester)
    save(home, trimester, 1)
    assert ResidentData.at(home, trimester).version == 2
    assert refusal(lambda: save(home, trimester, 1, O_days=1)) == "stale"


def test_a_template_is_filled_in_and_read(home, trimester):
    save(home, trimester)
    book = openpyxl.load_workbook(io.BytesIO(residents.template(home, trimester)))
    rows = [[cell.value for cell in row] for row in book["Bewonersgegevens"].rows]
    assert rows[:2] == [["Code", "Omschrijving", "Erkende plaatsen", "Gefactureerde dagen", "Versie"],
                        ["O", "Zorgprofiel O", 4, 360, "2026/1 v2"]]
    assert rows[-1] == ["total", "Totaal", 10, 900, "2026/1 v2"]
    book.active["D2"] = 361
    content = io.BytesIO()
    book.save(content)
    assert residents.read(home, trimester, content).refused == 0
    assert residents.counts_of(home, trimester) == RIGHT | {("O", "days"): 361}
