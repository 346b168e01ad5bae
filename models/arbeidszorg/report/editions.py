"""Editions of the yearly report: published reports, kept unchanged for ever (docs/decisions/0074)."""
import datetime
import hashlib
import json
from collections.abc import Callable
from typing import Any, Self

import peewee

from models.accounts.accounts import Account
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.values import clean_conclusions, clean_remark
from models.arbeidszorg.report.counting import figures
from models.arbeidszorg.report.report import FLANDERS, SCOPES, Report
from models.audit import record
from models.database import BaseModel, now, transaction
from models.errors import Refused

# The columns shown of the account that published.
BY = (Account.id, Account.email)


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
    def publish(cls, year: int, scope: str, remark: str | None, by: Any, today: datetime.date,
                form_key: str | None = None, on_progress: Callable[[float], object] | None = None,
                conclusions: str = "") -> Self:
        """Count the report of a year as the register is now and keep it; `by` is None for the operator.

        The same form sent again returns the same edition, if its values are the same. Raises `Refused` for a year that
        is not in the register, a scope that is not the administrator's, and a year in which nobody was guided.
        """
        remark, conclusions = clean_remark(remark or ""), clean_conclusions(conclusions)
        if scope not in (scopes_of(by.province) if by else SCOPES):
            raise Refused(ArbeidszorgCode.SCOPE, value=scope)
        if year not in figures.years(today):
            raise Refused(ArbeidszorgCode.YEAR, value=year)
        if sent := cls._of_form(by, form_key):
            return sent._sent_again(year, scope, remark, conclusions)
        counted_at = now()
        report = Report.make(year, scope, today, on_progress)
        if report.is_empty:
            raise Refused(ArbeidszorgCode.EDITION_EMPTY)
        try:
            # The transaction begins after counting: on SQLite nobody can save during a transaction.
            with transaction():
                return cls._of_form(by, form_key) or cls._keep(report, remark, conclusions, counted_at, by, form_key)
        except peewee.IntegrityError:
            # On PostgreSQL a simultaneous post of the same form was first.
            sent = cls._of_form(by, form_key)
            if sent is None:
                raise
            return sent._sent_again(year, scope, remark, conclusions)

    @classmethod
    def _keep(cls, report: Report, remark: str, conclusions: str, counted_at: datetime.datetime, by: Any,
              form_key: str | None) -> Self:
        edition = cls(
            year=report.year, scope=report.scope, reference_day=report.reference_day, remark=remark,
            account=by and by.id, counted_at=counted_at, published_at=now(), form_key=form_key)
        written = {"conclusions": conclusions} if conclusions else {}
        edition.contents = canonical(edition._about() | written | {"report": report.data()})
        edition.hash = hash_of(edition.contents)
        edition.save(force_insert=True)
        record(ArbeidszorgEvent.EDITION_PUBLISHED, by=by, province=None if report.scope == FLANDERS else report.scope,
               edition=edition.id, year=report.year, scope=report.scope)
        return edition

    @classmethod
    def _of_form(cls, by: Any, form_key: str | None) -> Self | None:
        return cls.get_or_none(cls.account == by.id, cls.form_key == form_key) if by and form_key else None

    def _sent_again(self, year: int, scope: str, remark: str, conclusions: str) -> Self:
        if (self.year, self.scope, self.remark, self.conclusions) != (year, scope, remark, conclusions):
            raise Refused(ArbeidszorgCode.ALREADY_SAVED, edition=self)
        return self

    def _about(self) -> dict[str, Any]:
        """Return the columns that the contents repeat."""
        return {
            "account": self.account_id, "counted_at": self.counted_at.isoformat(),
            "published_at": self.published_at.isoformat(), "remark": self.remark}

    @property
    def hash_found(self) -> str:
        """The hash of the contents as they are now."""
        return hash_of(self.contents)

    @property
    def is_intact(self) -> bool:
        """Whether the contents still have the published hash, and the columns say the same as the contents."""
        if self.hash_found != self.hash:
            return False
        try:
            contents = json.loads(self.contents)
            report = contents.pop("report")
            contents.pop("conclusions", "")
            columns = report["year"], report["scope"], report["reference_day"]
        except (ValueError, TypeError, LookupError):
            return False  # the hash was replaced too, and the contents are not an edition
        return contents == self._about() and columns == (self.year, self.scope, self.reference_day.isoformat())

    @property
    def report(self) -> Report:
        """The published report; read it only from an intact edition."""
        return Report.of_data(json.loads(self.contents)["report"])

    @property
    def conclusions(self) -> str:
        """The text that was written below the report; '' without one, as in every edition before there was a field."""
        conclusions: str = json.loads(self.contents).get("conclusions", "")
        return conclusions

    @property
    def scope_label(self) -> str:
        return SCOPES[self.scope]

    @classmethod
    def one(cls, province: str, edition_id: int) -> Self | None:
        """Return the edition with this id and its publisher, if administrators of the province may read it."""
        return cls._readable_by(province).select(cls, *BY).where(cls.id == edition_id).first()

    @classmethod
    def readable_by(cls, province: str) -> peewee.ModelSelect:
        """Return the editions of the province and of Flanders, newest first, without their contents."""
        shown = [field for field in cls._meta.sorted_fields if field is not cls.contents]
        return cls._readable_by(province).select(*shown, *BY).order_by(cls.id.desc())

    @classmethod
    def of_year(cls, province: str, year: int) -> peewee.ModelSelect:
        """Return the readable editions of one year, newest first, without their contents."""
        return cls.readable_by(province).where(cls.year == year)

    @classmethod
    def _readable_by(cls, province: str) -> peewee.ModelSelect:
        return (cls.select()
                .join(Account, peewee.JOIN.LEFT_OUTER)
                .where(cls.scope.in_(list(scopes_of(province)))))


def scopes_of(province: str) -> dict[str, str]:
    """Return the scopes of which an administrator of this province makes reports: code → label."""
    return {scope: SCOPES[scope] for scope in (province, FLANDERS)}


def canonical(contents: dict[str, Any]) -> str:
    """Return the contents as JSON in its one canonical form: equal contents give equal text."""
    return json.dumps(contents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal digits, as `sha256sum` prints it for a file with that text."""
    return hashlib.sha256(text.encode()).hexdigest()
