"""Sending mail: as files or to a mail server, and never with an added header."""
import email
import email.policy
import stat

import pytest

from models.mail.postman import carrier


@pytest.fixture
def settings(tmp_path):
    return {"DATA_DIR": tmp_path, "SMTP_HOST": None, "MAIL_FROM": "Loket <loket@voorbeeld.be>"}


def test_without_a_mail_server_mails_are_files_that_only_their_owner_can_read(settings, tmp_path):
    carrier(settings)("ploeg@voorbeeld.be", "Eén mail", "Dag,\n\nhoe gaat het met je cliënten?\n")
    path = next((tmp_path / "mail").glob("*.eml"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert mail["From"] == "Loket <loket@voorbeeld.be>"
    assert (mail["To"], mail["Subject"]) == ("ploeg@voorbeeld.be", "Eén mail")
    assert mail.get_content_type() == "text/plain"
    assert "hoe gaat het met je cliënten?" in mail.get_content()


def test_a_line_end_cannot_add_a_header(settings):
    with pytest.raises(ValueError, match="linefeed"):
        carrier(settings)("ploeg@voorbeeld.be\r\nBcc: dief@voorbeeld.be", "Dag", "link")


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_mails_go_to_the_mail_server_encrypted_unless_set_otherwise(settings, monkeypatch, security, port):
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
