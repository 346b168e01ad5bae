"""Accounts, which sign in. Their rights are in their grants (models/accounts/grants.py)."""
import functools
from typing import Any

import peewee

from models.accounts import passwords, roles
from models.accounts.attempts import Attempt
from models.accounts.grants import Grant, Scope, check_reach
from models.accounts.links import OneTimeLink
from models.accounts.roles import OF_ORGANISATION, OF_PROVINCE, Limits, Role
from models.accounts.sessions import Session
from models.audit import NOBODY, OPERATOR, Actor, Event, nobody_at, record
from models.database import BaseModel, locked, now, refusing, transaction
from models.errors import Code, Refused
from models.mail import letters, outbox
from models.mail.addresses import clean_email
from models.organisations import PROVINCES, Organisation


class Account(BaseModel):
    id = peewee.AutoField()
    # Signs in here, by address and password; else by an identity (models/accounts/identities.py).
    local = peewee.BooleanField(default=True)
    email = peewee.TextField(null=True)
    password_hash = peewee.TextField(null=True)
    blocked = peewee.BooleanField(default=False)
    # How organisations can reach an administrator.
    contact_name = peewee.TextField(default="")
    contact_telephone = peewee.TextField(default="")
    contact_email = peewee.TextField(default="")
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    @functools.cached_property
    def _all_grants(self) -> list[Grant]:
        return list(
            Grant.select(Grant, Organisation)
            .join(Organisation, peewee.JOIN.LEFT_OUTER, on=Organisation.id == Grant.tenant_id, attr="organisation")
            .where(Grant.account_id == self.id)
            .order_by(Grant.id))

    @property
    def grants(self) -> list[Grant]:
        """The account's grants that count now, in the order in which they were given; read once."""
        return [grant for grant in self._all_grants if grant.counts_for(self.local)]

    @property
    def _home(self) -> Grant | None:
        """The grant by which the account is known: the first one that counts, else the last one that did."""
        return next(iter([*self.grants, *reversed(self._all_grants)]), None)

    @property
    def role(self) -> str:
        """The code of the role by which the account is known."""
        return self._home.code if self._home else NOBODY.role

    @property
    def organisation(self) -> Organisation | None:
        """The organisation whose login this is, if it is one; also of a login with a role in another wing before it."""
        found = (getattr(grant, "organisation", None) for grant in self.grants or reversed(self._all_grants))
        return next(filter(None, found), None)

    @property
    def tenant_id(self) -> int | None:
        """The id of the tenant in which the account has a role: that of its organisation, if it has one."""
        return self._home.tenant_id if self._home else None

    @property
    def province(self) -> str | None:
        """The province in which the account has a role; None for the login of an organisation."""
        return self._home.province if self._home else None

    @property
    def limits(self) -> Limits:
        """The strictest limits of its grants."""
        return roles.strictest(grant.code for grant in self.grants)

    @classmethod
    def of(cls, organisation: Organisation) -> "peewee.ModelSelect[Account]":
        """Select the login of an organisation, which has at most one."""
        return cls.select().where(cls.id.in_(Grant.holders(roles.that_opens(OF_ORGANISATION), organisation)))

    @classmethod
    def by_email(cls, email: str) -> "Account | None":
        """Return the account that signs in here with this address, or None."""
        # One statement, so that an unknown address takes no less work than a known one.
        rows = list(
            cls.select(cls, Grant, Organisation)
            .join(Grant, peewee.JOIN.LEFT_OUTER, on=Grant.account_id == cls.id, attr="grant")
            .join(Organisation, peewee.JOIN.LEFT_OUTER, on=Organisation.id == Grant.tenant_id, attr="organisation")
            .where(cls.email == email.strip().lower(), cls.local)
            .order_by(Grant.id))
        for row in rows[:1]:
            row.__dict__["_all_grants"] = [row.grant for row in rows if getattr(row, "grant", None)]
        return rows[0] if rows else None

    @classmethod
    def new(cls, role: Role, to: Scope, by: Actor | None = None, **values: Any) -> "Account":
        """Insert an account with a role in a scope, as in `Grant.add`; it raises `Refused` likewise."""
        with transaction():
            account: Account = cls.create(**values)
            Grant.add(account.id, role, to, by)
        return account

    @classmethod
    def sign_in(cls, email: str, password: str) -> "Account":
        """Return the account with this address and password. Raises `Refused`:

        UNKNOWN if address or password is wrong, the account is blocked, has no password yet or no grant, all alike;
        TOO_MANY after too many attempts, without checking the password.
        """
        try:
            attempt = Attempt.count("sign-in", email.strip().lower())
        except Refused:
            record(Event.SIGN_IN_LIMITED, by=nobody_at(cls.by_email(email)))
            raise
        account = cls.by_email(email)
        right = passwords.verify(password, account.password_hash if account else None)
        if account is None or not right or account.blocked or not account.grants:
            record(Event.SIGN_IN_FAILED, by=nobody_at(account))
            raise Refused(Code.UNKNOWN)
        attempt.forget()
        if account.password_hash and passwords.outdated(account.password_hash):
            account.save_values(password_hash=passwords.hash_password(password))
        return account

    def check_password(self, password: str) -> None:
        """Raise `Refused` unless this is the account's password, which is asked again before the login is changed."""
        try:
            attempt = Attempt.count("check-password", self.id)
        except Refused:
            record(Event.SIGN_IN_LIMITED, by=self)
            raise
        if not passwords.verify(password, self.password_hash):
            record(Event.SIGN_IN_FAILED, by=self)
            raise Refused(Code.PASSWORD_WRONG)
        attempt.forget()

    @classmethod
    def invite(cls, to: Organisation | str, email: str, by: Actor | None = None) -> "tuple[Account, str]":
        """Invite a login for an organisation, or an administrator for a province (its code), and mail a link.

        Returns the account and the token of the link. A login that has not been accepted yet is invited again, at this
        address. Raises `Refused` if another login has the address, and if the login is blocked or was accepted.
        """
        email = clean_email(email)
        if isinstance(to, str) and to not in PROVINCES:
            raise Refused(Code.PROVINCE)
        with transaction(), refusing(email=Code.EMAIL_TAKEN):
            account = cls._to_invite(to, email, by)
            token = OneTimeLink.make(account, "invitation")
            name = account.organisation.name if account.organisation else None
            outbox.post(email, *letters.invitation(email, name, token))
            record(Event.INVITED, by=by, **account._subject())
        return account, token

    @classmethod
    def _to_invite(cls, to: Organisation | str, email: str, by: Actor | None) -> "Account":
        account = cls.by_email(email)
        if isinstance(to, Organisation):
            # The row is locked, because a login that is accepted meanwhile may change its address only by a move, which
            # takes 72 hours (models/accounts/moves.py).
            login = locked(cls.of(to)).first()
            if login and (login.password_hash or not login.local):
                raise Refused(Code.HAS_LOGIN)
            if login and login.blocked:
                raise Refused(Code.LOGIN_BLOCKED)
            if login and account in (None, login):
                check_reach(login, by)
                return login.save_values(email=email)
        # Also a role of a wing that is off: it counts again when that wing is on.
        if account and any(grant.lasts for grant in account._all_grants):
            taken = account.organisation or account.province != to
            if taken or (account.password_hash and not account.blocked):
                raise Refused(Code.EMAIL_TAKEN)
            if account.blocked:
                raise Refused(Code.LOGIN_BLOCKED)
            return account
        if account:
            account.retire()
        return cls.new(roles.that_opens(OF_ORGANISATION if isinstance(to, Organisation) else OF_PROVINCE), to,
                       email=email, by=by)

    def retire(self) -> None:
        """Free the address of a login whose grants ended: others may have its password, links or phone."""
        OneTimeLink.revoke(self)
        self.save_values(local=False, password_hash=None)

    def block(self, by: Actor | None = None) -> bool:
        """Block this login: end its sessions and links, and mail it. False if it was; `check_reach` may refuse."""
        check_reach(self, by)
        with transaction():
            changed = self._set_blocked(True)
            if changed:
                OneTimeLink.revoke(self)
                Session.end_all(self, by=by or OPERATOR)
                if self.email:
                    outbox.post(self.email, *letters.login_blocked(self.email, self.helped_in()))
                record(Event.LOGIN_BLOCKED, by=by, **self._subject())
        self.blocked = True
        return changed

    def unblock(self, by: Actor | None = None) -> bool:
        """Unblock this login, and mail it. Returns False if it was not blocked; `check_reach` may refuse."""
        check_reach(self, by)
        with transaction():
            changed = self._set_blocked(False)
            if changed:
                if self.email:
                    outbox.post(self.email, *letters.login_unblocked(self.email))
                record(Event.LOGIN_UNBLOCKED, by=by, **self._subject())
        self.blocked = False
        return changed

    def _set_blocked(self, blocked: bool) -> bool:
        return bool(Account.update(blocked=blocked, changed_at=now()).where(
            Account.blocked != blocked, Account.id == self.id).execute())

    def helped_in(self) -> str | None:
        """Return the province whose administrators help this login; None for an administrator's own."""
        return self.organisation.province if self.organisation else None

    def _subject(self) -> dict[str, Any]:
        return {"organisation": self.organisation, "tenant_id": self.tenant_id, "province": self.province,
                "account": self.id}

    @classmethod
    def request_password(cls, email: str) -> None:
        """Mail a link to choose a new password, if an account has this address; takes as long if none has.

        Raises `Refused` for text that is not an address, and after too many requests.
        """
        email = clean_email(email)
        Attempt.count("request-password", email)
        account = cls.by_email(email)
        with transaction():
            if account and not account.blocked and account.grants:
                token, post = OneTimeLink.make(account, "password"), outbox.post
            else:
                token, post = OneTimeLink.pretend("password"), outbox.pretend
            post(email, *letters.password(email, token))
            record(Event.PASSWORD_REQUESTED, by=nobody_at(account))

    @classmethod
    def of_link(cls, kind: str, token: str) -> "Account | None":
        """Return the account of this link, or None if the link does not work or nobody can sign in with the account."""
        link = OneTimeLink.find(kind, token)
        account = cls.get_or_none(cls.id == link.account_id, ~cls.blocked) if link else None
        return account if account and account.grants else None

    @classmethod
    def set_password_by_link(cls, kind: str, token: str, new: str) -> "Account":
        """Choose a password by a link, and mail the account, which is returned.

        Raises `Refused` if the link does not work, and for a weak password, which does not use the link up.
        """
        account = cls.of_link(kind, token)
        if not account:
            raise Refused(Code.LINK)
        password_hash = account._hash(new)
        with transaction():
            OneTimeLink.use(kind, token)
            account._store_password(password_hash)
            outbox.post(account.email, *letters.password_changed(account.email, account.helped_in()))
        return account

    def change_password(self, current: str, new: str, keep_session: int | None = None) -> None:
        """Change the password, mail the account, and end its sessions but the one with id `keep_session`.

        Raises `Refused` if `current` is not the password, and for a weak new one.
        """
        self.check_password(current)
        password_hash = self._hash(new)
        with transaction():
            self._store_password(password_hash, keep_session)
            outbox.post(self.email, *letters.password_changed(self.email, self.helped_in()))

    def _hash(self, new: str) -> str:
        # To be called before a transaction begins: hashing takes long on purpose, and would hold everybody's lock.
        known = [self.email, self.organisation and self.organisation.name, PROVINCES.get(self.province or "")]
        weakness = passwords.weakness(new, self.limits.shortest_password, [word for word in known if word])
        if weakness:
            raise Refused(weakness)
        return passwords.hash_password(new)

    def _store_password(self, password_hash: str, keep_session: int | None = None) -> None:
        self.save_values(password_hash=password_hash)
        OneTimeLink.revoke(self)
        Session.end_all(self, except_=keep_session)
        record(Event.PASSWORD_CHANGED, by=self)

    def save_values(self, **values: Any) -> "Account":
        """Change these fields of the row, and of this object."""
        Account.update(values, changed_at=now()).where(Account.id == self.id).execute()
        for field, value in values.items():
            setattr(self, field, value)
        return self
