"""Logins: of an organisation, shared by its colleagues, or of a province's administrator."""
import email_validator
import peewee

from models.accounts import passwords
from models.accounts.attempts import Attempt
from models.accounts.links import OneTimeLink
from models.accounts.sessions import Session
from models.audit import OPERATOR, Actor, Event, record
from models.database import BaseModel, locked, now, refusing, transaction
from models.errors import Code, Refused
from models.mail import letters, outbox
from models.organisations import PROVINCES, Organisation


class Account(BaseModel):
    role = peewee.TextField()
    organisation = peewee.ForeignKeyField(Organisation, null=True, backref="accounts")
    province = peewee.TextField(null=True)
    email = peewee.TextField()
    password_hash = peewee.TextField(null=True)
    blocked = peewee.BooleanField(default=False)
    # What an administrator tells the organisations: whom to call.
    contact_name = peewee.TextField(default="")
    contact_telephone = peewee.TextField(default="")
    contact_email = peewee.TextField(default="")
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    @property
    def state(self):
        """Where this login stands: one of 'blocked', 'invited' and 'active'."""
        if self.blocked:
            return "blocked"
        return "active" if self.password_hash else "invited"

    @classmethod
    def by_email(cls, email):
        """The account with this address, its organisation fetched along."""
        return (
            cls.select(cls, Organisation)
            .join(Organisation, peewee.JOIN.LEFT_OUTER)
            .where(cls.email == email.strip().lower())
            .first()
        )

    # Signing in

    @classmethod
    def sign_in(cls, email, password):
        """The account with this address and password.

        `Refused` says 'unknown', whether address or password is wrong, the account is blocked or has no password yet;
        or 'too_many', and then the password was not even looked at.
        """
        try:
            attempt = Attempt.count("sign-in", email.strip().lower())
        except Refused:
            record(Event.SIGN_IN_LIMITED, by=_stranger(cls.by_email(email)))
            raise
        account = cls.by_email(email)
        right = passwords.verify(password, account.password_hash if account else None)
        if not right or account.blocked:
            record(Event.SIGN_IN_FAILED, by=_stranger(account))
            raise Refused(Code.UNKNOWN)
        attempt.forget()
        if passwords.outdated(account.password_hash):
            account._save(password_hash=passwords.hash_password(password))
        return account

    def check_password(self, password):
        """`Refused` unless this is the password: asked again before anything of the login itself changes."""
        try:
            attempt = Attempt.count("check-password", self.id)
        except Refused:
            record(Event.SIGN_IN_LIMITED, by=self)
            raise
        if not passwords.verify(password, self.password_hash):
            record(Event.SIGN_IN_FAILED, by=self)
            raise Refused(Code.PASSWORD_WRONG)
        attempt.forget()

    # Invitations

    @classmethod
    def invite(cls, place, email, by=None):
        """Invite a login for an organisation, or an administrator for a province (its code): account and token.

        Who has not accepted yet is invited again, to the address that is given now.
        """
        email = clean_email(email)
        place = {"organisation": place} if isinstance(place, Organisation) else {"province": place}
        if place.get("province", "limburg") not in PROVINCES:
            raise Refused(Code.PROVINCE)
        with transaction(), refusing(email=Code.EMAIL_TAKEN):
            account = cls._to_invite(place, email)
            token = OneTimeLink.make(account, "invitation")
            outbox.post(email, *letters.invitation(account, token))
            record(Event.INVITED, by=by, **account._whose())
        return account, token

    @classmethod
    def _to_invite(cls, place, email):
        account = cls.by_email(email)
        if "organisation" in place:
            # An organisation has one login; nothing in the tables would forbid more.
            # Locked: accepted meanwhile, it is not moved, for that takes three days (models/accounts/moves.py).
            login = locked(place["organisation"].accounts).first()
            if login and login.password_hash:
                raise Refused(Code.HAS_LOGIN)
            if login and login.blocked:
                raise Refused(Code.LOGIN_BLOCKED)
            if login and account in (None, login):
                return login._save(email=email)
        if not account:
            return cls.create(role="organisation" if "organisation" in place else "administrator", email=email, **place)
        if account.organisation or account.province != place.get("province"):
            raise Refused(Code.EMAIL_TAKEN)
        if account.blocked:
            raise Refused(Code.LOGIN_BLOCKED)
        if account.password_hash:
            raise Refused(Code.EMAIL_TAKEN)
        return account

    @staticmethod
    def known_email(organisation):
        """Where an invitation for this organisation goes to; '' when that is not known."""
        login = organisation.accounts.first()
        return login.email if login else organisation.email

    # Blocking

    def block(self, by=None):
        """Let nobody sign in with this login, and end its sessions and links; False when it was blocked already."""
        with transaction():
            changed = self._set_blocked(True)
            if changed:
                OneTimeLink.revoke(self)
                Session.end_all(self, by=by or OPERATOR)
                outbox.post(self.email, *letters.login_blocked(self.email, self._helped_in()))
                record(Event.LOGIN_BLOCKED, by=by, **self._whose())
        self.blocked = True
        return changed

    def unblock(self, by=None):
        """Let it be used again; False when it was not blocked."""
        with transaction():
            changed = self._set_blocked(False)
            if changed:
                outbox.post(self.email, *letters.login_unblocked(self.email))
                record(Event.LOGIN_UNBLOCKED, by=by, **self._whose())
        self.blocked = False
        return changed

    def _set_blocked(self, blocked):
        return bool(
            Account.update(blocked=blocked, changed_at=now())
            .where(Account.id == self.id, Account.blocked != blocked)
            .execute())

    def _helped_in(self):
        """The province whose administrators help; none helps an administrator himself."""
        return self.organisation.province if self.organisation else None

    def _whose(self):
        return {"organisation": self.organisation, "province": self.province, "account": self.id}

    # Passwords

    @classmethod
    def request_password(cls, email):
        """Mail a link to choose a new password, if somebody has this address; takes as long if nobody has."""
        email = clean_email(email)
        Attempt.count("request-password", email)
        account = cls.by_email(email)
        known = account and not account.blocked
        with transaction():
            token = OneTimeLink.make(account, "password") if known else OneTimeLink.pretend("password")
            post = outbox.post if known else outbox.pretend
            post(email, *letters.password(email, token))
            record(Event.PASSWORD_REQUESTED, by=_stranger(account))

    @classmethod
    def of_link(cls, kind, token):
        """The account that this link is for, if it works and the account is not blocked."""
        link = OneTimeLink.look(kind, token)
        return cls.get_or_none(cls.id == link.account_id, ~cls.blocked) if link else None

    @classmethod
    def set_password_by_link(cls, kind, token, new):
        """Choose a password by a link; a refused password does not use it up."""
        account = cls.of_link(kind, token)
        if not account:
            raise Refused(Code.LINK)
        password_hash = account._hash(new)
        with transaction():
            OneTimeLink.use(kind, token)
            account._store_password(password_hash)
            outbox.post(account.email, *letters.password_changed(account.email, account._helped_in()))
        return account

    def change_password(self, current, new, keep_session=None):
        """Change it from within the session `keep_session`, the only one that goes on."""
        self.check_password(current)
        password_hash = self._hash(new)
        with transaction():
            self._store_password(password_hash, keep_session)
            outbox.post(self.email, *letters.password_changed(self.email, self._helped_in()))

    def _hash(self, new):
        # Before any transaction: hashing takes long on purpose, and the lock is everybody's.
        words = [self.email, self.organisation.name if self.organisation else PROVINCES[self.province]]
        weakness = passwords.weakness(new, self.role, words)
        if weakness:
            raise Refused(weakness)
        return passwords.hash_password(new)

    def _store_password(self, password_hash, keep_session=None):
        self._save(password_hash=password_hash)
        OneTimeLink.revoke(self)
        Session.end_all(self, except_=keep_session)
        record(Event.PASSWORD_CHANGED, by=self)

    # The address

    def request_email(self, new, password):
        """Ask for another address: a link goes to the new one, word of it to the old one.

        An address that another login has is not told on the page, only to who reads its mail.
        """
        new = clean_email(new)
        self.check_password(password)
        if new == self.email:
            raise Refused(Code.EMAIL_SAME)
        with transaction():
            if Account.by_email(new):
                outbox.post(new, *letters.email_in_use(new))
            else:
                token = OneTimeLink.make(self, "email", new_email=new)
                outbox.post(new, *letters.email_confirmation(new, token))
            outbox.post(self.email, *letters.email_requested(self.email))
            record(Event.EMAIL_REQUESTED, by=self)

    @classmethod
    def confirm_email(cls, token):
        """Take the new address; the old one is told, and links that were sent to it work no more."""
        account = cls.of_link("email", token)
        if not account:
            raise Refused(Code.LINK)
        old_email = account.email
        with transaction(), refusing(email=Code.EMAIL_TAKEN):
            account._save(email=OneTimeLink.use("email", token).new_email)
            OneTimeLink.revoke(account)
            outbox.post(old_email, *letters.email_changed(old_email, account._helped_in()))
            record(Event.EMAIL_CHANGED, by=account)
        return account

    def _save(self, **values):
        Account.update(values, changed_at=now()).where(Account.id == self.id).execute()
        for field, value in values.items():
            setattr(self, field, value)
        return self


def clean_email(text):
    """The address as it is stored; `Refused` when it is none. CR and LF would add a line to the mail's header."""
    try:
        if "\r" in text or "\n" in text:
            raise Refused(Code.EMAIL)
        checked = email_validator.validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except email_validator.EmailNotValidError:
        raise Refused(Code.EMAIL) from None
    return checked.ascii_email.lower()


def _stranger(account):
    """Nobody signed in, at this account's door; of an address that no account has nothing is kept."""
    if not account:
        return Actor("nobody")
    return Actor("nobody", account.id, account.organisation, account.province)
