"""Signing in at a provider in a browser, and out: by mouse, by keyboard, without JavaScript."""
import pytest
from playwright.sync_api import expect

from tests.journeys.test_pages import ALL, AXE, RUN, TOO_WIDE
from tests.journeys.tools.hands import Keyboard, Mouse
from tests.journeys.tools.site import Site
from tests.journeys.tools.steps import heading, open_tab
from tests.models.ecalcura.cast import line, write
from tests.tools.provider import FIEN, PIET, Person, running, settings_for

NOBODY = Person("Jan Claes", "c1-jan", {"given_name": "Jan", "family_name": "Claes", "acr": "eid"})


@pytest.fixture(scope="session")
def provider():
    """A provider as a service of its own, with its own address."""
    with running(people=(PIET, FIEN, NOBODY)) as provider:
        yield provider


@pytest.fixture(scope="session")
def site(provider, tmp_path_factory):
    """A server that signs people in at the provider."""
    folder = tmp_path_factory.mktemp("outside")
    more = {name: str(value) for name, value in settings_for(provider.issuer, folder).items()}
    with Site(folder, secure=True, more=more) as site:
        rows = line("990001", name="Woonzorgcentrum De Linde"), line("990002", name="Dagverzorging De Beuk")
        site.flask("ecalcura", "facilities", "load", str(write(folder / "facilities.csv", *rows)))
        yield site
        assert "loket.fault" not in site.log()
        for secret in ("Piet", "Roels", "9f1c-piet", "990001", "code=", "state="):
            assert secret not in site.log()


@pytest.fixture
def window(new_window, provider, request):
    """A window of this width, with or without JavaScript, that may go to the provider."""
    javascript, width = request.param
    window = new_window(java_script_enabled=javascript, viewport={"width": width, "height": 800})
    window.beside = f"{provider.issuer}/"
    window.javascript = javascript
    return window


def is_accessible(window):
    """Check the page with axe-core, and that it does not scroll sideways."""
    if window.javascript:
        window.page.evaluate(AXE)
        assert window.page.evaluate(RUN, ALL) == []
        assert window.page.evaluate(TOO_WIDE) == []


def sign_in(window, hands, name):
    """Go from the sign-in page to the provider, and pick somebody there."""
    window.go("/login")
    heading(window.page, "Aanmelden")
    is_accessible(window)
    hands.press(window.page.get_by_role("link", name="Aanmelden met de voorbeelddienst"))
    heading(window.page, "Wie ben je?")
    window.page.get_by_role("link", name=name).click()


@pytest.mark.parametrize(("hands", "window"), [
    (Mouse, (True, 1280)), (Keyboard, (True, 375)), (Mouse, (False, 375))], indirect=["window"],
    ids=["mouse", "keyboard, narrow", "without JavaScript, narrow"])
def test_somebody_signs_in_at_the_provider_and_out_here_and_there(window, provider, hands):
    page = window.page
    hands = hands(page)
    sign_in(window, hands, "Fien Boon")
    heading(page, "Mijn voorziening")
    assert window.path == "/ecalcura/990001"
    open_tab(page, hands, "Toegang")
    heading(page, "Toegang")
    expect(page.locator("main")).to_contain_text("De rollen worden gegeven bij de voorbeelddienst.")
    is_accessible(window)
    hands.press(page.get_by_role("button", name="Afmelden", exact=True))
    heading(page, "Je bent afgemeld")
    is_accessible(window)
    hands.press(page.get_by_role("link", name="Ook afmelden bij de voorbeelddienst"))
    heading(page, "Je bent afgemeld")
    assert page.url.startswith(f"{provider.issuer}/sign-out?")
    window.go("/ecalcura")
    heading(page, "Aanmelden")


@pytest.mark.parametrize("window", [(True, 1280), (True, 375)], indirect=True, ids=["wide", "narrow"])
def test_somebody_without_a_role_reads_that_and_a_wrong_answer_is_said(window, provider):
    page = window.page
    window.expected.add(403)
    sign_in(window, Mouse(page), "Jan Claes")
    heading(page, "Je hebt nog geen rol")
    assert window.path == "/login/outside/no-role"
    is_accessible(window)
    window.go("/login/outside/answer?code=x&state=y")
    heading(page, "Aanmelden")
    expect(page.get_by_role("alert").first).to_have_text("Aanmelden lukte niet, probeer het opnieuw.")
    assert window.path == "/login"
    is_accessible(window)
