"""Editions of the yearly report: what was published, kept for ever as it was (docs/decisions/0074)."""
import hashlib
import json

import peewee

from models.accounts.accounts import Account
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register.values import clean_remark
from models.arbeidszorg.report.counting import figures
from models.arbeidszorg.report.report import FLANDERS, SCOPES, Report
from models.audit import Event, record
from models.database import BaseModel, now, transaction
from models.errors import Refused

# What is told of who published.
BY = (Account.id, Account.email, Account.province)


class Edition(BaseModel):
    year = peewee.IntegerField()
    scope = peewee.TextField()
    reference_day = peewee.DateField()
    remark = peewee.TextField(default="")
    account = peewee.ForeignKeyField(Account, null=True)
    counted_at = peewee.DateTimeField()
    published_at = peewee.DateTimeField(default=now)
    contents = peewee.TextField()
    hash = peewee.TextField()
    form_key = peewee.TextField(null=True)

    @classmethod
    def publish(cls, year, scope, remark, by, today, form_key=None, told=None):
        """Count the report of a year as it is now and keep it; `by` is None for the operator.

        The same form sent again gives the same edition, as long as it says the same. `Refused` for a year that is not
        in the register, a scope that is not one's own, and where nobody was guided: there is nothing to keep.
        """
        remark = clean_remark(remark or "")
        if scope not in (scopes_of(by.province) if by else SCOPES):
            raise Refused(ArbeidszorgCode.SCOPE, value=scope)
        if year not in figures.years(today):
            raise Refused(ArbeidszorgCode.YEAR, value=year)
        if sent := cls._of_form(by, form_key):
            return sent._said_again(year, scope, remark)
        counted_at = now()
        report = Report.make(year, scope, today, told)
        if report.is_empty:
            raise Refused(ArbeidszorgCode.EDITION_EMPTY)
        try:
            # Counting took its time: on SQLite nobody could have saved meanwhile.
            with transaction():
                return cls._of_form(by, form_key) or cls._keep(report, remark, counted_at, by, form_key)
        except peewee.IntegrityError:
            # On PostgreSQL the other of two simultaneous posts was first.
            sent = cls._of_form(by, form_key)
            if sent is None:
                raise
            return sent._said_again(year, scope, remark)

    @classmethod
    def _keep(cls, report, remark, counted_at, by, form_key):
        edition = cls(
            year=report.year, scope=report.scope, reference_day=report.reference_day, remark=remark,
            account=by and by.id, counted_at=counted_at, published_at=now(), form_key=form_key)
        edition.contents = canonical(edition._about() | {"report": report.data()})
        edition.hash = hash_of(edition.contents)
        edition.save(force_insert=True)
        record(Event.EDITION_PUBLISHED, by=by, province=None if report.scope == FLANDERS else report.scope,
               edition=edition.id, year=report.year, scope=report.scope)
        return edition

    @classmethod
    def _of_form(cls, by, form_key):
        return by and form_key and cls.get_or_none(cls.account == by.id, cls.form_key == form_key)

    def _said_again(self, year, scope, remark):
        if (self.year, self.scope, self.remark) != (year, scope, remark):
            raise Refused(ArbeidszorgCode.ALREADY_SAVED, edition=self)
        return self

    def _about(self):
        """What the columns say, as it stands in the contents."""
        return {
            "account": self.account_id, "counted_at": self.counted_at.isoformat(),
            "published_at": self.published_at.isoformat(), "remark": self.remark}

    @property
    def hash_found(self):
        """The hash that the contents have now."""
        return hash_of(self.contents)

    @property
    def is_intact(self):
        """Whether the edition is what was published: its contents have their hash, and its columns say the same."""
        if self.hash_found != self.hash:
            return False
        try:
            contents = json.loads(self.contents)
            report = contents.pop("report")
            told = report["year"], report["scope"], report["reference_day"]
        except (ValueError, TypeError, LookupError):
            return False  # somebody gave it the hash of what is no edition
        return contents == self._about() and told == (self.year, self.scope, self.reference_day.isoformat())

    @property
    def report(self):
        """The report that was published. Only to be used of an edition that is intact."""
        return Report.of_data(json.loads(self.contents)["report"])

    @property
    def scope_label(self):
        return SCOPES[self.scope]

    @classmethod
    def one(cls, province, edition_id):
        """The edition with this id, if an administrator of the province may read it; with who published it."""
        return cls._readable_by(province).select(cls, *BY).where(cls.id == edition_id).first()

    @classmethod
    def readable_by(cls, province):
        """The province's own editions and those of Flanders, the newest first, without their contents."""
        shown = [field for field in cls._meta.sorted_fields if field is not cls.contents]
        return cls._readable_by(province).select(*shown, *BY).order_by(cls.id.desc())

    @classmethod
    def of_year(cls, province, year):
        """Those of one year."""
        return cls.readable_by(province).where(cls.year == year)

    @classmethod
    def _readable_by(cls, province):
        return (cls.select()
                .join(Account, peewee.JOIN.LEFT_OUTER)
                .where(cls.scope.in_(list(scopes_of(province)))))


def scopes_of(province):
    """What an administrator of this province makes reports of: code → label."""
    return {scope: SCOPES[scope] for scope in (province, FLANDERS)}


def canonical(contents):
    """The one text of these contents, so that the same contents have the same hash."""
    return json.dumps(contents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text):
    """The SHA-256 of a text, as `sha256sum` gives it of a file with that text."""
    return hashlib.sha256(text.encode()).hexdigest()
