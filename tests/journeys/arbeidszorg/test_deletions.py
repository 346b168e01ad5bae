"""A wrong registration, from the organisation's request to its purge: both sides, each in its own window."""
import datetime
import itertools
import re

import pytest
from playwright.sync_api import expect

from models.accounts.accounts import Account
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.register.clients import Client
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
                          email=f"verwijdert{next(_numbers)}@voorbeeld.be")


def row_with(page, number):
    """The row of the client with this number."""
    return page.get_by_role("row").filter(has_text=re.compile(rf"^\s*{number}\b"))


def ask(page, hands, number, remark):
    """Request the deletion as the organisation, from the client's page."""
    page.goto(f"/clients/{number}")
    hands.press(page.get_by_role("link", name="Verwijdering aanvragen"))
    heading(page, "Verwijdering aanvragen")
    hands.choose(page.get_by_label("Reden"), "not-guided")
    hands.fill(page.get_by_label("Opmerking"), remark)
    hands.press(page.get_by_role("button", name="Verwijdering aanvragen"))


def open_request(page, hands, number):
    """Open the request as the administrator, from the menu."""
    hands.press(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Verwijderingen"))
    heading(page, "Verwijderingen")
    hands.press(row_with(page, number).get_by_role("link", name="Bekijken en beslissen"))
    heading(page, f"Cliënt {number} verwijderen?")
    expect(page.locator("main")).not_to_contain_text(NAME)


def approve(page, hands, number):
    hands.fill(page.get_by_label("Volgnummer van de cliënt"), str(number))
    hands.press(page.get_by_role("button", name="Cliënt verwijderen"))
    heading(page, "Verwijderingen")
    expect(notice(page)).to_contain_text(f"Cliënt {number} is verwijderd")


def be_refused_first(own, mine, theirs, hands, number):
    """Try a remark with the name, a wrong number and a refused request: none of them deletes the client."""
    ask(own, mine, number, "Zelfde als Roos hierboven")
    heading(own, "Verwijdering aanvragen")
    expect(own.locator("#remark-error")).to_contain_text("‘Roos’ staat ook in de naam")
    mine.fill(own.get_by_label("Opmerking"), "Staat er twee keer")
    mine.press(own.get_by_role("button", name="Verwijdering aanvragen"))
    heading(own, "Cliëntinformatie")
    open_request(theirs, hands, number)
    hands.fill(theirs.get_by_label("Volgnummer van de cliënt"), "0")
    hands.press(theirs.get_by_role("button", name="Cliënt verwijderen"))
    expect(theirs.locator("#number-error")).to_contain_text("Er is niets verwijderd")
    hands.fill(theirs.get_by_label("Antwoord aan de organisatie"), "Welke van de twee?")
    hands.press(theirs.get_by_role("button", name="Aanvraag weigeren"))
    expect(notice(theirs)).to_contain_text("is geweigerd")
    own.reload()
    expect(own.locator("blockquote")).to_have_text("Welke van de twee?")


def age(number):
    """Make the deletion 30 days older."""
    deletion = Deletion.get(Deletion.client_number == number, Deletion.restored_at.is_null())
    Deletion.update(deleted_at=deletion.deleted_at - datetime.timedelta(days=30, minutes=1)).where(
        Deletion.id == deletion.id).execute()


@pytest.mark.parametrize(("hands_of", "script"), [(Mouse, True), (Keyboard, True), (Mouse, False)],
                         ids=["mouse", "keyboard", "no-script"])
def test_a_wrong_registration_is_requested_deleted_restored_deleted_again_and_purged(
        site, new_window, ploeg, administrator, hands_of, script):
    client = client_of(ploeg, NAME)
    period_of(client, ploeg)
    number = client.number
    own, theirs = (new_window(account, java_script_enabled=script).page for account in (ploeg.account, administrator))
    mine, hands = hands_of(own), hands_of(theirs)
    theirs.goto("/province")

    be_refused_first(own, mine, theirs, hands, number)
    ask(own, mine, number, "De tweede")
    open_request(theirs, hands, number)
    approve(theirs, hands, number)
    own.goto("/dashboard")
    expect(own.locator("main")).not_to_contain_text(NAME)
    hands.press(row_with(theirs, number).get_by_role("button", name="Terugzetten"))
    expect(notice(theirs)).to_contain_text("is teruggezet")
    own.reload()
    expect(row_of(own, NAME)).to_be_visible()

    theirs.goto(f"/province/clients/{number}/delete")
    hands.choose(theirs.get_by_label("Reden"), "not-guided")
    approve(theirs, hands, number)
    age(number)
    assert "1 purged" in site.flask("purge")
    theirs.reload()
    purged = theirs.get_by_role("region", name="Definitief verwijderd")
    expect(row_with(purged, number)).to_contain_text("Nooit begeleid")
    assert (site.key_dir / "purged.csv").read_text().splitlines()[-1].split(";")[1] == str(number)
    assert Client.get_or_none(Client.number == number) is None
    assert site.flask("purge") == ""
