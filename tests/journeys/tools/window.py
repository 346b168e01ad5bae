"""A browser window that watches for faults: any unexpected error in it fails the journey."""
import re
from urllib.parse import urlsplit

from tests.page import CSP

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run"]
TIMEOUT = 10_000
# Chromium's console error for each response of 400 and higher; `_on_response` checks those instead.
STATUS_ERROR = "Failed to load resource: the server responded with a status of"
STORED = """async () => ({
    local: Object.keys(localStorage), session: Object.keys(sessionStorage),
    databases: await indexedDB.databases(), caches: await caches.keys(),
    workers: await navigator.serviceWorker.getRegistrations(),
})"""


class Window:
    """A window with Playwright's `page`; `expected` holds the error statuses that the journey causes on purpose."""

    def __init__(self, browser, site, **options):
        self.site = site
        self.expected = {422}
        self.faults = []
        self.addresses = []
        # The address of another service to which a link of the site leads.
        self.beside = "data:"
        self.context = browser.new_context(
            base_url=site.url, ignore_https_errors=True, locale="nl-BE", timezone_id="Europe/Brussels", **options)
        self.context.set_default_timeout(TIMEOUT)
        self.context.on("console", self._on_console)
        self.context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        self.context.on("request", self._on_request)
        self.context.on("requestfailed", self._on_failure)
        self.context.on("response", self._on_response)
        self.page = self.context.new_page()

    def sign_in(self, account):
        """Sign in by a cookie, without the sign-in page, which has its own journey."""
        self.context.add_cookies([self.site.cookie(account)])
        return self

    def go(self, path):
        """Open an address of the site."""
        return self.page.goto(path)

    @property
    def path(self):
        """The path and query of the address that the browser shows."""
        return self.page.url.removeprefix(self.site.url)

    def _on_console(self, message):
        if message.type in ("error", "warning") and not message.text.startswith(STATUS_ERROR):
            self.faults.append(f"console {message.type}: {message.text}")

    def _on_request(self, request):
        self.addresses.append(request.url)
        if not request.url.startswith((f"{self.site.url}/", "data:", self.beside)):
            self.faults.append(f"outside: {request.url}")

    def _on_failure(self, request):
        # A newer search aborts a search, and a download aborts a page.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _on_response(self, response):
        if response.url.startswith(self.beside):
            return
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status}: {response.request.method} {urlsplit(response.url).path}")
        if response.headers.get("content-security-policy") != CSP:
            self.faults.append(f"no policy: {response.url}")

    def reset(self):
        """Drop cookies and recorded faults, but keep the browser's cache of static files."""
        self.context.clear_cookies()
        self.expected, self.faults, self.addresses = {422}, [], []

    def check(self):
        """Check that nothing is stored in the browser, that the cookie is safe, and that no fault was seen."""
        for page in self.context.pages:
            if page.url.startswith(self.site.url):
                stored = page.evaluate(STORED)
                assert not any(stored.values()), f"left in the browser: {stored}"
        for cookie in self.context.cookies():
            self._check_cookie(cookie)
        assert self.faults == []

    def close(self):
        """Run `check`, and close the window."""
        try:
            self.check()
        finally:
            self.context.close()

    def _check_cookie(self, cookie):
        assert cookie["name"] == self.site.cookie_name
        assert cookie["httpOnly"]
        assert cookie["sameSite"] == "Lax"
        assert cookie["secure"] == self.site.secure
        assert cookie["path"] == "/"
        assert not cookie["domain"].startswith(".")
        assert cookie["expires"] == -1


def words(locator):
    """The text of each match, with each run of white space as one space."""
    return [re.sub(r"\s+", " ", text).strip() for text in locator.all_inner_texts()]
