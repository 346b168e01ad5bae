"""Organisations: their province and sector, and their contact data."""
from collections.abc import Mapping
from typing import Any

import peewee

from models.audit import Actor, Event, record
from models.database import BaseModel, now, refusing, transaction
from models.errors import Code, Refused, Stale
from models.tenants import Tenant

PROVINCES = {
    "antwerpen": "Antwerpen",
    "limburg": "Limburg",
    "oost-vlaanderen": "Oost-Vlaanderen",
    "vlaams-brabant": "Vlaams-Brabant",
    "west-vlaanderen": "West-Vlaanderen",
}
SECTORS = {
    "social-economy": "Sociale economie en maatwerk",
    "mental-health": "Geestelijke gezondheidszorg",
    "welfare": "Algemeen welzijnswerk en OCMW",
    "disability": "Personen met een handicap",
    "other": "Andere",
}
CONTACT = ("address", "telephone", "website")


class Organisation(BaseModel):
    """An organisation. Its id is that of its tenant."""

    id = peewee.AutoField()
    name = peewee.TextField()
    province = peewee.TextField()
    sector = peewee.TextField(null=True)
    email = peewee.TextField(default="")
    address = peewee.TextField(default="")
    telephone = peewee.TextField(default="")
    website = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    @classmethod
    def create(cls, **values: Any) -> "Organisation":
        """Insert an organisation, with a tenant of its own."""
        with transaction():
            made: Organisation = super().create(id=Tenant.new("organisation").id, **values)
        return made

    @classmethod
    def create_new(cls, name: str, province: str, email: str = "", sector: str | None = None, by: Actor | None = None,
                   **contact: str) -> "Organisation":
        """Create an organisation and record it.

        Raises `Refused` if there is no such province, if the province already has an organisation with this name, or
        if the name is empty or longer than 200 characters.
        """
        name = _clean_name(name)
        if province not in PROVINCES:
            raise Refused(Code.PROVINCE)
        if cls.by_name(province, name):
            raise Refused(Code.ORGANISATION_EXISTS)
        # Of two that are created at the same moment, the second one is refused by the database.
        with refusing(organisation=Code.ORGANISATION_EXISTS), transaction():
            organisation = cls.create(name=name, province=province, email=email, sector=sector, **contact)
            record(Event.ORGANISATION_CREATED, by=by, organisation=organisation)
        return organisation

    @classmethod
    def by_name(cls, province: str, name: str) -> "Organisation | None":
        """Return the organisation of the province with this name, or None."""
        return cls.get_or_none(cls.province == province, cls.name == " ".join(name.split()))

    @classmethod
    def one(cls, province: str, organisation_id: int) -> "Organisation | None":
        """Return the organisation of the province with this id, or None."""
        return cls.get_or_none(cls.id == organisation_id, cls.province == province)

    @classmethod
    def choices(cls, province: str) -> list[tuple[int, str]]:
        """Return (id, name) of each organisation of the province, by name."""
        found: Any = cls.select(cls.id, cls.name).where(cls.province == province).order_by(cls.name).tuples()
        return list(found)

    def update_contact(self, address: str, telephone: str, website: str, version: int, by: Actor) -> "Organisation":
        """Change the contact data, record it, and return the organisation as it is now.

        `version` is the version of the row from which the form was made: raises `Stale`, with the organisation as it is
        now, if a colleague saved a change meanwhile.
        """
        contact = {"address": address, "telephone": telephone, "website": website}
        return self._change(contact, version, Event.CONTACT_CHANGED, by)

    def change(self, values: Mapping[str, Any], version: int, by: Actor | None = None) -> "Organisation":
        """Change name, sector and contact data, as an administrator may; otherwise as `update_contact`.

        Raises `Refused` if the province already has an organisation with the new name.
        """
        values = {**values, "name": _clean_name(values["name"])}
        with refusing(organisation=Code.ORGANISATION_EXISTS):
            return self._change(values, version, Event.ORGANISATION_CHANGED, by)

    def _change(self, values: Mapping[str, Any], version: int, event: Event, by: Actor | None) -> "Organisation":
        changed = sorted(field for field, value in values.items() if getattr(self, field) != value)
        with transaction():
            saved = Organisation.update(values, version=Organisation.version + 1, changed_at=now()).where(
                Organisation.id == self.id, Organisation.version == version).execute()
            if not saved:
                raise Stale(current=Organisation.get_by_id(self.id))
            record(event, by=by, organisation=self, fields=changed)
        return Organisation.get_by_id(self.id)


def _clean_name(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= 200:
        raise Refused(Code.ORGANISATION_NAME)
    return name
