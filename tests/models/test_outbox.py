"""Outgoing mail: posted with the change, sealed, delivered once, tried again."""
import datetime
import email
import email.policy
import stat
import threading

import pytest

from models import outbox
from models.database import Refused, now, transaction
from models.outbox import WAITS, Mail, deliver, post, pretend, refused
from models.postman import carrier

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
    assert (mail.sent_at, mail.sealed_body) == (mail.created_at, None)


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
    with pytest.raises(ZeroDivisionError), transaction():
        post("ploeg@voorbeeld.be", "Dag", "geheime link")
        1 / 0  # noqa: B018
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
        outbox.database.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == sorted(f"Mail {number}" for number in range(20))


def test_a_worker_that_died_leaves_its_mail_to_the_next(clock, send):
    moment = now()
    clock(moment)
    post("ploeg@voorbeeld.be", "Dag", "link")
    assert Mail.get().claim()
    assert deliver(send) == 0
    clock(moment + outbox.CLAIM)
    assert deliver(send) == 1


def test_the_thread_beside_the_requests_delivers_until_it_is_stopped(send, sent):
    post("ploeg@voorbeeld.be", "Dag", "link")
    stop = threading.Event()

    def send_and_stop(*mail):
        send(*mail)
        stop.set()

    outbox.keep_delivering(send_and_stop, stop)
    assert len(sent) == 1


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


@pytest.fixture
def settings(tmp_path):
    return {"DATA_DIR": tmp_path, "SMTP_HOST": None, "MAIL_FROM": "Loket <loket@voorbeeld.be>"}


def test_without_a_mail_server_mails_are_files_that_only_the_operator_reads(settings, tmp_path):
    carrier(settings)("ploeg@voorbeeld.be", "Eén mail", "Dag,\n\nhoe gaat het met je cliënten?\n")
    path = next((tmp_path / "mail").glob("*.eml"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert (mail["From"], mail["To"], mail["Subject"]) == ("Loket <loket@voorbeeld.be>", "ploeg@voorbeeld.be", "Eén mail")
    assert mail.get_content_type() == "text/plain"
    assert "hoe gaat het met je cliënten?" in mail.get_content()


def test_a_line_cannot_be_added_to_the_header(settings):
    with pytest.raises(ValueError, match="linefeed"):
        carrier(settings)("ploeg@voorbeeld.be\r\nBcc: dief@voorbeeld.be", "Dag", "link")


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_with_a_mail_server_mails_go_there_encrypted_unless_told_otherwise(settings, monkeypatch, security, port):
    calls = []

    class Server:
        def __init__(self, host, port, timeout, context=None):
            calls.append(("connect", host, port, context is not None))

        def __enter__(self):
            return self

        def __exit__(self, *_):
            calls.append("quit")

        def starttls(self, context):
            calls.append(("starttls", context.check_hostname))

        def login(self, user, password):
            calls.append(("login", user, password))

        def send_message(self, message):
            calls.append(message["To"])

    monkeypatch.setattr("smtplib.SMTP", Server)
    monkeypatch.setattr("smtplib.SMTP_SSL", Server)
    settings |= {"SMTP_HOST": "mail.voorbeeld.be", "SMTP_PORT": port, "SMTP_TLS": security,
                 "SMTP_USER": "loket", "SMTP_PASSWORD": "geheim"}
    carrier(settings)("ploeg@voorbeeld.be", "Dag", "link")
    encrypted = [("starttls", True)] if security == "starttls" else []
    assert calls == [("connect", "mail.voorbeeld.be", port, security == "tls"), *encrypted,
                     ("login", "loket", "geheim"), "ploeg@voorbeeld.be", "quit"]
