"""Asking the desk to reopen a trimester, and reopening it."""
import datetime

import peewee
import pytest

from models.audit import AuditEntry
from models.database import now, transaction
from models.ecalcura.communication import contacts
from models.ecalcura.communication.contacts import Details
from models.ecalcura.roles import FINANCIAL, PRIVACY
from models.ecalcura.trimesters import files, reopening
from models.ecalcura.trimesters.calendar import Place, Trimester
from models.ecalcura.trimesters.files import CLOSED, SUBMITTED, TrimesterFile
from tests.hall import mails, refusal
from tests.models.ecalcura.cast import at_desk, facility, opened, somebody, submitted

pytestmark = pytest.mark.usefixtures("register", "mailing")
PLACE = Place(2026, 1)
DAY = datetime.date(2026, 9, 30)
REASON = "Uren van een vervanger vergeten"
at = datetime.datetime.fromisoformat


@pytest.fixture
def home(register, clock):
    clock(at("2026-11-29 12:00:00"))
    made = facility()
    submitted(made)
    return made


def file_of(home):
    return TrimesterFile.at(home, Trimester.get_or_make(*PLACE))


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 501])
def test_a_trimester_is_not_reopened_without_a_reason(home, reason):
    """A18."""
    assert refusal(reopening.reopen, home, PLACE, reason) == "reopen_reason"
    assert file_of(home).state == "submitted"


def test_the_privacy_role_is_mailed_when_the_desk_reopens_and_the_reason_is_not_in_the_mail(home):
    somebody(home, PRIVACY, "Lies Dok")
    somebody(home, FINANCIAL, "Jan Claes")
    reopening.reopen(home, PLACE, REASON, datetime.date(2026, 12, 15))
    [(recipient, _, text)] = mails()
    assert recipient == "lies@voorbeeld.be"
    assert "trimester 1 (jul–sep 2026)" in text
    assert "15/12/2026" in text
    assert "vervanger" not in text
    assert "Lies" not in text
    entry = AuditEntry.of_tenant(home.id).get()
    assert (entry.event, entry.subject) == ("trimester-reopened", "2026/1")
    files.refuse_if_submitted(home, [(DAY, None)])


def test_the_contact_persons_are_mailed_too_and_nobody_twice(home):
    somebody(home, PRIVACY, "Lies Dok")
    for email in ("lies@voorbeeld.be", "kim@voorbeeld.be"):
        contacts.add(home, Details(email, "Kim Claes"))
    reopening.reopen(home, PLACE, REASON)
    assert [recipient for recipient, *_ in mails()] == ["kim@voorbeeld.be", "lies@voorbeeld.be"]


def test_after_the_day_that_the_desk_set_nothing_changes_any_more(home, clock):
    reopening.reopen(home, PLACE, REASON, datetime.date(2026, 12, 15))
    clock(at("2026-12-15 12:00:00"))
    files.refuse_if_submitted(home, [(DAY, None)])
    clock(at("2026-12-16 12:00:00"))
    assert refusal(files.refuse_if_submitted, home, [(DAY, None)]) == "reopened_ended"
    reopening.reopen(home, PLACE, REASON, datetime.date(2026, 12, 20))
    files.refuse_if_submitted(home, [(DAY, None)])


def test_a_trimester_that_is_not_submitted_or_closed_is_not_reopened(home):
    opened(number=2)
    assert refusal(reopening.reopen, home, Place(2026, 2), REASON) == "not_submitted"
    assert refusal(reopening.reopen, home, PLACE, REASON, datetime.date(2026, 11, 28)) == "reopen_past"
    file_of(home).move("closed")
    assert refusal(reopening.reopen, home, PLACE, REASON) == "trimester_final"


def test_a_facility_asks_once_and_the_desk_sees_it_until_it_reopens(home):
    by = somebody(home, PRIVACY, "Lies Dok")
    trimester = Trimester.get_or_make(*PLACE)
    for _ in range(2):
        reopening.ask_to_reopen(home, trimester, f" {REASON}\n", by)
    assert reopening.requests() == [
        ("990001", "Woonzorgcentrum De Linde", PLACE, datetime.date(2026, 11, 29), REASON)]
    assert [entry.event for entry in AuditEntry.of_tenant(home.id)].count("reopening-asked") == 1
    reopening.reopen(home, PLACE, REASON)
    assert reopening.requests() == []
    assert refusal(reopening.ask_to_reopen, home, trimester, REASON, by) == "not_submitted"


@pytest.mark.parametrize("number", ["57.01.01-000.10", "57010100010", "570101 000/10"])
def test_a_reason_holds_no_number_of_a_person(home, number):
    by = somebody(home, PRIVACY, "Lies Dok")
    assert refusal(reopening.ask_to_reopen, home, Trimester.get_or_make(*PLACE), f"Zie {number}", by) == "text_number"


def test_the_desk_refuses_with_an_answer_that_is_mailed_without_it_and_read_on_the_page(home):
    by, desk = somebody(home, PRIVACY, "Lies Dok"), at_desk()
    trimester = Trimester.get_or_make(*PLACE)
    reopening.ask_to_reopen(home, trimester, REASON, by)
    version = file_of(home).version
    assert refusal(reopening.refuse_to_reopen, home, PLACE, " ", desk, version) == "reopen_reason"
    reopening.refuse_to_reopen(home, PLACE, "De uren staan er al", desk, version)
    assert reopening.requests() == []
    assert (file_of(home).state, file_of(home).refused_reason) == ("submitted", "De uren staan er al")
    [(recipient, subject, text)] = mails()
    assert (recipient, subject) == ("lies@voorbeeld.be", "Een trimester is niet heropend in eCalcura")
    assert "uren" not in text
    entry = AuditEntry.of_tenant(home.id).get()
    assert (entry.event, entry.subject, entry.account_id) == ("reopening-refused", "2026/1", desk.id)
    # A second answer, of a colleague or by a second click.
    assert refusal(reopening.refuse_to_reopen, home, PLACE, "Nee", desk, version) == "stale"
    assert refusal(reopening.refuse_to_reopen, home, PLACE, "Nee", desk, file_of(home).version) == "stale"
    reopening.ask_to_reopen(home, trimester, REASON, by)
    assert (file_of(home).refused_at, file_of(home).refused_reason) == (None, "")


def test_an_answer_is_gone_once_the_trimester_is_in_another_state(home):
    by, desk = somebody(home, PRIVACY, "Lies Dok"), at_desk()
    reopening.ask_to_reopen(home, Trimester.get_or_make(*PLACE), REASON, by)
    reopening.refuse_to_reopen(home, PLACE, "De uren staan er al", desk, file_of(home).version)
    file_of(home).move(SUBMITTED)
    assert file_of(home).refused_reason == "De uren staan er al"
    file_of(home).move(CLOSED)
    assert (file_of(home).refused_at, file_of(home).refused_reason) == (None, "")


def test_the_database_keeps_no_answer_beside_a_newer_question(home):
    change = TrimesterFile.update(asked_at=now(), asked_reason=REASON, refused_at=now(), refused_reason="Nee")
    with pytest.raises(peewee.IntegrityError, match="trimester_file_asked_again"), transaction():
        change.execute()


def test_a_page_made_before_a_colleague_reopened_reopens_nothing(home):
    version = file_of(home).version
    reopening.reopen(home, PLACE, REASON, version=version)
    assert refusal(reopening.reopen, home, PLACE, REASON, None, None, False, version) == "stale"
    assert len([entry for entry in AuditEntry.of_tenant(home.id) if entry.event == "trimester-reopened"]) == 1
