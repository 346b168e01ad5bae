"""Fixtures for journeys: the real server in a real browser, and an organisation for each journey."""
import contextlib
import functools
import itertools
import os
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from models import database, names
from tests.journeys.scenes.all import new_login
from tests.journeys.tools.site import Site
from tests.journeys.tools.window import ARGUMENTS, TIMEOUT, Window

HERE = Path(__file__).parent
_numbers = itertools.count(1)

expect.set_options(timeout=TIMEOUT)


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browsers():
    """Returns a function that starts the browser at a path, once."""
    with sync_playwright() as playwright, contextlib.ExitStack() as started:
        @functools.cache
        def start(path):
            # Keep the back/forward cache, which users' browsers have and Playwright switches off.
            browser = playwright.chromium.launch(
                executable_path=path, args=ARGUMENTS, ignore_default_args=["--disable-back-forward-cache"])
            started.callback(browser.close)
            return browser

        yield start


@pytest.fixture(scope="session")
def light_browser(browsers):
    """A Chromium that opens a window in a third of the time, but has no back/forward cache."""
    return browsers(os.environ.get("LIGHT_CHROMIUM", os.environ["CHROMIUM"]))


@pytest.fixture
def browser(request, browsers, light_browser):
    """The light browser; the full Chromium for a journey that goes back (docs/decisions/0081)."""
    goes_back = "go_back" in request.function.__code__.co_names
    return browsers(os.environ["CHROMIUM"]) if goes_back else light_browser


@pytest.fixture(scope="session", params=["https"])
def site(request, tmp_path_factory):
    """The server, over TLS; tests marked `BOTH` also run without TLS."""
    with Site(tmp_path_factory.mktemp(request.param), request.param == "https") as site:
        yield site
        if "loket.fault" in site.log():
            pytest.fail(site.log())


@pytest.fixture(autouse=True)
def register(site):
    """Binds the models of this process to the register of the server."""
    site.connect()
    yield database.database
    database.database.close()
    names.use(None)


@pytest.fixture
def new_organisation(register, password_hash):
    """Makes an organisation with a login that no other journey uses."""
    def make(name="De Ploeg"):
        number = next(_numbers)
        return new_login(f"{name} {number}", f"ploeg{number}@voorbeeld.be", password_hash)

    return make


@pytest.fixture
def ploeg(new_organisation):
    """The journey's own organisation."""
    return new_organisation()


@pytest.fixture
def new_window(browser, site):
    """Opens an empty window; `new_window(account)` signs in. Options are those of Playwright's browser context."""
    with contextlib.ExitStack() as windows:
        def make(account=None, **options):
            window = Window(browser, site, **options)
            windows.callback(window.close)
            return window.sign_in(account) if account else window

        yield make


@pytest.fixture
def window(new_window, ploeg):
    """A window signed in as `ploeg`."""
    return new_window(ploeg.account)
