"""Organisations, the province each belongs to, and what they tell about themselves."""
import peewee

from models.audit import Event, record
from models.database import BaseModel, now, refusing, transaction
from models.errors import Code, Refused, Stale

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
    def create_new(cls, name, province, email="", sector=None, by=None, **contact):
        """Make an organisation; `Refused` when the province is none or has one of that name."""
        name = _clean_name(name)
        if province not in PROVINCES:
            raise Refused(Code.PROVINCE)
        if cls.by_name(province, name):
            raise Refused(Code.ORGANISATION_EXISTS)
        # The second of two simultaneous ones meets the database's own rule.
        with refusing(organisation=Code.ORGANISATION_EXISTS), transaction():
            organisation = cls.create(name=name, province=province, email=email, sector=sector, **contact)
            record(Event.ORGANISATION_CREATED, by=by, organisation=organisation)
        return organisation

    @classmethod
    def by_name(cls, province, name):
        return cls.get_or_none(cls.province == province, cls.name == " ".join(name.split()))

    @classmethod
    def one(cls, province, organisation_id):
        """The organisation with this id, if it is one of the province."""
        return cls.get_or_none(cls.id == organisation_id, cls.province == province)

    @classmethod
    def choices(cls, province):
        """(id, name) of each organisation of the province, to choose from."""
        return list(cls.select(cls.id, cls.name).where(cls.province == province).order_by(cls.name).tuples())

    def update_contact(self, address, telephone, website, version, by):
        """Change what the organisation tells about itself, from a form that was made from row `version`."""
        contact = {"address": address, "telephone": telephone, "website": website}
        return self._change(contact, version, Event.CONTACT_CHANGED, by)

    def change(self, values, version, by=None):
        """Change name, sector or contact data, as its province may, from a form that was made from row `version`."""
        values = {**values, "name": _clean_name(values["name"])}
        with refusing(organisation=Code.ORGANISATION_EXISTS):
            return self._change(values, version, Event.ORGANISATION_CHANGED, by)

    def _change(self, values, version, event, by):
        changed = sorted(field for field, value in values.items() if getattr(self, field) != value)
        with transaction():
            saved = Organisation.update(values, version=Organisation.version + 1, changed_at=now()).where(
                Organisation.id == self.id, Organisation.version == version).execute()
            if not saved:
                raise Stale(current=Organisation.get_by_id(self.id))
            record(event, by=by, organisation=self, fields=changed)
        return Organisation.get_by_id(self.id)


def _clean_name(name):
    name = " ".join(name.split())
    if not 1 <= len(name) <= 200:
        raise Refused(Code.ORGANISATION_NAME)
    return name
