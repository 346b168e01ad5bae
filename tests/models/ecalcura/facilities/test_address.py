"""The address data of a facility, which its people and the desk change."""
import pytest

from models.audit import AuditEntry
from models.ecalcura.facilities.address import Address, address_of, change
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.facilities.loading import load
from models.errors import Refused, Stale
from tests.factories import days
from tests.models.ecalcura.cast import at_desk, facility, write

pytestmark = pytest.mark.usefixtures("register")
GHENT = Address("Lindelaan 3", "9000", "Gent", "info@voorbeeld.be", "09 123 45 67")


@pytest.fixture
def home():
    return facility("990001", name="De Linde")


def again(made):
    return Facility.get_by_id(made.id)


def changes(made):
    return [(entry.account_id, entry.details["fields"]) for entry in AuditEntry.of_tenant(made.id).where(
        AuditEntry.event == "facility-changed")]


def test_a_change_is_saved_and_the_log_says_which_fields(home):
    els = at_desk()
    change(home, GHENT, 1, els)
    assert address_of(again(home)) == GHENT
    change(home, GHENT._replace(telephone=""), 2, els)
    change(home, GHENT._replace(telephone=""), 3, els)
    assert changes(home) == [(els.id, ["telephone"]), (els.id, ["street", "postcode", "town", "email", "telephone"])]
    assert again(home).version == 3


def test_an_older_form_is_refused_with_the_address_of_now(home):
    change(home, GHENT, 1)
    with pytest.raises(Stale) as stale:
        change(home, GHENT._replace(town="Deinze"), 1)
    assert address_of(stale.value.current) == GHENT
    assert address_of(again(home)) == GHENT


def test_a_facility_that_merged_keeps_its_address(home):
    other = facility("990002", name="De Beuk")
    Facility.update(successor_id=other.id, merged_on=days(-1)).where(Facility.id == home.id).execute()
    with pytest.raises(Refused) as refused:
        change(home, GHENT, 1)
    assert refused.value.code == "merged_away"


def test_a_wrong_address_for_mails_is_refused(home):
    with pytest.raises(Refused):
        change(home, GHENT._replace(email="geen adres"), 1)
    assert address_of(again(home)).town == ""


def test_the_file_leaves_an_address_that_was_saved_here_and_still_changes_the_rest(home, tmp_path):
    headings = "HCO-nummer;KBO-nummer;Soort;Naam;Straat;Postcode;Gemeente"

    def loaded(street, name):
        row = f"990001;{home.kbo};woonzorgcentrum;{name};{street};8000;Brugge"
        return load(write(tmp_path / "facilities.csv", row, headings=headings))

    assert loaded("Oude Markt 1", "De Linde").changed == 1
    assert (again(home).street, again(home).version) == ("Oude Markt 1", 2)
    change(home, GHENT, 2)
    assert loaded("Oude Markt 2", "De Linde").same == 1
    assert loaded("Oude Markt 2", "De Nieuwe Linde").changed == 1
    assert (again(home).name, address_of(again(home))) == ("De Nieuwe Linde", GHENT)
