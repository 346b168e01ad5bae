"""The desk reminds facilities that did not submit: by mouse, and by keyboard."""
import itertools
import re

import pytest
from playwright.sync_api import expect

from models.database import today
from models.ecalcura.progress.reminders import Reminder
from models.ecalcura.roles import PRIVACY
from models.ecalcura.trimesters.calendar import place_of
from tests.journeys.tools.hands import Keyboard, Mouse
from tests.journeys.tools.steps import heading, notice
from tests.models.ecalcura.cast import at_desk, facility, opened, somebody
from tests.models.ecalcura.submissions.snapshots import content, frozen

_numbers = itertools.count(850001)
# A kind that no other journey lists.
KIND = "pvt"


@pytest.fixture
def there(register):
    """(facility, address) of three facilities of a kind, of which the last one submitted; and the trimester."""
    place = place_of(today())
    opened(*place, kinds=[KIND])
    found = []
    for _ in range(3):
        hco = str(next(_numbers))
        made = facility(hco, KIND, name=f"Huis {hco}")
        somebody(made, PRIVACY, f"Piet{hco} Roels")
        found.append((made, f"piet{hco}@voorbeeld.be"))
    frozen(found[2][0], content(), *place)
    return found, place


@pytest.mark.parametrize(("hands", "width", "javascript"), [
    (Mouse, 1280, True), (Keyboard, 375, True), (Mouse, 375, False)],
    ids=["mouse", "keyboard, narrow", "without JavaScript, narrow"])
def test_exactly_the_ticked_facilities_are_mailed_and_a_second_click_mails_nobody(
        new_window, site, there, hands, width, javascript):
    found, place = there
    (first, mailed), (second, silent), (done, _) = found
    window = new_window(at_desk(name=f"dossier{first.hco}"), java_script_enabled=javascript,
                        viewport={"width": width, "height": 800})
    page, hands = window.page, hands(window.page)
    window.go(f"/ecalcura/desk/progress/{place.period}/{place.number}?kind={KIND}")
    heading(page, place.label.capitalize())
    tick = page.locator(f"input[name=tick][value='{first.hco}']")
    expect(page.locator(f"input[name=tick][value='{second.hco}']")).not_to_be_checked()
    expect(page.locator(f"input[name=tick][value='{done.hco}']")).to_have_count(0)
    hands.tick(tick)
    button = page.get_by_role("button", name=re.compile("^Herinner"))
    button.first.dblclick()
    expect(notice(page)).to_contain_text("Herinnering verstuurd naar 1 voorziening.")
    site.deliver()
    assert [len(site.mails(address)) for address in (mailed, silent)] == [1, 0]

    # Pressed again later, it asks; leaving that page mails nobody.
    window.expected.add(409)
    hands.tick(tick)
    hands.press(button.first)
    expect(page.locator("main")).to_contain_text(f"HCO {first.hco}")
    hands.press(page.get_by_role("link", name="Annuleren"))
    heading(page, place.label.capitalize())
    site.deliver()
    assert len(site.mails(mailed)) == 1
    assert Reminder.select().where(Reminder.facility_id == first.id).count() == 1
