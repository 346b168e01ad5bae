"""'Initiatieven': tiles, filters, near by, the windows of the provinces, and the page of one."""
import pytest

from models.arbeidszorg.roles import ORGANISATION
from models.organisations import Organisation
from models.site.initiatives.initiatives import Initiative
from models.site.initiatives.listing import TILES
from models.site.moment import last_change
from tests.factories import account_with
from tests.page import text_of

LIST = "/arbeidszorginitiatieven"


def made(name, province="limburg", sector=None, **values):
    """An initiative that its province ticked."""
    organisation = Organisation.create(name=name, province=province, sector=sector)
    Initiative.create(organisation_id=organisation.id, ticked=True, **values)
    return organisation


def tiles(soup):
    return [text_of(tile.select_one("h3, h4")) for tile in soup.select(".tiles > li")]


def headings(soup):
    return [text_of(heading) for heading in soup.select("#found, .nearness")]


def windows(soup):
    return {text_of(link.select_one("span > span")): int(link.b.get_text()) for link in soup.select("#provinces a")}


@pytest.fixture
def two_hundred(page):
    """A register with 200 initiatives beside those of the cast, in five provinces."""
    provinces = ("antwerpen", "limburg", "oost-vlaanderen", "vlaams-brabant", "west-vlaanderen")
    for number in range(200):
        made(f"Initiatief {number:03}", provinces[number % 5], postcode=f"{9000 + number}", municipality="Gent",
             sentence="Wij herstellen fietsen.", forms="technical green" if number % 2 else "kitchen")
    return page


def test_a_visitor_pages_through_two_hundred_initiatives(two_hundred):
    soup = two_hundred.get(LIST)
    assert soup.select_one("#found").get_text() == "203 initiatieven"
    assert len(tiles(soup)) == TILES
    last = two_hundred.get(f"{LIST}?page=9")
    assert len(tiles(last)) == 203 - 8 * TILES
    assert text_of(last.select_one(".pages p")) == "193–203 van 203"
    assert windows(soup) == {"Antwerpen": 40, "Limburg": 41, "Oost-Vlaanderen": 42, "Vlaams-Brabant": 40,
                             "West-Vlaanderen": 40}
    assert len(two_hundred.browser.get(LIST, headers={"Accept-Encoding": "gzip"}).data) < 8_000


def test_a_tile_leads_to_doeners_else_to_the_own_website_else_to_the_page_here(page):
    own = made("Eigen pagina", postcode="3500", municipality="Hasselt", sector="welfare", forms="green")
    made("Met website", website="https://met.be/wij")
    made("Op doeners", website="https://op.be", doeners="https://www.doeners.be/op")
    links = {text_of(tile.h3): tile.select_one(".leads a") for tile in page.get(LIST).select(".tiles > li")}
    assert links["Eigen pagina"]["href"] == f"{LIST}/eigen-pagina-{own.id}"
    assert not links["Eigen pagina"].has_attr("rel")
    assert (links["Met website"]["href"], links["Met website"]["rel"]) == ("https://met.be/wij", ["noopener"])
    assert (links["Op doeners"]["href"], links["Op doeners"]["rel"]) == ("https://www.doeners.be/op", ["noopener"])
    shown = text_of(links["Eigen pagina"].find_parent("li"))
    assert "3500 Hasselt Algemeen welzijnswerk en OCMW" in shown
    assert "Groen en land" in shown


def test_each_window_and_each_chip_is_a_filter_in_the_address(page):
    made("A", "antwerpen", forms="green")
    made("B", "antwerpen")
    soup = page.get(LIST)
    assert soup.select_one("#provinces a")["href"] == f"{LIST}?province=antwerpen"
    soup = page.get(f"{LIST}?province=antwerpen&work=green")
    assert tiles(soup) == ["A"]
    assert soup.select_one("#found").get_text() == "1 initiatief in Antwerpen"
    assert soup.select_one("#provinces [aria-current]")["href"] == f"{LIST}?work=green"
    assert [chip["href"] for chip in soup.select(".chips a")] == [
        f"{LIST}?work=green", f"{LIST}?province=antwerpen", LIST]
    assert [option["value"] for option in soup.select("#search option[selected]")] == ["antwerpen", "green"]


def test_a_postcode_shows_how_near_each_is(page):
    made("Hier", postcode="3500")
    made("Buurt", postcode="3510")
    soup = page.get(f"{LIST}?q=3500")
    assert headings(soup) == ["3 initiatieven in en rond 3500", "In 3500", "In de buurt van 3500",
                              "Verder in de provincie"]
    assert tiles(soup) == ["Hier", "Buurt", "De Winning"]
    assert [heading.name for heading in soup.select("#list :is(h2, h3, h4)")] == ["h2", *["h3", "h4"] * 3]


def test_a_municipality_shows_those_there_and_those_near_by(page):
    made("Hier", postcode="3500", municipality="Hasselt")
    made("Huis Hasselt", "antwerpen")
    soup = page.get(f"{LIST}?q=hasselt")
    assert headings(soup) == ["3 initiatieven in en rond Hasselt", "In Hasselt", "Met ‘hasselt’ in de naam",
                              "Verder in de provincie"]
    assert tiles(soup) == ["Hier", "Huis Hasselt", "De Winning"]
    assert headings(page.get(f"{LIST}?q=hasselt&province=limburg"))[0] == "2 initiatieven in en rond Hasselt in Limburg"


def test_a_municipality_without_an_initiative_says_so_and_shows_those_near_by(page):
    assert headings(page.get(f"{LIST}?q=bree")) == [
        "Geen initiatief in Bree, wel 1 in de buurt of de provincie", "Verder in de provincie"]
    assert headings(page.get(f"{LIST}?q=bree&province=limburg"))[0] == "Geen initiatief in Bree, wel 1 in Limburg"
    assert headings(page.get(f"{LIST}?q=bree&province=antwerpen")) == ["Geen initiatief gevonden in Antwerpen"]


def test_a_search_without_a_result_leads_on(page):
    soup = page.get(f"{LIST}?q=nergens&province=limburg")
    assert "Geen initiatief gevonden in Limburg" in text_of(soup.select_one("#list"))
    assert [link["href"] for link in soup.select(".empty a")] == [f"{LIST}?province=limburg", "/contact"]
    page.get(f"{LIST}?province=mars&work=%27&page=x&q=%00&sector=")


def test_htmx_gets_the_tiles_and_the_windows_alone_and_a_short_address(page):
    made("A", "antwerpen")
    soup = page.partial(f"{LIST}?q=a&province=antwerpen&work=&sector=")
    assert tiles(soup) == ["A"]
    assert soup.select_one("#provinces[data-hx-swap-oob]")
    assert page.response.headers["HX-Replace-Url"] == f"{LIST}?q=a&province=antwerpen"
    assert not page.get(LIST).select("[data-hx-swap-oob]")


def test_the_page_of_an_initiative_shows_only_what_it_ticked(page):
    one = made("De Brug", sector="welfare", postcode="3500", municipality="Hasselt", address="Dorp 1",
               telephone="011 00 00 00", email="info@brug.be", website="https://brug.be", sentence="Wij kweken sla.",
               description="Eerst.\n\n# Kop\n\nDan <b>dit</b>.", forms="green",
               contact_role="de begeleider van het atelier", opening_hours="ma 9-16 u\ndi 9-16 u")
    soup = page.get(f"{LIST}/de-brug-{one.id}")
    text = text_of(soup.main)
    assert "011 00 00 00" not in text
    assert "info@brug.be" not in text
    assert "Dan <b>dit</b>." in text
    assert text_of(soup.select_one(".prose h2")) == "Kop"
    assert soup.select_one("meta[name=description]")["content"] == "Wij kweken sla."
    assert soup.select_one("[itemtype='https://schema.org/Organization'] [itemprop=name]")["content"] == "De Brug"
    assert soup.select_one("[itemprop=url]")["rel"] == ["noopener"]
    assert "Atelier" not in text
    Initiative.update(shows_telephone=True, shows_email=True).execute()
    soup = page.get(f"{LIST}/de-brug-{one.id}")
    assert soup.select_one("[itemprop=telephone]")["href"] == "tel:011000000"
    assert soup.select_one("[itemprop=email]")["href"] == "mailto:info@brug.be"
    # An address with which somebody signs in from now on.
    account_with(ORGANISATION, one, email="info@brug.be")
    page.get(f"{LIST}/de-brug-{one.id}")
    assert "info@brug.be" not in page.response.text


def test_an_initiative_without_a_page_of_its_own_shows_its_name_and_whom_to_ask(page, ploeg):
    soup = page.get(f"{LIST}/de-ploeg-{ploeg.organisation.id}")
    assert "Vraag raad in je provincie" in text_of(soup.main)
    assert ploeg.account.email not in page.response.text


def test_an_address_with_an_old_name_leads_to_the_present_one_and_a_hidden_one_is_not_there(page):
    one = made("De Brug")
    page.get(f"{LIST}/anders-{one.id}", 301)
    assert page.response.location == f"{LIST}/de-brug-{one.id}"
    Initiative.update(hidden_because="Dubbel").execute()
    for address in (f"de-brug-{one.id}", f"anders-{one.id}", "de-brug", "de-brug-99999", "%00-99999"):
        page.get(f"{LIST}/{address}", 404)


def test_a_page_that_a_browser_has_is_old_as_soon_as_an_initiative_changes(page):
    one = made("De Brug")
    address = f"{LIST}/de-brug-{one.id}"
    tags = {path: page.browser.get(path).headers["ETag"] for path in (LIST, address)}
    for path, tag in tags.items():
        assert page.browser.get(path, headers={"If-None-Match": tag}).status_code == 304
    before = last_change().number
    Initiative.update(sentence="Nieuw").execute()
    account_with(ORGANISATION, Organisation.create(name="Nieuw", province="limburg"), email="n@voorbeeld.be")
    assert last_change().number > before
    for path, tag in tags.items():
        assert "Nieuw" in page.browser.get(path, headers={"If-None-Match": tag}).text


def test_a_window_is_as_high_as_its_number_but_has_room_for_its_words(page):
    for number, province in enumerate(["antwerpen"] * 6 + ["limburg"] * 3 + ["west-vlaanderen"]):
        made(f"A{number}", province)
    windows = page.get(LIST).select("#provinces a")
    heights = {int(one.b.get_text()): int(one.svg["viewbox"].split()[-1]) for one in windows}
    most = max(heights)
    assert heights == {count: max(60, round(heights[most] * count / most)) for count in heights}
    assert {0, 1} <= heights.keys()
