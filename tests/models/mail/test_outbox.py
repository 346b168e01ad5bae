"""Outgoing mail: posted with the change, sealed, delivered once, tried again."""
import datetime
import threading

import pytest

from models.database import database, now, transaction
from models.errors import Refused
from models.mail import outbox
from models.mail.outbox import WAITS, Mail, deliver, post, pretend, refused

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


def test_what_is_posted_is_delivered_once_and_then_emptied(send, sent):
    post("ploeg@voorbeeld.be", "Dag", "Een link: https://voorbeeld.be/geheim")
    assert deliver(send) == 1
    assert sent == [("ploeg@voorbeeld.be", "Dag", "Een link: https://voorbeeld.be/geheim")]
    assert deliver(send) == 0
    mail = Mail.get()
    assert mail.sent_at
    assert mail.sealed_body is None


def test_the_body_is_sealed_while_it_waits():
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


def test_a_refused_mail_is_tried_again_later_and_later_and_shown_to_the_operator(clock, send):
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


def test_a_mail_that_is_refused_each_time_is_given_up_and_emptied(clock, send):
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


def test_one_refused_mail_does_not_hold_up_the_others():
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


def test_of_two_workers_that_saw_the_same_mail_one_may_send_it():
    post("ploeg@voorbeeld.be", "Dag", "link")
    seen_by_one, seen_by_other = Mail.get(), Mail.get()
    assert seen_by_one.claim()
    assert not seen_by_other.claim()


def test_a_worker_that_died_leaves_its_mail_to_the_next(clock, send):
    moment = now()
    clock(moment)
    post("ploeg@voorbeeld.be", "Dag", "link")
    assert Mail.get().claim()
    assert deliver(send) == 0
    clock(moment + outbox.CLAIM)
    assert deliver(send) == 1


def test_nothing_can_be_posted_without_the_key_and_nothing_is_used_up(send):
    post("ploeg@voorbeeld.be", "Dag", "link")
    outbox.use(None)
    with pytest.raises(Refused, match="mail_key"):
        post("ploeg@voorbeeld.be", "Dag", "link")
    assert deliver(send) == 0
    assert Mail.get().tries == 0


def test_pretending_posts_nothing(send):
    pretend("niemand@voorbeeld.be", "Dag", "link")
    assert Mail.select().count() == 0


def test_what_was_delivered_a_month_ago_is_forgotten(clock, send):
    moment = now()
    clock(moment)
    post("ploeg@voorbeeld.be", "Dag", "link")
    deliver(send)
    clock(moment + datetime.timedelta(days=31))
    post("ploeg@voorbeeld.be", "Dag", "link")
    assert Mail.select().count() == 1
