"""Organisations: unique by name within a province, and changed by version."""
import pytest

from models.audit import AuditEntry
from models.errors import Refused, Stale
from models.organisations import PROVINCES, SECTORS, Organisation


def test_an_organisation_is_created_with_its_spaces_cleaned(register):
    organisation = Organisation.create_new("  De \n Ploeg ", "limburg", "ploeg@voorbeeld.be", "welfare")
    assert (organisation.name, organisation.province, organisation.sector) == ("De Ploeg", "limburg", "welfare")
    assert Organisation.by_name("limburg", "De Ploeg") == organisation
    entry = AuditEntry.get()
    assert (entry.event, entry.actor, entry.tenant_id) == ("organisation-created", "operator", organisation.id)


def test_a_name_is_unique_within_its_province(register):
    Organisation.create_new("De Ploeg", "limburg")
    Organisation.create_new("De Ploeg", "antwerpen")
    with pytest.raises(Refused, match="organisation_exists"):
        Organisation.create_new("De Ploeg", "limburg")


def test_the_database_refuses_the_second_of_two_simultaneous_organisations(register, monkeypatch):
    Organisation.create_new("De Ploeg", "limburg")
    monkeypatch.setattr(Organisation, "by_name", lambda *_: None)
    with pytest.raises(Refused, match="organisation_exists"):
        Organisation.create_new("De Ploeg", "limburg")
    assert AuditEntry.select().count() == 1


@pytest.mark.parametrize(("name", "province", "code"), [
    ("De Ploeg", "gent", "province"),
    ("   ", "limburg", "organisation_name"),
    ("x" * 201, "limburg", "organisation_name"),
])
def test_a_wrong_province_or_name_is_refused(register, name, province, code):
    with pytest.raises(Refused, match=code):
        Organisation.create_new(name, province)


def test_the_database_knows_the_same_provinces_and_sectors(register):
    for province in PROVINCES:
        for sector in [*SECTORS, None]:
            made = Organisation.create_new(f"De Ploeg {sector}", province, sector=sector)
            assert (made.province, made.sector) == (province, sector)


def test_a_change_of_contact_data_is_recorded_without_the_values(ploeg):
    changed = ploeg.organisation.update_contact("Kerkstraat 1", "", "https://voorbeeld.be", 1, by=ploeg.account)
    assert (changed.address, changed.telephone, changed.website) == ("Kerkstraat 1", "", "https://voorbeeld.be")
    assert changed.version == 2
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    assert (entry.event, entry.details) == ("contact-changed", {"fields": ["address", "website"]})


def test_the_later_of_two_colleagues_gets_the_current_data_and_changes_nothing(ploeg):
    ploeg.organisation.update_contact("Kerkstraat 1", "", "", 1, by=ploeg.account)
    with pytest.raises(Stale) as stale:
        ploeg.organisation.update_contact("Dorp 2", "", "", 1, by=ploeg.account)
    assert stale.value.current.address == "Kerkstraat 1"
    assert Organisation.get_by_id(ploeg.organisation.id).address == "Kerkstraat 1"
