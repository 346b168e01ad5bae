"""'Overzicht': an administrator searches, sorts and pages through organisations, with and without JavaScript."""
import itertools

import pytest
from playwright.sync_api import expect

from models.accounts.accounts import Account
from models.arbeidszorg.roles import ADMINISTRATOR
from models.organisations import Organisation
from tests.factories import client_of, period_of
from tests.journeys.scenes.all import new_login
from tests.journeys.tools.steps import heading, rows

MARK = "document.body.dataset.same = 'yes'"
_numbers = itertools.count(1)


@pytest.fixture
def administrator(register):
    """(an administrator of Oost-Vlaanderen, the first word of the names of 31 organisations of this journey)."""
    number = next(_numbers)
    for turn in range(1, 31):
        Organisation.create_new(f"Kwartier{number} {turn:02}", "oost-vlaanderen")
    busy = new_login(f"Kwartier{number} 31", f"kwartier{number}@voorbeeld.be")
    period_of(client_of(busy, "Roos Peeters"), busy)
    return Account.new(ADMINISTRATOR, "oost-vlaanderen", email=f"overzicht{number}@voorbeeld.be",
                          password_hash="-"), f"Kwartier{number}"


def test_searching_sorting_and_paging_swap_only_the_list_and_back_restores_it(administrator, new_window):
    account, word = administrator
    window = new_window(account)
    page = window.page
    window.go("/province")
    page.evaluate(MARK)
    length = page.evaluate("history.length")
    box = page.get_by_role("searchbox", name="Zoek")
    box.press_sequentially(word.lower())
    expect(page.locator("#announce")).to_have_text("1–25 van 31 organisaties")
    expect(rows(page).first).to_contain_text(f"{word} 01")
    assert page.evaluate("history.length") == length
    expect(box).to_be_focused()
    page.get_by_label("Sorteren op").select_option("active")
    expect(rows(page).first).to_contain_text(f"{word} 31")
    page.get_by_role("link", name="Volgende").click()
    expect(rows(page)).to_have_count(6)
    assert window.path == f"/province?q={word.lower()}&sort=active&page=2"
    assert page.evaluate("document.body.dataset.same") == "yes"

    page.go_back()
    expect(rows(page).first).to_contain_text(f"{word} 31")
    page.go_forward()
    expect(rows(page)).to_have_count(6)
    rows(page).last.get_by_role("link", name=word).click()
    heading(page, f"{word} 30")
    page.go_back()
    expect(rows(page)).to_have_count(6)
    expect(page.get_by_label("Sorteren op")).to_have_value("active")
    expect(box).to_have_value(word.lower())
    page.reload()
    expect(rows(page).last).to_contain_text(f"{word} 30")


def test_searching_sorting_and_paging_work_without_javascript(administrator, new_window):
    account, word = administrator
    window = new_window(account, java_script_enabled=False)
    page = window.page
    window.go("/province")
    page.get_by_role("searchbox", name="Zoek").fill(word)
    page.get_by_label("Sorteren op").select_option("active")
    page.get_by_role("button", name="Zoek").click()
    expect(rows(page).first).to_contain_text(f"{word} 31")
    page.get_by_role("link", name="Volgende").click()
    expect(rows(page)).to_have_count(6)
    assert window.path == f"/province?q={word}&sort=active&page=2"
    page.go_back(wait_until="commit")
    expect(rows(page)).to_have_count(25)
    expect(page.get_by_label("Sorteren op")).to_have_value("active")


def test_a_search_without_results_links_back_to_all(administrator, new_window):
    window = new_window(administrator[0])
    page = window.page
    window.go("/province")
    page.get_by_role("searchbox", name="Zoek").press_sequentially("nergens te vinden")
    expect(page.locator("#announce")).to_have_text("Geen organisaties gevonden")
    page.get_by_role("link", name="Toon alle organisaties").click()
    expect(rows(page)).to_have_count(25)
    expect(page.get_by_role("searchbox", name="Zoek")).to_have_value("")
