"""Facilities by their HCO number, their organisations, and the agreements of rehabilitation facilities."""
import datetime
from collections.abc import Collection
from typing import Any

import peewee

from models.compiled import Statement, parameter
from models.database import BaseModel, now, today
from models.ecalcura.facilities.kinds import Kind, kinds
from models.ecalcura.roles import FACILITY
from models.tenants import Tenant

# PostgreSQL takes no text with this sign, and an address can hold it.
NUL = "\0"


class LegalEntity(BaseModel):
    """An organisation in the law, by its KBO number."""

    kbo = peewee.TextField(primary_key=True)
    name = peewee.TextField(default="")

    class Meta:
        table_name = "legal_entity"

    @property
    def number(self) -> str:
        """The KBO number as people write it."""
        return f"{self.kbo[:4]}.{self.kbo[4:7]}.{self.kbo[7:]}"


class RehabAgreement(BaseModel):
    """A revalidatieovereenkomst, of one or two facilities."""

    number = peewee.TextField(primary_key=True)

    class Meta:
        table_name = "rehab_agreement"


class Facility(BaseModel):
    """A facility. Its id is that of its tenant."""

    id = peewee.IntegerField(primary_key=True)
    hco = peewee.TextField()
    riziv = peewee.TextField(default="")
    kbo = peewee.TextField()
    kind = peewee.TextField()
    # The kind of its parent; '' for a facility with a dossier of its own.
    under = peewee.TextField(default="")
    agreements = peewee.BooleanField(default=False)
    parent_id = peewee.IntegerField(null=True)
    name = peewee.TextField()
    street = peewee.TextField(default="")
    postcode = peewee.TextField(default="")
    town = peewee.TextField(default="")
    province = peewee.TextField(null=True)
    email = peewee.TextField(default="")
    telephone = peewee.TextField(default="")
    places = peewee.IntegerField(null=True)
    since = peewee.DateField(null=True)
    until = peewee.DateField(null=True)
    agreement = peewee.TextField(null=True)
    agreement_place = peewee.IntegerField(null=True)
    successor_id = peewee.IntegerField(null=True)
    merged_on = peewee.DateField(null=True)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)
    # Of its address data: see address.py.
    version = peewee.IntegerField(default=1)
    address_saved_at = peewee.DateTimeField(null=True)

    @classmethod
    def add(cls, kind: Kind, **values: Any) -> "Facility":
        """Insert a facility of this kind, with a tenant of its own."""
        made: Facility = cls.create(id=Tenant.new(FACILITY).id, kind=kind.code, under=kind.under,
                                    agreements=kind.agreements, **values)
        return made

    @classmethod
    def by_hco(cls, hco: str) -> "Facility | None":
        """Return the facility with this HCO number, or None."""
        return None if NUL in hco else _BY_HCO.first(cls, hco=hco)

    @classmethod
    def with_dossier(cls) -> "peewee.ModelSelect[Facility]":
        """Select the facilities with a dossier of their own, by name."""
        return cls.select().where(cls.under == "").order_by(cls.name, cls.hco)

    @classmethod
    def named(cls, ids: "list[int]") -> "list[Facility]":
        """Return the facilities with these ids, by name."""
        return list(cls.select().where(cls.id.in_(ids)).order_by(cls.name, cls.hco))

    @property
    def kind_label(self) -> str:
        """Its kind in words; the code of a kind that kinds.toml no longer has."""
        return kinds()[self.kind].label if self.kind in kinds() else self.kind

    @property
    def organisation(self) -> LegalEntity:
        """The organisation in the law whose facility it is."""
        return LegalEntity.get_by_id(self.kbo)

    @property
    def parent(self) -> "Facility | None":
        """The facility under which it falls, of a facility without a dossier of its own."""
        return Facility.get_or_none(Facility.id == self.parent_id)

    @property
    def successor(self) -> "Facility | None":
        """The facility into which it merged, or will."""
        return Facility.get_or_none(Facility.id == self.successor_id)

    @property
    def is_merged(self) -> bool:
        """Whether its day of merging has come."""
        return self.is_merged_before(today())

    def is_merged_before(self, day: datetime.date) -> bool:
        """Say whether it merged into another before this day, or on it."""
        return self.merged_on is not None and self.merged_on <= day

    def under_it(self) -> "list[Facility]":
        """Return the facilities without a dossier of their own that fall under it."""
        return list(Facility.select().where(Facility.parent_id == self.id).order_by(Facility.hco))

    def merged_into_it(self) -> "list[Facility]":
        """Return the facilities that merged into it, or will."""
        return list(Facility.select().where(Facility.successor_id == self.id).order_by(Facility.hco))

    def predecessors(self) -> "list[Facility]":
        """Return the facilities whose day of merging into it has come, also by way of others, by HCO number."""
        found = [one for one in self.merged_into_it() if one.is_merged]
        return sorted(found + [earlier for one in found for earlier in one.predecessors()], key=lambda one: one.hco)

    def readers(self) -> "list[tuple[Facility, str]]":
        """Return the facilities whose people read about it, each with the path of its pages: itself, successors."""
        found, one = [(self, self.hco)], self
        while one.is_merged and (successor := one.successor):
            found.append((successor, f"{successor.hco}/merged/{self.hco}"))
            one = successor
        return found

    def sharing_agreement(self) -> "list[Facility]":
        """Return the other facilities of its agreement."""
        return list(Facility.select().where(
            Facility.agreement == self.agreement, Facility.id != self.id, Facility.agreement.is_null(False)))


# Every request about a facility runs these.
_BY_HCO = Statement(lambda: Facility.select().where(Facility.hco == parameter("hco")))
_ID_BY_HCO = Statement(lambda: Facility.select(Facility.id).where(Facility.hco == parameter("hco")))


def tenant_of(hco: str) -> int | None:
    """Return the id of the facility with this HCO number, or None."""
    found = () if NUL in hco else _ID_BY_HCO.rows(hco=hco)
    return found[0][0] if found else None


def ids_of(hcos: Collection[str]) -> list[int]:
    """Return the ids of the facilities with a dossier that have these HCO numbers."""
    known = [hco for hco in hcos if NUL not in hco]
    return [facility.id for facility in Facility.with_dossier().where(Facility.hco.in_(known))]


def hco_of(facility_id: int) -> str:
    """Return the HCO number of the facility with this id."""
    return Facility.get_by_id(facility_id).hco
