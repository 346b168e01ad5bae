"""Reminding facilities that have not submitted a trimester."""
import datetime
from types import SimpleNamespace

import pytest

from models.accounts.accounts import Account
from models.audit import AuditEntry
from models.database import database
from models.ecalcura.communication import contacts
from models.ecalcura.communication.contacts import Details
from models.ecalcura.progress import reminders
from models.ecalcura.progress.listing import ALL, Chosen, every_row
from models.ecalcura.progress.reminders import Reminder
from models.ecalcura.roles import FINANCIAL, PRIVACY
from models.ecalcura.trimesters.calendar import Place
from tests.hall import in_threads, mails
from tests.models.ecalcura.cast import at_desk, facility, opened, somebody, submitted

pytestmark = pytest.mark.usefixtures("register", "mailing")
PLACE = Place(2026, 1)
DEADLINE = datetime.date(2026, 10, 31)
at = datetime.datetime.fromisoformat


@pytest.fixture
def there(register, clock):
    """Four facilities: with an officer, with one whose login is blocked, without one, and one that submitted."""
    clock(at("2026-10-20 12:00:00"))
    made = {name: facility(hco, name=name) for name, hco in (
        ("De Eik", "990001"), ("De Beuk", "990002"), ("De Berk", "990003"), ("De Den", "990004"))}
    opened(deadline=DEADLINE)
    somebody(made["De Eik"], PRIVACY, "Lies Dok")
    somebody(made["De Eik"], FINANCIAL, "Fien Boon")
    blocked = somebody(made["De Beuk"], PRIVACY, "Piet Roels")
    Account.update(blocked=True).where(Account.id == blocked.id).execute()
    submitted(made["De Den"], deadline=DEADLINE)
    somebody(made["De Den"], PRIVACY, "Jan Claes")
    return SimpleNamespace(ids=[one.id for one in made.values()], eik=made["De Eik"], desk=at_desk())


def names(rows):
    return [row.name for row in rows]


def test_exactly_those_who_may_submit_are_mailed_and_the_others_are_named_with_the_reason(there):
    done = reminders.remind(PLACE, there.ids, there.desk)
    assert (names(done.mailed), names(done.nobody), names(done.sent_in)) == (
        ["De Eik"], ["De Berk", "De Beuk"], ["De Den"])
    [(recipient, subject, text)] = mails()
    assert recipient == "lies@voorbeeld.be"
    assert subject == "Een trimester is nog niet ingediend in eCalcura"
    assert "Voor De Eik is trimester 1 (jul–sep 2026) nog niet ingediend. De uiterste dag is 31/10/2026." in text
    assert "https://loket.voorbeeld.be/ecalcura/990001/trimesters/2026/1" in text
    assert "Lies" not in text
    entry = AuditEntry.of_tenant(there.eik.id).get()
    assert (entry.event, entry.subject, entry.account_id) == ("reminder-sent", "2026/1", there.desk.id)
    [row] = Reminder.select()
    assert (row.facility_id, row.account_id, row.sent_at) == (there.eik.id, there.desk.id, at("2026-10-20 12:00:00"))
    assert reminders.last_sent(PLACE, there.ids) == {there.eik.id: at("2026-10-20 12:00:00")}


def test_within_seven_days_it_asks_before_a_second_mail_and_after_them_it_does_not(there, clock):
    reminders.remind(PLACE, there.ids, there.desk)
    clock(at("2026-10-27 11:59:00"))
    asked = reminders.remind(PLACE, there.ids, there.desk)
    assert [(row.name, moment) for row, moment in asked.again] == [("De Eik", at("2026-10-20 12:00:00"))]
    assert asked.mailed == []
    assert len(mails()) == 1
    assert names(reminders.remind(PLACE, there.ids, there.desk, "k", asked.last).mailed) == ["De Eik"]
    # The same answer posted twice mails once, and that of a second browser is asked about again.
    assert names(reminders.remind(PLACE, there.ids, there.desk, "k", asked.last).mailed) == ["De Eik"]
    assert reminders.remind(PLACE, there.ids, there.desk, "l", asked.last).again
    assert len(mails()) == 1
    clock(at("2026-11-04 12:00:00"))
    assert names(reminders.remind(PLACE, there.ids, there.desk).mailed) == ["De Eik"]
    assert "De uiterste dag was 31/10/2026." in mails()[-1][2]


def test_contact_persons_are_mailed_too_and_somebody_who_is_both_once(there):
    contacts.add(there.eik, Details("lies@voorbeeld.be", "Lies Dok"))
    contacts.add(facility("990009", name="De Els"), Details("kim@voorbeeld.be", "Kim Bos"))
    rows = {row.name: row for row in every_row(PLACE, Chosen(ALL))}
    assert [name for name, row in rows.items() if row.has_contact] == ["De Eik", "De Els"]
    reminders.remind(PLACE, [row.facility_id for row in rows.values()], there.desk)
    assert sorted(recipient for recipient, *_ in mails()) == ["kim@voorbeeld.be", "lies@voorbeeld.be"]


def test_of_two_at_the_desk_who_remind_at_once_one_is_asked(there):
    other = at_desk(name="tweede")
    done = in_threads([lambda by=by: reminders.remind(PLACE, there.ids, by) for by in (there.desk, other)])
    assert sorted(len(one.mailed) for one in done) == [0, 1]
    assert sorted(len(one.again) for one in done) == [0, 1]
    assert Reminder.select().count() == 1


def test_a_reminder_that_was_sent_is_not_changed(there):
    reminders.remind(PLACE, there.ids, there.desk)
    with pytest.raises(Exception, match="reminder_is_kept"), database.atomic():
        Reminder.update(facility_id=there.ids[1]).execute()
