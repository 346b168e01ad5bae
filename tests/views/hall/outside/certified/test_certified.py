"""Signing in at a certified OpenID provider, node-oidc-provider, which runs as a process of its own."""
import os

import pytest

from models.accounts.sessions import Session
from models.ecalcura.facilities.colleagues import people
from tests.page import text_of
from tests.views.hall.outside.certified.conftest import ALGORITHMS, FIEN, KEYS, PIET
from tests.views.hall.outside.conftest import query_of

if not os.environ.get("CERTIFIED_PROVIDER"):
    pytest.skip("WITHOUT A CERTIFIED OPENID PROVIDER: .ci/certified provides it", allow_module_level=True)


def with_client(**settings):
    """These settings of Loket for a test."""
    return pytest.mark.parametrize("client", [settings], ids=[settings.get("OIDC_CLIENT_ID", "loket")])


def test_somebody_signs_in_with_the_roles_that_were_sent(visitor, page, homes):
    visitor.sign_in()
    page.follow(status=303)
    assert "Woonzorgcentrum De Linde" in text_of(page.follow())
    assert [(known.name, [role.code for role in known.roles]) for known in people(homes[0])] == [
        ("Piet Roels", ["ecalcura:privacy"])]


def test_a_role_that_was_taken_away_is_gone_at_the_next_sign_in_and_old_sessions_are_refused(visitor, page, provider):
    """A3."""
    visitor.sign_in("fien")
    page.get("/ecalcura/990001/access")
    old = page.browser
    page.forget()
    provider.know({"piet": PIET, "fien": {**FIEN, "loket_rol_3d": "Financien:990001"}})
    visitor.sign_in("fien")
    page.get("/ecalcura/990001/access", 403)
    assert old.get("/ecalcura/990001").location.startswith("/login")


@with_client(OIDC_CLIENT_ID="loket-post")
def test_a_secret_goes_along_in_the_way_that_the_provider_has(visitor, page, monkeypatch):
    provider = page.app.extensions["outside"][0]
    found = provider.metadata()._replace(by_post=True)
    monkeypatch.setattr(provider, "metadata", lambda: found)
    visitor.sign_in()
    page.get("/ecalcura/990001")


@pytest.mark.parametrize("algorithm", KEYS)
def test_loket_proves_itself_by_a_private_key(page, visitor, tmp_path, algorithm):
    path = tmp_path / "oidc.pem"
    path.write_bytes(KEYS[algorithm].as_pem(private=True))
    provider = type(page.app.extensions["outside"][0])({
        **page.app.config, "OIDC_CLIENT_ID": f"key-{algorithm}", "OIDC_CLIENT_SECRET": None, "OIDC_PRIVATE_KEY": path})
    page.app.extensions["outside"] = (provider, page.app.extensions["outside"][1])
    visitor.sign_in()
    page.get("/ecalcura/990001")


@pytest.mark.parametrize("client", [
    {"OIDC_CLIENT_ID": f"loket-{algorithm}", "OIDC_ALGORITHMS": [algorithm]} for algorithm in ALGORITHMS])
@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_each_algorithm_that_is_named_is_accepted(visitor, page, client):
    visitor.sign_in()
    page.get("/ecalcura/990001")


@with_client(OIDC_CLIENT_ID="loket-ES512")
def test_an_algorithm_that_is_not_named_is_refused(visitor, client):
    visitor.sign_in()
    visitor.is_refused()


@with_client(OIDC_SCOPES=["openid", "profile", "loket", "onbekend"])
def test_a_scope_that_the_provider_does_not_know_is_refused_and_not_dropped_in_silence(visitor, client):
    visitor.sign_in()
    visitor.is_refused()


@with_client(OIDC_CLIENT_SECRET="een ander geheim")
def test_a_wrong_secret_signs_nobody_in(visitor, client):
    visitor.sign_in()
    visitor.is_refused()


@with_client(OIDC_ACR=["eid"])
def test_a_sign_in_that_is_too_weak_is_refused(visitor, page, client):
    visitor.sign_in("piet")
    page.get("/ecalcura/990001")
    page.forget()
    visitor.browser = type(visitor.browser)()
    visitor.sign_in("fien")
    visitor.is_refused()


def test_a_code_counts_once_at_the_provider_too(visitor, page):
    path = visitor.sign_in()
    code = query_of(path)["code"]
    page.forget()
    state = query_of(visitor.go())["state"]
    page.get(f"/login/outside/answer?code={code}&state={state}&iss={query_of(path)['iss']}", 303)
    visitor.is_refused()


def test_the_link_to_sign_out_leads_to_a_page_that_asks_for_a_yes(visitor, page):
    visitor.sign_in()
    page.post("/logout", form="/account/roles")
    link = page.follow().select_one("main a.button")["href"]
    status, text, _ = visitor.browser.open(link)
    assert status == 200
    assert "Do you want to sign-out from" in text
    assert not Session.select().where(Session.ended_at.is_null()).exists()
