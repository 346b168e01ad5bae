"""Signing in by another service, from the link to the first page, and out."""
import datetime
import re

import pytest

from models.accounts.grants import Grant
from models.accounts.identities import Identity
from models.accounts.outside.unfinished import UnfinishedSignIn
from models.accounts.sessions import Session
from models.ecalcura.facilities.colleagues import people
from models.ecalcura.roles import ACCESS, PRIVACY
from tests.conftest import PASSWORD
from tests.factories import account_with
from tests.hall import events
from tests.page import text_of
from tests.views.hall.outside.conftest import FAILED, person, query_of


def first_page(page):
    """The first page after signing in."""
    page.follow(status=303)
    return page.follow()


def test_somebody_signs_in_by_the_link_and_works_with_the_role_that_was_sent(visitor, page, homes):
    visitor.sign_in()
    soup = first_page(page)
    assert page.response.request.path == "/ecalcura/990001"
    assert "Woonzorgcentrum De Linde" in text_of(soup)
    assert [(known.name, known.state, [role.code for role in known.roles]) for known in people(homes[0])] == [
        ("Piet Roels", "active", ["ecalcura:privacy"])]
    assert events() == ["identity-added", "grant-received", "signed-in"]
    account = person()
    assert (account.local, account.email) == (False, None)


def test_the_request_has_pkce_a_state_a_nonce_and_the_own_address(visitor, provider):
    """Also for a provider that does not ask for them."""
    asked = [query_of(visitor.go()) for _ in range(2)]
    for one in asked:
        assert one["code_challenge_method"] == "S256"
        assert one["redirect_uri"] == "http://127.0.0.1:8000/login/outside/answer"
        assert (one["response_type"], one["scope"], one["client_id"]) == ("code", "openid profile", "loket")
    for name in ("state", "nonce", "code_challenge"):
        assert len({one[name] for one in asked}) == 2
        assert all(len(one[name]) >= 43 for one in asked)


def test_signing_in_leads_back_to_the_page_that_was_asked_for(visitor, page):
    page.get(visitor.pick(visitor.go("/ecalcura/990001")), 303)
    assert page.response.location == "/ecalcura/990001"
    page.forget()
    page.get(visitor.pick(visitor.go("//elders.voorbeeld.be")), 303)
    assert page.response.location == "/"
    page.forget()
    page.get("/login/outside?next=https://elders.voorbeeld.be/", 303)
    page.get(visitor.pick(page.response.location), 303)
    assert page.response.location == "/"


def test_no_second_factor_is_asked_of_somebody_who_signed_in_elsewhere(visitor, page):
    visitor.sign_in()
    page.get("/ecalcura/990001")
    assert "een andere dienst" in text_of(page.get("/account"))


def test_the_roles_are_replaced_at_each_sign_in(visitor, page, provider, homes):
    visitor.sign_in("Fien Boon")
    assert [(grant.role, grant.tenant_id) for grant in person("77aa-fien").grants] == [
        ("access", homes[0].id), ("financial", homes[0].id), ("financial", homes[1].id)]
    old = page.browser
    page.forget()
    provider.of_claims = lambda claims: {**claims, "loket_rol_3d": ["Financien:990002", "Personeel:990002"]}
    visitor.sign_in("Fien Boon")
    assert [(grant.role, grant.tenant_id) for grant in person("77aa-fien").grants] == [
        ("financial", homes[1].id), ("privacy", homes[1].id)]
    # The session from before is over, and not only for the roles that were lost.
    assert old.get("/ecalcura/990002").location.startswith("/login")
    page.get("/ecalcura/990002")
    page.get("/ecalcura/990001", 404)
    assert events()[-5:] == ["grant-withdrawn", "grant-withdrawn", "sessions-ended", "grant-received", "signed-in"]


def test_a_session_goes_on_when_the_same_roles_are_sent_again(visitor, page):
    visitor.sign_in()
    old = page.browser
    page.forget()
    visitor.sign_in()
    assert old.get("/ecalcura/990001").status_code == 200


def test_the_last_access_manager_can_be_taken_away_by_the_provider(visitor, page, provider, homes):
    visitor.sign_in("Fien Boon")
    provider.of_claims = lambda claims: {**claims, "loket_rol_3d": "Personeel:990001"}
    page.forget()
    visitor.sign_in("Fien Boon")
    assert not Grant.holders(ACCESS, homes[0]).exists()


@pytest.mark.parametrize("sent", [None, "", [], {}, 17, "Personeel", ":", "Personeel:", [None, ["x"]]])
def test_without_a_role_nobody_is_signed_in_and_one_page_says_so(visitor, page, provider, sent):
    provider.of_claims = lambda claims: {**claims, "loket_rol_3d": sent}
    visitor.sign_in()
    soup = page.follow(status=403)
    assert text_of(soup.h1) == "Je hebt nog geen rol"
    assert "Rollen worden gegeven bij de voorbeelddienst." in text_of(soup)
    assert not Identity.select().exists()
    page.get("/ecalcura/990001", 303)


def test_somebody_who_loses_every_role_is_out(visitor, page, provider):
    visitor.sign_in()
    old = page.browser
    page.forget()
    provider.of_claims = lambda claims: {**claims, "loket_rol_3d": []}
    visitor.sign_in()
    page.follow(status=403)
    assert old.get("/ecalcura/990001").location.startswith("/login")
    assert person().grants == []


def test_a_facility_without_a_known_role_gives_the_page_that_names_who_gives_them(visitor, page, provider):
    visitor.sign_in("Fien Boon")
    page.forget()
    provider.of_claims = lambda claims: {**claims, "loket_rol_3d": "Keuken:990001"}
    visitor.sign_in()
    soup = first_page(page)
    assert text_of(soup.h1) == "Je hebt nog geen rol"
    assert "In Woonzorgcentrum De Linde geeft Fien Boon de rollen." in text_of(soup)


def test_an_unknown_facility_is_refused_said_and_logged_and_the_others_count(visitor, page, provider):
    provider.of_claims = lambda claims: {**claims, "loket_rol_3d": "Personeel:990001,123456,85073003328"}
    visitor.sign_in()
    text = text_of(first_page(page))
    assert "Een voorziening waarvoor je een rol hebt, is in Loket niet bekend." in text
    assert "Woonzorgcentrum De Linde" in text
    assert events().count("facility-unknown") == 2


def test_a_blocked_person_does_not_come_in(visitor, page):
    visitor.sign_in()
    person().block()
    page.forget()
    visitor.sign_in()
    assert FAILED in text_of(page.follow())


def test_a_person_is_the_subject_and_never_a_mail_address(visitor, page, provider, cast, homes):
    provider.of_claims = lambda claims: {**claims, "email": "ploeg@voorbeeld.be", "email_verified": True}
    visitor.sign_in()
    assert person() != cast.ploeg.account
    page.forget()
    provider.of_claims = lambda claims: {**claims, "sub": "somebody-else", "email": "ploeg@voorbeeld.be"}
    visitor.sign_in()
    assert Identity.select().count() == 2


# Unfinished sign-ins

def test_a_hundred_unfinished_sign_ins_fill_no_cookie_and_go_away(visitor, page, clock):
    for _ in range(100):
        address = visitor.go()
    assert UnfinishedSignIn.select().count() == 100
    [cookie] = page.response.headers.getlist("Set-Cookie") or [""]
    assert len(cookie) < 400
    page.get(visitor.pick(address), 303)
    assert UnfinishedSignIn.select().count() == 99
    clock(datetime.datetime.now(datetime.UTC).replace(tzinfo=None) + datetime.timedelta(minutes=11))
    page.forget()
    visitor.go()
    UnfinishedSignIn.remove_old()
    assert UnfinishedSignIn.select().count() == 1


def test_an_answer_after_ten_minutes_is_refused(visitor, page, clock):
    answer = visitor.pick(visitor.go())
    clock(datetime.datetime.now(datetime.UTC).replace(tzinfo=None) + datetime.timedelta(minutes=10, seconds=5))
    page.get(answer, 303)
    assert FAILED in text_of(page.follow())


def test_no_state_verifier_or_browser_of_an_unfinished_sign_in_can_be_read_as_it_was_sent(visitor, app):
    state = query_of(visitor.go())["state"]
    row = UnfinishedSignIn.get()
    assert state not in (row.state_hash, row.browser_hash)
    assert len(row.state_hash) == len(row.browser_hash) == 64


def test_the_link_leads_on_when_somebody_is_signed_in_already(visitor, page):
    visitor.sign_in()
    page.get("/login/outside?next=/account", 303)
    assert page.response.location == "/account"
    page.get("/login/outside/answer?state=x&code=y", 303)
    assert page.response.location == "/"


def test_a_form_posted_after_the_session_ended_is_there_again_after_signing_in_in_another_tab(visitor, page):
    visitor.sign_in("Fien Boon")
    typed = {**page.form_of("/account/roles"), "name": "Lies Dok", "email": "lies@voorbeeld.be"}
    Session.end_all(person("77aa-fien"))
    path = "/ecalcura/990001/access/new"
    soup = page.post(path, typed, 401, token=False)
    link = soup.select_one("a.button")
    assert (link["target"], link["rel"]) == ("_blank", ["noopener"])
    assert "laad deze pagina opnieuw: je formulier staat er dan weer" in text_of(soup)
    visitor.sign_in("Fien Boon")
    soup = page.post(path, typed, 400, token=False)
    assert soup.select_one("main form")["action"] == path
    assert soup.select_one("[name=name]")["value"] == "Lies Dok"


# Local logins beside it

def test_a_login_of_this_wing_that_signs_in_here_is_off_and_others_stay(visitor, page, homes, password_hash):
    local = account_with(PRIVACY, homes[0], email="lies@voorbeeld.be", password_hash=password_hash)
    page.sign_in(local)
    page.get("/ecalcura/990001", 303)
    page.forget()
    soup = page.post("/login", {"email": "lies@voorbeeld.be", "password": PASSWORD}, 422)
    assert "E-mailadres of wachtwoord klopt niet." in text_of(soup)
    page.post("/login", {"email": "ploeg@voorbeeld.be", "password": PASSWORD}, 303)
    page.get("/", 303)


def test_access_is_read_only_and_says_where_roles_are_given(visitor, page, homes):
    visitor.sign_in("Fien Boon")
    soup = page.get("/ecalcura/990001/access")
    assert "De rollen worden gegeven bij de voorbeelddienst." in text_of(soup)
    assert [form["action"] for form in soup.select("main form")] == []
    assert "Uitnodig" not in text_of(soup.main)
    account = person("77aa-fien")
    for path in ("/new", f"/{account.id}/roles/new"):
        page.get(f"/ecalcura/990001/access{path}", 303)
    for path in ("/new", f"/{account.id}/roles/new", f"/{account.id}/invite", f"/roles/{account.grants[0].id}/end"):
        page.post(f"/ecalcura/990001/access{path}", {"name": "Lies", "email": "lies@voorbeeld.be", "role": "privacy"},
                  form="/account/roles")
        assert "De rollen worden niet hier gegeven." in text_of(page.follow())
    assert [grant.role for grant in person("77aa-fien").grants] == ["access", "financial", "financial"]
    assert "Loket zelf Rol gekregen van de dienst die aanmeldt (Fien Boon, Toegangsbeheerder)" in text_of(
        page.get("/ecalcura/990001/access"))


# Signing out

def test_after_signing_out_a_link_leads_to_the_provider_without_a_token_in_its_address(visitor, page, provider):
    visitor.sign_in()
    page.post("/logout", form="/account/roles")
    assert page.response.headers["Clear-Site-Data"]
    soup = page.follow()
    assert page.response.request.path == "/login/outside/signed-out"
    link = soup.find("a", string=re.compile("Ook afmelden bij de voorbeelddienst"))
    assert link["href"].startswith(f"{provider.issuer}/sign-out?")
    assert query_of(link["href"]) == {
        "client_id": "loket", "post_logout_redirect_uri": "http://127.0.0.1:8000/login"}
    assert not Session.of(person()).exists()
    page.get("/ecalcura/990001", 303)


def test_a_provider_without_a_page_to_sign_out_gets_no_link(visitor, page, provider):
    provider.of_metadata = lambda right: {**right, "end_session_endpoint": None}
    visitor.sign_in()
    page.post("/account/sessions/end", form="/account/roles")
    assert "Ook afmelden" not in text_of(page.follow())


def test_a_login_of_loket_signs_out_as_before(visitor, page, cast):
    page.sign_in(cast.ploeg.account)
    page.post("/logout", form="/account/roles")
    assert page.response.location == "/login"
