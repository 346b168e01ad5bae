"""Between the password and the code: the session opens no page, it expires, and a kept form survives."""
import datetime

import pytest

from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.accounts.recovery_codes import RecoveryCode
from models.accounts.second_factor import SecondFactor
from models.accounts.sessions import Session
from tests.conftest import PASSWORD
from tests.page import text_of
from tests.views.hall.second_step import factor, form_in, give_password, is_signed_in, phone_of, send

__all__ = ["factor"]
NEW = "een groene lantaarn op de zolder"
BEGIN_AGAIN = "Begin opnieuw met je wachtwoord."


# Access with a password only

def test_the_second_step_expires_after_ten_minutes(page, cast, factor, clock):
    start = datetime.datetime.now(datetime.UTC).replace(microsecond=0, tzinfo=None)
    clock(start)
    give_password(page, cast.administrator, "/login?next=/account")
    form = page.form_of("/login/code")
    clock(start + datetime.timedelta(minutes=10))
    page.post("/login/code?next=/account", {**form, "code": factor.phone.code()}, token=False)
    assert page.response.location == "/login?next=/account"
    assert BEGIN_AGAIN in text_of(page.follow().main)
    for path in ("/login/code", "/login/factor"):
        page.get(path, status=303)
        assert page.response.location == "/login"


@pytest.mark.parametrize("meanwhile", ["blocked", "another password", "signed out elsewhere"])
def test_ending_sessions_also_ends_a_session_at_the_second_step(page, cast, factor, meanwhile):
    give_password(page, cast.administrator)
    if meanwhile == "blocked":
        Account.update(blocked=True).where(Account.id == cast.administrator.id).execute()
    elif meanwhile == "another password":
        cast.administrator.change_password(PASSWORD, NEW)
    else:
        Session.end_all(cast.administrator)
    page.post("/login/code", {"code": factor.phone.code()}, form="/login")
    assert page.response.location == "/login"
    assert not is_signed_in(page)


def test_choosing_a_new_password_by_mail_does_not_skip_the_second_step(page, cast, factor):
    path = f"/password/{OneTimeLink.make(cast.administrator, 'password')}"
    page.post(path, {"password": NEW, "repeat_password": NEW})
    assert page.response.location == "/login"
    soup = give_password(page, cast.administrator, password=NEW)
    assert text_of(soup.h1) == "Aanmelden met je code"
    assert not is_signed_in(page)


def test_signing_out_at_the_second_step_ends_the_session(page, cast, factor):
    soup = give_password(page, cast.administrator)
    assert soup.select_one("header form")["action"] == "/logout"
    page.post("/logout", form="/login/code")
    assert page.response.headers["Clear-Site-Data"]
    assert "Je bent afgemeld." in text_of(page.follow().main)
    page.get("/login/code", status=303)
    assert Session.select().where(Session.ended_at.is_null()).count() == 0


def test_each_step_gives_a_new_token(page, cast, factor):
    """ASVS 7.2.4."""
    seen = []
    for _ in range(2):
        give_password(page, cast.administrator)
        with page.browser.session_transaction() as cookie:
            seen.append(cookie["waiting"])
            assert "_user_id" not in cookie
    page.post("/login/code", {"code": factor.phone.code()})
    with page.browser.session_transaction() as cookie:
        assert "waiting" not in cookie
        assert cookie["_user_id"] not in seen
    assert len(set(seen)) == 2
    assert not any(Session.find(token) or Session.find_waiting(token) for token in seen)


def test_the_second_step_redirects_when_already_signed_in(page, cast):
    page.sign_in(cast.administrator)
    for path in ("/login/code", "/login/factor"):
        page.get(f"{path}?next=/account", status=303)
        assert page.response.location == "/account"


@pytest.mark.parametrize("elsewhere", ["https://dief.be", "//dief.be", "/\\dief.be"])
def test_the_second_step_never_redirects_to_another_site(page, cast, factor, elsewhere):
    give_password(page, cast.administrator)
    page.post(f"/login/code?next={elsewhere}", {"code": factor.phone.code()}, form="/login/code")
    assert page.response.location == "/"


def test_an_organisation_signs_in_without_a_code(page, cast):
    page.post("/login", {"email": "ploeg@voorbeeld.be", "password": PASSWORD})
    assert page.browser.get("/organisation").status_code == 200


# The requested page, and a form that was posted too late

def test_the_requested_page_follows_after_both_steps(page, cast, factor):
    page.get("/account/email", status=303)
    soup = give_password(page, cast.administrator, page.response.location)
    page.post(soup.select_one("main form")["action"], {"code": factor.phone.code()})
    assert page.response.location == "/account/email"
    for table in (SecondFactor, RecoveryCode):
        table.delete().execute()
    page.forget()
    page.get("/account/email", status=303)
    soup = give_password(page, cast.administrator, page.response.location)
    soup = send(page, soup, code=phone_of(soup).code())
    assert soup.find("a", string="Verder")["href"] == "/account/email"


@pytest.fixture
def late(page, cast):
    """Returns a function that posts an administrator's form after the session ended, and gives the sign-in page."""
    page.sign_in(cast.administrator)
    form = page.form_of("/account/email")
    Session.end_all(cast.administrator)
    return lambda: page.post("/account/email", form | {"email": "nieuw@voorbeeld.be"}, 401, token=False)


def signed_in_by(page, soup, account):
    """Do the first step from this page."""
    return send(page, soup, email=account.email, password=PASSWORD)


def test_a_kept_form_survives_both_steps_and_a_wrong_code(page, cast, factor, late):
    soup = signed_in_by(page, late(), cast.administrator)
    assert text_of(soup.h1) == "Aanmelden met je code"
    assert "nieuw@voorbeeld.be" not in page.response.text
    soup = send(page, soup, 422, code=factor.phone.wrong())
    for form in soup.select("main form"):
        assert form.select_one("[name=kept]")["value"]
    soup = send(page, soup, code=factor.phone.code())
    assert text_of(soup.h1) == "Wat je typte is er nog"
    form = soup.select_one("main form")
    assert (form["action"], form.select_one("[name=email]")["value"]) == ("/account/email", "nieuw@voorbeeld.be")


def test_a_kept_form_survives_a_recovery_code(page, cast, factor, late):
    kept = form_in(signed_in_by(page, late(), cast.administrator))
    soup = page.post("/login/recovery-code", kept | {"recovery_code": factor.codes[0]}, 200, token=False)
    assert soup.select_one("main form [name=email]")["value"] == "nieuw@voorbeeld.be"


def test_a_kept_form_survives_setting_up_the_second_factor(page, cast, late):
    soup = signed_in_by(page, late(), cast.administrator)
    soup = send(page, soup, code=phone_of(soup).code())
    assert len(soup.select(".codes li")) == 10
    form = soup.select_one("main form")
    assert (form["action"], text_of(form.button)) == ("/account/email", "Verder met opslaan")
    assert form.select_one("[name=email]")["value"] == "nieuw@voorbeeld.be"


def test_a_kept_form_survives_an_expired_second_step(page, cast, factor, late):
    soup = signed_in_by(page, late(), cast.administrator)
    Session.end_all(cast.administrator)
    soup = send(page, soup, 401, code=factor.phone.code())
    assert BEGIN_AGAIN in text_of(soup.main)
    soup = signed_in_by(page, soup, cast.administrator)
    soup = send(page, soup, code=factor.phone.code(1))
    assert text_of(soup.h1) == "Wat je typte is er nog"


def test_codes_and_secrets_are_never_kept(page, cast, late):
    page.sign_in(cast.administrator)
    form = page.form_of("/account/factor")
    Session.end_all(cast.administrator)
    page.post("/account/factor", form | {"password": PASSWORD, "code": "123456", "new_code": "654321"}, token=False)
    assert page.response.location == "/login"
