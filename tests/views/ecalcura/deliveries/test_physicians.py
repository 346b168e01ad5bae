"""'CRA': the coordinating and advising physician."""
import datetime

import pytest

from models.ecalcura.deliveries.physicians import CraContract, change_physician
from tests.models.ecalcura.cast import number_of
from tests.models.ecalcura.physicians import physician, silent_physician
from tests.page import text_of

INDEX = "/ecalcura/990001/deliveries"
NUMBER = number_of(datetime.date(1961, 6, 6))


@pytest.fixture
def entering(page, home, registers):
    """A `Page`, signed in as somebody who enters the data of a home."""
    page.sign_in(home.privacy)
    return page


def test_a_physician_is_added_by_number_and_the_list_shows_the_name_and_a_masked_number(entering, registers):
    registers.has(NUMBER, "Vera", "Arts")
    assert "Vera" not in text_of(entering.get(f"{INDEX}/cra/new"))
    entering.post(f"{INDEX}/cra/new", {"number": NUMBER, "since": "01/09/2026", "riziv": "1-00004-00-001"})
    text = text_of(entering.follow())
    assert "Opgeslagen: Vera Arts." in text
    assert f"Vera Arts ••.••.••-•••.{NUMBER[-2:]} 10000400001 ongewoon nummer: kijk het na 01/09/2026 loopt" in text
    assert NUMBER not in entering.response.text


@pytest.mark.parametrize(("fields", "words"), [
    ({"number": "123"}, "V01 Dit is geen geldig"), ({"since": ""}, "Typ de begindatum"),
    ({"riziv": "12"}, "Een RIZIV-nummer heeft 11 cijfers."), ({"until": "01/01/2020"}, "De laatste dag ligt voor"),
    ({"since": "01/06/2020"}, "In deze dagen loopt al een ander CRA-contract."),
    ({}, "V02 Het rijksregister kent dit nummer niet.")])
def test_a_wrong_field_is_said_at_the_field(entering, home, fields, words):
    silent_physician(home.facility)
    soup = entering.post(f"{INDEX}/cra/new", {"number": NUMBER, "since": "01/09/2026", **fields}, 422)
    assert words in text_of(soup)
    assert CraContract.select().count() == 1


def test_while_the_register_is_silent_the_name_follows(entering, home, registers):
    registers.has(NUMBER, "Vera", "Arts")
    registers.silent = True
    entering.post(f"{INDEX}/cra/new", {"number": NUMBER, "since": "01/09/2026"})
    assert "naam volgt" in text_of(entering.follow())
    ask = f"{INDEX}/cra/{CraContract.get().id}/ask"
    entering.post(ask, form=INDEX)
    assert "Het rijksregister antwoordt niet." in text_of(entering.follow())
    registers.silent = False
    entering.post(ask, form=INDEX)
    assert "Vera Arts" in text_of(entering.follow())


def test_a_contract_is_ended_and_days_without_one_are_a_warning(entering, home):
    one = physician(home.facility)
    entering.post(f"{INDEX}/cra/{one.id}", {"until": "31/12/2025"})
    physician(home.facility, datetime.date(2026, 2, 1))
    assert "V30 Geen CRA van 01/01/2026 tot 31/01/2026." in text_of(entering.get(INDEX))


def test_after_a_colleague_changed_it_both_versions_are_shown(entering, home):
    one = physician(home.facility)
    values = entering.form_of(f"{INDEX}/cra/{one.id}")
    change_physician(one, "", one.since, datetime.date(2026, 1, 1), 1)
    soup = entering.post(f"{INDEX}/cra/{one.id}", {**values, "until": "31/12/2025"}, 409, token=False)
    assert "Einddatum 01/01/2026 31/12/2025" in text_of(soup)


def test_a_wrong_contract_is_deleted_once_and_another_facility_s_does_not_exist(entering, home, desk):
    one = physician(home.facility)
    entering.get(f"{INDEX}/cra/999", 404)
    remove = f"{INDEX}/cra/{one.id}/remove"
    values = entering.form_of(remove)
    for words in ("is verwijderd", "is al verwijderd"):
        entering.post(remove, values, token=False)
        assert words in text_of(entering.follow())
    assert CraContract.select().count() == 0
    entering.sign_in(home.financial)
    entering.get(INDEX, 403)


def test_the_desk_sees_the_physician_and_changes_nothing(page, home, desk):
    physician(home.facility)
    page.sign_in(desk.dossier)
    soup = page.get("/ecalcura/desk/facilities/990001/deliveries")
    assert "Vera Arts" in text_of(soup)
    assert soup.select("main form, main a[href*=cra]") == []
    page.sign_in(desk.calculator)
    page.get("/ecalcura/desk/facilities/990001/deliveries", 403)
