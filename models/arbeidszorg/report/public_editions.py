"""Editions that everybody may read, as a spreadsheet that tells nothing of a single organisation (decision 0153)."""
import datetime
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import peewee

from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report import files
from models.arbeidszorg.report.counting.variables import SECTOR
from models.arbeidszorg.report.editions import Edition
from models.arbeidszorg.report.report import FLANDERS, SCOPES, Report
from models.audit import record
from models.database import BaseModel, now, transaction
from models.errors import Refused
from models.organisations import Organisation

# Of fewer organisations a count of clients would be that of one, or of one to the other.
FEWEST_ORGANISATIONS = 3


class PublicEdition(BaseModel):
    edition_id = peewee.IntegerField(primary_key=True)
    year = peewee.IntegerField()
    scope = peewee.TextField()
    content = peewee.BlobField()
    sha256 = peewee.TextField()
    account_id = peewee.IntegerField(null=True)
    shown_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "public_edition"

    @property
    def scope_label(self) -> str:
        return SCOPES[self.scope]

    @classmethod
    def keep(cls, edition: Edition, content: bytes, by: Any) -> None:
        """Keep the file that everybody gets, and record it; the database refuses a second one of a year and scope."""
        with transaction():
            cls.create(
                edition_id=edition.id, year=edition.year, scope=edition.scope, content=content,
                sha256=hashlib.sha256(content).hexdigest(), account_id=by and by.id)
            record(ArbeidszorgEvent.EDITION_SHOWN, by=by, **_about(edition))

    @classmethod
    def listed(cls) -> list[tuple["PublicEdition", int, datetime.datetime]]:
        """Return each with the size of its file and the moment of publishing, the newest first, without content."""
        rows: Any = (
            cls.select(cls.edition_id, cls.year, cls.scope, cls.sha256, cls.shown_at,
                       peewee.fn.LENGTH(cls.content).alias("size"), Edition.published_at.alias("published_at"))
            .join(Edition, on=Edition.id == cls.edition_id)
            .order_by(Edition.published_at.desc(), cls.edition_id.desc()).objects())
        return [(row, row.size, row.published_at) for row in rows]

    @classmethod
    def file(cls, edition_id: int) -> bytes | None:
        """Return the spreadsheet of an edition, or None if it is not public."""
        row = cls.select(cls.content).where(cls.edition_id == edition_id).first()
        return bytes(row.content) if row else None


def is_public(edition: Edition) -> bool:
    """Say whether everybody may read this edition."""
    return PublicEdition.select().where(PublicEdition.edition_id == edition.id).exists()


def show_edition(edition: Edition, notes: Sequence[str], by: Any, today: datetime.date) -> None:
    """Let everybody read an edition; `notes` are the sentences on how it was counted. A second time changes nothing.

    Raises `Refused` if another edition of that year and scope is public, and if a count could be of one organisation.
    """
    if is_public(edition):
        return
    if _is_of_few(edition.scope, today):
        raise Refused(ArbeidszorgCode.EDITION_OF_FEW)
    content = files.as_xlsx(public_part(edition.report), notes)
    try:
        PublicEdition.keep(edition, content, by)
    except peewee.IntegrityError as error:
        if not is_public(edition):
            raise Refused(ArbeidszorgCode.EDITION_SHOWN) from error


def hide_edition(edition: Edition, by: Any) -> None:
    """Let only administrators read an edition from now on. A second time changes nothing."""
    with transaction():
        if PublicEdition.delete().where(PublicEdition.edition_id == edition.id).execute():
            record(ArbeidszorgEvent.EDITION_UNSHOWN, by=by, **_about(edition))


def public_part(report: Report) -> Report:
    """Return a report without its tables by sector: in a province, one organisation may be all of a sector."""
    return replace(report, tables=tuple(table for table in report.tables if SECTOR not in table.code.split("-")))


def _is_of_few(scope: str, today: datetime.date) -> bool:
    """Say whether in a year of the register a province of this scope had organisations that guided, but too few."""
    rows = (Period.select(Period.start_date, Period.end_date, Organisation.id, Organisation.province)
            .join(Client).join(Organisation))
    if scope != FLANDERS:
        rows = rows.where(Organisation.province == scope)
    guided: dict[tuple[int, str], set[int]] = defaultdict(set)
    for start, end, organisation, province in rows.tuples().iterator():
        for year in range(start.year, min(end or today, today).year + 1):
            guided[year, province].add(organisation)
    return any(len(organisations) < FEWEST_ORGANISATIONS for organisations in guided.values())


def _about(edition: Edition) -> dict[str, Any]:
    """Return what the log says of an edition."""
    return {"province": None if edition.scope == FLANDERS else edition.scope, "edition": edition.id,
            "year": edition.year, "scope": edition.scope}
