"""What tests of the hall look at: refusals, mails and the audit."""
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.audit import AuditEntry, Event
from models.database import database
from models.errors import Refused
from models.mail import outbox


def refusal(call, *arguments):
    """The code with which this call is refused."""
    with pytest.raises(Refused) as refused:
        call(*arguments)
    return refused.value.code


def mails():
    """What is in the outbox, delivered: (recipient, subject, body)."""
    sent = []
    outbox.deliver(lambda *mail: sent.append(mail))
    return sent


def link_in(body, kind):
    """The path of the one-time link in a mail, and its token."""
    return re.search(rf"https?://[^/\s]+(/{kind}/(\S+))", body).groups()


def entries():
    """The audit: (event, actor, account, organisation), without the making of the cast."""
    kept = AuditEntry.select().where(AuditEntry.event != Event.ORGANISATION_CREATED).order_by(AuditEntry.id)
    return [(entry.event, entry.actor, entry.account_id, entry.organisation_id) for entry in kept]


def events():
    """What happened, in order."""
    return [entry[0] for entry in entries()]


def in_threads(acts):
    """What these calls give, made at once; a refusal is what it gives."""
    def run(act):
        try:
            return act()
        except Refused as error:
            return error
        finally:
            database.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]
