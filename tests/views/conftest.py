"""The blindfold for tests of an administrator's pages: each request runs without the names' key. Also: log lines."""
import contextlib

import pytest

from models import log, names
from models.accounts import roles
from models.audit import record
from models.organisations import Organisation
from views.hall import log_words

CIPHERS = ("AESGCM", "_data_key", "_open", "_unwrap")


@pytest.fixture
def administration(page, cast, monkeypatch):
    """A page signed in as the administrator of Oost-Vlaanderen; each request runs `blindfolded`.

    That also holds for anybody else with a role outside a tenant who signs in on it. Between requests the key is
    present, so that a test can make clients with names.
    """
    sign_in = page.sign_in

    def sign_in_blindfolded(account):
        token = sign_in(account)
        if any(roles.of(grant.code).scope != roles.TENANT for grant in account.grants):
            send = page.browser.open

            def without_names(*arguments, **options):
                with blindfolded():
                    return send(*arguments, **options)

            monkeypatch.setattr(page.browser, "open", without_names)
        return token

    monkeypatch.setattr(page, "sign_in", sign_in_blindfolded)
    page.sign_in(cast.administrator)
    return page


@pytest.fixture
def logged(app):
    """Returns (actor, sentence) of the newest lines of a province's log."""
    def logged(count=1, province="oost-vlaanderen"):
        with app.app_context():
            return [(log_words.who(line), log_words.line(line)) for line in log.latest(province, count)]

    return logged


@pytest.fixture
def sentence_for(logged):
    """Records an event in the organisation or province of `by`; returns its sentence."""
    def sentence_for(event, by, **detail):
        record(event, by=by, **detail)
        return logged(province=by.province or by.organisation.province)[0][1]

    return sentence_for


@contextlib.contextmanager
def blindfolded():
    """Remove the names' key, and fail the test if a name is encrypted or decrypted."""
    key = names._State.key
    with pytest.MonkeyPatch.context() as patched:
        names.use(None)
        for name in CIPHERS:
            patched.setattr(names, name, lambda *_: pytest.fail("a role outside a tenant came to the names"))
        try:
            yield
        finally:
            names.use(key)


@pytest.fixture
def thirty(cast):
    """Thirty more organisations in Oost-Vlaanderen, and one with a similar name in Limburg."""
    for number in range(1, 31):
        Organisation.create_new(f"Huis {number:02}", "oost-vlaanderen")
    Organisation.create_new("Huis 99", "limburg")
