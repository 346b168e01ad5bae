"""'Initiatieven' of an administrator: which appear and why, corrections, ticks, and hiding with a word."""
import pytest

from models.organisations import Organisation
from models.site.initiatives.initiatives import Initiative
from tests.hall import events
from tests.page import text_of

LIST = "/site/initiatives"


@pytest.fixture
def office(page, cast):
    """The pages of the administrator of Oost-Vlaanderen, signed in."""
    page.sign_in(cast.administrator)
    return page


@pytest.fixture
def invited(cast):
    """An organisation that has no login yet."""
    return Organisation.create(name="De Brug", province="oost-vlaanderen")


def rows(soup):
    return {text_of(row.th): text_of(row.td) for row in soup.select("tbody tr")}


def public(page):
    return text_of(page.get("/arbeidszorginitiatieven").main)


def test_the_list_says_of_each_whether_it_appears_and_why(office, invited, cast):
    Initiative.create(organisation_id=cast.outsider.organisation.id, unwilling=True)
    soup = office.get(LIST)
    assert rows(soup) == {"De Brug": "Uitnodiging niet aanvaard", "Het Atelier": "Wil niet op de site",
                          "De Ploeg": "Op de site"}
    assert "1 van 3 organisaties staan op de site" in text_of(soup.main)


def test_it_ticks_one_that_was_never_accepted_and_takes_the_tick_back(office, invited):
    page = f"{LIST}/{invited.id}"
    office.post(f"{page}/tick", {}, form=page)
    assert "Op de site, door de provincie." in text_of(office.follow().main)
    assert "De Brug" in public(office)
    office.post(f"{page}/untick", {}, form=page)
    assert "De Brug" not in public(office)
    assert events()[-2:] == ["initiative-ticked", "initiative-unticked"]


def test_it_hides_one_with_a_word_and_shows_it_again(office, ploeg):
    page = f"{LIST}/{ploeg.organisation.id}"
    soup = office.post(f"{page}/hide", {"because": " "}, 422, form=page)
    assert "Schrijf waarom" in text_of(soup.select_one("#because-error"))
    office.post(f"{page}/hide", {"because": "Deze pagina is dubbel."}, form=page)
    assert "‘Deze pagina is dubbel.’" in text_of(office.follow().main)
    assert "De Ploeg" not in public(office)
    office.post(f"{page}/show", {}, form=page)
    assert "De Ploeg" in public(office)
    assert events()[-2:] == ["initiative-hidden", "initiative-shown"]


def test_it_corrects_what_an_organisation_shows(office, ploeg):
    edit = f"{LIST}/{ploeg.organisation.id}/edit"
    office.post(edit, {"municipality": "Gent", "postcode": "9000"})
    assert office.response.location == f"{LIST}/{ploeg.organisation.id}"
    assert "9000 Gent" in public(office)
    assert Initiative.get().checked_on is None
    soup = office.post(edit, {"postcode": "90"}, 422)
    assert soup.select_one("#postcode-error")


def test_another_province_is_not_there(office, cast):
    for path in ("", "/edit"):
        office.get(f"{LIST}/{cast.elsewhere.organisation.id}{path}", 404)
