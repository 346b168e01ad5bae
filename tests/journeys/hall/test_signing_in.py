"""Signing in and out, and a form that is posted after the session ended."""
from playwright.sync_api import expect

from models.accounts.accounts import Account
from models.accounts.sessions import Session
from models.arbeidszorg.register.clients import Client
from tests.conftest import PASSWORD
from tests.factories import client_of, period_of
from tests.journeys.tools import steps
from tests.journeys.tools.site import BOTH
from tests.journeys.tools.steps import fill_client, heading, notice, row_of, save, sign_in, tab, tab_is

pytestmark = BOTH
NEW_PASSWORD = "groene ladder zonder sport"


def end_sessions(login):
    """End the sessions in the database, without the browser knowing."""
    assert Session.end_all(login.account)


def test_an_invitation_leads_to_a_password_and_an_empty_dashboard(site, new_window, new_organisation):
    organisation = new_organisation().organisation
    for account in Account.of(organisation):
        account.grants[0].end()
    answer = site.flask("organisation", "invite", organisation.name, "--province", "oost-vlaanderen",
                        "--email", organisation.email)
    link = next(word for word in answer.split() if word.startswith(f"{site.url}/invitation/"))
    window = new_window()
    page = window.page
    window.go(link)
    heading(page, "Welkom bij Loket")
    steps.choose_password(page, NEW_PASSWORD)
    page.get_by_label("E-mailadres").fill(organisation.email)
    page.get_by_label("Wachtwoord").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    heading(page, "Dashboard")
    tab_is(page, "Actieve cliënten (0)")
    expect(page.locator("#list")).to_contain_text("Er staan nog geen cliënten in je register.")
    page.get_by_role("link", name="Voeg je eerste cliënt toe").click()
    heading(page, "Nieuwe cliënt")
    window.expected.add(410)
    window.go(link)
    heading(page, "Deze link werkt niet meer")


def test_a_forgotten_password_is_replaced_by_mail(site, new_window, ploeg):
    window = new_window()
    page = window.page
    window.go("/login")
    page.get_by_role("link", name="Wachtwoord vergeten?").click()
    heading(page, "Wachtwoord vergeten?")
    page.get_by_label("E-mailadres").fill(ploeg.account.email)
    page.get_by_role("button", name="Stuur de mail").click()
    heading(page, "Aanmelden")
    expect(notice(page)).to_contain_text("is er een mail onderweg")
    window.go(steps.link_in_mail(site, ploeg.account.email, "/password/"))
    heading(page, "Kies een nieuw wachtwoord")
    steps.choose_password(page, NEW_PASSWORD)
    sign_in(page, ploeg, PASSWORD)
    expect(notice(page)).to_contain_text("E-mailadres of wachtwoord klopt niet.")
    sign_in(page, ploeg, NEW_PASSWORD)
    heading(page, "Dashboard")


def test_signing_in_leads_to_the_requested_page(new_window, ploeg):
    number = client_of(ploeg, "Roos Peeters").number
    window = new_window()
    window.go(f"/clients/{number}")
    sign_in(window.page, ploeg)
    heading(window.page, "Cliëntinformatie")
    assert window.path == f"/clients/{number}"


def test_going_back_after_signing_out_shows_no_client(window, ploeg):
    client = client_of(ploeg, "Roos Peeters")
    page = window.page
    window.go("/dashboard?tab=inactive")
    row_of(page, "Roos Peeters").get_by_role("link", name="Cliëntinformatie").click()
    heading(page, "Cliëntinformatie")
    page.get_by_role("button", name="Afmelden").click()
    heading(page, "Aanmelden")
    for _ in range(2):
        page.go_back()
        heading(page, "Aanmelden")
        expect(page.locator("body")).not_to_contain_text("Roos Peeters")
    window.go(f"/clients/{client.number}")
    heading(page, "Aanmelden")


def test_a_form_posted_after_the_session_ended_loses_nothing(window, ploeg):
    page = window.page
    window.expected.add(401)
    window.go("/clients/new")
    fill_client(page, "Ward Claes", main_problem="autism", work_postcode="9051")
    end_sessions(ploeg)
    save(page)
    expect(notice(page)).to_contain_text("wat je typte is er nog")
    expect(page.locator("body")).not_to_contain_text("Ward Claes")
    sign_in(page, ploeg, "niet het goede wachtwoord")
    expect(notice(page)).to_contain_text("klopt niet")
    sign_in(page, ploeg)
    heading(page, "Wat je typte is er nog")
    page.get_by_role("button", name="Verder met opslaan").click()
    heading(page, "Periode toevoegen")
    client = Client.of(ploeg.organisation.id).get()
    assert client.name == "Ward Claes"
    assert client.answers()["main_problem"] == "autism"
    assert client.answers()["work_postcode"] == "9051"


def test_a_kept_form_is_not_shown_to_another_login(window, ploeg, new_organisation):
    other = new_organisation("Het Atelier")
    page = window.page
    window.expected.add(401)
    window.go("/clients/new")
    fill_client(page, "Ward Claes")
    end_sessions(ploeg)
    save(page)
    sign_in(page, other)
    heading(page, "Dashboard")
    tab_is(page, "Actieve cliënten (0)")
    assert "Ward Claes" not in page.content()
    assert not Client.of(other.organisation.id).exists()


def test_a_list_requested_after_the_session_ended_comes_back_after_signing_in(window, ploeg):
    period_of(client_of(ploeg, "Roos Peeters"), ploeg)
    client_of(ploeg, "Ward Claes")
    page = window.page
    window.expected.add(401)
    window.go("/dashboard?sort=number-desc")
    end_sessions(ploeg)
    tab(page, "Niet-actieve cliënten").click()
    heading(page, "Aanmelden")
    expect(page.locator("#list")).to_have_count(0)
    sign_in(page, ploeg)
    heading(page, "Dashboard")
    assert window.path == "/dashboard?sort=number-desc"
    expect(row_of(page, "Roos Peeters")).to_be_visible()


def test_a_search_after_the_session_ended_leads_to_the_sign_in_page(window, ploeg):
    client = client_of(ploeg, "Roos Peeters")
    page = window.page
    window.expected |= {400, 401}
    for box, text in (("Zoek", str(client.number)), ("Zoeken op naam", "Roos")):
        window.sign_in(ploeg.account)
        window.go("/dashboard?tab=inactive")
        end_sessions(ploeg)
        page.get_by_label(box, exact=True).press_sequentially(text)
        sign_in(page, ploeg)
        heading(page, "Dashboard")
        assert window.path == "/dashboard?tab=inactive"
