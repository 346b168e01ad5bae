"""What many journeys do on the way."""
import email
import re
import time

from playwright.sync_api import expect

from tests.conftest import PASSWORD
from tests.factories import typed
from tests.journeys.tools.hands import Mouse


def heading(page, text):
    """Be on the page with this heading; where it is another one, the failure tells what stands there."""
    try:
        expect(page.get_by_role("heading", level=1)).to_have_text(text)
    except AssertionError:
        said = page.locator("h1, .notice:visible, .wrong").all_inner_texts()
        raise AssertionError(f"not on {text!r} but on {page.url}: {said}") from None


def sign_in(page, login, password=PASSWORD, hands=None):
    """From any page that asks for it."""
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
    """The form of a client, from the top to the bottom."""
    hands = hands or Mouse(page)
    hands.fill(page.get_by_label("Naam"), name)
    for code, answer in typed({**typed(), **answers}).items():
        field = page.locator(f"[name={code}]")
        if field.evaluate("element => element.tagName") == "SELECT":
            hands.choose(field, answer)
        else:
            hands.fill(field, answer)


def save(page):
    page.get_by_role("button", name="Opslaan").click()


def notice(page):
    """What the page says on top of it."""
    return page.locator(".notice:visible")


def rows(page):
    """The rows of the list, without its head."""
    return page.locator("#list tbody tr")


def row_of(page, name):
    """The row of the list in which this name stands."""
    return rows(page).filter(has_text=name)


def tab(page, label):
    """The link of a tab: 'Actieve cliënten' or 'Niet-actieve cliënten'."""
    return page.get_by_role("link", name=re.compile(f"^{label}"))


def tab_is(page, label):
    """The tab that is open, its count included if `label` has it."""
    expect(page.locator(".tabs [aria-current]")).to_have_text(re.compile(f"^{re.escape(label)}"))


def link_in_mail(site, recipient, path, within=15):
    """The link in the newest mail to `recipient`, once it is in the folder of outgoing mail."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        site.deliver()
        for file in reversed(site.mails(recipient)):
            text = email.message_from_bytes(file.read_bytes()).get_payload(decode=True).decode()
            if found := re.search(rf"{re.escape(site.url)}{path}\S+", text):
                return found[0].removeprefix(site.url)
        time.sleep(0.1)
    raise AssertionError(f"no mail with {path} to {recipient}")
