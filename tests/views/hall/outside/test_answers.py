"""An answer in the address that was changed, caught or used twice; and a provider that is slow, large or elsewhere."""
import json
import re
from urllib.parse import urlencode

import pytest

from models.accounts.outside import fetching
from models.ecalcura.facilities.colleagues import people
from tests.page import text_of
from tests.views.hall.outside.conftest import FAILED, is_refused, query_of

# The answer in the address

def test_an_answer_in_another_browser_is_refused_and_the_first_one_can_still_end(visitor, page):
    answer = visitor.pick(visitor.go())
    own = page.browser
    page.forget()
    page.get(answer, 303)
    is_refused(page)
    visitor.go()
    page.get(answer, 303)
    is_refused(page)
    page.browser = own
    page.get(answer, 303)
    page.get("/ecalcura/990001")


def test_a_code_counts_once(visitor, page):
    answer = visitor.pick(visitor.go())
    page.get(answer, 303)
    page.post("/account/sessions/end", form="/account/roles")
    page.get(answer, 303)
    assert FAILED in text_of(page.follow())


@pytest.mark.parametrize("changed", [
    {"state": ""}, {"state": "x" * 43}, {"code": ""}, {"code": "x"}, {"iss": "https://elders.voorbeeld.be"},
    {"iss": ""}, {"error": "access_denied", "error_description": "Piet Roels"}])
def test_an_answer_that_was_changed_is_refused(visitor, page, changed):
    sent = query_of(visitor.pick(visitor.go()))
    query = {name: value for name, value in {**sent, **changed}.items() if value}
    page.get(f"/login/outside/answer?{urlencode(query)}", 303)
    is_refused(page)


def test_a_code_of_somebody_else_is_refused(visitor, page):
    """A code that was caught does not fit the verifier of another sign-in."""
    caught = query_of(visitor.pick(visitor.go(), "Fien Boon"))["code"]
    page.forget()
    own = query_of(visitor.pick(visitor.go()))
    page.get(f"/login/outside/answer?{urlencode({**own, 'code': caught})}", 303)
    is_refused(page)


# Size, speed and addresses

def test_a_provider_that_is_not_there_is_said_in_plain_words(visitor, page, provider):
    """And no sign-in is begun."""
    page.app.extensions["outside"][0].issuer = "http://127.0.0.1:9"
    page.get("/login/outside", 303)
    is_refused(page)


def test_a_silent_provider_is_asked_once_in_five_seconds_and_nobody_else_waits(visitor, page, provider, monkeypatch):
    asked = []
    provider.of_metadata = lambda right: asked.append(1) or {}
    for _ in range(20):
        page.get("/login/outside", 303)
    is_refused(page)
    assert len(asked) == 1
    provider.tell_the_truth()
    monkeypatch.setattr("models.accounts.outside.provider.PAUSE", -1)
    visitor.sign_in()
    page.get("/ecalcura/990001")


@pytest.mark.parametrize("lie", [
    lambda provider: setattr(provider, "of_metadata", lambda right: {**right, "more": "x" * fetching.LARGEST}),
    lambda provider: setattr(provider, "of_metadata", lambda right: ["x"]),
    lambda provider: setattr(provider, "of_metadata", lambda right: {"issuer": provider.issuer}),
    *(lambda provider, url=url: setattr(provider, "of_metadata", lambda right: {**right, "token_endpoint": url})
      for url in ("http://elders.voorbeeld.be/token", "file:///etc/passwd", "", 7, "http://["))])
def test_metadata_that_are_too_large_or_lead_elsewhere_are_refused(page, homes, provider, lie):
    lie(provider)
    page.get("/login/outside", 303)
    is_refused(page)


@pytest.mark.parametrize("path", ["/token", "/keys", "/userinfo"])
@pytest.mark.parametrize("fault", ["slow", "dripping", "large", "redirect", "error", "no JSON", "deep"])
def test_a_slow_or_large_or_broken_answer_is_refused(visitor, page, provider, monkeypatch, path, fault):
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    page.app.extensions["outside"][0].asks_userinfo = True
    address = visitor.pick(visitor.go())
    provider.faults[path] = fault
    page.get(address, 303)
    is_refused(page)


# Userinfo

def test_userinfo_is_of_the_same_person(visitor, page, provider):
    page.app.extensions["outside"][0].asks_userinfo = True
    provider.of_userinfo = lambda right: right._replace(content=right.content.replace("9f1c-piet", "77aa-fien"))
    visitor.sign_in()
    is_refused(page)


def test_claims_of_userinfo_count_and_those_of_the_token_go_first(visitor, page, provider, homes):
    page.app.extensions["outside"][0].asks_userinfo = True
    provider.of_claims = lambda right: {name: value for name, value in right.items() if name != "loket_rol_3d"}
    provider.of_userinfo = lambda right: right._replace(content=json.dumps(
        {**json.loads(right.content), "iss": "https://elders.voorbeeld.be", "given_name": "Mallory"}))
    visitor.sign_in()
    page.get("/ecalcura/990001")
    assert [known.name for known in people(homes[0])] == ["Piet Roels"]


def test_the_address_of_the_browser_ends_without_a_code(visitor, page):
    """Refused or not: the answer is a redirect."""
    for person in ("Piet Roels", "Fien Boon"):
        visitor.sign_in(person)
        assert not re.search(r"code|state|iss", page.response.location)
        page.forget()
