"""What the tests of an administrator's pages share: whatever he asks is answered without the names' key."""
import contextlib

import pytest

from models import names

CIPHERS = ("AESGCM", "_data_key", "_open", "_unwrap")


@pytest.fixture
def administration(page, cast, monkeypatch):
    """The administrator of Oost-Vlaanderen, signed in. Each answer is made with the key absent and decryption mined.

    So is each answer to any other administrator who signs in after him. Between two requests the key is there, so that
    a test can make clients with names.
    """
    sign_in = page.sign_in

    def sign_in_blindfolded(account):
        token = sign_in(account)
        if account.role == "administrator":
            answer = page.browser.open

            def without_names(*arguments, **options):
                with blindfolded():
                    return answer(*arguments, **options)

            monkeypatch.setattr(page.browser, "open", without_names)
        return token

    monkeypatch.setattr(page, "sign_in", sign_in_blindfolded)
    page.sign_in(cast.administrator)
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
