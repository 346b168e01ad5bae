"""Versions of the parameters: entered by one calculator, confirmed by another, and never changed afterwards."""
import datetime
import hashlib
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import peewee

from models.audit import Actor, record
from models.database import BaseModel, now, transaction
from models.ecalcura.calculations import formula
from models.ecalcura.calculations.formula import Field
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.same_person import is_same_person
from models.ecalcura.submissions.snapshot import canonical_bytes
from models.ecalcura.texts import clean_text
from models.ecalcura.trimesters.calendar import Trimester
from models.errors import Refused

PROPOSED, CONFIRMED, WITHDRAWN = "proposed", "confirmed", "withdrawn"
LONGEST = 200
_NUMBER = re.compile(r"([0-9]{1,9})(?:,([0-9]{1,9}))?")


class ParameterVersion(BaseModel):
    """A version. `reference` names the text that the values come from; `since` and `until` are days of its use."""

    id = peewee.AutoField()
    reference = peewee.TextField()
    since = peewee.DateField()
    until = peewee.DateField(null=True)
    content = peewee.TextField()
    sha256 = peewee.TextField()
    author_id = peewee.IntegerField()
    entered_at = peewee.DateTimeField(default=now)
    confirmer_id = peewee.IntegerField(null=True)
    confirmed_at = peewee.DateTimeField(null=True)
    withdrawn_at = peewee.DateTimeField(null=True)
    form_key = peewee.TextField(null=True)

    class Meta:
        table_name = "parameter_version"

    @property
    def values(self) -> dict[str, str]:
        """Each value by the name of its field, as a decimal number with a point."""
        values: dict[str, str] = json.loads(self.content)
        return values

    @property
    def state(self) -> str:
        """PROPOSED until somebody else confirmed it (CONFIRMED) or somebody withdrew it (WITHDRAWN)."""
        if self.withdrawn_at:
            return WITHDRAWN
        return CONFIRMED if self.confirmed_at else PROPOSED

    @classmethod
    def newest(cls) -> "peewee.ModelSelect[ParameterVersion]":
        """Select all versions, the newest first."""
        return cls.select().order_by(cls.id.desc())

    @classmethod
    def one(cls, version_id: int) -> "ParameterVersion | None":
        """Return the version with this id, or None."""
        return cls.get_or_none(cls.id == version_id)

    @classmethod
    def of(cls, trimester: Trimester) -> "ParameterVersion | None":
        """Return the version that was confirmed last of those that hold on all days of a trimester, or None."""
        return (cls.select().where(cls.confirmed_at.is_null(False), cls.since <= trimester.first,
                                   cls.until.is_null() | (cls.until >= trimester.last))
                .order_by(cls.confirmed_at.desc(), cls.id.desc()).first())

    @classmethod
    def enter(cls, reference: str, since: datetime.date, until: datetime.date | None, typed: Mapping[str, str],
              by: Actor, form_key: str | None = None) -> "ParameterVersion":
        """Enter a version and record it; `typed` has a text for each of `formula.fields`.

        A form that is sent again returns the version that it made. Raises `Refused`, with the `field`, for a value
        that is absent or cannot be, and for days in the wrong order.
        """
        reference = clean_text(reference, LONGEST, EcalcuraCode.PARAMETER_REFERENCE)
        if until and until < since:
            raise Refused(EcalcuraCode.DAYS_ORDER)
        values = {field.name: parse(field, typed.get(field.name, "")) for field in formula.fields()}
        canonical = canonical_bytes(values)
        try:
            with transaction():
                if sent := cls._sent_before(by, form_key):
                    return sent
                version = cls.create(reference=reference, since=since, until=until, content=canonical.decode(),
                                     sha256=hashlib.sha256(canonical).hexdigest(), author_id=by.id, form_key=form_key)
                record(EcalcuraEvent.PARAMETERS_ENTERED, by=by, subject=version.id)
                return version
        except peewee.IntegrityError:
            # On PostgreSQL the same form, sent twice at once, enters its version while this one waits.
            if sent := cls._sent_before(by, form_key):
                return sent
            raise

    @classmethod
    def _sent_before(cls, by: Actor, form_key: str | None) -> "ParameterVersion | None":
        return cls.get_or_none(cls.author_id == by.id, cls.form_key == form_key) if form_key else None

    def confirm(self, by: Actor) -> "ParameterVersion":
        """Confirm it as somebody else than its author and record it; once confirmed, do nothing.

        Raises `Refused` for its author, and once it is withdrawn.
        """
        if is_same_person(self.author_id, by.id):
            raise Refused(EcalcuraCode.PARAMETERS_OWN)
        return self._decide(EcalcuraEvent.PARAMETERS_CONFIRMED, by, confirmer_id=by.id, confirmed_at=now())

    def withdraw(self, by: Actor) -> "ParameterVersion":
        """Withdraw it before it is confirmed, and record it; raises `Refused` once it is confirmed."""
        return self._decide(EcalcuraEvent.PARAMETERS_WITHDRAWN, by, withdrawn_at=now())

    def _decide(self, event: EcalcuraEvent, by: Actor, **values: Any) -> "ParameterVersion":
        with transaction():
            # Of two at once, the second finds it decided.
            made = ParameterVersion.update(**values).where(
                ParameterVersion.id == self.id, ParameterVersion.confirmed_at.is_null(),
                ParameterVersion.withdrawn_at.is_null()).execute()
            if made:
                record(event, by=by, subject=self.id)
            row = ParameterVersion.get_by_id(self.id)
            if (row.state == CONFIRMED) != (event == EcalcuraEvent.PARAMETERS_CONFIRMED):
                raise Refused(EcalcuraCode.PARAMETERS_DECIDED)
            return row


def parse(field: Field, typed: str) -> str:
    """Read a value as people type it, such as 1,02, and return it as a decimal number with a point.

    Raises `Refused` with the name of the field for another text, for 0, and for more decimals than count.
    """
    match = _NUMBER.fullmatch(typed.strip())
    decimals = (match[2] or "").rstrip("0") if match else ""
    if match is None or len(decimals) > field.parameter.decimals or not Decimal(f"{match[1]}.{decimals or 0}"):
        raise Refused(EcalcuraCode.PARAMETER_VALUE, field=field.name, decimals=field.parameter.decimals)
    return f"{int(match[1])}.{decimals}" if decimals else str(int(match[1]))
