"""A login with two roles: it is asked which after signing in, and switches in the menu."""
import pytest
from playwright.sync_api import expect

from models.accounts.grants import Grant
from models.arbeidszorg.roles import ORGANISATION
from tests.journeys.tools.hands import Keyboard, Mouse
from tests.journeys.tools.steps import heading, sign_in


@pytest.fixture
def kring(ploeg, new_organisation):
    """A second organisation of the login of `ploeg`."""
    kring = new_organisation("De Kring")
    kring.account.grants[0].end()
    Grant.give(ploeg.account.id, ORGANISATION, kring.organisation)
    return kring


@pytest.mark.parametrize(("script", "tool"), [(True, Keyboard), (False, Mouse)], ids=["keyboard", "no-script"])
def test_a_login_chooses_a_role_and_switches_in_the_menu(new_window, ploeg, kring, script, tool):
    window = new_window(java_script_enabled=script)
    page = window.page
    # Without JavaScript the tool that looks at the focus does not run either.
    hands = tool(page)
    window.go("/organisation")
    sign_in(page, ploeg, hands=hands)
    heading(page, "In welke rol ga je verder?")
    hands.press(page.get_by_role("button", name=kring.organisation.name))
    heading(page, "Mijn organisatie")
    expect(page.get_by_role("heading", name=kring.organisation.name)).to_be_visible()
    hands.press(page.get_by_role("link", name="Wissel van rol"))
    heading(page, "In welke rol ga je verder?")
    expect(page.get_by_role("button", name=f"{kring.organisation.name} (nu)")).to_be_visible()
    hands.press(page.get_by_role("button", name=ploeg.organisation.name))
    heading(page, "Dashboard")
    expect(page.locator("header")).to_contain_text(ploeg.organisation.name)
    hands.press(page.get_by_role("button", name="Afmelden"))
    heading(page, "Aanmelden")
