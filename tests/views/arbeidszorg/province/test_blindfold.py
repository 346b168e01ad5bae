"""The blindfold under which the tests of this folder run: names cannot be decrypted for an administrator."""
import pytest

from models import names
from tests.factories import client_of
from tests.views.conftest import blindfolded


def test_decrypting_or_encrypting_a_name_fails_the_test(ploeg, administration):
    client = client_of(ploeg, "Roos Peeters")
    for touch in (lambda: client.name, lambda: names.seal(ploeg.organisation.id, client.number, "Roos")):
        with blindfolded(), pytest.raises(pytest.fail.Exception):
            touch()
    assert client.name == "Roos Peeters"


def test_the_names_key_is_absent_in_every_request_of_an_administrator(administration, cast, monkeypatch):
    keys = []
    monkeypatch.setattr(
        "views.arbeidszorg.province.overview.pages.render", lambda *_, **__: keys.append(names._State.key) or "")
    administration.browser.get("/province")
    for account in (cast.other_administrator, cast.administrator):
        administration.sign_in(account)
        administration.browser.get("/province")
    assert keys == [None, None, None]
    assert names._State.key is not None
