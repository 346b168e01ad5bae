"""The dashboard's list with htmx: searching, tabs, sorting, pages, and its address."""
import re

import pytest
from playwright.sync_api import expect

from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.former_numbers import old_number_sort
from tests.factories import client_of, period_of
from tests.journeys.tools.steps import heading, row_of, rows, tab, tab_is

# Marks the page: the mark stays when only the list is swapped, and is lost when the page is loaded again.
MARK = "document.body.dataset.same = 'yes'"


@pytest.fixture
def thirty(ploeg, new_window):
    """A window signed in as De Ploeg, with thirty active clients (old numbers 99130 to 99101) and one inactive."""
    for number in range(130, 100, -1):
        client = client_of(ploeg, f"Cliënt {number}")
        old_number = f"99{number}"
        rank, key = old_number_sort(old_number)
        Client.update(old_number=old_number, old_number_rank=rank, old_number_key=key).where(
            Client.number == client.number).execute()
        period_of(client, ploeg)
    client_of(ploeg, "Niet meer hier")
    return new_window(ploeg.account)


def is_same_page(page):
    assert page.evaluate("document.body.dataset.same") == "yes"


def test_searching_by_number_while_typing_swaps_only_the_list(thirty):
    page = thirty.page
    thirty.go("/dashboard")
    page.evaluate(MARK)
    length = page.evaluate("history.length")
    box = page.get_by_role("searchbox", name="Zoek", exact=True)
    box.press_sequentially("99105")
    expect(rows(page)).to_have_count(1)
    expect(row_of(page, "Cliënt 105")).to_be_visible()
    assert "q=99105" in page.url
    assert page.evaluate("history.length") == length
    expect(box).to_be_focused()
    assert box.evaluate("box => box.selectionStart") == 5
    expect(page.locator("#announce")).to_have_text("1 cliënt")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Backspace")
    expect(page.locator("#list")).to_contain_text("met volgnummer ‘9915’")
    expect(page.locator("#announce")).to_have_text("Geen cliënten gevonden")
    assert box.evaluate("box => box.selectionStart") == 3
    box.fill("")
    expect(rows(page)).to_have_count(25)
    is_same_page(page)


def test_a_match_on_the_other_tab_is_shown_as_a_link(thirty, ploeg):
    page = thirty.page
    number = client_of(ploeg, "Verstopt").number
    thirty.go("/dashboard")
    page.get_by_role("searchbox", name="Zoek", exact=True).press_sequentially(str(number))
    page.get_by_role("link", name="Niet-actieve cliënten (1)", exact=True).click()
    tab_is(page, "Niet-actieve cliënten")
    expect(row_of(page, "Verstopt")).to_be_visible()


def test_sort_tab_and_page_are_in_the_address_and_in_the_history(thirty, new_window, ploeg):
    page = thirty.page
    thirty.go("/dashboard")
    page.evaluate(MARK)
    page.get_by_label("Sorteren op").select_option("old-asc")
    expect(rows(page).first).to_contain_text("Cliënt 101")
    page.get_by_role("link", name="Volgende").click()
    expect(rows(page)).to_have_count(5)
    expect(rows(page).first).to_contain_text("Cliënt 126")
    deep = thirty.path
    assert re.search("sort=old-asc.*page=2", deep)
    tab(page, "Niet-actieve cliënten").click()
    expect(row_of(page, "Niet meer hier")).to_be_visible()
    is_same_page(page)

    page.go_back()
    tab_is(page, "Actieve cliënten")
    expect(rows(page).first).to_contain_text("Cliënt 126")
    expect(page.get_by_label("Sorteren op")).to_have_value("old-asc")
    page.go_back()
    expect(rows(page).first).to_contain_text("Cliënt 101")
    page.go_forward()
    expect(rows(page).first).to_contain_text("Cliënt 126")
    page.reload()
    expect(rows(page).first).to_contain_text("Cliënt 126")
    heading(page, "Dashboard")
    assert thirty.path == deep

    second = thirty.context.new_page()
    second.goto(deep)
    expect(rows(second).first).to_contain_text("Cliënt 126")
    expect(second.get_by_label("Sorteren op")).to_have_value("old-asc")


def test_going_back_from_a_client_shows_the_list_as_it_was(thirty):
    page = thirty.page
    thirty.go("/dashboard")
    page.get_by_label("Sorteren op").select_option("old-asc")
    expect(rows(page).first).to_contain_text("Cliënt 101")
    page.get_by_role("link", name="Volgende").click()
    expect(rows(page).first).to_contain_text("Cliënt 126")
    row_of(page, "Cliënt 128").get_by_role("link", name="Cliëntinformatie").click()
    heading(page, "Cliëntinformatie")
    page.go_back()
    expect(rows(page).first).to_contain_text("Cliënt 126")
    expect(page.get_by_label("Sorteren op")).to_have_value("old-asc")


def test_the_focus_stays_in_place_when_the_list_is_swapped(thirty):
    page = thirty.page
    thirty.go("/dashboard")
    page.get_by_role("link", name="Volgende").focus()
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(5)
    # The last page has no link 'Volgende'.
    expect(page.locator("#list")).to_be_focused()
    tab(page, "Niet-actieve cliënten").focus()
    page.keyboard.press("Enter")
    tab_is(page, "Niet-actieve cliënten")
    expect(tab(page, "Niet-actieve cliënten")).to_be_focused()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_searching_for_a_name_leaves_no_trace_in_the_browser(new_window, ploeg, script):
    client_of(ploeg, "Zonneveld Amélie")
    period_of(client_of(ploeg, "Roos Peeters"), ploeg)
    window = new_window(ploeg.account, java_script_enabled=script)
    page = window.page
    window.go("/dashboard")
    before = page.evaluate("history.length")
    box = page.get_by_label("Zoeken op naam")
    box.press_sequentially("amelie zonn")
    if not script:
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Niet-actieve cliënten (1)").click()
    expect(row_of(page, "Zonneveld Amélie")).to_be_visible()
    if script:
        assert window.path == "/dashboard"
        assert page.evaluate("history.length") == before
        assert "zonn" not in page.evaluate("JSON.stringify([history.state, performance.getEntries()])").lower()
    assert not [address for address in window.addresses if "zonn" in address.lower() or "amelie" in address.lower()]


def test_typing_in_one_search_box_clears_the_other(thirty):
    page = thirty.page
    thirty.go("/dashboard")
    page.get_by_label("Zoeken op naam").press_sequentially("cliënt 11")
    expect(rows(page)).to_have_count(10)
    page.get_by_role("searchbox", name="Zoek", exact=True).press_sequentially("99120")
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_label("Zoeken op naam")).to_have_value("")


def test_the_fields_above_the_list_follow_the_filters_of_the_list(thirty):
    page = thirty.page
    number, name = page.get_by_role("searchbox", name="Zoek", exact=True), page.get_by_label("Zoeken op naam")
    incomplete = page.get_by_label("Alleen te vervolledigen")
    thirty.go("/dashboard")
    number.press_sequentially("99105")
    expect(rows(page)).to_have_count(1)
    tab(page, "Niet-actieve cliënten").click()
    expect(row_of(page, "Niet meer hier")).to_be_visible()
    expect(number).to_have_value("")
    incomplete.check()
    expect(page.locator("#list")).to_contain_text("is alles ingevuld")
    page.get_by_role("link", name="Toon alle cliënten").click()
    expect(row_of(page, "Niet meer hier")).to_be_visible()
    expect(incomplete).not_to_be_checked()
    with page.expect_response("**/dashboard/name"):
        name.press_sequentially("meer")
    tab(page, "Actieve cliënten").click()
    expect(rows(page)).to_have_count(25)
    expect(name).to_have_value("")


def test_the_list_says_when_the_server_cannot_be_reached(thirty):
    page = thirty.page
    thirty.go("/dashboard")
    thirty.context.set_offline(True)
    tab(page, "Niet-actieve cliënten").click()
    expect(page.get_by_text("Loket is even niet bereikbaar.")).to_be_visible()
    thirty.context.set_offline(False)
    tab(page, "Niet-actieve cliënten").click()
    expect(row_of(page, "Niet meer hier")).to_be_visible()
    expect(page.get_by_text("Loket is even niet bereikbaar.")).to_be_hidden()
    assert thirty.faults
    assert all("net::ERR_INTERNET_DISCONNECTED" in fault or "htmx" in fault for fault in thirty.faults), thirty.faults
    thirty.faults.clear()
