"""The yearly report in a browser: choosing year and scope, printing, folding, with and without JavaScript."""
import pytest
from playwright.sync_api import expect

from models.accounts.accounts import Account
from models.arbeidszorg.roles import ADMINISTRATOR
from models.database import today
from tests.factories import client_of, period_of
from tests.journeys.scenes.report import guide_some

REPORT = f"/province/report?year={today().year}"
SHOWN = "one => one.checkVisibility() && one.getBoundingClientRect().height > 20"
PRINTED = "getComputedStyle(document.querySelector('{}')).display !== 'none'"


@pytest.fixture
def administrator(ploeg):
    """An administrator of De Ploeg's province; De Ploeg guides one client."""
    period_of(client_of(ploeg), ploeg)
    email = f"beheer{ploeg.organisation.id}@voorbeeld.be"
    return Account.new(ADMINISTRATOR, ploeg.organisation.province, email=email, password_hash="-")


@pytest.mark.parametrize("scripted", [True, False])
def test_year_and_scope_are_chosen_with_and_without_javascript(new_window, administrator, scripted):
    window = new_window(administrator, java_script_enabled=scripted)
    page = window.page
    window.go("/province/report")
    page.locator("select[name=scope]").select_option("Vlaanderen")
    page.locator("select[name=year]").select_option(str(today().year))
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Jaarrapport {today().year}: Vlaanderen")
    assert window.path == f"/province/report?year={today().year}&scope=vlaanderen"
    expect(page.get_by_role("button", name="Afdrukken")).to_be_visible(visible=scripted)


def test_printing_gives_only_the_report_in_light_colours(new_window, administrator):
    window = new_window(administrator, color_scheme="dark")
    page = window.page
    window.go("/province/report")
    page.evaluate("window.print = () => document.body.dataset.printed = 'yes'")
    page.get_by_role("button", name="Afdrukken").click()
    assert page.evaluate("document.body.dataset.printed") == "yes"
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".bar", ".toolbar", ".to-take", ".contents", ".strip", "summary", "[data-print]", "body > footer"):
        assert not page.evaluate(PRINTED.format(hidden)), hidden
    assert page.evaluate(PRINTED.format(".report"))
    ink, paper = (page.evaluate(f"getComputedStyle(document.body).{name}") for name in ("color", "backgroundColor"))
    assert (ink, paper) == ("rgb(43, 36, 48)", "rgb(255, 255, 255)")


@pytest.fixture(scope="session")
def guided(site):
    """An administrator of a province with enough clients for the report to show counts."""
    site.connect()
    organisation = guide_some().organisation
    return Account.new(ADMINISTRATOR, organisation.province, email="teller@voorbeeld.be",
                          password_hash="-")


@pytest.mark.parametrize("scripted", [True, False])
def test_folded_parts_are_printed(new_window, guided, scripted):
    page = new_window(guided, java_script_enabled=scripted).page
    page.goto(REPORT)
    tables = page.locator(".report details:not([open]) table")
    assert tables.count() > 20
    assert not any(table.evaluate(SHOWN) for table in tables.all())
    page.emulate_media(media="print")
    assert all(table.evaluate(SHOWN) for table in tables.all())


@pytest.mark.parametrize("scripted", [True, False])
def test_one_link_unfolds_and_folds_everything(new_window, guided, scripted):
    window = new_window(guided, java_script_enabled=scripted)
    page = window.page
    page.goto(REPORT)
    folded = page.locator(".report details:not([open])")
    before = folded.count()
    page.get_by_role("link", name="Klap alles open").click()
    expect(folded).to_have_count(0)
    assert ("open=all" in window.path) is not scripted
    expect(page.get_by_role("table", name="Geslacht", exact=True).first).to_be_visible()
    page.get_by_role("link", name="Klap alles dicht").click()
    if scripted:
        expect(page.locator(".report details[open]")).to_have_count(0)
    else:
        expect(folded).to_have_count(before)


@pytest.mark.parametrize("scripted", [True, False])
def test_a_chosen_variable_comes_into_view_unfolded(new_window, guided, scripted):
    page = new_window(guided, java_script_enabled=scripted).page
    page.goto(REPORT)
    heading = page.locator("#tabel-3-gender-by-situation")
    expect(heading).to_be_hidden()
    choice = page.get_by_label("Ga naar kenmerk")
    choice.select_option("3-gender-by-situation")
    choice.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(heading).to_be_in_viewport()


def test_the_numbers_are_unfolded_by_keyboard(new_window, guided):
    page = new_window(guided).page
    page.goto(REPORT)
    summary = page.locator("summary", has_text="Geslacht").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="Geslacht", exact=True).first).to_be_visible()
