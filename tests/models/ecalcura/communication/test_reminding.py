"""Reminding exactly the facilities without a contact person."""
import datetime

import pytest

from models.accounts.grants import Grant
from models.audit import AuditEntry
from models.ecalcura.communication import contacts, reminding
from models.ecalcura.communication.contacts import Details
from models.ecalcura.communication.reminding import ContactReminder
from models.ecalcura.roles import COLLEAGUE, FINANCIAL, PRIVACY
from tests.factories import days
from tests.hall import in_threads, mails, refusal
from tests.models.ecalcura.cast import at_desk, facility, manager, somebody

pytestmark = pytest.mark.usefixtures("register", "mailing")
at = datetime.datetime.fromisoformat
KIM = Details("kim@voorbeeld.be", "Kim Claes")


@pytest.fixture
def five(register, clock):
    """Facilities 990001 (a contact person), 990002 and 990003 (none), one that merged, and a short stay."""
    clock(at("2026-11-29 12:00:00"))
    found = {hco: facility(hco, name=f"Huis {hco}") for hco in ("990001", "990002", "990003")}
    found["990004"] = facility("990004", name="Huis 990004", successor_id=found["990001"].id, merged_on=days(-1),
                               email="oud@voorbeeld.be")
    found["990005"] = facility("990005", "kortverblijf", "Kort", parent_id=found["990002"].id, email="kv@voorbeeld.be")
    contacts.add(found["990001"], KIM)
    manager(found["990001"], "Ann Maes")
    manager(found["990002"], "Bob Nijs")
    somebody(found["990002"], PRIVACY, "Cas Dok")
    somebody(found["990002"], COLLEAGUE, "Dirk Bos")
    somebody(found["990002"], FINANCIAL, "Els Pols").block()
    somebody(found["990004"], PRIVACY, "Fien Boon")
    mails()
    return found


@pytest.fixture(autouse=True)
def _counted_alike(register, mailing, five):
    """After each test the number that is counted is that of the facilities that are read."""
    yield
    assert reminding.number_due() == len(reminding.overview().due)


def reminded():
    return sorted((one.facility_id, one.made_at) for one in ContactReminder.select())


def test_exactly_the_facilities_without_a_contact_person_are_mailed(five):
    """A21: not one that merged or that falls under another; nobody without a role and nobody who is blocked."""
    five["990003"].email = "huis3@voorbeeld.be"
    five["990003"].save()
    desk = at_desk()
    assert reminding.remind(desk, "f") == 2
    sent = mails()
    assert sorted(recipient for recipient, *_ in sent) == ["bob@voorbeeld.be", "cas@voorbeeld.be", "huis3@voorbeeld.be"]
    assert {subject for _, subject, _ in sent} == {"Geen contactpersoon voor eCalcura"}
    body = next(body for recipient, _, body in sent if recipient == "huis3@voorbeeld.be")
    assert "Huis 990003 heeft nog geen contactpersoon voor eCalcura." in " ".join(body.split())
    assert "/ecalcura/990003/contacts" in body
    assert [one[0] for one in reminded()] == [five["990002"].id, five["990003"].id]
    entry = AuditEntry.of_tenant(five["990003"].id).get()
    assert (entry.event, entry.account_id) == ("contacts-reminded", desk.id)
    assert not AuditEntry.of_tenant(five["990001"].id).where(AuditEntry.event == "contacts-reminded").exists()


def test_a_facility_that_nobody_reads_mail_for_is_listed_and_gets_no_reminder(five):
    assert reminding.remind(None, "f") == 1
    lacking = {one.facility.hco: one for one in reminding.overview().lacking}
    assert set(lacking) == {"990002", "990003"}
    assert lacking["990003"].recipients == []
    assert lacking["990003"].reminded_at is None
    assert lacking["990002"].reminded_at == at("2026-11-29 12:00:00")


def test_the_overview_counts_the_facilities_that_need_a_contact_person(five):
    found = reminding.overview()
    assert found.total == 3
    assert [(one.hco, number) for one, number in found.others] == [("990001", 1)]
    # A merger that is yet to come.
    five["990003"].update(successor_id=five["990001"].id, merged_on=days(1)).where(
        type(five["990003"]).id == five["990003"].id).execute()
    assert reminding.overview().total == 3


def test_within_seven_days_it_asks_whom_to_remind(five, clock):
    reminding.remind(None, "first")
    mails()
    clock(at("2026-12-06 11:59:59"))
    somebody(five["990003"], PRIVACY, "Gert Bos")
    assert refusal(reminding.remind, None, "second") == "reminded_lately"
    assert refusal(reminding.remind, None, "second", "iedereen") == "reminded_lately"
    assert mails() == []
    assert reminding.remind(None, "second", reminding.OTHERS) == 1
    assert [recipient for recipient, *_ in mails()] == ["gert@voorbeeld.be"]
    assert reminding.remind(None, "third", reminding.ALL) == 2
    assert len(reminded()) == 4


def test_after_seven_days_it_asks_nothing(five, clock):
    reminding.remind(None, "first")
    clock(at("2026-12-06 12:00:00"))
    assert reminding.remind(None, "second") == 1


def test_a_form_that_is_sent_again_and_a_colleague_at_the_same_moment_mail_once(five):
    assert in_threads([lambda: reminding.remind(None, "f")] * 2) == [1, 1]
    assert refusal(reminding.remind, None, "g") == "reminded_lately"
    assert len(mails()) == 2
    assert len(reminded()) == 1


def test_a_contact_person_for_another_theme_is_not_one_for_this_theme(five):
    contacts.add(five["990002"], KIM, theme="ander")
    assert "990002" in [one.facility.hco for one in reminding.overview().lacking]


def test_a_role_that_ended_is_mailed_no_more(five):
    for grant in Grant.select().where(Grant.tenant_id == five["990002"].id, Grant.role == "privacy"):
        grant.end()
    reminding.remind(None, "f")
    assert [recipient for recipient, *_ in mails()] == ["bob@voorbeeld.be"]
