"""'Logboek' in a browser, of a province and of an organisation: filtering, paging, with and without JavaScript."""
import itertools

import pytest
from playwright.sync_api import expect

from models.accounts.accounts import Account
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.roles import ADMINISTRATOR
from models.audit import record
from tests.factories import client_of
from tests.journeys.scenes.all import new_login
from tests.journeys.tools.steps import rows

MARK = "document.body.dataset.same = 'yes'"
_numbers = itertools.count(1)


@pytest.fixture
def parties(register):
    """(an administrator, an organisation's login): the organisation's log has sixty views by the administrator."""
    number = next(_numbers)
    login = new_login(f"De Klok {number}", f"klok{number}@voorbeeld.be")
    account = Account.new(ADMINISTRATOR, "oost-vlaanderen", email=f"logboek{number}@voorbeeld.be",
                             password_hash="-")
    for turn in range(60):
        record(ArbeidszorgEvent.CLIENT_VIEWED, by=account, organisation=login.organisation, subject=1000 + turn)
    client = client_of(login, "Roos")
    client.change({}, "Roos Peeters", 1, by=login.account)
    return account, login


def test_filtering_and_paging_swap_only_the_list_and_back_restores_it(parties, new_window):
    account, login = parties
    window = new_window(account)
    page = window.page
    window.go("/province/log")
    page.evaluate(MARK)
    page.get_by_role("combobox", name="Organisatie").select_option(login.organisation.name)
    expect(page.locator("#announce")).to_have_text("1–50, de nieuwste eerst")
    page.get_by_role("combobox", name="Wat").select_option("view")
    expect(rows(page).first).to_contain_text("Cliënt 1059 bekeken, zonder naam")
    page.get_by_role("link", name="Volgende").click()
    expect(rows(page)).to_have_count(10)
    assert window.path == f"/province/log?organisation={login.organisation.id}&kind=view&page=2"
    assert page.evaluate("document.body.dataset.same") == "yes"

    page.go_back()
    expect(rows(page)).to_have_count(50)
    page.reload()
    expect(rows(page).first).to_contain_text("Cliënt 1059")
    expect(page.get_by_role("combobox", name="Wat")).to_have_value("view")


def test_an_invalid_day_shows_an_error_and_can_be_corrected(parties, new_window):
    account, _ = parties
    window = new_window(account)
    page = window.page
    window.expected.add(422)
    window.go("/province/log")
    day = page.get_by_label("Vanaf")
    day.fill("31/02/2026")
    day.press("Enter")
    expect(page.get_by_role("alert").first).to_have_text("Vanaf: De dag 31/02/2026 bestaat niet. Kijk dag en maand na.")
    expect(day).to_have_value("31/02/2026")
    day.fill("01/02/2026")
    day.press("Enter")
    expect(rows(page)).to_have_count(50)


def test_an_organisation_filters_and_pages_its_log_without_javascript(parties, new_window):
    _, login = parties
    window = new_window(login.account, java_script_enabled=False)
    page = window.page
    window.go("/organisation")
    page.get_by_role("link", name="Logboek", exact=True).click()
    page.get_by_role("combobox", name="Wat").select_option("client")
    page.get_by_role("button", name="Toon").click()
    expect(rows(page)).to_have_count(2)
    expect(rows(page).first).to_contain_text("Naam van cliënt")
    page.get_by_label("Tot en met").fill("01/01/2020")
    page.get_by_role("button", name="Toon").click()
    page.get_by_role("link", name="Toon alles").click()
    expect(rows(page)).to_have_count(50)
    page.get_by_role("link", name="Volgende").click()
    expect(rows(page).last).to_contain_text("Organisatie gemaakt")
