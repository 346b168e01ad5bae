"""How mail leaves: to an SMTP server, or as files in a folder where none is set."""
import os
import secrets
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from models.database import clock, now

TIMEOUT = 30


def carrier(settings):
    """`send(recipient, subject, body)` for these settings; it raises where a mail is refused."""
    def send(recipient, subject, body):
        message = _message(settings["MAIL_FROM"], recipient, subject, body)
        if settings["SMTP_HOST"]:
            _by_smtp(settings, message)
        else:
            _to_folder(settings["DATA_DIR"] / "mail", message)

    return send


def _message(sender, recipient, subject, body):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, recipient, subject
    message["Date"] = format_datetime(clock())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip("> "))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    return message


def _by_smtp(settings, message):
    host, port, security = settings["SMTP_HOST"], settings["SMTP_PORT"], settings["SMTP_TLS"]
    checked = ssl.create_default_context()
    if security == "tls":
        server = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=checked)
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    with server:
        if security == "starttls":
            server.starttls(context=checked)
        if settings["SMTP_USER"]:
            server.login(settings["SMTP_USER"], settings["SMTP_PASSWORD"])
        server.send_message(message)


def _to_folder(folder, message):
    # Only the operator may read it: it holds a link to somebody's login.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}.eml"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(message.as_bytes())
