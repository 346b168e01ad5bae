"""From a calculation to its revision, and an account that two people confirm: by mouse, and by keyboard."""
import itertools
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from models.ecalcura.calculations import calculating, counted, publishing
from models.ecalcura.calculations.calculations import Result
from models.ecalcura.roles import FINANCIAL, PRIVACY
from models.ecalcura.trimesters.calendar import Trimester
from tests.journeys.tools.hands import Keyboard, Mouse
from tests.journeys.tools.steps import heading, open_tab
from tests.models.ecalcura.calculations.made import a_half_financed, exempt, submitted
from tests.models.ecalcura.cast import at_desk, calculator, facility, opened, somebody

KIND = "ibw"
SHOWN = "one => one.checkVisibility() && one.getBoundingClientRect().height > 20"
TRIMESTER = "trimester 1 (jul–sep 2026)"
_numbers = itertools.count(860001)
HANDS = pytest.mark.parametrize(
    ("hands", "width"), [(Mouse, 1280), (Keyboard, 375)], ids=["mouse", "keyboard, narrow"])


@pytest.fixture
def home(register):
    """A facility that submitted a trimester, its people, and those of the desk."""
    hco = str(next(_numbers))
    made = facility(hco, KIND, name=f"Huis {hco}")
    opened(kinds=[KIND])
    a_half_financed(made)
    return SimpleNamespace(
        facility=made, path=f"/ecalcura/{hco}", name=made.name, privacy=somebody(made, PRIVACY, f"Piet{hco} Roels"),
        fien=somebody(made, FINANCIAL, f"Fien{hco} Boon"), luc=somebody(made, FINANCIAL, f"Luc{hco} Vos"),
        dossier=at_desk(name=f"dossier{hco}"), calculator=calculator(f"rekenaar{hco}"))


@pytest.fixture
def enter(new_window, hands, width):
    """Opens a window for somebody; returns it with the hands that use it."""
    def make(account):
        window = new_window(account, viewport={"width": width, "height": 800})
        return window, hands(window.page)

    return make


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def told(page):
    """The message about what was just done; a page may have other notices."""
    return page.locator("p.message")


def link(page, name):
    return page.locator("main").get_by_role("link", name=name)


def make_a_calculation(window, hands, kind):
    """Choose a kind of calculation, and wait until it is made."""
    page = window.page
    window.go("/ecalcura/desk/calculations")
    hands.press(link(page, "Nieuwe berekening"))
    heading(page, "Nieuwe berekening")
    hands.choose(page.get_by_label("Soort berekening"), kind)
    trimesters = page.get_by_label("Trimester")
    hands.choose(trimesters, trimesters.locator("option", has_text=TRIMESTER).get_attribute("value"))
    hands.choose(page.get_by_label("Voorzieningen"), KIND)
    hands.press(button(page, "Berekenen"))
    expect(told(page)).to_contain_text("De berekening is gemaakt.")


def publish(window, hands):
    """Freeze the calculation that is on the page, and publish it."""
    for step in ("Vastleggen", "Publiceren"):
        hands.press(link(window.page, step))
        hands.press(button(window.page, step))
    expect(told(window.page)).to_contain_text("De berekening is gepubliceerd.")


def ask(window, hands, home):
    """Look at the result and how it was calculated, and ask a question about it."""
    page = window.page
    window.go(home.path)
    open_tab(page, hands, "Berekeningen")
    hands.press(link(page, "Definitief voor"))
    hands.press(link(page, "Hoe is dit berekend"))
    heading(page, "Hoe is dit berekend")
    hands.press(link(page, "← Terug naar het resultaat"))
    hands.press(link(page, "Berichten"))
    write(page, hands, "Er ontbreekt een vervanger.")


def write(page, hands, text):
    """Send a message about a calculation."""
    hands.fill(page.get_by_role("textbox", name="Bericht"), text)
    hands.press(button(page, "Versturen"))
    expect(told(page)).to_contain_text("Je bericht is verstuurd.")


def answer_and_reopen(window, hands, home):
    """Answer the new message, and reopen the trimester for a revision."""
    page = window.page
    window.go("/ecalcura/desk/progress")
    hands.press(link(page, "nieuw bericht"))
    hands.press(link(page, home.name))
    write(page, hands, "Je kunt het trimester aanpassen.")
    hands.press(link(page, "van deze voorziening"))
    hands.press(link(page, "Heropenen"))
    hands.fill(page.get_by_label("Reden"), "Een vervanger ontbreekt.")
    hands.press(button(page, "Heropenen voor herziening"))
    expect(told(page)).to_contain_text(f"{home.name}: {TRIMESTER} is heropend.")


def submit_again(window, hands, home):
    """Find the answer, and submit the trimester without staff."""
    page = window.page
    window.go(home.path)
    expect(link(page, "Lees het bericht over een berekening")).to_be_visible()
    hands.press(link(page, f"Dien {TRIMESTER} opnieuw in"))
    hands.tick(page.get_by_label("Niets aan te geven in dit trimester"))
    hands.tick(page.get_by_label("Ik verklaar op eer"))
    hands.press(button(page, "Definitief indienen"))
    expect(told(page)).to_contain_text("is definitief ingediend.")
    counted.count_missing()


@HANDS
def test_a_calculation_is_questioned_and_revised(home, enter):
    calculator = enter(home.calculator)
    make_a_calculation(*calculator, "definitive")
    publish(*calculator)
    colleague = enter(home.privacy)
    ask(*colleague, home)
    answer_and_reopen(*enter(home.dossier), home)
    submit_again(*colleague, home)
    make_a_calculation(*calculator, "revision")
    window, hands = calculator
    hands.press(link(window.page, home.name))
    expect(window.page.locator("main")).to_contain_text("Tegenover de vorige berekening")


@HANDS
def test_one_colleague_proposes_an_account_and_another_confirms_it(home, enter):
    window, hands = enter(home.fien)
    page = window.page
    window.go(home.path)
    open_tab(page, hands, "Bankrekeningen")
    hands.press(link(page, "Rekening voorstellen"))
    hands.fill(page.get_by_label("Rekeningnummer (IBAN)"), "BE76 1170 0010 0095")
    hands.fill(page.get_by_label("Rekeninghouder"), "Huis vzw")
    hands.press(button(page, "Voorstellen"))
    expect(told(page)).to_contain_text("De rekening is voorgesteld.")
    expect(button(page, "Bevestigen")).to_have_count(0)

    window, hands = enter(home.luc)
    page = window.page
    window.go(home.path)
    hands.press(link(page, "Bevestig de nieuwe rekening"))
    hands.press(button(page, "Bevestigen"))
    expect(told(page)).to_contain_text("De rekening is bevestigd.")
    expect(page.locator("main .state")).to_have_text("in gebruik")


@pytest.mark.parametrize("scripted", [True, False])
def test_contracts_that_are_folded_are_short_on_a_phone_and_whole_on_paper(new_window, home, scripted):
    submitted(home.facility, *(exempt(number) for number in range(1, 26)))
    publishing.publish(publishing.freeze(calculating.make(
        "advance", Trimester.known(2026, 1), [KIND], None), None), None)
    page = new_window(home.privacy, java_script_enabled=scripted, viewport={"width": 375, "height": 800}).page
    calculation = Result.published_of(home.facility).get().calculation_id
    page.goto(f"{home.path}/calculations/{calculation}/explained")
    folded = page.locator("details.printed")
    assert folded.count() == 25
    assert not any(one.evaluate(SHOWN) for one in folded.locator("ul").all())
    assert page.evaluate("document.documentElement.scrollHeight") < 5000
    page.emulate_media(media="print")
    assert all(one.evaluate(SHOWN) for one in folded.locator("ul").all())
