"""What the tests of an administrator's pages share: whatever he asks is answered without the names' key."""
import contextlib

import pytest

from models import names

CIPHERS = ("AESGCM", "_data_key", "_open", "_unwrap")


@pytest.fixture
def administration(page, cast, monkeypatch):
    """The administrator of Oost-Vlaanderen, signed in. Each answer is made with the key absent and decryption mined.

    Between two requests the key is there, so that a test can make clients with names.
    """
    page.sign_in(cast.administrator)
    answer = page.browser.open

    def without_names(*arguments, **options):
        with blindfolded():
            return answer(*arguments, **options)

    monkeypatch.setattr(page.browser, "open", without_names)
    return page


@contextlib.contextmanager
def blindfolded():
    """Within it there is no key, and who comes to a cipher of names fails the test."""
    key = names._State.key
    with pytest.MonkeyPatch.context() as patched:
        names.use(None)
        for name in CIPHERS:
            patched.setattr(names, name, lambda *_: pytest.fail("an administrator came to the names"))
        try:
            yield
        finally:
            names.use(key)
