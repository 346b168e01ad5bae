"""Reads refusals, mails and the audit, for tests."""
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.audit import AuditEntry, Event
from models.database import database
from models.errors import Refused
from models.mail import outbox


def refusal(call, *arguments):
    """Call, and return the code with which the call is refused."""
    with pytest.raises(Refused) as refused:
        call(*arguments)
    return refused.value.code


def mails():
    """Deliver the outbox, and return its mails as (recipient, subject, body)."""
    sent = []
    outbox.deliver(lambda *mail: sent.append(mail))
    return sent


def link_in(body, kind):
    """(path, token) of the one-time link of this kind in a mail's body."""
    return re.search(rf"https?://[^/\s]+(/{kind}/(\S+))", body).groups()


def entries():
    """The audit as (event, actor, account id, organisation id), without the events of making the cast."""
    kept = AuditEntry.select().where(AuditEntry.event != Event.ORGANISATION_CREATED).order_by(AuditEntry.id)
    return [(entry.event, entry.actor, entry.account_id, entry.tenant_id) for entry in kept]


def events():
    """The events of the audit, in order."""
    return [entry[0] for entry in entries()]


def in_threads(calls):
    """Make these calls at the same time; returns the result of each, or its Refused."""
    def run(call):
        try:
            return call()
        except Refused as error:
            return error
        finally:
            database.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(run, call) for call in calls]]
