"""Sending mail: by an SMTP server, or into files in a folder if none is set."""
import os
import secrets
import smtplib
import ssl
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any

from models.database import clock, now

TIMEOUT = 30
Settings = Mapping[str, Any]  # by their names in config.py


def carrier(settings: Settings) -> Callable[[str, str, str], None]:
    """Return `send(recipient, subject, body)` for these settings; it raises OSError if a mail is refused."""
    def send(recipient: str, subject: str, body: str) -> None:
        message = _message(settings["MAIL_FROM"], recipient, subject, body)
        if settings["SMTP_HOST"]:
            _by_smtp(settings, message)
        else:
            _to_folder(settings["DATA_DIR"] / "mail", message)

    return send


def _message(sender: str, recipient: str, subject: str, body: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, recipient, subject
    message["Date"] = format_datetime(clock())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip("> "))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    return message


def _by_smtp(settings: Settings, message: EmailMessage) -> None:
    host, port, security = settings["SMTP_HOST"], settings["SMTP_PORT"], settings["SMTP_TLS"]
    checked = ssl.create_default_context()
    server: smtplib.SMTP
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


def _to_folder(folder: Path, message: EmailMessage) -> None:
    # Only the operator may read it: it contains a link to somebody's login.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}.eml"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(message.as_bytes())
