"""'Onze pagina': an organisation edits what it shows, sees it as it will be, and what it saves is public at once."""
import datetime

import pytest

from models.database import today
from models.organisations import Organisation
from models.site.initiatives import initiatives
from models.site.initiatives.initiatives import Initiative
from models.site.initiatives.listing import slug
from tests.hall import events
from tests.page import text_of

OWN, EDIT = "/site/own", "/site/own/edit"


@pytest.fixture
def own(page, ploeg):
    """The pages of De Ploeg, signed in; `own.public()` is its page on the site as text."""
    page.sign_in(ploeg.account)
    address = f"/arbeidszorginitiatieven/{slug(ploeg.organisation.id, ploeg.organisation.name)}"
    page.public = lambda: text_of(page.get(address).main)
    return page


def row():
    return Initiative.get()


def test_the_menu_leads_to_the_page_and_the_form_begins_with_the_contact_data(own, ploeg):
    Organisation.update(address="Dorp 1", telephone="09 00", website="http://ploeg.be").where(
        Organisation.id == ploeg.organisation.id).execute()
    soup = own.get(OWN)
    assert text_of(soup.select_one("header a[aria-current]")) == "Onze pagina"
    assert "alleen jullie naam, provincie en sector" in text_of(soup.main)
    values = own.form_of(EDIT)
    assert (values["address"], values["telephone"], values["website"]) == ("Dorp 1", "09 00", "")
    assert "shows_telephone" not in values
    assert "Dorp 1" not in own.public()


def test_a_saved_page_is_public_at_once(own):
    own.post(EDIT, {"sentence": "Wij kweken sla.", "forms": ["green", "kitchen"], "telephone": "09 00 00",
                    "website": "ploeg.be", "postcode": "9000", "municipality": "Gent"})
    assert "Bezoekers zien het meteen" in text_of(own.follow().main)
    shown = own.public()
    assert "Wij kweken sla." in shown
    assert "9000 Gent" in shown
    assert "09 00 00" not in shown
    assert (row().forms, row().website, row().checked_on) == ("green kitchen", "https://ploeg.be", today())
    own.post(EDIT, {"shows_telephone": "y"})
    assert "09 00 00" in own.public()


def test_the_preview_shows_the_page_as_it_will_be_and_saves_nothing(own):
    soup = own.post(EDIT, {"sentence": "Nog niet.", "telephone": "09 11", "shows_telephone": "y", "preview": "1"}, 200)
    preview = text_of(soup.select_one(".preview"))
    assert "Nog niet." in preview
    assert "09 11" in preview
    assert soup.select_one("[name=sentence]")["value"] == "Nog niet."
    assert Initiative.select().count() == 0
    own.post(EDIT, {"website": "http://ploeg.be", "preview": "1"}, 422)


@pytest.mark.parametrize(("field", "value"), [
    ("website", "http://ploeg.be"), ("doeners", "https://ploeg.be"), ("postcode", "900"), ("email", "geen adres"),
    ("email", "PLOEG@voorbeeld.be"), ("telephone", "bel mij"), ("forms", "zwemmen"), ("sentence", "x" * 161),
    ("description", "x" * 5001), ("opening_hours", "x" * 501)])
def test_a_wrong_value_is_refused_at_its_field_and_what_was_typed_is_kept(own, field, value):
    soup = own.post(EDIT, {"municipality": "Gent", field: value}, 422)
    assert soup.select_one(f"#{field}-error")
    assert soup.select_one("[name=municipality]")["value"] == "Gent"
    assert Initiative.select().count() == 0


def test_two_who_save_at_once_see_both_versions(own, ploeg):
    form = own.form_of(EDIT)
    own.post(EDIT, {"sentence": "Eerst", "shows_email": "y", "forms": "green"})
    soup = own.post(EDIT, {**form, "sentence": "Daarna"}, 409, token=False)
    differences = text_of(soup.select_one(".notice.error:not([hidden])"))
    assert "Eerst" in differences
    assert "Daarna" in differences
    assert "Groen en land" in differences
    assert row().sentence == "Eerst"
    # In the form: the own sentence, and the forms of work that only the other one changed.
    assert [box["value"] for box in soup.select("[name=forms][checked]")] == ["green"]
    assert soup.select_one("[name=shows_email]").has_attr("checked")


def test_one_that_does_not_want_to_appear_is_nowhere_on_the_site(own, ploeg):
    own.post(EDIT, {"unwilling": "y"})
    assert "dat vroeg je zelf" in text_of(own.follow().main)
    assert "De Ploeg" not in text_of(own.get("/arbeidszorginitiatieven").main)
    own.get(f"/arbeidszorginitiatieven/de-ploeg-{ploeg.organisation.id}", 404)


def test_it_reads_why_its_province_hides_it(own, ploeg, cast):
    initiatives.hide(ploeg.organisation, "De foto’s kloppen niet.", cast.administrator)
    text = text_of(own.get(OWN).main)
    assert "Je provincie heeft jullie pagina verborgen." in text
    assert "De foto’s kloppen niet." in text


def test_it_says_that_everything_is_still_right(own):
    own.post(EDIT, {"sentence": "Zin"})
    Initiative.update(checked_on=today() - datetime.timedelta(days=400)).execute()
    assert "Klopt je pagina nog?" in text_of(own.get(OWN).main)
    dashboard = own.get("/dashboard").select_one(f".notice a[href='{OWN}']")
    assert "Klopt je pagina op de site nog?" in text_of(dashboard.parent)
    own.post(f"{OWN}/checked", {}, form=OWN)
    assert "Klopt je pagina nog?" not in text_of(own.follow().main)
    assert row().checked_on == today()
    assert not own.get("/dashboard").select(f".notice a[href='{OWN}']")
    assert events()[-2:] == ["initiative-changed", "initiative-checked"]
    own.get("/organisation/log")
    assert "alles klopt nog" in own.response.text
    assert "Eén zin over jullie werk" in own.response.text
