"""Messages about a calculation: sealed, in threads of one facility each, and mailed of without their text."""
import datetime

import peewee
import pytest

from models import names
from models.audit import AuditEntry
from models.database import database, transaction
from models.ecalcura.communication import contacts, threads
from models.ecalcura.communication.contacts import Details
from models.ecalcura.communication.threads import OF_DESK, OF_FACILITY, Message, Thread
from models.ecalcura.roles import FINANCIAL, PRIVACY
from models.errors import Refused, Stale
from tests.hall import in_threads, mails, refusal
from tests.models.ecalcura.calculations.made import a_half_financed, calculation, published
from tests.models.ecalcura.cast import at_desk, facility, somebody

pytestmark = pytest.mark.usefixtures("register", "mailing")
QUESTION = "Waarom tellen de uren van oktober\nniet mee?"
ANSWER = "Ze zijn niet vervangen."
at = datetime.datetime.fromisoformat


@pytest.fixture
def home(register, clock):
    clock(at("2026-11-29 12:00:00"))
    made = facility()
    a_half_financed(made)
    return made


@pytest.fixture
def lies(home):
    return somebody(home, PRIVACY, "Lies Dok")


@pytest.fixture
def desk(home):
    return at_desk()


@pytest.fixture
def thread(home):
    """The thread that publishing a calculation opened."""
    made = Thread.about(home, published().id)
    mails()
    return made


def again(thread):
    return Thread.get_by_id(thread.id)


def sent():
    return sorted((recipient, subject) for recipient, subject, _ in mails())


def test_publishing_a_calculation_opens_a_thread_and_mails_the_contact_persons(home, lies):
    contacts.add(home, Details("kim@voorbeeld.be", "Kim Claes"))
    draft = calculation()
    assert Thread.about(home, draft.id) is None
    made = published()
    thread = Thread.about(home, made.id)
    assert (thread.state, thread.version, list(Message.of(thread))) == ("open", 1, [])
    assert [recipient for recipient, _ in sent()] == ["kim@voorbeeld.be"]


def test_a_question_is_new_then_read_then_answered(home, lies, desk, thread, clock):
    somebody(home, FINANCIAL, "Fien Boon")
    contacts.add(home, Details("kim@voorbeeld.be", "Kim Claes"))
    asked = threads.write(thread, f" {QUESTION}\n\n", 1, lies, OF_FACILITY)
    assert (asked.state, asked.is_answer_new) == ("new", False)
    assert sent() == [("dossier@voorbeeld.be", "Een bericht in eCalcura")]
    assert threads.mark_read(thread, 2, desk, OF_DESK).state == "read"
    assert mails() == []
    answered = threads.write(thread, ANSWER, 2, desk, OF_DESK)
    assert (answered.state, answered.is_answer_new) == ("answered", True)
    assert [recipient for recipient, _ in sent()] == ["fien@voorbeeld.be", "kim@voorbeeld.be", "lies@voorbeeld.be"]
    assert [one.id for one in threads.to_read(home)] == [thread.id]
    assert not threads.mark_read(thread, 3, lies, OF_FACILITY).is_answer_new
    assert threads.to_read(home) == []
    assert [(one.sender, one.text) for one in Message.of(thread)] == [("facility", QUESTION), ("desk", ANSWER)]
    events = [entry.event for entry in AuditEntry.of_tenant(home.id)][::-1][-4:]
    assert events == ["message-sent", "message-read", "message-sent", "message-read"]
    assert threads.write(thread, "En november?", 3, lies, OF_FACILITY).state == "new"


def test_a_mail_says_that_there_is_a_message_and_nothing_of_it(home, lies, desk, thread):
    threads.write(thread, QUESTION, 1, lies, OF_FACILITY)
    threads.write(thread, ANSWER, 2, desk, OF_DESK)
    question, answer = [body for _, _, body in mails()]
    assert f"/ecalcura/desk/messages/{thread.id}" in question
    assert f"/ecalcura/990001/calculations/{thread.calculation_id}/messages" in answer
    for text in ("uren", "oktober", "vervangen", "Lies", "Waarom"):
        assert text not in question + answer


def test_the_desk_is_mailed_once_of_questions_that_it_did_not_read(home, lies, desk, thread):
    threads.write(thread, QUESTION, 1, lies, OF_FACILITY)
    threads.write(thread, "En november?", 2, lies, OF_FACILITY)
    assert len(mails()) == 1


def test_a_message_is_sealed_and_opens_in_no_other_place(home, lies, thread):
    threads.write(thread, QUESTION, 1, lies, OF_FACILITY)
    threads.write(thread, "En november?", 2, lies, OF_FACILITY)
    first, second = Message.of(thread)
    assert b"Waarom" not in bytes(first.sealed)
    for moved in ({"number": 2, "thread_id": thread.id}, {"number": 1, "thread_id": thread.id + 1}):
        assert Message(facility_id=home.id, sealed=first.sealed, **moved).text == threads.UNREADABLE
    names.use(None)
    assert first.text == threads.UNREADABLE
    assert refusal(threads.write, thread, QUESTION, 3, lies, OF_FACILITY) == "names_key"
    assert Message.select().count() == 2


@pytest.mark.parametrize(("text", "code"), [
    ("", "message_text"), (" \n \n", "message_text"), ("x" * 2001, "message_text"), ("een\x07bel", "message_text"),
    ("Over 57.01.01-000.10", "text_number"), ("Over 570101\n000 10", "text_number")])
def test_a_text_that_is_empty_long_or_holds_a_number_is_refused(lies, thread, text, code):
    assert refusal(threads.write, thread, text, 1, lies, OF_FACILITY) == code
    assert (again(thread).state, mails()) == ("open", [])


def test_of_two_dossier_managers_who_answer_at_once_one_sees_the_other(home, lies, desk, thread):
    threads.write(thread, QUESTION, 1, lies, OF_FACILITY)
    other = at_desk(name="tweede")
    done = in_threads([lambda by=by: threads.write(thread, ANSWER, 2, by, OF_DESK) for by in (desk, other)])
    [stale] = [one for one in done if isinstance(one, Refused)]
    assert isinstance(stale, Stale)
    assert stale.current.state == "answered"
    assert Message.select().count() == 2


def test_a_form_that_is_sent_again_adds_nothing(lies, thread):
    names.make_ready(thread.facility_id)
    in_threads([lambda: threads.write(thread, QUESTION, 1, lies, OF_FACILITY, "f")] * 2)
    assert Message.select().count() == 1
    assert len(mails()) == 0


def test_a_message_that_came_meanwhile_is_not_marked_as_read(lies, desk, thread):
    threads.write(thread, QUESTION, 1, lies, OF_FACILITY)
    threads.write(thread, "En november?", 2, lies, OF_FACILITY)
    with pytest.raises(Stale):
        threads.mark_read(thread, 2, desk, OF_DESK)
    assert again(thread).state == "new"
    for _ in range(2):
        assert threads.mark_read(thread, 3, desk, OF_DESK).state == "read"
    assert AuditEntry.select().where(AuditEntry.event == "message-read").count() == 1


def test_the_desk_lists_threads_with_a_message_those_to_read_first(home, lies, desk, clock):
    made = []
    for hour in range(4):
        other = facility(f"99010{hour}", name=f"Huis {hour}")
        a_half_financed(other, number=hour + 1)
        clock(at(f"2026-11-30 1{hour}:00:00"))
        made.append(Thread.about(other, published("advance", number=hour + 1).id))
    answered, read, new, _ = made
    for thread in (new, read, answered):
        threads.write(thread, QUESTION, 1, lies, OF_FACILITY)
    threads.mark_read(read, 2, desk, OF_DESK)
    threads.write(answered, ANSWER, 2, desk, OF_DESK)
    found = threads.listing()
    assert [one.id for one, _ in found.rows] == [new.id, read.id, answered.id]
    assert (found.new, found.total, found.rows[0][1].name) == (1, 3, "Huis 2")


def test_the_database_keeps_messages_and_threads_of_published_calculations(home, lies, thread):
    threads.write(thread, QUESTION, 1, lies, OF_FACILITY)
    a_half_financed(home, number=2)
    draft = calculation(number=2)
    for piece, statement in (
            ("message_is_kept", "UPDATE message SET sender = 'desk'"),
            ("message_thread_stays", f"UPDATE message_thread SET calculation_id = {draft.id}"),
            ("(?i)check", "UPDATE message_thread SET answer_read = true"),
            ("(?i)check", "UPDATE message_thread SET state = 'weg'")):
        with pytest.raises(peewee.IntegrityError, match=piece), transaction():
            database.execute_sql(statement)
    with pytest.raises(peewee.IntegrityError, match="message_thread_published"), transaction():
        threads.open_thread(draft.id, home.id)
    with pytest.raises(peewee.IntegrityError), transaction():
        threads.open_thread(thread.calculation_id, facility("990002").id)
    with pytest.raises(peewee.IntegrityError), transaction():
        threads.open_thread(thread.calculation_id, home.id)
