"""'Adresgegevens wijzigen', by the facility and by the desk."""
import pytest

from models.ecalcura.facilities import address
from models.ecalcura.facilities.address import Address
from models.ecalcura.facilities.facilities import Facility
from tests.page import text_of

OWN, DESK = "/ecalcura/990001/address", "/ecalcura/desk/facilities/990001/address"
TYPED = {"street": "Lindelaan 3", "postcode": "9000", "town": "Gent", "email": "info@voorbeeld.be", "telephone": ""}


def test_a_facility_changes_its_address_and_the_desk_reads_it_in_its_log(page, home, desk):
    page.sign_in(home.financial)
    assert page.get("/ecalcura/990001").select_one(f"a[href='{OWN}']")
    page.post(OWN, TYPED, form=OWN)
    assert "Lindelaan 3, 9000 Gent" in text_of(page.get("/ecalcura/990001").main)
    page.sign_in(desk.dossier)
    assert "Lindelaan 3, 9000 Gent" in text_of(page.get("/ecalcura/desk/facilities/990001").main)
    log = page.get("/ecalcura/desk/log").select("tbody tr")
    assert any("Gegevens van de voorziening gewijzigd: Straat, Postcode, Gemeente, E-mailadres" in text_of(row)
               and home.facility.name in text_of(row) for row in log)


def test_the_desk_changes_it_too(page, home, desk):
    page.sign_in(desk.dossier)
    page.post(DESK, TYPED, form=DESK)
    assert Facility.by_hco("990001").town == "Gent"


@pytest.mark.parametrize(("name", "text", "words"), [
    ("street", "", "Typ de straat en het nummer."), ("postcode", "90A0", "Typ de postcode met vier cijfers."),
    ("postcode", "90001", "Typ de postcode met vier cijfers."), ("town", "", "Typ de gemeente."),
    ("email", "geen adres", "")])
def test_each_mistake_is_named_at_its_field_and_nothing_is_saved(page, home, name, text, words):
    page.sign_in(home.privacy)
    soup = page.post(OWN, {**TYPED, name: text}, 422, form=OWN)
    assert words in text_of(soup.main)
    assert soup.select_one(f"[name={name}]")["aria-invalid"] == "true"
    assert Facility.by_hco("990001").version == 1


def test_after_a_colleagues_change_both_versions_are_shown_and_an_untouched_field_is_the_colleagues(page, home):
    page.sign_in(home.privacy)
    soup = page.get(OWN)
    opened = {one["name"]: one.get("value", "") for one in soup.select("main form input")}
    address.change(home.facility, Address("Kerkstraat 1", "9800", "Deinze", "", "09 123 45 67"), 1)
    soup = page.post(OWN, {**opened, **TYPED}, 409)
    assert "Kerkstraat 1" in text_of(soup.main)
    again = {one["name"]: one.get("value", "") for one in soup.select("main form input")}
    assert (again["street"], again["telephone"], again["version"]) == ("Lindelaan 3", "09 123 45 67", "2")
    page.post(OWN, again)
    assert Facility.by_hco("990001").telephone == "09 123 45 67"
