"""From the sign-in at an OpenID provider to the confirmation of a trimester in hand."""
import io
import re
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import expect

from models.arbeidszorg.register.questionnaire import DEFAULT_FILE
from models.database import today
from models.ecalcura.demonstration import seed
from models.ecalcura.trimesters.calendar import Place, place_of
from tests.journeys.ecalcura.test_newcomer import SECONDS, choices_of, enter, fill_in_and_submit
from tests.journeys.tools.hands import Mouse
from tests.journeys.tools.site import Site
from tests.journeys.tools.steps import heading
from tests.journeys.tools.window import Window
from tests.tools.provider import Person, running, settings_for

LIES = Person("Lies Dok", "31aa-lies", {
    "given_name": "Lies", "family_name": "Dok", "loket_rol_3d": "Personeel:990016", "acr": "eid"})
NAME = "Beschut wonen Kompas (voorbeeld)"


@pytest.fixture
def window(light_browser, tmp_path):
    """A window on the demonstration, of which people sign in at a provider."""
    with running(people=(LIES,)) as provider:
        more = {name: str(value) for name, value in settings_for(provider.issuer, tmp_path).items()}
        with Site(tmp_path, secure=False, options=["--demonstration"], questionnaire=DEFAULT_FILE, more=more) as site:
            made = Window(light_browser, site, viewport={"width": 1280, "height": 800}, accept_downloads=True)
            made.beside = f"{provider.issuer}/"
            yield made
            made.close()


def sign_in(window):
    """Go from the sign-in page to the provider, and pick the only person there."""
    window.go("/login")
    page = window.page
    Mouse(page).press(page.get_by_role("link", name="Aanmelden met de voorbeelddienst"))
    heading(page, "Wie ben je?")
    page.get_by_role("link", name="Lies Dok").click()
    heading(page, "Mijn voorziening")
    assert window.path == "/ecalcura/990016"


def confirmation(page):
    """Wait until the confirmation is made, and download it; returns its bytes."""
    link = page.get_by_role("link", name="Bevestiging")
    expect(link).to_be_visible(timeout=SECONDS)
    with page.expect_download() as started:
        link.click()
    assert re.fullmatch(r"[\w.-]+\.pdf", started.value.suggested_filename)
    return Path(started.value.path()).read_bytes()


def test_somebody_signs_in_enters_two_people_submits_and_holds_the_confirmation(window):
    page = window.page
    page.set_default_timeout(SECONDS)
    people = seed.practice(today())
    nurse = next(one for one in people if one.qualification == "VPK")
    helper = people[-1]

    sign_in(window)
    page.get_by_role("link", name="Personeelsgegevens").click()
    page.get_by_role("link", name="Nieuwe medewerker").click()
    enter(page, nurse, False, choices_of(nurse, True))
    enter(page, helper, True, {})
    place = Place(place_of(today()).period, 2)
    fill_in_and_submit(page, place)

    content = confirmation(page)
    assert content.startswith(b"%PDF")
    text = " ".join(" ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(content)).pages).split())
    for part in ("Bevestiging van indiening", NAME, "HCO-nummer: 990016", "Versie: 1", "Ingediend door: Lies Dok",
                 place.label, seed.person(nurse.number).family, f"••.••.••-•••.{nurse.number[-2:]}", "400,00"):
        assert part in text, part
    assert nurse.number not in text
    assert nurse.number.encode() not in content
