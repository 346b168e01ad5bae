"""A browser window of its own, watched: whatever goes wrong in it fails the journey."""
import re
from urllib.parse import urlsplit

from tests.page import CSP

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run"]
TIMEOUT = 10_000
# Chromium tells of each answer of 400 and more as an error; `_on_response` judges those.
STATUS_ERROR = "Failed to load resource: the server responded with a status of"
STORED = """async () => ({
    local: Object.keys(localStorage), session: Object.keys(sessionStorage),
    databases: await indexedDB.databases(), caches: await caches.keys(),
    workers: await navigator.serviceWorker.getRegistrations(),
})"""


class Window:
    """`page` is Playwright's; `expected` holds the statuses from 400 on that this journey means to see."""

    def __init__(self, browser, site, **options):
        self.site = site
        self.expected = {422}
        self.faults = []
        self.addresses = []
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
        """Be signed in from here on, without the sign-in page: that one has its own journey."""
        self.context.add_cookies([self.site.cookie(account)])
        return self

    def go(self, path):
        """Open an address of the site."""
        return self.page.goto(path)

    @property
    def path(self):
        """The address that the browser shows, without the site."""
        return self.page.url.removeprefix(self.site.url)

    def _on_console(self, message):
        if message.type in ("error", "warning") and not message.text.startswith(STATUS_ERROR):
            self.faults.append(f"console {message.type}: {message.text}")

    def _on_request(self, request):
        self.addresses.append(request.url)
        if not request.url.startswith((f"{self.site.url}/", "data:")):
            self.faults.append(f"outside: {request.url}")

    def _on_failure(self, request):
        # Aborted: a search by a newer one, a page by a download.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _on_response(self, response):
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status}: {response.request.method} {urlsplit(response.url).path}")
        if response.headers.get("content-security-policy") != CSP:
            self.faults.append(f"no policy: {response.url}")

    def begin_anew(self):
        """Forget who was signed in and what was seen; the static files that the browser keeps stay."""
        self.context.clear_cookies()
        self.expected, self.faults, self.addresses = {422}, [], []

    def check(self):
        """What must hold after every journey."""
        for page in self.context.pages:
            if page.url.startswith(self.site.url):
                stored = page.evaluate(STORED)
                assert not any(stored.values()), f"left in the browser: {stored}"
        for cookie in self.context.cookies():
            self._check_cookie(cookie)
        assert self.faults == []

    def close(self):
        """Check what must hold after every journey, and close."""
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
    """The text of each, its spaces made one."""
    return [re.sub(r"\s+", " ", text).strip() for text in locator.all_inner_texts()]
