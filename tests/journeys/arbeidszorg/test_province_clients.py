"""'Cliënten zonder naam' in a browser: the list, its address, a client, a download."""
import csv
import re

import pytest
from playwright.sync_api import expect

from models.accounts.accounts import Account
from models.arbeidszorg.roles import ADMINISTRATOR
from tests.factories import client_of, period_of
from tests.journeys.tools.steps import heading, rows

MARK = "document.body.dataset.same = 'yes'"


@pytest.fixture
def administrator(ploeg, new_window):
    """A window signed in as an administrator; De Ploeg has thirty women and two men, and one man has a period."""
    for _ in range(30):
        client_of(ploeg, "Roos Peeters")
    men = [client_of(ploeg, gender="male") for _ in range(2)]
    period_of(men[1], ploeg)
    account = Account.new(ADMINISTRATOR, "oost-vlaanderen",
                             email=f"beheer.{ploeg.organisation.id}@voorbeeld.be")
    window = new_window(account, accept_downloads=True)
    window.go(f"/province/clients?organisation={ploeg.organisation.id}")
    return window


def test_a_filtered_sorted_and_paged_list_is_the_same_after_back_and_reload(administrator, new_window):
    page = administrator.page
    base = administrator.path
    page.evaluate(MARK)
    expect(page.locator(".pages p")).to_have_text("1–25 van 32 cliënten")
    page.get_by_text("Meer filters").click()
    page.get_by_label("Geslacht").select_option("female")
    expect(page.locator(".pages p")).to_have_text("1–25 van 30 cliënten")
    assert administrator.path == f"{base}&answer_gender=female"
    page.get_by_label("Sorteren op").select_option("number-desc")
    page.wait_for_url("**sort=number-desc")
    first = rows(page).first.inner_text()
    page.get_by_role("link", name="Volgende").click()
    expect(rows(page)).to_have_count(5)
    deep, shown = administrator.path, rows(page).all_inner_texts()
    assert deep == f"{base}&answer_gender=female&sort=number-desc&page=2"
    assert page.evaluate("document.body.dataset.same") == "yes"
    page.reload()
    assert rows(page).all_inner_texts() == shown
    expect(page.get_by_label("Geslacht")).to_have_value("female")
    rows(page).first.get_by_role("link").click()
    heading(page, re.compile(r"Cliënt \d+"))
    page.go_back(wait_until="commit")
    expect(rows(page)).to_have_count(5)
    assert administrator.path == deep
    assert rows(page).all_inner_texts() == shown
    page.go_back(wait_until="commit")
    expect(rows(page)).to_have_count(25)
    assert rows(page).first.inner_text() == first
    assert administrator.path == deep.removesuffix("&page=2")


def test_a_number_is_found_while_typing_and_a_chip_removes_its_filter(administrator):
    page = administrator.page
    page.evaluate(MARK)
    page.get_by_label("Status").select_option("active")
    expect(rows(page)).to_have_count(1)
    number = rows(page).locator("th").inner_text()
    page.get_by_role("link", name="Status: Actief").click()
    expect(page.locator(".pages p")).to_have_text("1–25 van 32 cliënten")
    expect(page.get_by_label("Status")).to_have_value("")
    page.get_by_role("searchbox").press_sequentially(number)
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_role("link", name="Filters wissen").click()
    expect(rows(page)).to_have_count(25)
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.locator("#organisation")).to_have_value("")
    assert administrator.path == "/province/clients"
    assert page.evaluate("document.body.dataset.same") == "yes"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_download_holds_the_filtered_clients(administrator, ending):
    page = administrator.page
    page.get_by_label("Status").select_option("active")
    expect(rows(page)).to_have_count(1)
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV" if ending == "csv" else "Excel").click()
    path = started.value.path()
    if ending == "csv":
        row, = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
        assert row["Geslacht"] == "Man"
    else:
        assert path.read_bytes().startswith(b"PK")


def test_without_javascript_a_button_applies_the_filters(ploeg, administrator, new_window):
    account = Account.get(Account.email == f"beheer.{ploeg.organisation.id}@voorbeeld.be")
    plain = new_window(account, java_script_enabled=False)
    plain.go(f"/province/clients?organisation={ploeg.organisation.id}")
    page = plain.page
    page.get_by_label("Status").select_option("active")
    page.get_by_role("button", name="Zoek").click()
    expect(rows(page)).to_have_count(1)
    assert plain.path == f"/province/clients?organisation={ploeg.organisation.id}&status=active"
    page.get_by_role("link", name="Status: Actief").click()
    expect(page.locator(".pages p")).to_have_text("1–25 van 32 cliënten")
