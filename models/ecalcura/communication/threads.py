"""Messages about a calculation: a thread for each facility in it, which a dossier manager answers.

Threads know a calculation by its id alone: calculations open them.
"""
from collections.abc import Iterable
from typing import Any, NamedTuple

import peewee

from models import names
from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.accounts.roles import Role
from models.audit import Actor, record
from models.database import BaseModel, locked, now, transaction
from models.ecalcura.communication import contacts, letters
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import DOSSIER, FINANCIAL, PRIVACY
from models.ecalcura.texts import clean_lines
from models.errors import Refused, Stale
from models.mail import outbox
from models.paging import PAGE_SIZE, shown_page

OPEN, NEW, READ, ANSWERED = "open", "new", "read", "answered"
OF_FACILITY, OF_DESK = "facility", "desk"
LONGEST = 2000
BLOCK = 128
UNREADABLE = "Dit bericht is nu niet leesbaar."


class Thread(BaseModel):
    """The thread of a facility about a calculation. `state` is that of the facility's question, if it has one.

    `version` is the number of the next message: a form that was made before somebody wrote is an older one.
    """

    id = peewee.AutoField()
    calculation_id = peewee.IntegerField()
    facility_id = peewee.IntegerField()
    state = peewee.TextField(default=OPEN)
    answer_read = peewee.BooleanField(default=False)
    version = peewee.IntegerField(default=1)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "message_thread"

    @classmethod
    def of(cls, facility: Facility) -> "peewee.ModelSelect[Thread]":
        """Select the threads of a facility, the newest first."""
        return cls.select().where(cls.facility_id == facility.id).order_by(cls.id.desc())

    @classmethod
    def about(cls, facility: Facility, calculation_id: int) -> "Thread | None":
        """Return the facility's thread about a calculation, or None if that is not published."""
        return cls.of(facility).where(cls.calculation_id == calculation_id).first()

    @property
    def is_begun_by_desk(self) -> bool:
        """Whether the desk wrote the only message."""
        return self.state == ANSWERED and self.version == 2

    @property
    def is_answer_new(self) -> bool:
        """Whether the facility has an answer that nobody there read."""
        return self.state == ANSWERED and not self.answer_read


class Message(BaseModel):
    """A message; it never changes. `sender` is OF_FACILITY or OF_DESK."""

    thread_id = peewee.IntegerField()
    number = peewee.IntegerField()
    facility_id = peewee.IntegerField()
    sender = peewee.TextField()
    account_id = peewee.IntegerField()
    sealed = peewee.BlobField()
    form_key = peewee.TextField(null=True)
    made_at = peewee.DateTimeField(default=now)

    class Meta:
        primary_key = peewee.CompositeKey("thread_id", "number")

    @classmethod
    def of(cls, thread: Thread) -> "peewee.ModelSelect[Message]":
        """Select the messages of a thread, the oldest first."""
        return cls.select().where(cls.thread_id == thread.id).order_by(cls.number)

    @property
    def text(self) -> str:
        """The text, decrypted; a sentence that says so without the names' key."""
        try:
            return names.open_bytes(self.facility_id, self.number, _kind(self.thread_id), bytes(self.sealed)).decode(
                ).rstrip()
        except Refused:
            return UNREADABLE


def _kind(thread_id: int) -> str:
    # So that a message opens in no other thread either.
    return f"message {thread_id}"


def authors(messages: Iterable[Message]) -> dict[int, str]:
    """Return the address of the login that wrote each of these messages, by account; not of one without address."""
    found = Account.select().where(Account.id.in_({message.account_id for message in messages}))
    return {account.id: account.email for account in found if account.email}


def open_thread(calculation_id: int, facility_id: int) -> Thread:
    """Open the thread of a facility about a calculation that is published, within the transaction of that."""
    return Thread.create(calculation_id=calculation_id, facility_id=facility_id)


def write(thread: Thread, text: str, version: int, by: Actor, sender: str, form_key: str | None = None) -> Thread:
    """Add a message and record it, and mail the other side that there is one; return the thread as it is now.

    A form that is sent again adds nothing. Raises `Refused` for an empty or long text and one with a number of a person
    in it, and `Stale` for an older version of the thread, because somebody wrote meanwhile.
    """
    text = clean_lines(text, LONGEST, EcalcuraCode.MESSAGE_TEXT)
    with transaction():
        current = locked(Thread.select().where(Thread.id == thread.id)).get()
        if form_key and Message.of(current).where(Message.form_key == form_key).exists():
            return current
        _check(current, version)
        waits = current.state == NEW
        _add(current, text, by, sender, form_key)
        record(EcalcuraEvent.MESSAGE_SENT, by=by, tenant_id=current.facility_id, subject=current.calculation_id)
        if sender == OF_DESK:
            _mail_facility(current)
        elif not waits:
            # The desk was mailed of the earlier question, which it did not read yet.
            for email in _with_role(None, DOSSIER):
                outbox.post(email, *letters.question(current.id))
    return current


def _add(thread: Thread, text: str, by: Actor, sender: str, form_key: str | None) -> None:
    number, content = thread.version, text.encode()
    sealed = names.seal_bytes(
        thread.facility_id, number, _kind(thread.id), content + b" " * (-len(content) % BLOCK))
    Message.create(thread_id=thread.id, number=number, facility_id=thread.facility_id, sender=sender,
                   account_id=by.id, sealed=sealed, form_key=form_key)
    thread.version += 1
    _move(thread, NEW if sender == OF_FACILITY else ANSWERED)


def _mail_facility(thread: Thread) -> None:
    facility = Facility.get_by_id(thread.facility_id)
    paths: dict[str, str] = {}
    for reader, path in facility.readers():
        for email in (*_with_role(reader, PRIVACY), *_with_role(reader, FINANCIAL), *contacts.addresses(reader)):
            paths.setdefault(email, path)
    for email in sorted(paths):
        outbox.post(email, *letters.answer(facility.name, paths[email], thread.calculation_id))


def _with_role(to: Facility | None, role: Role) -> list[str]:
    """Return the addresses of those who have a role at the desk, or in a facility, and can sign in."""
    holders = Account.select().where(Account.id.in_(Grant.holders(role, to)), ~Account.blocked)
    return sorted({account.email for account in holders if account.email})


def mark_read(thread: Thread, version: int, by: Actor, reader: str) -> Thread:
    """Say that a side read the last message of the other one, and record it; return the thread as it is now.

    Once that is done, or if there is nothing to read, it does nothing. Raises `Stale` as `write` does.
    """
    with transaction():
        current = locked(Thread.select().where(Thread.id == thread.id)).get()
        if not _is_unread(current, reader):
            return current
        _check(current, version)
        _move(current, READ if reader == OF_DESK else ANSWERED, answer_read=reader == OF_FACILITY)
        record(EcalcuraEvent.MESSAGE_READ, by=by, tenant_id=current.facility_id, subject=current.calculation_id)
    return current


def _is_unread(thread: Thread, reader: str) -> bool:
    return thread.state == NEW if reader == OF_DESK else thread.is_answer_new


def _check(thread: Thread, version: int) -> None:
    if thread.version != version:
        raise Stale(current=thread)


def _move(thread: Thread, state: str, answer_read: bool = False) -> None:
    thread.state, thread.answer_read, thread.changed_at = state, answer_read, now()
    thread.save()


class Listing(NamedTuple):
    """A page of the threads with a message, each with its facility; and how many of all are new."""

    rows: list[tuple[Thread, Facility]]
    new: int
    total: int
    page: int
    last: int


def listing(page: int = 1) -> Listing:
    """Return a page of the threads for the desk: those to read, those to answer, and those that are answered."""
    begun = Thread.select().where(Thread.state != OPEN)
    total = begun.count()
    page, last = shown_page(page, total)
    order: Any = peewee.Case(Thread.state, [(NEW, 0), (READ, 1)], 2)
    waiting: Any = peewee.Case(None, [(Thread.state == ANSWERED, None)], Thread.changed_at)
    found = list(begun.order_by(order, waiting, Thread.changed_at.desc(), Thread.id.desc()).paginate(page, PAGE_SIZE))
    facilities = {one.id: one for one in Facility.named([thread.facility_id for thread in found])}
    return Listing([(thread, facilities[thread.facility_id]) for thread in found],
                   begun.where(Thread.state == NEW).count(), total, page, last)


def to_read(facility: Facility) -> list[Thread]:
    """Return the threads in which the facility has an answer that nobody there read, the oldest first."""
    return [thread for thread in Thread.of(facility) if thread.is_answer_new][::-1]
