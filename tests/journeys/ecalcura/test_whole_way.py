"""From the sign-in at an OpenID provider to the confirmation of a trimester in hand: by keyboard only."""
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
from tests.journeys.tools.hands import Keyboard
from tests.journeys.tools.site import Site
from tests.journeys.tools.steps import heading, open_tab
from tests.models.ecalcura.cast import facility
from tests.tools.provider import Person, running, settings_for

# Each way has a person and a facility of its own: (HCO number, first name, width, JavaScript).
WAYS = [("990091", "Lies", 1280, True), ("990092", "Mira", 375, True),
        ("990093", "Noor", 1280, False), ("990094", "Otto", 375, False)]
# The most times that somebody without JavaScript asks whether the confirmation is there.
MOST_LOOKS = 100
PEOPLE = [Person(f"{first} Dok", f"31aa-{hco}", {
    "given_name": first, "family_name": "Dok", "loket_rol_3d": f"Personeel:{hco}", "acr": "eid"})
    for hco, first, _, _ in WAYS]


@pytest.fixture(scope="session")
def provider():
    """A provider as a service of its own, with its own address."""
    with running(people=PEOPLE) as provider:
        yield provider


@pytest.fixture(scope="session")
def site(provider, tmp_path_factory):
    """A server with the demonstration, of which people sign in at the provider."""
    folder = tmp_path_factory.mktemp("whole-way")
    more = {name: str(value) for name, value in settings_for(provider.issuer, folder).items()}
    with Site(folder, secure=False, options=["--demonstration"], questions=DEFAULT_FILE, more=more) as site:
        yield site
        assert "loket.fault" not in site.log()


def sign_in(window, hands, name, hco):
    """Go from the sign-in page to the provider, and pick this person there."""
    page = window.page
    window.go("/login")
    hands.press(page.get_by_role("link", name="Aanmelden met de voorbeelddienst"))
    heading(page, "Wie ben je?")
    hands.press(page.get_by_role("link", name=name))
    heading(page, "Mijn voorziening")
    assert window.path == f"/ecalcura/{hco}"


def confirmation(page, hands, has_scripts):
    """Wait until the confirmation is made, and download it; returns its bytes."""
    link, again = page.get_by_role("link", name="Bevestiging"), page.get_by_role("link", name="Kijk opnieuw")
    for _ in range(MOST_LOOKS):
        if has_scripts or not again.is_visible():
            break
        with page.expect_event("load"):
            hands.press(again)
    expect(link).to_be_visible(timeout=SECONDS)
    with page.expect_download() as started:
        hands.press(link)
    assert re.fullmatch(r"[\w.-]+\.pdf", started.value.suggested_filename)
    return Path(started.value.path()).read_bytes()


@pytest.mark.parametrize(("hco", "first", "width", "has_scripts"), WAYS, ids=[
    "wide", "narrow", "wide, without JavaScript", "narrow, without JavaScript"])
def test_somebody_signs_in_enters_two_people_submits_and_holds_the_confirmation(
        new_window, provider, hco, first, width, has_scripts):
    home = facility(hco, "ibw", name=f"Beschut wonen {first} (voorbeeld)")
    window = new_window(
        viewport={"width": width, "height": 800}, java_script_enabled=has_scripts, accept_downloads=True)
    window.beside = f"{provider.issuer}/"
    page, hands = window.page, Keyboard(window.page)
    page.set_default_timeout(SECONDS)
    people = seed.practice(today())
    nurse = next(one for one in people if one.qualification == "VPK")
    helper = people[-1]

    sign_in(window, hands, f"{first} Dok", hco)
    open_tab(page, hands, "Personeelsgegevens")
    hands.press(page.get_by_role("link", name="Nieuwe medewerker"))
    enter(page, hands, nurse, False, choices_of(nurse, True))
    enter(page, hands, helper, True, {})
    place = Place(place_of(today()).period, 2)
    fill_in_and_submit(page, hands, place)

    content = confirmation(page, hands, has_scripts)
    assert content.startswith(b"%PDF")
    text = " ".join(" ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(content)).pages).split())
    for part in ("Bevestiging van indiening", home.name, f"HCO-nummer: {hco}", "Versie: 1",
                 f"Ingediend door: {first} Dok", place.label, seed.person(nurse.number).family,
                 f"••.••.••-•••.{nurse.number[-2:]}", "400,00"):
        assert part in text, part
    assert nurse.number not in text
    assert nurse.number.encode() not in content
