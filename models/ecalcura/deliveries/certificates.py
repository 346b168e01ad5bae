"""Certificates of a facility, with the file of each. A new one ends the one before it; nothing is overwritten."""
import datetime
from typing import NamedTuple

import peewee

from models import names
from models.audit import Actor, record
from models.database import BaseModel, now, transaction
from models.ecalcura.deliveries.fields import certificate_kinds
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.texts import clean_text
from models.ecalcura.trimesters.calendar import A_DAY
from models.ecalcura.trimesters.files import hold
from models.errors import Refused

SEALED = "certificate"
LONGEST, MEGABYTES = 40, 8
PDF, JPEG, PNG = "pdf", "jpeg", "png"
# Type → how a file of it begins, and which bytes are at its end: after them some programs write a few more.
SIGNATURES = {
    PDF: (b"%PDF-", b"%%EOF"),
    JPEG: (b"\xff\xd8\xff", b"\xff\xd9"),
    PNG: (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
}
END = 1024


class Certificate(BaseModel):
    """A certificate of a facility. One from RaaS has no file, and its kind in words."""

    id = peewee.AutoField()
    facility_id = peewee.IntegerField()
    kind = peewee.TextField()
    number = peewee.TextField()
    since = peewee.DateField(null=True)
    until = peewee.DateField(null=True)
    created_at = peewee.DateTimeField(default=now)

    @classmethod
    def of(cls, facility: Facility) -> "peewee.ModelSelect[Certificate]":
        """Select the certificates of a facility, by kind, the newest first."""
        return cls.select().where(cls.facility_id == facility.id).order_by(
            cls.kind, peewee.fn.COALESCE(cls.since, datetime.date(1900, 1, 1)).desc(), cls.number)

    @property
    def kind_label(self) -> str:
        """Its kind in words."""
        return certificate_kinds().get(self.kind, self.kind)


class CertificateFile(BaseModel):
    """The file of a certificate, sealed. The database refuses to change or delete one."""

    certificate_id = peewee.IntegerField(primary_key=True)
    type = peewee.TextField()
    size = peewee.IntegerField()
    sealed = peewee.BlobField()
    made_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "certificate_file"


class Opened(NamedTuple):
    """The file of a certificate: its type, and its bytes."""

    type: str
    content: bytes


def type_of(content: bytes) -> str:
    """Return the type that the content of a file shows; raises `Refused` for any other, and for a file cut off."""
    for type_, (start, end) in SIGNATURES.items():
        if content.startswith(start) and end in content[-END:]:
            return type_
    raise Refused(EcalcuraCode.CERTIFICATE_TYPE)


def add_certificate(facility: Facility, kind: str, number: str, since: datetime.date, until: datetime.date | None,
                    content: bytes, by: Actor | None = None) -> Certificate:
    """Add a certificate with its file, end the one of its kind that runs, and record it. Sent again, it adds nothing.

    Raises `Refused` for a wrong number, days in the wrong order, a file of another type or above 8 MB, a number that is
    there already, and if one of its kind begins on that day or later.
    """
    number = clean_text(number, LONGEST, EcalcuraCode.CERTIFICATE_NUMBER)
    if kind not in certificate_kinds():
        raise Refused(EcalcuraCode.CERTIFICATE_KIND)
    if until and until < since:
        raise Refused(EcalcuraCode.DAYS_ORDER)
    if len(content) > MEGABYTES * 2**20:
        raise Refused(EcalcuraCode.CERTIFICATE_LARGE, most=MEGABYTES)
    type_ = type_of(content)
    with transaction():
        hold(facility)
        same = Certificate.get_or_none(
            Certificate.facility_id == facility.id, Certificate.kind == kind, Certificate.number == number)
        if same:
            if (same.since, same.until) == (since, until):
                return same
            raise Refused(EcalcuraCode.CERTIFICATE_TWICE)
        _end_earlier(facility, kind, since)
        added = Certificate.create(facility_id=facility.id, kind=kind, number=number, since=since, until=until)
        CertificateFile.create(certificate_id=added.id, type=type_, size=len(content),
                               sealed=names.seal_bytes(facility.id, added.id, SEALED, content))
        record(EcalcuraEvent.CERTIFICATE_ADDED, by=by, tenant_id=facility.id, subject=added.id)
        return added


def _end_earlier(facility: Facility, kind: str, since: datetime.date) -> None:
    """End the certificate of this kind that runs on the day before; one from RaaS has the kind in words."""
    words = certificate_kinds()[kind].casefold()
    for one in Certificate.of(facility):
        if one.kind != kind and one.kind.casefold() != words:
            continue
        if one.since and one.since >= since:
            raise Refused(EcalcuraCode.CERTIFICATE_LATER, day=one.since)
        if one.until is None or one.until >= since:
            Certificate.update(until=since - A_DAY).where(Certificate.id == one.id).execute()


def with_file(facility: Facility) -> set[int]:
    """Return the ids of the certificates of a facility that have a file."""
    rows = CertificateFile.select(CertificateFile.certificate_id).where(
        CertificateFile.certificate_id.in_([one.id for one in Certificate.of(facility)])).tuples()
    return {certificate_id for (certificate_id,) in rows}


def file_of(facility: Facility, certificate_id: int) -> Opened | None:
    """Return the file of a certificate of a facility, or None; raises `Refused` if it does not open."""
    if not Certificate.of(facility).where(Certificate.id == certificate_id).exists():
        return None
    found = CertificateFile.get_or_none(CertificateFile.certificate_id == certificate_id)
    if found is None:
        return None
    return Opened(found.type, names.open_bytes(facility.id, certificate_id, SEALED, bytes(found.sealed)))
