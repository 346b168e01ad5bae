"""An organisation's login: an invitation by real mail, and a move that is cancelled or carried out."""
import itertools
import time

import pytest
from playwright.sync_api import expect

from models.accounts.accounts import Account
from models.accounts.moves import WAIT, LoginMove
from models.arbeidszorg.roles import ADMINISTRATOR
from tests.conftest import PASSWORD
from tests.journeys.tools import steps
from tests.journeys.tools.steps import heading, notice, sign_in, tab_is

NEW_PASSWORD = "groene ladder zonder sport"
_numbers = itertools.count(1)
with_and_without_script = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


@pytest.fixture
def administrator(register, password_hash):
    """An administrator of Oost-Vlaanderen."""
    return Account.new(ADMINISTRATOR, "oost-vlaanderen", password_hash=password_hash,
                          email=f"beheer.logins{next(_numbers)}@voorbeeld.be")


def make_organisation(page, name, email):
    """Fill in the form for a new organisation, without sending its invitation."""
    page.get_by_label("Naam").fill(name)
    page.get_by_label("Sector").select_option("welfare")
    page.get_by_label("E-mailadres van de login").fill(email)
    page.get_by_label("Nodig de organisatie meteen uit").uncheck()
    page.get_by_role("button", name="Opslaan").click()
    heading(page, name)


@with_and_without_script
def test_an_invited_organisation_signs_in_for_the_first_time(
        site, new_window, administrator, script):
    number = next(_numbers)
    name, email = f"De Steiger {number}", f"steiger{number}@voorbeeld.be"
    office = new_window(administrator, java_script_enabled=script)
    page = office.page
    office.go("/province/organisations/new")
    make_organisation(page, name, email)
    expect(page.locator("main")).to_contain_text("Nog niet uitgenodigd")
    page.get_by_role("button", name="Uitnodigen").click()
    expect(notice(page)).to_contain_text(f"De uitnodiging is onderweg naar {email}.")

    link = steps.link_in_mail(site, email, "/invitation/")
    assert link not in page.content()
    window = new_window(java_script_enabled=script)
    window.go(link)
    heading(window.page, "Welkom bij Loket")
    steps.choose_password(window.page, NEW_PASSWORD)
    window.page.get_by_label("E-mailadres").fill(email)
    window.page.get_by_label("Wachtwoord").fill(NEW_PASSWORD)
    window.page.get_by_role("button", name="Aanmelden").click()
    heading(window.page, "Dashboard")
    tab_is(window.page, "Actieve cliënten (0)")

    page.reload()
    expect(page.locator("main")).to_contain_text("Actief")
    expect(page.get_by_role("button", name="Opnieuw uitnodigen")).to_have_count(0)


@with_and_without_script
def test_an_organisation_cancels_the_move_of_its_login(site, new_window, administrator, ploeg, script):
    new_email = f"verhuisd.{ploeg.account.email}"
    office = new_window(administrator, java_script_enabled=script)
    office.go(f"/province/organisations/{ploeg.organisation.id}")
    office.page.get_by_role("link", name="Login verhuizen").click()
    heading(office.page, "Login verhuizen")
    office.page.get_by_label("Nieuw e-mailadres van de login").fill(new_email)
    office.page.get_by_role("button", name="Login verhuizen").click()
    heading(office.page, ploeg.organisation.name)
    expect(notice(office.page).first).to_contain_text("De login verhuist over drie dagen.")

    assert wait_for_mail(site, ploeg.account.email)
    assert wait_for_mail(site, new_email)
    window = new_window(java_script_enabled=script)
    window.go("/login")
    sign_in(window.page, ploeg)
    heading(window.page, "Dashboard")
    expect(notice(window.page)).to_contain_text(new_email)
    window.page.get_by_role("button", name="Verhuizing annuleren").click()
    heading(window.page, "Mijn organisatie")
    expect(notice(window.page)).to_contain_text("De verhuizing is geannuleerd")
    assert wait_for_mail(site, administrator.email)

    office.page.reload()
    expect(office.page.get_by_role("button", name="Verhuizing annuleren")).to_have_count(0)
    expect(office.page.locator("main")).to_contain_text(ploeg.account.email)


def test_the_server_carries_out_a_move_once_three_days_have_passed(site, new_window, administrator, ploeg):
    new_email = f"verhuisd.{ploeg.account.email}"
    # The database refuses to shorten the wait, so the move is stored as one that was requested three days ago.
    move = LoginMove(account=ploeg.account, old_email=ploeg.account.email, new_email=new_email, asked_by=administrator)
    move.effective_at = Account.get_by_id(ploeg.account.id).created_at
    move.created_at = move.effective_at - WAIT
    move.save()
    assert wait_for_mail(site, new_email, deliver=False)
    assert wait_for_mail(site, ploeg.account.email, deliver=False)
    window = new_window()
    window.go("/login")
    page = window.page
    page.get_by_label("E-mailadres").fill(new_email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    heading(page, "Dashboard")


def wait_for_mail(site, recipient, within=15, deliver=True):
    """Whether a mail to this address is delivered in `within` seconds; without `deliver`, by the server itself."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if deliver:
            site.deliver()
        if site.mails(recipient):
            return True
        time.sleep(0.1)
    return False
