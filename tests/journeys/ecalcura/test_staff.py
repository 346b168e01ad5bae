"""A personnel officer enters employees by number: by mouse, by keyboard, without JavaScript."""
import datetime
import itertools

import pytest
from playwright.sync_api import expect

from models.accounts.accounts import Account
from models.ecalcura.facilities import colleagues
from models.ecalcura.roles import PRIVACY
from tests.journeys.tools.hands import Keyboard, Mouse
from tests.journeys.tools.steps import heading, notice
from tests.models.ecalcura.cast import facility, number_of, opened

_numbers = itertools.count(870001)
BORN = datetime.date(1970, 3, 14)


@pytest.fixture
def officer(register):
    """(HCO number, account) of somebody with the privacy role in a facility of the journey's own."""
    hco = str(next(_numbers))
    home = facility(hco, name=f"Huis {hco}")
    opened()
    account = Account.new(PRIVACY, home, email=f"piet{hco}@voorbeeld.be", password_hash="-")
    colleagues.Colleague.create(facility_id=home.id, account_id=account.id, name="Piet Roels")
    return hco, account


def enter(page, hands, number, button, **choices):
    """Fill in the form of a new nurse, from top to bottom."""
    heading(page, "Nieuwe medewerker")
    hands.fill(page.get_by_label("Rijksregister- of bisnummer"), number)
    hands.choose(page.get_by_label("Rol"), "entitled")
    hands.choose(page.get_by_label("Kwalificatie"), "VPK")
    hands.choose(page.get_by_label("Statuut"), "arbeidsovereenkomst")
    hands.fill(page.get_by_label("Begindatum"), "01/09/2010")
    hands.fill(page.get_by_label("Uren per week", exact=True), "19")
    for age, kind in choices.items():
        hands.choose(page.get_by_label(f"Keuze voor de stap van {age[1:]} jaar"), kind)
    hands.press(page.get_by_role("button", name=button, exact=True))


@pytest.mark.parametrize(("hands", "javascript", "width"), [
    (Mouse, True, 1280), (Keyboard, True, 375), (Mouse, False, 375)],
    ids=["mouse", "keyboard, narrow", "without JavaScript, narrow"])
def test_five_employees_are_entered_in_a_page_each(new_window, officer, hands, javascript, width):
    hco, account = officer
    window = new_window(account, java_script_enabled=javascript, viewport={"width": width, "height": 800})
    page = window.page
    hands = hands(page)
    loaded = []
    page.on("load", lambda _: loaded.append(page.url))
    window.go(f"/ecalcura/{hco}/staff")
    heading(page, "Personeelsgegevens")
    hands.press(page.get_by_role("link", name="+ Nieuwe medewerker"))
    for place in range(4):
        enter(page, hands, number_of(BORN + datetime.timedelta(days=place)), "Opslaan en volgende", _45="premium")
        expect(notice(page)).to_contain_text("is opgeslagen")
        assert page.get_by_label("Rijksregister- of bisnummer").input_value() == ""
    enter(page, hands, number_of(BORN + datetime.timedelta(days=9)), "Opslaan", _45="premium", _50="exemption")
    heading(page, "Medewerker")
    expect(notice(page)).to_contain_text("De medewerker is opgeslagen.")
    expect(page.locator("main")).to_contain_text("gerechtigde, verpleegkundige")
    assert len(loaded) <= 15, loaded
    hands.press(page.get_by_role("button", name="Toon nummer"))
    expect(page.locator("#number")).to_contain_text("70.03.23-000")
    hands.press(page.get_by_role("link", name="Uren wijzigen"))
    hands.fill(page.get_by_label("Nieuwe uren vanaf"), "16/11/2026")
    hands.fill(page.get_by_label("Uren per week"), "38")
    hands.press(page.get_by_role("button", name="Opslaan"))
    expect(page.locator("main")).to_contain_text("38 van 38 vanaf 16/11/2026")
    hands.press(page.get_by_role("link", name="← Terug naar Personeelsgegevens"))
    expect(page.locator("#list tbody tr")).to_have_count(5)
