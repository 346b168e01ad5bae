"""Moves: an administrator gives an organisation's login another address; for 72 hours that can be cancelled."""
import datetime
import functools
from typing import Any, cast

import peewee

from models.accounts.accounts import Account
from models.accounts.grants import check_reach
from models.accounts.links import OneTimeLink
from models.accounts.sessions import SignedIn
from models.audit import NOBODY, Actor, Event, record
from models.compiled import Statement, parameter
from models.database import BaseModel, now, refusing, transaction
from models.errors import Code, Refused
from models.mail import letters, outbox
from models.mail.addresses import clean_email
from models.organisations import Organisation

WAIT = datetime.timedelta(hours=72)
PENDING, CANCELLED, DONE = "pending", "cancelled", "done"


class LoginMove(BaseModel):
    id = peewee.AutoField()
    account_id: int
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
    def pending(cls, account: Account | SignedIn) -> "LoginMove | None":
        """Return the pending move of this login, or None."""
        # The first page of an organisation asks this each time, and hardly any login moves.
        found = _pending().rows(account=account.id, email=account.email)
        return cls.get_by_id(found[0][0]) if found else None

    @classmethod
    def ask(cls, account: Account, new_email: str, by: Actor | None = None) -> "LoginMove":
        """Let the organisation's login move to another address after 72 hours, and mail both addresses.

        Asked again for the same address it returns the pending move. Raises `Refused` if the login is blocked, has no
        password yet, has that address already or has another pending move, and if another login has that address.
        """
        new_email = clean_email(new_email)
        check_reach(account, by)
        _check(account, new_email)
        pending = cls.pending(account)
        if pending and pending.new_email == new_email:
            return pending
        moment = now()
        # The database refuses a second pending move.
        with transaction(), refusing(login_move=Code.MOVE_PENDING):
            move = cls.create(account=account, old_email=account.email, new_email=new_email, asked_by=by and by.id,
                              created_at=moment, effective_at=moment + WAIT)
            name, province = move._organisation.name, move._organisation.province
            outbox.post(account.email, *letters.move_asked(
                name, province, account.email, new_email, move.effective_at))
            outbox.post(new_email, *letters.move_coming(name, province, new_email, move.effective_at))
            move._record(Event.LOGIN_MOVE_ASKED, by)
        return move

    def cancel(self, by: Actor | None = None) -> bool:
        """Cancel the move and mail everybody concerned; return False if it was no longer pending."""
        return self._cancel("organisation" if by and by.organisation else "administrator" if by else "operator", by)

    def _cancel(self, reason: str, by: Actor | None) -> bool:
        with transaction():
            if not self._end(CANCELLED):
                return False
            recipients = {self.account.email, self.new_email} | self._email_of_asker(but=by)
            for email in sorted(recipients):
                outbox.post(email, *letters.move_cancelled(self._organisation.name, self.new_email, reason))
            self._record(Event.LOGIN_MOVE_CANCELLED, by, reason=reason)
        return True

    @classmethod
    def carry_out(cls) -> int:
        """Carry out the moves that are due, cancel those that have become impossible, and return how many logins moved.

        Several workers may call it at once. Without the key that seals mails nobody can be informed, so nothing moves.
        """
        if not outbox.can_post():
            return 0
        pending = (
            cls.select(cls, Account)
            .join(Account, on=cls.account)
            .where(cls.status == PENDING)
            .order_by(cls.id)
        )
        return sum(move._settle() for move in list(pending))

    def _settle(self) -> bool:
        """Cancel the move if it is impossible, carry it out if it is due; say whether the login moved."""
        obstacle = self._obstacle()
        if obstacle:
            self._cancel(obstacle, NOBODY)
            return False
        return self.effective_at <= now() and self._carry_out()

    def _obstacle(self) -> str | None:
        """Return why the move is impossible, one of texts.MOVE_REASONS, or None."""
        if self.account.email != self.old_email:
            return "changed"
        if self.account.blocked or not self.account.grants:
            # Nobody can sign in with it, so nobody could cancel.
            return "blocked"
        return "taken" if Account.by_email(self.new_email) else None

    def _carry_out(self) -> bool:
        unchanged = (Account.id == self.account_id, Account.email == self.old_email, ~Account.blocked)
        try:
            with transaction(), refusing(email=Code.OVERTAKEN):
                if not self._end(DONE):
                    return False
                if not Account.update(email=self.new_email, changed_at=now()).where(*unchanged).execute():
                    raise Refused(Code.OVERTAKEN)
                OneTimeLink.revoke(self.account)
                outbox.post(self.old_email, *letters.email_changed(self.old_email, self._organisation.province))
                outbox.post(self.new_email, *letters.login_moved(self._organisation.name, self.new_email))
                self._record(Event.LOGIN_MOVED, self.asked_by)
        except Refused as refused:
            if refused.code != Code.OVERTAKEN:
                raise
            return False  # something changed since the obstacles were checked: the next round finds it
        return True

    @property
    def _organisation(self) -> Organisation:
        return cast(Organisation, self.account.organisation)  # an administrator's login never moves

    def _end(self, status: str) -> bool:
        """End the pending move; of several workers that try, only one changes the row and gets True."""
        return bool(
            LoginMove.update(status=status, ended_at=now())
            .where(LoginMove.id == self.id, LoginMove.status == PENDING)
            .execute())

    def _email_of_asker(self, but: Actor | None) -> set[str]:
        """Return the address of the administrator who asked, unless that is `but`, or blocked by now."""
        asker = self.asked_by
        return {asker.email} if asker and not asker.blocked and asker.id != (but or NOBODY).id else set()

    def _record(self, event: Event, by: Actor | None, **detail: Any) -> None:
        record(event, by=by, organisation=self._organisation, account=self.account_id, move=self.id, **detail)


@functools.cache
def _pending() -> Statement:
    # A move no longer counts once the login has changed its address itself, even if `carry_out` has yet to end it.
    return Statement(lambda: LoginMove.select(LoginMove.id).where(
        LoginMove.account == parameter("account"), LoginMove.status == PENDING,
        LoginMove.old_email == parameter("email")))


def _check(account: Account, new_email: str) -> None:
    if not account.password_hash:
        raise Refused(Code.NOT_ACCEPTED)
    if account.blocked:
        raise Refused(Code.LOGIN_BLOCKED)
    if new_email == account.email:
        raise Refused(Code.MOVE_SAME)
    if Account.by_email(new_email):
        raise Refused(Code.EMAIL_TAKEN)
