"""A visitor finds an initiative in two clicks from the home page; an organisation edits its page and sees it public."""
import itertools
from pathlib import Path

import pytest
from playwright.sync_api import expect

from models.organisations import Organisation
from models.site.initiatives.initiatives import Initiative
from tests.journeys.tools.hands import Keyboard, Mouse
from tests.journeys.tools.steps import heading

_numbers = itertools.count(1)
PICTURE = Path(__file__).parents[2] / "walks" / "site" / "foto.jpg"


@pytest.fixture
def garden(register):
    """The name of an initiative in Gent, the first of the list."""
    name = f"Aardappelveld {next(_numbers)}"
    Initiative.create(
        organisation_id=Organisation.create(name=name, province="oost-vlaanderen").id, ticked=True,
        sentence="We kweken aardappelen.", forms="green", postcode="9000", municipality="Gent")
    return name


@pytest.mark.parametrize(("hands", "script"), [(Keyboard, False), (Mouse, True)])
def test_a_visitor_finds_an_initiative_in_two_clicks_from_the_home_page(garden, new_window, hands, script):
    window = new_window(java_script_enabled=script)
    page, hand = window.page, hands(window.page)
    window.go("/")
    hand.press(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Initiatieven"))
    heading(page, "Vind een initiatief")
    hand.press(page.get_by_role("link", name=f"Lees meer van {garden}"))
    heading(page, garden)
    expect(page.get_by_text("We kweken aardappelen.")).to_be_visible()


def test_a_visitor_searches_by_postcode_and_follows_a_window_and_only_the_list_changes(garden, new_window):
    window = new_window()
    page = window.page
    window.go("/arbeidszorginitiatieven")
    page.evaluate("document.body.dataset.same = 'yes'")
    page.get_by_role("searchbox", name="Zoek").press_sequentially("9000")
    expect(page.locator(".nearness").first).to_have_text("In 9000")
    assert window.path == "/arbeidszorginitiatieven?q=9000"
    page.locator("#work").select_option("green")
    expect(page.locator(".chips")).to_contain_text("Groen en land")
    # The windows count what the other filters find.
    window_of = page.locator("#provinces a", has_text="Limburg")
    expect(window_of.locator("b")).to_have_text("0")
    window_of.click()
    expect(page.locator("#found")).to_have_text("Geen initiatief gevonden in Limburg")
    assert window.path == "/arbeidszorginitiatieven?q=9000&province=limburg&work=green"


def test_an_organisation_edits_its_page_and_sees_it_public(new_organisation, new_window):
    login = new_organisation()
    window = new_window(login.account)
    page = window.page
    window.go("/dashboard")
    page.get_by_role("link", name="Onze pagina").click()
    page.get_by_role("link", name="Pagina bewerken").click()
    page.get_by_label("Eén zin over jullie werk").fill("We herstellen fietsen.")
    page.get_by_label("Fietsen en techniek").check()
    page.get_by_role("button", name="Voorbeeld").click()
    expect(page.locator(".preview")).to_contain_text("We herstellen fietsen.")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("link", name="Bekijk de pagina op de site").click()
    heading(page, login.organisation.name)
    expect(page.locator("main")).to_contain_text("We herstellen fietsen.")
    visitor = new_window()
    visitor.go(window.path)
    expect(visitor.page.locator("main")).to_contain_text("Fietsen en techniek")


def test_an_organisation_adds_a_picture_and_a_visitor_sees_it_in_the_list_and_on_the_page(new_organisation, new_window):
    login = new_organisation()
    window = new_window(login.account)
    page = window.page
    window.go("/site/own")
    page.get_by_role("link", name="Foto toevoegen").click()
    page.get_by_label("Bestand").set_input_files(PICTURE)
    page.get_by_label("Wat is er op de foto te zien?").fill("Twee mensen herstellen een fiets.")
    page.get_by_label("Wie herkenbaar op de foto staat, gaf toestemming.").check()
    page.get_by_role("button", name="Opslaan").click()
    visitor = new_window(java_script_enabled=False)
    visitor.go(f"/arbeidszorginitiatieven?q={login.organisation.name}")
    expect(visitor.page.get_by_role("img", name="Twee mensen herstellen een fiets.")).to_be_visible()
    visitor.page.get_by_role("link", name=f"Lees meer van {login.organisation.name}").click()
    picture = visitor.page.get_by_role("img", name="Twee mensen herstellen een fiets.")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0
