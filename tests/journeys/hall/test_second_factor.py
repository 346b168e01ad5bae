"""An administrator's second factor in a browser: setting it up, a code, a recovery code."""
import itertools
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from models.accounts.accounts import Account
from models.accounts.sessions import Session
from models.arbeidszorg.roles import ADMINISTRATOR
from tests.conftest import PASSWORD
from tests.journeys.tools import steps
from tests.journeys.tools.hands import Keyboard, Mouse
from tests.journeys.tools.steps import heading, notice, sign_in
from tests.phones import Phone, factor_of

NEW_PASSWORD = "groene ladder zonder sport"
_numbers = itertools.count(1)


@pytest.fixture
def administrator(register, password_hash):
    """An administrator with a password and without a second factor."""
    account = Account.new(ADMINISTRATOR, "antwerpen", email=f"codes{next(_numbers)}@voorbeeld.be",
                             password_hash=password_hash)
    return SimpleNamespace(account=account)


def set_up(page, hands):
    """Set up the second factor from the page; returns the phone and the recovery codes."""
    heading(page, "Stel je codes in")
    expect(page.get_by_role("img", name="QR-code voor je app")).to_be_visible()
    assert page.locator("img.qr").evaluate("image => image.complete && image.naturalWidth") > 100
    phone = Phone(page.locator("code.key").inner_text())
    hands.fill(page.get_by_label("Code uit je app"), phone.code())
    hands.press(page.get_by_role("button", name="Codes instellen"))
    heading(page, "Je herstelcodes")
    codes = page.locator(".codes code").all_inner_texts()
    hands.press(page.get_by_role("link", name="Verder"))
    return phone, codes


@pytest.mark.parametrize(("hands", "javascript"), [(Mouse, True), (Keyboard, True), (Mouse, False)],
                         ids=["mouse", "keyboard", "without JavaScript"])
def test_an_invited_administrator_sets_up_codes_and_signs_in_with_them(
        site, new_window, hands, javascript):
    email = f"nieuw{next(_numbers)}@voorbeeld.be"
    answer = site.flask("administrator", "create", "--province", "antwerpen", "--email", email)
    window = new_window(java_script_enabled=javascript)
    page = window.page
    hands = hands(page)
    window.go(next(word for word in answer.split() if word.startswith(f"{site.url}/invitation/")))
    steps.choose_password(page, NEW_PASSWORD)
    login = SimpleNamespace(account=SimpleNamespace(email=email))
    sign_in(page, login, NEW_PASSWORD, hands)
    phone, codes = set_up(page, hands)
    assert len(codes) == 10
    heading(page, "Provincie Antwerpen")
    hands.press(page.get_by_role("button", name="Afmelden", exact=True))
    sign_in(page, login, NEW_PASSWORD, hands)
    heading(page, "Aanmelden met je code")
    window.go("/province")
    sign_in(page, login, NEW_PASSWORD, hands)
    heading(page, "Aanmelden met je code")
    hands.fill(page.get_by_label("Code uit je app"), phone.wrong())
    hands.press(page.get_by_role("button", name="Aanmelden", exact=True))
    expect(page.locator("#code-error")).to_contain_text("Deze code klopt niet")
    # The code of this half minute was already used to set it up.
    hands.fill(page.get_by_label("Code uit je app"), phone.code(1))
    hands.press(page.get_by_role("button", name="Aanmelden", exact=True))
    heading(page, "Provincie Antwerpen")
    assert window.path == "/province"


@pytest.mark.parametrize("hands", [Mouse, Keyboard])
def test_a_recovery_code_replaces_a_lost_phone_and_another_is_set_up(new_window, administrator, hands):
    codes = factor_of(administrator.account).codes
    window = new_window()
    page = window.page
    hands = hands(page)
    window.go("/login")
    sign_in(page, administrator, PASSWORD, hands)
    hands.press(page.get_by_text("Herstelcode gebruiken"))
    hands.fill(page.get_by_label("Herstelcode", exact=True), codes[0].lower())
    hands.press(page.get_by_role("button", name="Aanmelden met herstelcode"))
    heading(page, "Provincie Antwerpen")
    expect(notice(page)).to_contain_text("Je hebt nog 9 herstelcodes.")
    hands.press(page.get_by_role("link", name="Mijn login"))
    heading(page, "Mijn login")
    hands.press(page.get_by_role("link", name="Ander toestel gebruiken"))
    phone = Phone(page.locator("code.key").inner_text())
    hands.fill(page.get_by_label("Wachtwoord"), PASSWORD)
    hands.fill(page.get_by_label("Code uit je app, of een herstelcode"), codes[1])
    hands.fill(page.get_by_label("Code van je nieuwe toestel"), phone.code())
    hands.press(page.get_by_role("button", name="Nieuw toestel gebruiken"))
    heading(page, "Je nieuwe herstelcodes")
    hands.press(page.get_by_role("link", name="Verder"))
    hands.press(page.get_by_role("button", name="Afmelden", exact=True))
    sign_in(page, administrator, PASSWORD, hands)
    hands.fill(page.get_by_label("Code uit je app"), phone.code(1))
    hands.press(page.get_by_role("button", name="Aanmelden", exact=True))
    heading(page, "Provincie Antwerpen")


def test_signing_out_at_the_second_step_leads_back_to_the_password(new_window, administrator):
    factor_of(administrator.account)
    window = new_window()
    page = window.page
    window.go("/login")
    sign_in(page, administrator)
    page.get_by_role("button", name="Afmelden", exact=True).click()
    heading(page, "Aanmelden")
    page.go_back()
    heading(page, "Aanmelden")
    expect(notice(page)).to_contain_text("Begin opnieuw met je wachtwoord.")


def test_a_form_posted_after_the_session_ended_survives_both_steps(new_window, administrator):
    phone = factor_of(administrator.account).phone
    window = new_window(administrator.account)
    page = window.page
    window.expected.add(401)
    window.go("/account/email")
    page.get_by_label("Nieuw e-mailadres").fill("later@voorbeeld.be")
    assert Session.end_all(administrator.account)
    page.get_by_role("button", name="Stuur de mail").click()
    sign_in(page, administrator)
    heading(page, "Aanmelden met je code")
    page.get_by_label("Code uit je app").fill(phone.code())
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    heading(page, "Wat je typte is er nog")
    page.get_by_role("button", name="Verder met opslaan").click()
    heading(page, "E-mailadres wijzigen")
    expect(page.get_by_label("Nieuw e-mailadres")).to_have_value("later@voorbeeld.be")
