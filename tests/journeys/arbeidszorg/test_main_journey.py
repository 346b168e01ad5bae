"""An organisation's main task, from signing in to a returning client: by mouse, by keyboard, without JavaScript."""
import pytest
from playwright.sync_api import expect

from tests.factories import client_of, period_of
from tests.journeys.tools.hands import Keyboard, Mouse
from tests.journeys.tools.steps import fill_client, heading, notice, row_of, sign_in, tab, tab_is
from tests.journeys.tools.window import words


def add_client(page, hands, name):
    """Add a client with its first period, starting and ending on the dashboard."""
    hands.press(page.get_by_role("link", name="+ Voeg een nieuwe cliënt toe"))
    heading(page, "Nieuwe cliënt")
    fill_client(page, name, hands, birth_date="02-11-1990")
    hands.press(page.get_by_role("button", name="Opslaan"))
    heading(page, "Periode toevoegen")
    hands.fill(page.get_by_label("Aantal uren"), "12,5")
    hands.fill(page.get_by_label("Startdatum"), "3-6-2024")
    hands.press(page.get_by_role("button", name="Opslaan"))
    heading(page, "Dashboard")
    expect(notice(page)).to_contain_text("staat bij ‘Actieve cliënten’")
    expect(row_of(page, name)).to_contain_text("03/06/2024")


def close_period(page, hands, name):
    """Close the client's period; the other tab opens, which lists the client now."""
    hands.press(row_of(page, name).get_by_role("link", name="Periode bewerken of afsluiten"))
    heading(page, "Bewerk begeleidingsperiode")
    hands.fill(page.get_by_label("Einddatum"), "30092024")
    hands.choose(page.get_by_label("Reden van stopzetting"), "training")
    hands.choose(page.get_by_label("Perspectief na stopzetting"), "higher")
    hands.press(page.get_by_role("button", name="Opslaan"))
    heading(page, "Dashboard")
    tab_is(page, "Niet-actieve cliënten")
    expect(row_of(page, name)).to_contain_text("30/09/2024")


def start_again(page, hands, name):
    """Start a new period for a client on 'Niet-actieve cliënten', which makes it active again."""
    hands.press(tab(page, "Niet-actieve cliënten"))
    hands.press(row_of(page, name).get_by_role("link", name="Nieuwe periode starten"))
    hands.fill(page.get_by_label("Aantal uren"), "15,2")
    hands.fill(page.get_by_label("Startdatum"), "01/02/2025")
    hands.press(page.get_by_role("button", name="Opslaan"))
    heading(page, "Dashboard")
    tab_is(page, "Actieve cliënten (2)")


# Each way over TLS, and one without TLS: neither keyboard nor JavaScript depends on it.
@pytest.mark.parametrize(("site", "hands_of", "script"), [
    ("https", Mouse, True), ("https", Keyboard, True), ("https", Mouse, False), ("http", Mouse, True)],
    ids=["mouse", "keyboard", "no-script", "mouse-http"], indirect=["site"])
def test_a_client_is_added_a_period_is_closed_and_another_started(new_window, ploeg, hands_of, script):
    period_of(client_of(ploeg, "Roos Peeters"), ploeg)
    window = new_window(java_script_enabled=script)
    page, hands = window.page, hands_of(window.page)
    window.go("/login")
    sign_in(page, ploeg, hands=hands)
    heading(page, "Dashboard")
    expect(row_of(page, "Roos Peeters")).to_be_visible()
    add_client(page, hands, "Ward Claes")
    close_period(page, hands, "Ward Claes")
    hands.press(tab(page, "Actieve cliënten"))
    expect(row_of(page, "Roos Peeters")).to_be_visible()
    expect(row_of(page, "Ward Claes")).to_have_count(0)
    start_again(page, hands, "Ward Claes")

    hands.press(row_of(page, "Ward Claes").get_by_role("link", name="Cliëntinformatie"))
    heading(page, "Cliëntinformatie")
    periods = words(page.get_by_role("table").get_by_role("row"))
    assert ["15,2" in periods[1], "12,5" in periods[2]] == [True, True]
    hands.press(page.get_by_role("button", name="Afmelden"))
    heading(page, "Aanmelden")
