"""Steps that many journeys share."""
import email
import re
import time

from playwright.sync_api import expect

from tests.conftest import PASSWORD
from tests.factories import typed
from tests.journeys.tools.hands import Mouse


def heading(page, text):
    """Expect the page with this heading; on failure, report the headings and notices that are there."""
    try:
        expect(page.get_by_role("heading", level=1)).to_have_text(text)
    except AssertionError:
        shown = page.locator("h1, .notice:visible, .wrong").all_inner_texts()
        raise AssertionError(f"not on {text!r} but on {page.url}: {shown}") from None


def sign_in(page, login, password=PASSWORD, hands=None):
    """Sign in on the sign-in page."""
    hands = hands or Mouse(page)
    heading(page, "Aanmelden")
    hands.fill(page.get_by_label("E-mailadres"), login.account.email)
    hands.fill(page.get_by_label("Wachtwoord"), password)
    hands.press(page.get_by_role("button", name="Aanmelden"))


def choose_password(page, password):
    """Type a new password, twice."""
    page.get_by_label("Nieuw wachtwoord").fill(password)
    page.get_by_label("Herhaal het nieuwe wachtwoord").fill(password)
    page.get_by_role("button", name="Wachtwoord bewaren").click()


def fill_client(page, name, hands=None, **answers):
    """Fill in the form of a client, from top to bottom."""
    hands = hands or Mouse(page)
    hands.fill(page.get_by_label("Naam"), name)
    for code, answer in typed({**typed(), **answers}).items():
        field = page.locator(f"[name={code}]")
        if field.evaluate("element => element.tagName") == "SELECT":
            hands.choose(field, answer)
        else:
            hands.fill(field, answer)


def save(page):
    """Click 'Opslaan'."""
    page.get_by_role("button", name="Opslaan").click()


def notice(page):
    """The notice at the top of the page."""
    return page.locator(".notice:visible")


def rows(page):
    """The rows of the list, without the heading row."""
    return page.locator("#list tbody tr")


def row_of(page, name):
    """The row of the list with this name."""
    return rows(page).filter(has_text=name)


def tab(page, label):
    """The link of the tab 'Actieve cliënten' or 'Niet-actieve cliënten'."""
    return page.get_by_role("link", name=re.compile(f"^{label}"))


def tab_is(page, label):
    """Expect this tab to be open; `label` may include its count."""
    expect(page.locator(".tabs [aria-current]")).to_have_text(re.compile(f"^{re.escape(label)}"))


def link_in_mail(site, recipient, path, within=15):
    """Wait for a mail to `recipient` with a link below `path`; returns the newest link, without the site."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        site.deliver()
        for file in reversed(site.mails(recipient)):
            text = email.message_from_bytes(file.read_bytes()).get_payload(decode=True).decode()
            if found := re.search(rf"{re.escape(site.url)}{path}\S+", text):
                return found[0].removeprefix(site.url)
        time.sleep(0.1)
    raise AssertionError(f"no mail with {path} to {recipient}")


def open_tab(page, hands, name):
    """Open a tab of a facility; on a narrow screen the tabs are a menu behind a button."""
    # Before the style is there, the button is visible on a wide screen too.
    page.wait_for_load_state()
    menu = page.locator(".tabs-menu")
    if menu.is_visible():
        hands.press(menu)
    hands.press(page.get_by_role("link", name=name, exact=True))
