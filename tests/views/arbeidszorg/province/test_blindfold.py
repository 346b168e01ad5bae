"""The blindfold itself: without it the tests of this folder would say nothing."""
import pytest

from models import names
from tests.factories import client_of
from tests.views.conftest import blindfolded


def test_who_opens_or_seals_a_name_fails_the_test(ploeg, administration):
    client = client_of(ploeg, "Roos Peeters")
    for touch in (lambda: client.name, lambda: names.seal(ploeg.organisation.id, client.number, "Roos")):
        with blindfolded(), pytest.raises(pytest.fail.Exception):
            touch()
    assert client.name == "Roos Peeters"


def test_every_answer_to_an_administrator_is_made_blindfolded(administration, cast, monkeypatch):
    keys = []
    monkeypatch.setattr(
        "views.arbeidszorg.province.overview.pages.render", lambda *_, **__: keys.append(names._State.key) or "")
    administration.browser.get("/province")
    for account in (cast.other_administrator, cast.administrator):
        administration.sign_in(account)
        administration.browser.get("/province")
    assert keys == [None, None, None]
    assert names._State.key is not None
