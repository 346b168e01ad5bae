"""Moved logins: an administrator gives an organisation's login another address, which it can stop for three days."""
import datetime

import peewee

from models.accounts.accounts import Account, clean_email
from models.accounts.links import OneTimeLink
from models.audit import NOBODY, Event, record
from models.database import BaseModel, now, refusing, transaction
from models.errors import Code, Refused
from models.mail import letters, outbox
from models.organisations import Organisation

WAIT = datetime.timedelta(hours=72)
PENDING, CANCELLED, DONE = "pending", "cancelled", "done"


class LoginMove(BaseModel):
    account = peewee.ForeignKeyField(Account)
    old_email = peewee.TextField()
    new_email = peewee.TextField()
    status = peewee.TextField(default=PENDING)
    asked_by = peewee.ForeignKeyField(
        Account, null=True, column_name="asked_by", object_id_name="asked_by_id", backref="moves_asked")
    created_at = peewee.DateTimeField()
    effective_at = peewee.DateTimeField()
    ended_at = peewee.DateTimeField(null=True)

    @classmethod
    def pending(cls, account):
        """The move that waits for this login, if there is one."""
        # Of a login that changed its address itself it waits no more, also before `carry_out` writes that down.
        return cls.get_or_none(cls.account == account.id, cls.status == PENDING, cls.old_email == account.email)

    @classmethod
    def ask(cls, account, new_email, by=None):
        """Let the organisation's login move to another address after three days; both addresses are told.

        Asked twice it is one move. A login without a password has nothing to move: it is invited at the new address.
        """
        new_email = clean_email(new_email)
        _check(account, new_email)
        waiting = cls.pending(account)
        if waiting and waiting.new_email == new_email:
            return waiting
        moment = now()
        # Another one that waits is refused by the database.
        with transaction(), refusing(login_move=Code.MOVE_PENDING):
            move = cls.create(account=account, old_email=account.email, new_email=new_email, asked_by=by and by.id,
                              created_at=moment, effective_at=moment + WAIT)
            whose = account.organisation.name, account.organisation.province
            outbox.post(account.email, *letters.move_asked(*whose, account.email, new_email, move.effective_at))
            outbox.post(new_email, *letters.move_coming(*whose, new_email, move.effective_at))
            move._record(Event.LOGIN_MOVE_ASKED, by)
        return move

    def cancel(self, by=None):
        """Call it off: the organisation itself, or an administrator; False when it was over already."""
        return self._cancel(by.role if by else "operator", by)

    def _cancel(self, reason, by):
        with transaction():
            if not self._end(CANCELLED):
                return False
            told = {self.account.email, self.new_email} | self._who_asked(but=by)
            for email in sorted(told):
                outbox.post(email, *letters.move_cancelled(self.account.organisation.name, self.new_email, reason))
            self._record(Event.LOGIN_MOVE_CANCELLED, by, reason=reason)
        return True

    @classmethod
    def carry_out(cls):
        """Carry out the moves that are due, and cancel those that can no longer be; how many logins moved.

        Workers may do so at once. Without the key that seals mails nobody could be told, and nothing moves.
        """
        if not outbox.can_post():
            return 0
        waiting = (
            cls.select(cls, Account, Organisation)
            .join(Account, on=cls.account)
            .join(Organisation)
            .where(cls.status == PENDING)
            .order_by(cls.id)
        )
        return sum(move._settle() for move in list(waiting))

    def _settle(self):
        hindrance = self._hindrance()
        if hindrance:
            self._cancel(hindrance, NOBODY)
            return False
        return self.effective_at <= now() and self._carry_out()

    def _hindrance(self):
        if self.account.email != self.old_email:
            return "changed"
        if self.account.blocked:
            # Nobody can sign in with it, so nobody could cancel.
            return "blocked"
        return "taken" if Account.by_email(self.new_email) else None

    def _carry_out(self):
        still_so = (Account.id == self.account_id, Account.email == self.old_email, ~Account.blocked)
        try:
            with transaction(), refusing(email=Code.OVERTAKEN):
                if not self._end(DONE):
                    return False
                if not Account.update(email=self.new_email, changed_at=now()).where(*still_so).execute():
                    raise Refused(Code.OVERTAKEN)
                OneTimeLink.revoke(self.account)
                outbox.post(self.old_email, *letters.email_changed(self.old_email, self.account.organisation.province))
                outbox.post(self.new_email, *letters.login_moved(self.account.organisation.name, self.new_email))
                self._record(Event.LOGIN_MOVED, self.asked_by)
        except Refused as refused:
            if refused.code != Code.OVERTAKEN:
                raise
            return False  # something changed since it was looked at: the next round sees what
        return True

    def _end(self, status):
        """Whether it is ours to end: of several workers that try, one changes the row."""
        return bool(
            LoginMove.update(status=status, ended_at=now())
            .where(LoginMove.id == self.id, LoginMove.status == PENDING)
            .execute())

    def _who_asked(self, but):
        asker = self.asked_by
        return {asker.email} if asker and not asker.blocked and asker.id != (but or NOBODY).id else set()

    def _record(self, event, by, **detail):
        record(event, by=by, organisation=self.account.organisation, account=self.account_id, move=self.id, **detail)


def _check(account, new_email):
    if not account.password_hash:
        raise Refused(Code.NOT_ACCEPTED)
    if account.blocked:
        raise Refused(Code.LOGIN_BLOCKED)
    if new_email == account.email:
        raise Refused(Code.MOVE_SAME)
    if Account.by_email(new_email):
        raise Refused(Code.EMAIL_TAKEN)
