"""From the desk's file to a colleague with a role, in a browser: by mouse, by keyboard, without JavaScript."""
import itertools
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.journeys.hall.test_second_factor import set_up
from tests.journeys.tools import steps
from tests.journeys.tools.hands import Keyboard, Mouse
from tests.journeys.tools.steps import heading, link_in_mail, notice, sign_in
from tests.models.ecalcura.cast import line, write

NEW_PASSWORD = "groene ladder zonder sport"
_numbers = itertools.count(880001)


def accept(window, hands, address, email):
    """Follow an invitation: choose a password, sign in and set up the second factor."""
    window.go(address)
    steps.choose_password(window.page, NEW_PASSWORD)
    sign_in(window.page, SimpleNamespace(account=SimpleNamespace(email=email)), NEW_PASSWORD, hands)
    set_up(window.page, hands)


@pytest.mark.parametrize(("hands", "javascript", "width"), [
    (Mouse, True, 1280), (Keyboard, True, 375), (Mouse, False, 375)],
    ids=["mouse", "keyboard, narrow", "without JavaScript, narrow"])
def test_the_first_access_manager_invites_a_colleague_who_gets_a_role(
        site, new_window, tmp_path, hands, javascript, width):
    hco = str(next(_numbers))
    site.flask("ecalcura", "facilities", "load", str(write(tmp_path / "file.csv", line(hco, name=f"Huis {hco}"))))
    first, second = f"ann{hco}@voorbeeld.be", f"piet{hco}@voorbeeld.be"
    site.flask("ecalcura", "access-manager", "create", "--hco", hco, "--name", "Ann Maes", "--email", first)
    window = new_window(java_script_enabled=javascript, viewport={"width": width, "height": 800})
    page = window.page
    hands = hands(page)
    accept(window, hands, link_in_mail(site, first, "/invitation/"), first)
    heading(page, "Mijn voorziening")
    assert window.path == f"/ecalcura/{hco}"

    steps.open_tab(page, hands, "Toegang")
    heading(page, "Toegang")
    hands.press(page.get_by_role("link", name="+ Collega uitnodigen"))
    heading(page, "Collega uitnodigen")
    hands.fill(page.get_by_label("Naam"), "Piet Roels")
    hands.fill(page.get_by_label("E-mailadres"), second)
    hands.press(page.get_by_role("button", name="Uitnodiging versturen"))
    heading(page, "Rol geven")
    hands.choose(page.get_by_label("Rol", exact=True), "privacy")
    hands.press(page.get_by_role("button", name="Rol geven"))
    expect(notice(page)).to_contain_text("De rol ‘Beheer privacygevoelige gegevens’ is gegeven.")
    hands.press(page.get_by_role("button", name="Afmelden", exact=True))
    heading(page, "Aanmelden")

    accept(window, hands, link_in_mail(site, second, "/invitation/"), second)
    heading(page, "Mijn voorziening")
    window.expected.add(403)
    window.go(f"/ecalcura/{hco}/access")
    heading(page, "Je mist een rol")
