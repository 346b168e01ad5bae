"""The outbox: a mail is stored with the change, sealed, delivered once and tried again when refused."""
import datetime
import threading

import pytest

from models import patience
from models.database import database, is_sqlite, now, transaction
from models.errors import Refused
from models.mail import outbox
from models.mail.outbox import CLAIM, WAITS, Mail, deliver, post, pretend, refused
from tests.locks import held

KEY = bytes(32)


@pytest.fixture(autouse=True)
def sealed(register):
    outbox.use(KEY)
    yield
    outbox.use(None)


@pytest.fixture
def sent():
    return []


@pytest.fixture
def send(sent):
    return lambda *mail: sent.append(mail)


def failing(*_mail):
    raise OSError("450 mailbox\r\nunavailable")


def test_a_posted_mail_is_delivered_once_and_its_body_removed(send, sent):
    post("ploeg@voorbeeld.be", "Dag", "Een link: https://voorbeeld.be/geheim")
    assert deliver(send) == 1
    assert sent == [("ploeg@voorbeeld.be", "Dag", "Een link: https://voorbeeld.be/geheim")]
    assert deliver(send) == 0
    mail = Mail.get()
    assert mail.sent_at
    assert mail.sealed_body is None


def test_a_mail_that_was_sent_when_a_lock_began_is_not_sent_twice(send, sent, database_url, monkeypatch):
    if not is_sqlite():
        pytest.skip("PostgreSQL waits in the server")
    lock, pauses = held(database_url), []

    def send_and_lock(*mail):
        send(*mail)
        lock.__enter__()

    def pause(seconds):
        pauses.append(seconds)
        if len(pauses) == 100:
            lock.__exit__(None, None, None)

    monkeypatch.setattr(patience, "pause", pause)
    post("ploeg@voorbeeld.be", "Dag", "geheime link")
    assert deliver(send_and_lock) == 1
    assert len(pauses) == 100
    assert Mail.get().sent_at
    assert CLAIM.total_seconds() > patience.OF_COMMANDS


def test_the_body_is_stored_sealed():
    post("ploeg@voorbeeld.be", "Dag", "geheime link")
    assert b"geheim" not in bytes(Mail.get().sealed_body)


def test_a_body_that_was_moved_to_another_mail_is_not_delivered(send, sent):
    post("ploeg@voorbeeld.be", "Dag", "geheime link")
    Mail.update(recipient="dief@voorbeeld.be").execute()
    assert deliver(send) == 0
    assert sent == []
    assert "cannot be opened" in refused().get().refusal


def test_a_change_that_is_rolled_back_sends_nothing(send):
    with transaction() as change:
        post("ploeg@voorbeeld.be", "Dag", "geheime link")
        change.rollback()
    assert deliver(send) == 0


def test_a_refused_mail_is_tried_again_at_growing_intervals_and_shown_to_the_operator(clock, send):
    moment = now()
    clock(moment)
    post("ploeg@voorbeeld.be", "Dag", "link")
    for tries, wait in enumerate(WAITS, 1):
        assert deliver(failing) == 0
        mail = refused().get()
        assert (mail.tries, mail.refusal, mail.given_up) == (tries, "OSError: 450 mailbox unavailable", False)
        clock(moment + wait - datetime.timedelta(seconds=1))
        assert deliver(send) == 0
        moment += wait
        clock(moment)
    assert deliver(send) == 1
    assert refused().count() == 0


def test_a_mail_that_is_always_refused_is_given_up_and_its_body_removed(clock, send):
    moment = now()
    post("ploeg@voorbeeld.be", "Dag", "link")
    for wait in [*WAITS, datetime.timedelta(days=10)]:
        clock(moment)
        deliver(failing)
        moment += wait
    clock(moment)
    assert deliver(send) == 0
    assert refused().get().given_up
    assert Mail.get().sealed_body is None


def test_a_refused_mail_does_not_delay_the_others():
    post("weg@voorbeeld.be", "Dag", "link")
    post("ploeg@voorbeeld.be", "Dag", "link")
    sent = []

    def send(recipient, *_):
        if recipient == "weg@voorbeeld.be":
            raise OSError("no such mailbox")
        sent.append(recipient)

    assert deliver(send) == 1
    assert sent == ["ploeg@voorbeeld.be"]


def test_several_workers_send_each_mail_once():
    for number in range(20):
        post("ploeg@voorbeeld.be", f"Mail {number}", "link")
    sent = []
    start = threading.Barrier(4)

    def work():
        start.wait(10)
        deliver(lambda _recipient, subject, _body: sent.append(subject))
        database.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == sorted(f"Mail {number}" for number in range(20))


def test_of_two_workers_that_found_a_mail_only_one_sends_it():
    post("ploeg@voorbeeld.be", "Dag", "link")
    seen_by_one, seen_by_other = Mail.get(), Mail.get()
    assert seen_by_one.claim()
    assert not seen_by_other.claim()


def test_a_mail_of_a_dead_worker_is_sent_by_another(clock, send):
    moment = now()
    clock(moment)
    post("ploeg@voorbeeld.be", "Dag", "link")
    assert Mail.get().claim()
    assert deliver(send) == 0
    clock(moment + outbox.CLAIM)
    assert deliver(send) == 1


def test_without_the_key_no_mail_is_posted_and_no_try_is_used_up(send):
    post("ploeg@voorbeeld.be", "Dag", "link")
    outbox.use(None)
    with pytest.raises(Refused, match="mail_key"):
        post("ploeg@voorbeeld.be", "Dag", "link")
    assert deliver(send) == 0
    assert Mail.get().tries == 0


def test_a_pretended_mail_is_not_posted(send):
    pretend("niemand@voorbeeld.be", "Dag", "link")
    assert Mail.select().count() == 0


def test_a_mail_that_was_delivered_a_month_ago_is_deleted(clock, send):
    moment = now()
    clock(moment)
    post("ploeg@voorbeeld.be", "Dag", "link")
    deliver(send)
    clock(moment + datetime.timedelta(days=31))
    post("ploeg@voorbeeld.be", "Dag", "link")
    assert Mail.select().count() == 1
