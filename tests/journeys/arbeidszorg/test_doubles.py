"""Two registrations of one person are merged, and separated again: by mouse, by keyboard, without JavaScript."""
import pytest
from playwright.sync_api import expect

from tests.factories import client_of, days, period_of
from tests.journeys.tools.hands import Keyboard, Mouse
from tests.journeys.tools.steps import heading, notice, row_of, rows
from tests.models.arbeidszorg.doubles.merges import with_old_number


def shared(page, name):
    """The radio buttons of this name."""
    return page.locator(f"[name={name}]")


def compare(page, hands, kept, other):
    """Open the comparison from the dashboard's list of doubles."""
    hands.press(page.get_by_role("link", name="Mogelijke dubbels"))
    heading(page, "Mogelijke dubbels")
    hands.press(page.locator(f"main a[href='/clients/{kept.number}/merge/{other.number}']"))
    heading(page, "Cliënten vergelijken en samenvoegen")
    expect(page.locator(".compared")).to_contain_text("verschilt")


def merge(page, hands, kept, other):
    """Decide each difference for the second client, join the periods, and let the first number go on."""
    hands.press(page.get_by_role("button", name="Samenvoegen"))
    expect(page.get_by_role("alert")).to_contain_text("Nog niet samengevoegd")
    hands.tick(shared(page, "goes_on").nth(0))
    hands.tick(shared(page, "name").nth(1))
    hands.tick(shared(page, "answer_income").nth(1))
    hands.tick(page.locator("[value=join]"))
    hands.press(page.get_by_role("button", name="Samenvoegen"))
    heading(page, "Cliëntinformatie")
    expect(notice(page)).to_contain_text(f"Cliënt {other.number} is samengevoegd met cliënt {kept.number}")
    expect(page.locator("main")).to_contain_text("Pensioen")


def undo(page, hands, kept, other):
    """Undo the merge from the client's page."""
    hands.press(page.get_by_role("link", name="ongedaan maken"))
    heading(page, "Samenvoegen ongedaan maken?")
    hands.press(page.get_by_role("button", name="Samenvoegen ongedaan maken"))
    heading(page, "Cliëntinformatie")
    expect(notice(page)).to_contain_text(f"cliënt {other.number} is er weer")


@pytest.mark.parametrize(("hands_of", "script"), [(Mouse, True), (Keyboard, True), (Mouse, False)],
                         ids=["mouse", "keyboard", "no-script"])
def test_two_registrations_are_merged_and_separated_again(new_window, ploeg, hands_of, script):
    kept = with_old_number(client_of(ploeg, "Roos Peeters"), "17")
    other = with_old_number(client_of(ploeg, "Rosa Peeters", income="pension"), "21")
    period_of(kept, ploeg, days(-100), hours="8")
    period_of(other, ploeg, days(-40), days(-10), hours="4")
    window = new_window(ploeg.account, java_script_enabled=script)
    page, hands = window.page, hands_of(window.page)
    window.go("/dashboard")
    compare(page, hands, kept, other)
    merge(page, hands, kept, other)
    window.go("/dashboard")
    expect(rows(page)).to_have_count(1)
    expect(row_of(page, "Rosa Peeters")).to_contain_text(f"{kept.number} (17, 21)")
    window.go(f"/clients/{other.number}")
    expect(notice(page)).to_contain_text(f"Cliënt {other.number} is samengevoegd met cliënt {kept.number}.")
    undo(page, hands, kept, other)
    window.go("/dashboard?tab=inactive")
    expect(row_of(page, "Rosa Peeters")).to_contain_text(f"{other.number} (21)")
    window.go("/dashboard")
    expect(row_of(page, "Roos Peeters")).to_contain_text(f"{kept.number} (17)")
