"""'Bewonersgegevens' of a trimester."""
import io

import pytest

from models.ecalcura.contracts import lists
from models.ecalcura.deliveries import residents
from models.ecalcura.deliveries.residents import ResidentData
from tests.models.ecalcura.cast import opened, submitted
from tests.page import text_of

INDEX = "/ecalcura/990001/deliveries"
PAGE = f"{INDEX}/residents/2026/1"


@pytest.fixture
def entering(page, home):
    """A `Page`, signed in as somebody who enters the data of a home, with a trimester open."""
    lists.store()
    opened()
    page.sign_in(home.privacy)
    return page


def test_the_sums_are_typed_with_their_total_and_a_wrong_one_is_said(entering, home):
    assert "Trimester 1 (jul–sep 2026) – – nog leeg" in text_of(entering.get(INDEX))
    entering.post(PAGE, {"places_O": "4", "places_total": "4", "days_O": "300", "days_total": "301"})
    text = text_of(entering.follow())
    assert "De bewonersgegevens zijn opgeslagen." in text
    assert "V29 De som klopt niet: 300 tegenover 301." in text
    assert "Bewonersgegevens: De som klopt niet: 300 tegenover 301." in text_of(
        entering.get("/ecalcura/990001/trimesters/2026/1"))
    entering.post(PAGE, {"days_total": "300"})
    assert "V29" not in text_of(entering.follow())
    assert "Trimester 1 (jul–sep 2026) 4 300 in invoer" in text_of(entering.get(INDEX))


def test_a_wrong_number_is_refused_at_its_cell_and_nothing_is_lost(entering, home):
    soup = entering.post(PAGE, {"places_O": "4,5", "days_O": "300"}, 422)
    assert "zonder punt of komma" in soup.select_one("#places_O-error").text
    assert (soup.select_one("#places_O")["value"], soup.select_one("#days_O")["value"]) == ("4,5", "300")
    assert ResidentData.select().count() == 0


def test_after_a_colleague_saved_both_versions_are_shown(entering, home):
    values = entering.form_of(PAGE)
    residents.save_residents(home.facility, opened(), {("O", "days"): 7}, 1)
    soup = entering.post(PAGE, {**values, "days_O": "9"}, 409, token=False)
    assert "Zorgprofiel O, gefactureerde dagen 7 9" in text_of(soup)
    assert soup.select_one("#days_O")["value"] == "9"


def test_a_submitted_trimester_shows_its_numbers_and_refuses_an_older_form(entering, home):
    values = entering.form_of(PAGE)
    residents.save_residents(home.facility, opened(), {("O", "days"): 7}, 1)
    submitted(home.facility)
    soup = entering.get(PAGE)
    assert "V33 Dit verandert trimester 1, dat al is ingediend. Vraag heropening." in text_of(soup)
    assert soup.select("main input[type=text]") == []
    soup = entering.post(PAGE, {**values, "days_O": "9"}, 409, token=False)
    assert soup.select_one("#days_O")["value"] == "9"
    assert residents.counts_of(home.facility, opened()) == {("O", "days"): 7}


def test_a_file_is_read_as_a_whole_or_not(entering, home):
    rows = "Code;Erkende plaatsen;Gefactureerde dagen;Versie\nO;4;{};2026/1 v1\nX;1;1;2026/1 v1\n"
    soup = entering.post(f"{PAGE}/file", {"file": (io.BytesIO(rows.format("1,5").encode()), "x.csv")}, 422)
    assert "kijk 2 rijen van de 2 na" in text_of(soup)
    assert ResidentData.select().count() == 0
    rows = rows.format(300).replace("X;1;1;2026/1 v1\n", "")
    entering.post(f"{PAGE}/file", {"file": (io.BytesIO(rows.encode()), "x.csv")})
    assert residents.counts_of(home.facility, opened()) == {("O", "places"): 4, ("O", "days"): 300}


def test_sheltered_living_has_no_resident_data(page, ibw):
    page.sign_in(ibw.privacy)
    page.get("/ecalcura/990003/deliveries/residents/2026/1", 404)
    page.get("/ecalcura/990003/deliveries/cra/new", 404)
