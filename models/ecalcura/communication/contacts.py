"""Contact persons of a facility for a theme: the mails on that theme go to them."""
import json
from collections.abc import Collection
from typing import NamedTuple

import peewee

from models import names
from models.audit import Actor, record
from models.database import BaseModel, is_sqlite, locked, now, refusing, transaction
from models.ecalcura.communication.themes import ECALCURA
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.texts import clean_text
from models.errors import Refused, Stale
from models.mail.addresses import clean_email

# Also in migrations/ecalcura/0012_rules_*.sql.
MOST = 5
LONGEST_NAME, LONGEST_FUNCTION, LONGEST_TELEPHONE = 100, 100, 50
SEALED = "contact_person"
BLOCK = 128
# The rule of the database that refuses a contact person -> the code.
RULES = {
    "contact_person_dossier": EcalcuraCode.NO_DOSSIER,
    "contact_person_full": EcalcuraCode.CONTACT_PERSONS_FULL,
    "contact_person_email": EcalcuraCode.CONTACT_PERSON_TWICE,
    "contact_person.email": EcalcuraCode.CONTACT_PERSON_TWICE,
}


class Details(NamedTuple):
    """Address, name, function and telephone number of a contact person."""

    email: str
    name: str
    function: str = ""
    telephone: str = ""


class ContactPerson(BaseModel):
    """A contact person. `saved_by` is the account that saved the row last; None is the operator."""

    id = peewee.AutoField()
    facility_id = peewee.IntegerField()
    theme = peewee.TextField(default=ECALCURA)
    email = peewee.TextField()
    sealed = peewee.BlobField()
    saved_by = peewee.IntegerField(null=True)
    form_key = peewee.TextField(null=True)
    version = peewee.IntegerField(default=1)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "contact_person"

    @classmethod
    def of(cls, facility: Facility) -> "peewee.ModelSelect[ContactPerson]":
        """Select the contact persons of a facility, in the order in which they were added."""
        return cls.select().where(cls.facility_id == facility.id).order_by(cls.theme, cls.id)

    @classmethod
    def one(cls, facility: Facility, contact_id: int) -> "ContactPerson | None":
        """Return the facility's contact person with this id, or None."""
        return cls.of(facility).where(cls.id == contact_id).first()

    @property
    def details(self) -> Details:
        """The details, decrypted; 'naam niet leesbaar' without the names' key."""
        try:
            sealed = names.open_bytes(self.facility_id, self.id, SEALED, bytes(self.sealed))
        except Refused:
            return Details(self.email, names.UNREADABLE)
        return Details(self.email, *json.loads(sealed))

    def _seal(self, details: Details) -> bytes:
        content = json.dumps(details[1:], ensure_ascii=False).encode()
        # A block more or less, because the length would tell a short name from a long one.
        return names.seal_bytes(self.facility_id, self.id, SEALED, content + b" " * (-len(content) % BLOCK))


def addresses(facility: Facility, theme: str = ECALCURA) -> list[str]:
    """Return the mail addresses of a facility's contact persons for a theme: mails on it go to exactly these."""
    found = ContactPerson.of(facility).where(ContactPerson.theme == theme)
    return sorted(contact.email for contact in found)


def has_contact(facility: Facility, theme: str = ECALCURA) -> bool:
    """Say whether a facility has a contact person for a theme."""
    return ContactPerson.of(facility).where(ContactPerson.theme == theme).exists()


def add(facility: Facility, details: Details, by: Actor | None = None, form_key: str | None = None,
        theme: str = ECALCURA) -> ContactPerson:
    """Add a contact person and record it; a form that is sent again returns the one that it added.

    Raises `Refused` for details that cannot be stored, an address that is there already, and a sixth contact person.
    """
    details = _clean(details)
    with transaction(), refusing(**RULES):
        hold([facility.id])
        if form_key and (sent := ContactPerson.of(facility).where(ContactPerson.form_key == form_key).first()):
            return sent
        added = ContactPerson(facility_id=facility.id, theme=theme, email=details.email, sealed=b"-",
                              saved_by=by and by.id, form_key=form_key)
        added.save(force_insert=True)
        # Sealed together with the id, which the database has just given out.
        added.sealed = added._seal(details)
        added.save()
        record(EcalcuraEvent.CONTACT_PERSON_ADDED, by=by, tenant_id=facility.id, subject=added.id)
    return added


def change(contact: ContactPerson, details: Details, version: int, by: Actor | None = None) -> ContactPerson:
    """Save other details and record which; return the contact person as it is now.

    Raises `Stale` for an older version of the row, with None if it is gone; and `Refused` as `add` does.
    """
    details = _clean(details)
    with transaction(), refusing(**RULES):
        current = _current(contact, version)
        before = current.details
        changed = [name for name in Details._fields if getattr(before, name) != getattr(details, name)]
        if changed:
            current.email, current.sealed = details.email, current._seal(details)
            current.saved_by, current.version, current.changed_at = by and by.id, version + 1, now()
            current.save()
            record(EcalcuraEvent.CONTACT_PERSON_CHANGED, by=by, tenant_id=current.facility_id, subject=current.id,
                   fields=changed)
    return current


def remove(contact: ContactPerson, version: int, by: Actor | None = None) -> None:
    """Delete a contact person and record it. Raises `Stale` as `change` does."""
    with transaction():
        current = _current(contact, version)
        current.delete_instance()
        record(EcalcuraEvent.CONTACT_PERSON_REMOVED, by=by, tenant_id=current.facility_id, subject=current.id)


def hold(facility_ids: Collection[int]) -> None:
    """Let nobody else add contact persons to these facilities, or remind them, until the transaction ends."""
    if not is_sqlite():
        # Not FOR UPDATE, for which each insert of a row that refers to the facility would wait.
        list(Facility.select(Facility.id).where(Facility.id.in_(list(facility_ids))).order_by(Facility.id)
             .for_update("FOR NO KEY UPDATE"))


def _current(contact: ContactPerson, version: int) -> ContactPerson:
    current = locked(ContactPerson.select().where(ContactPerson.id == contact.id)).first()
    if current is None or current.version != version:
        raise Stale(current=current)
    return current


def _clean(details: Details) -> Details:
    def clean(text: str, longest: int, code: EcalcuraCode) -> str:
        return clean_text(text, longest, code) if text.strip() else ""

    return Details(
        clean_email(details.email), clean_text(details.name, LONGEST_NAME, EcalcuraCode.CONTACT_PERSON_NAME),
        clean(details.function, LONGEST_FUNCTION, EcalcuraCode.CONTACT_PERSON_FUNCTION),
        clean(details.telephone, LONGEST_TELEPHONE, EcalcuraCode.CONTACT_PERSON_TELEPHONE))
