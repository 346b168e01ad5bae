"""A new personnel officer tries the demonstration, from the lines that `make run` prints to the confirmation."""
import re

import pytest
from playwright.sync_api import expect

from models.arbeidszorg.register.questionnaire import DEFAULT_FILE
from models.database import today
from models.ecalcura.demonstration import demonstration, seed
from models.ecalcura.trimesters.calendar import Place, place_of
from tests.journeys.tools.hands import Mouse
from tests.journeys.tools.site import Site
from tests.journeys.tools.steps import heading
from tests.journeys.tools.window import Window

CODE = re.compile(r"ibw@voorbeeld\.be.*\n.*: (\S+) of")
MOST_LOADS = 15
SECONDS = 60_000


@pytest.fixture
def shown(tmp_path):
    """A server with the demonstration, over HTTP as `make run` has it."""
    with Site(tmp_path, secure=False, options=["--demonstration"], questions=DEFAULT_FILE) as site:
        yield site


@pytest.fixture
def window(light_browser, shown):
    made = Window(light_browser, shown, viewport={"width": 1280, "height": 800})
    yield made
    made.close()


def enter(page, hands, sample, is_last, choices):
    """Fill in the page of a new employee: entitled with these choices, or a replacement without any."""
    hands.fill(page.get_by_label("Rijksregister- of bisnummer"), sample.number)
    hands.choose(page.get_by_label("Rol"), "entitled" if choices else "replacement")
    hands.choose(page.get_by_label("Kwalificatie"), sample.qualification)
    hands.choose(page.get_by_label("Statuut"), "arbeidsovereenkomst")
    hands.fill(page.get_by_label("Begindatum"), "01/09/2019")
    hands.fill(page.get_by_label("Uren per week", exact=True), "38" if choices else "4")
    for age, kind in choices.items():
        hands.choose(page.get_by_label(f"Keuze voor de stap van {age} jaar"), kind)
    if not choices:
        replaced = page.get_by_label("Vervangt", exact=True)
        pool = replaced.locator("option", has_text="de pool van de voorziening")
        hands.choose(replaced, pool.get_attribute("value"))
        hands.fill(page.get_by_label("Datum van de overeenkomst of akte"), "15/08/2019")
    with page.expect_event("load"):
        hands.press(page.get_by_role("button", name="Opslaan" if is_last else "Opslaan en volgende", exact=True))
    expect(page.locator(".notice.error:visible")).to_have_count(0)


def choices_of(sample, premium):
    """The exemption for each step that is reached; the premium for the first one."""
    reached = [age for age, begin in seed.starts(sample).items() if begin <= today()]
    return {age: "premium" if premium and age == reached[0] else "exemption" for age in reached}


def sign_in(window):
    """Sign in with what `make run` printed."""
    page = window.page
    window.go("/login")
    page.get_by_label("E-mailadres").fill("ibw@voorbeeld.be")
    page.get_by_label("Wachtwoord", exact=True).fill(demonstration.PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    page.get_by_text("Herstelcode gebruiken").click()
    page.get_by_label("Herstelcode", exact=True).fill(CODE.search(window.site.log())[1])
    page.get_by_role("button", name="Aanmelden met herstelcode").click()
    heading(page, "Mijn voorziening")


def fill_in_and_submit(page, hands, place):
    """Fill in the prestaties of a trimester and submit it."""
    hands.press(page.get_by_role("link", name="Mijn voorziening").first)
    hands.press(page.get_by_role("link", name=f"Dien {place.label} in"))
    hands.press(page.get_by_role("link", name="Prestaties").first)
    for role, hours in (("premie", "400"), ("vervanger", "40")):
        row = page.locator("tr", has_text=role)
        hands.fill(row.locator("input[type=text]").first, hours)
        page.keyboard.press("Enter")
        expect(row).to_contain_text("opgeslagen")
    hands.press(page.get_by_role("link", name="Naar het trimester"))
    hands.tick(page.get_by_label("Ik verklaar op eer"))
    hands.press(page.get_by_role("button", name="Definitief indienen"))
    expect(page.get_by_role("heading", name="Versie 1")).to_be_visible()


def test_five_employees_are_submitted_in_fifteen_page_loads(window):
    page, hands, loaded = window.page, Mouse(window.page), []
    page.set_default_timeout(SECONDS)
    page.on("load", lambda _: loaded.append(window.path))
    people = seed.practice(today())
    nurse = next(one for one in people if one.qualification == "VPK")
    others = [one for one in people if one is not nurse and one.qualification != "GEL"]

    sign_in(window)
    page.get_by_role("link", name="Personeelsgegevens").click()
    page.get_by_role("link", name="Nieuwe medewerker").click()
    entered = [(nurse, choices_of(nurse, True)), *((one, choices_of(one, False)) for one in others[:3]),
               (others[-1], {})]
    for place, (sample, choices) in enumerate(entered):
        heading(page, "Nieuwe medewerker")
        enter(page, hands, sample, place == len(entered) - 1, choices)
        heading(page, "Medewerker" if place == len(entered) - 1 else "Nieuwe medewerker")
    fill_in_and_submit(page, hands, Place(place_of(today()).period, 2))
    assert len(loaded) <= MOST_LOADS, loaded
    expect(page.get_by_role("link", name="Bevestiging")).to_be_visible(timeout=SECONDS)
