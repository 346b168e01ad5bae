"""The yearly report in a browser: choosing, printing, and waiting for it with and without JavaScript."""
import pytest
from playwright.sync_api import expect

from models.accounts import Account
from models.database import today
from tests.factories import client_of, period_of

PRINTED = "getComputedStyle(document.querySelector('{}')).display !== 'none'"


@pytest.fixture
def administrator(ploeg):
    """De Ploeg's administrator; somebody is guided there."""
    period_of(client_of(ploeg), ploeg)
    email = f"beheer{ploeg.organisation.id}@voorbeeld.be"
    return Account.create(role="administrator", province=ploeg.organisation.province, email=email, password_hash="-")


@pytest.mark.parametrize("scripted", [True, False])
def test_year_and_scope_are_chosen_with_and_without_javascript(new_window, administrator, scripted):
    window = new_window(administrator, java_script_enabled=scripted)
    page = window.page
    window.go("/province/report")
    page.locator("[name=scope]").select_option("Vlaanderen")
    page.locator("[name=year]").select_option(str(today().year))
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Jaarrapport {today().year}: Vlaanderen")
    assert window.path == f"/province/report?year={today().year}&scope=vlaanderen"
    expect(page.get_by_role("button", name="Afdrukken")).to_be_visible(visible=scripted)


def test_what_is_printed_is_the_report_alone_in_the_colours_of_paper(new_window, administrator):
    window = new_window(administrator, color_scheme="dark")
    page = window.page
    window.go("/province/report")
    page.evaluate("window.print = () => document.body.dataset.printed = 'yes'")
    page.get_by_role("button", name="Afdrukken").click()
    assert page.evaluate("document.body.dataset.printed") == "yes"
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".bar", ".toolbar", ".to-take", ".contents", "[data-print]", "body > footer"):
        assert not page.evaluate(PRINTED.format(hidden)), hidden
    assert page.evaluate(PRINTED.format(".report"))
    ink, paper = (page.evaluate(f"getComputedStyle(document.body).{name}") for name in ("color", "backgroundColor"))
    assert (ink, paper) == ("rgb(43, 36, 48)", "rgb(255, 255, 255)")
