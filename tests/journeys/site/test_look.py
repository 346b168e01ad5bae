"""The look of the public pages, where a rule can hold it: on paper, on a telephone, and the tiles of a row."""
import itertools
import re

import pytest
from playwright.sync_api import expect

from models.database import today
from models.organisations import Organisation
from models.site.initiatives.initiatives import Initiative
from tests.journeys.scenes.all import new_login
from tests.models.documents.made import LINK, a_document_of_site
from tests.models.site.news.made import published

_numbers = itertools.count(1)
PRINTED = ("/", "/arbeidszorginitiatieven", "/nieuws", "/documenten", "/contact", "/hulp", "/hulp/exporteren",
           "/privacy")


@pytest.fixture
def tiles(register):
    """Two initiatives whose tiles are in one row: one says much, one little."""
    for sentence in ("We kweken groenten en koken er soep van, voor de hele straat en nog wat verder.", "Wij naaien."):
        one = Organisation.create(name=f"Aalbes {next(_numbers)}", province="limburg")
        Initiative.create(organisation_id=one.id, ticked=True, sentence=sentence, website="https://voorbeeld.be/aalbes")


@pytest.mark.parametrize("path", PRINTED)
def test_paper_has_no_menu_and_no_search_and_says_the_address_of_the_page(tiles, new_window, path):
    window = new_window()
    page = window.page
    window.go(path)
    page.emulate_media(media="print")
    for gone in (".bar", "search", "nav a", ".foot li", ".back"):
        assert not any(one.is_visible() for one in page.locator(gone).all()), gone
    expect(page.locator(".foot")).to_contain_text("Arbeidszorg in Vlaanderen")
    expect(page.get_by_text(page.url, exact=True)).to_be_visible()


def test_a_heading_is_on_the_sheet_of_what_it_is_about(tiles, new_window):
    window = new_window()
    for path in PRINTED:
        window.go(path)
        window.page.emulate_media(media="print")
        assert set(window.page.locator("main :is(h1, h2, h3)").evaluate_all(
            "all => all.map(one => getComputedStyle(one).breakAfter)")) == {"avoid"}, path


@pytest.mark.parametrize("path", ["/contact", "/hulp/exporteren"])
def test_a_page_for_the_wall_is_one_sheet(new_window, path):
    window = new_window()
    window.go(path)
    assert len(re.findall(rb"/Type /Page\b", window.page.pdf(format="A4"))) == 1


def test_a_link_to_elsewhere_says_its_address_on_paper(tiles, new_window):
    window = new_window()
    page = window.page
    published("Studiedag", text="Schrijf je in op [de site](https://voorbeeld.be/studiedag).")
    window.go(f"/nieuws/{today().year}/studiedag")
    page.emulate_media(media="print")
    said = "one => getComputedStyle(one, '::after').content"
    assert "https://voorbeeld.be/studiedag" in page.get_by_role("link", name="de site").evaluate(said)
    a_document_of_site(title="Film over de ploeg", link=LINK)
    window.go("/documenten")
    assert LINK in page.get_by_role("link", name="Film over de ploeg").evaluate(said)
    window.go("/arbeidszorginitiatieven?province=limburg")
    link = page.get_by_role("link", name="Naar de website van Aalbes").first
    assert "https://voorbeeld.be/aalbes" in link.evaluate(said)


def test_the_links_of_tiles_in_a_row_are_on_one_line(tiles, new_window):
    window = new_window()
    window.page.set_viewport_size({"width": 1280, "height": 800})
    window.go("/arbeidszorginitiatieven?q=aalbes&province=limburg")
    links = window.page.get_by_role("link", name="Naar de website van Aalbes").all()[:2]
    assert len({link.bounding_box()["y"] for link in links}) == 1


def test_the_forms_of_work_are_below_their_label_on_a_telephone(register, new_window):
    login = new_login(f"Aalbes {next(_numbers)}", f"aalbes{next(_numbers)}@voorbeeld.be")
    window = new_window()
    window.page.set_viewport_size({"width": 375, "height": 740})
    window.sign_in(login.account).go("/site/own/edit")
    group = window.page.get_by_role("group", name="Werkvormen")
    label, box = group.locator(".label").bounding_box(), group.get_by_label("Enclave").bounding_box()
    assert box["x"] == pytest.approx(label["x"], abs=4)
    assert box["y"] > label["y"] + label["height"]
