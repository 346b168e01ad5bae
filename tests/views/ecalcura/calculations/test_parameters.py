"""'Parameters' at the desk."""
from models.ecalcura.calculations.parameters import ParameterVersion
from tests.models.ecalcura.calculations import made
from tests.models.ecalcura.cast import calculator
from tests.page import text_of

BASE = "/ecalcura/desk/parameters"
TYPED = {"reference": "Voorbeeldbesluit, artikel 1", "since": "01/07/2026", "until": "",
         **{f"value_{name.replace(' ', '_')}": value for name, value in made.values().items()}}


def test_one_calculator_enters_parameters_and_another_confirms_them(page, desk):
    page.sign_in(desk.calculator)
    page.post(f"{BASE}/new", TYPED)
    soup = page.follow()
    version = ParameterVersion.newest().get()
    one = f"{BASE}/{version.id}"
    assert "te bevestigen" in text_of(soup.main)
    # Its author sees no button, and a request of their own is refused.
    assert soup.select(f"form[action='{one}/confirm']") == []
    page.post(f"{one}/confirm", form=one)
    assert "Een andere rekenaar bevestigt ze." in text_of(page.follow())
    second = calculator("tweede")
    page.sign_in(second)
    page.post(f"{one}/confirm", form=one)
    text = text_of(page.follow().main)
    assert "bevestigd" in text
    assert "tweede@voorbeeld.be" in text
    assert ParameterVersion.one(version.id).confirmer_id == second.id
    # A second click, and withdrawing afterwards, change nothing.
    page.post(f"{one}/confirm", form=one)
    page.post(f"{one}/withdraw", form=one)
    assert "al bevestigd" in text_of(page.follow())
    assert ParameterVersion.one(version.id).state == "confirmed"


def test_a_wrong_value_is_refused_at_its_field_and_nothing_is_lost(page, desk):
    page.sign_in(desk.calculator)
    soup = page.post(f"{BASE}/new", {**TYPED, "value_index": "1,02,3"}, status=422)
    assert text_of(soup.select_one("#value_index-error")).startswith("Fout: Typ een getal boven 0")
    assert soup.select_one("#value_index")["value"] == "1,02,3"
    assert soup.select_one("#reference")["value"] == TYPED["reference"]
    soup = page.post(f"{BASE}/new", {**TYPED, "until": "30/06/2026"}, status=422)
    assert soup.select_one("#until-error")
    assert not ParameterVersion.select().exists()


def test_a_version_that_was_entered_by_mistake_is_withdrawn(page, desk):
    version = made.entered()
    page.sign_in(desk.calculator)
    page.post(f"{BASE}/{version.id}/withdraw", form=f"{BASE}/{version.id}")
    assert "ingetrokken" in text_of(page.follow().main)
    assert [text_of(row) for row in page.get(BASE).select("tbody .state")] == ["ingetrokken"]
    page.get(f"{BASE}/{version.id + 1}", 404)


def test_nobody_else_sees_the_parameters(page, home, desk):
    for account in (desk.dossier, home.privacy, home.financial):
        page.sign_in(account)
        page.get(BASE, 403)
