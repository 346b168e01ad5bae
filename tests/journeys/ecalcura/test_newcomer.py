"""A new personnel officer tries the demonstration, from the lines that `make run` prints to the confirmation."""
import re

import pytest
from playwright.sync_api import expect

from models.arbeidszorg.register.questionnaire import DEFAULT_FILE
from models.database import today
from models.ecalcura.demonstration import demonstration, seed
from models.ecalcura.trimesters.calendar import Place, place_of
from tests.journeys.tools.site import Site
from tests.journeys.tools.steps import heading
from tests.journeys.tools.window import Window

CODE = re.compile(r"ibw@voorbeeld\.be.*\n.*: (\S+) of")
MOST_LOADS = 15
SECONDS = 60_000


@pytest.fixture
def shown(tmp_path):
    """A server with the demonstration, over HTTP as `make run` has it."""
    with Site(tmp_path, secure=False, options=["--demonstration"], questionnaire=DEFAULT_FILE) as site:
        yield site


@pytest.fixture
def window(light_browser, shown):
    made = Window(light_browser, shown, viewport={"width": 1280, "height": 800})
    yield made
    made.close()


def enter(page, sample, is_last, choices):
    """Fill in the page of a new employee: entitled with these choices, or a replacement without any."""
    page.get_by_label("Rijksregister- of bisnummer").fill(sample.number)
    page.get_by_label("Rol").select_option("entitled" if choices else "replacement")
    page.get_by_label("Kwalificatie").select_option(sample.qualification)
    page.get_by_label("Statuut").select_option("arbeidsovereenkomst")
    page.get_by_label("Begindatum").fill("01/09/2019")
    page.get_by_label("Uren per week", exact=True).fill("38" if choices else "4")
    for age, kind in choices.items():
        page.get_by_label(f"Keuze voor de stap van {age} jaar").select_option(kind)
    if not choices:
        page.get_by_label("Vervangt", exact=True).select_option(label="de pool van de voorziening")
        page.get_by_label("Datum van de overeenkomst of akte").fill("15/08/2019")
    with page.expect_event("load"):
        page.get_by_role("button", name="Opslaan" if is_last else "Opslaan en volgende", exact=True).click()
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


def fill_in_and_submit(page, place):
    """Fill in the prestaties of a trimester and submit it."""
    page.get_by_role("link", name="Mijn voorziening").first.click()
    page.get_by_role("link", name=f"Dien {place.label} in").click()
    page.get_by_role("link", name="Prestaties").first.click()
    for role, hours in (("premie", "400"), ("vervanger", "40")):
        row = page.locator("tr", has_text=role)
        row.locator("input[type=text]").first.fill(hours)
        row.locator("input[type=text]").first.press("Enter")
        expect(row).to_contain_text("opgeslagen")
    page.get_by_role("link", name="Naar het trimester").click()
    page.get_by_label("Ik verklaar op eer").check()
    page.get_by_role("button", name="Definitief indienen").click()
    expect(page.get_by_role("heading", name="Versie 1")).to_be_visible()


def test_five_employees_are_submitted_in_fifteen_page_loads(window):
    page, loaded = window.page, []
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
        enter(page, sample, place == len(entered) - 1, choices)
        heading(page, "Medewerker" if place == len(entered) - 1 else "Nieuwe medewerker")
    fill_in_and_submit(page, Place(place_of(today()).period, 2))
    assert len(loaded) <= MOST_LOADS, loaded
    expect(page.get_by_role("link", name="Bevestiging")).to_be_visible(timeout=SECONDS)
