"""Helpers for tests of the hall: refusals, mails and the audit."""
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.audit import AuditEntry, Event
from models.database import database
from models.errors import Refused
from models.mail import outbox


def refusal(call, *arguments):
    """Return the code with which this call is refused."""
    with pytest.raises(Refused) as refused:
        call(*arguments)
    return refused.value.code


def mails():
    """Deliver the mails in the outbox and return them as (recipient, subject, body)."""
    sent = []
    outbox.deliver(lambda *mail: sent.append(mail))
    return sent


def link_in(body, kind):
    """Return the path of the one-time link in a mail, and its token."""
    return re.search(rf"https?://[^/\s]+(/{kind}/(\S+))", body).groups()


def entries():
    """Return the audit as (event, actor, account, organisation), without the creation of the cast."""
    kept = AuditEntry.select().where(AuditEntry.event != Event.ORGANISATION_CREATED).order_by(AuditEntry.id)
    return [(entry.event, entry.actor, entry.account_id, entry.organisation_id) for entry in kept]


def events():
    """Return the events in the audit, in order."""
    return [entry[0] for entry in entries()]


def in_threads(acts):
    """Make these calls at the same time and return their results; the result of a refused call is its error."""
    def run(act):
        try:
            return act()
        except Refused as error:
            return error
        finally:
            database.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]
