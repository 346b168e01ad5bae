"""A client moves to another organisation by three logins, each in its own window."""
import itertools
import re

import pytest
from playwright.sync_api import expect

from models.accounts.accounts import Account
from models.arbeidszorg.roles import ADMINISTRATOR
from tests.factories import client_of, period_of
from tests.journeys.tools.hands import Keyboard, Mouse
from tests.journeys.tools.steps import heading, notice, row_of

NAME = "Roos Peeters"
_numbers = itertools.count(1)


@pytest.fixture
def administrator(register, password_hash):
    """An administrator of De Ploeg's province."""
    return Account.new(ADMINISTRATOR, "oost-vlaanderen", password_hash=password_hash,
                       email=f"verhuist{next(_numbers)}@voorbeeld.be")


def propose(page, hands, number, receiver):
    """Propose the move as the administrator, from the client's page."""
    page.goto(f"/province/clients/{number}")
    hands.press(page.get_by_role("link", name="Verhuizen", exact=True))
    heading(page, f"Cliënt {number} verhuizen")
    hands.press(page.get_by_role("button", name="Verhuizing voorstellen"))
    expect(page.locator("#to-error")).to_contain_text("Kies een organisatie")
    hands.choose(page.get_by_label("Naar organisatie"), str(receiver.organisation.id))
    hands.fill(page.get_by_label("Opmerking"), "De begeleiding gaat daar verder.")
    hands.press(page.get_by_role("button", name="Verhuizing voorstellen"))
    heading(page, "Verhuizingen")
    expect(row_with(page, number)).to_contain_text("Wacht op De Ploeg")
    expect(page.locator("main")).not_to_contain_text(NAME)


def open_move(page, hands, number):
    """Open the move from the notice on the dashboard."""
    page.goto("/dashboard")
    hands.press(page.get_by_role("link", name="Naar de verhuizingen"))
    heading(page, "Verhuizingen")
    hands.press(row_with(page, number).get_by_role("link", name="Bekijken en beslissen"))
    heading(page, f"Verhuizing van cliënt {number}")


def row_with(page, number):
    """The row of the client with this number."""
    return page.get_by_role("row").filter(has_text=re.compile(rf"^\s*{number}\b"))


@pytest.mark.parametrize(("hands_of", "script"), [(Mouse, True), (Keyboard, True), (Mouse, False)],
                         ids=["mouse", "keyboard", "no-script"])
def test_a_client_moves_by_three_logins(new_window, new_organisation, ploeg, administrator, hands_of, script):
    receiver = new_organisation("Het Atelier")
    client = client_of(ploeg, NAME, income="pension")
    period_of(client, ploeg)
    number = client.number
    mine, theirs, own = (new_window(account, java_script_enabled=script).page
                         for account in (ploeg.account, receiver.account, administrator))
    propose(own, hands_of(own), number, receiver)

    open_move(mine, hands_of(mine), number)
    hands_of(mine).press(mine.get_by_role("button", name="Akkoord", exact=True))
    expect(notice(mine)).to_contain_text("blijft bij jou tot Het Atelier")
    mine.goto("/dashboard")
    expect(row_of(mine, NAME)).to_be_visible()

    open_move(theirs, hands_of(theirs), number)
    expect(theirs.locator("main")).to_contain_text("Pensioen")
    expect(theirs.locator("main")).not_to_contain_text(NAME)
    hands_of(theirs).press(theirs.get_by_role("button", name="Cliënt aanvaarden"))
    heading(theirs, "Cliëntinformatie")
    expect(theirs.locator("main")).to_contain_text(NAME)
    expect(theirs.locator("main")).to_contain_text("staat nu bij jou")

    mine.reload()
    expect(mine.locator("main")).not_to_contain_text(NAME)
    own.reload()
    expect(row_with(own, number)).to_contain_text("Verhuisd op")
    expect(own.locator("main")).not_to_contain_text(NAME)
