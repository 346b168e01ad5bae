"""Signing in as an administrator: after the password a code, or first setting up what makes them."""
import datetime
import re

import pytest

from models import second_factor
from models.accounts import Account
from models.links import OneTimeLink
from models.recovery_codes import RecoveryCode
from models.second_factor import SecondFactor
from models.sessions import Session
from tests.conftest import PASSWORD
from tests.hall import events, mails
from tests.page import text_of
from tests.phones import Phone, factor_of

NEW = "een groene lantaarn op de zolder"
BEGIN_AGAIN = "Begin opnieuw met je wachtwoord."


@pytest.fixture
def factor(page, cast):
    """The second factor of the administrator, set up before; what that recorded and mailed is out of the way."""
    factor = factor_of(cast.administrator)
    mails()
    return factor


def give_password(page, account, path="/login", **fields):
    """The first step; afterwards the page is asked for to which it leads."""
    page.post(path, {"email": account.email, "password": PASSWORD, **fields})
    return page.follow()


def form_in(soup):
    """What the forms of a page hold before anything is typed."""
    return {field["name"]: field["value"] for field in soup.select("main form input[type=hidden]")}


def send(page, soup, status=200, **fields):
    """The first form of this page, the secret in it included: asked for anew, the page would show another."""
    return page.post(soup.select_one("main form")["action"], form_in(soup) | fields, status, token=False)


def phone_of(soup):
    """A phone that scanned what this page shows."""
    return Phone(soup.select_one("code.key").get_text())


def is_signed_in(page):
    return page.browser.get("/province").status_code == 200


# Setting up, the first time

def test_an_administrator_without_one_sets_it_up_before_anything_opens(page, cast):
    soup = give_password(page, cast.administrator)
    assert text_of(soup.h1) == "Stel je codes in"
    assert not is_signed_in(page)
    phone = phone_of(soup)
    soup = send(page, soup, code=phone.code())
    assert text_of(soup.h1) == "Je herstelcodes"
    codes = [text_of(code) for code in soup.select(".codes code")]
    assert len(codes) == RecoveryCode.left(cast.administrator) == 10
    assert soup.find("a", string="Verder")["href"] == "/"
    assert is_signed_in(page)
    assert events() == ["factor-set", "signed-in"]
    assert [mail[0] for mail in mails()] == [cast.administrator.email]
    assert not any(code in page.browser.get("/account").text for code in codes)


def test_the_picture_is_one_that_any_browser_shows_and_stays_the_same_after_a_wrong_code(page, cast):
    soup = give_password(page, cast.administrator)
    picture, key = soup.select_one("img.qr")["src"], soup.select_one("code.key").get_text()
    assert picture.startswith("data:image/svg+xml")
    wrong = send(page, soup, 422, code=Phone(key).wrong())
    assert "Deze code klopt niet." in text_of(wrong.select_one("#code-error"))
    assert (wrong.select_one("img.qr")["src"], wrong.select_one("code.key").get_text()) == (picture, key)
    assert page.get("/login/factor").select_one("code.key").get_text() != key
    assert SecondFactor.select().count() == 0


@pytest.mark.parametrize("forged", ["", "x", "é", "=" * 9, "A" * 5000])
def test_a_form_whose_secret_was_altered_shows_another_to_scan(page, cast, forged):
    soup = give_password(page, cast.administrator)
    soup = send(page, soup, 422, code=phone_of(soup).code(), candidate=forged)
    assert "Scan de QR-code opnieuw." in text_of(soup.select_one("#code-error"))
    send(page, soup, code=phone_of(soup).code())
    assert is_signed_in(page)


def test_who_has_one_already_is_asked_for_its_code_and_cannot_set_up_another(page, cast):
    soup = give_password(page, cast.administrator)
    factor = factor_of(cast.administrator)
    send(page, soup, 303, code=phone_of(soup).code())
    assert page.response.location == "/login/code"
    page.post("/login/code", {"code": factor.phone.code()})
    assert is_signed_in(page)


# A code

def test_a_code_opens_what_the_password_did_not(page, cast, factor):
    soup = give_password(page, cast.administrator)
    assert text_of(soup.h1) == "Aanmelden met je code"
    field = soup.select_one("#code")
    assert (field["autocomplete"], field["inputmode"]) == ("one-time-code", "numeric")
    assert not is_signed_in(page)
    page.post("/login/code", {"code": factor.phone.code()})
    assert page.response.location == "/"
    assert is_signed_in(page)
    assert events() == ["factor-set", "signed-in"]


def test_a_wrong_code_is_told_by_its_field_and_the_right_one_still_works(page, cast, factor):
    give_password(page, cast.administrator)
    soup = page.post("/login/code", {"code": factor.phone.wrong()}, status=422)
    assert "Deze code klopt niet, of werd al gebruikt." in text_of(soup.select_one("#code-error"))
    assert page.post("/login/code", {"code": ""}, status=422).select_one("#code-error")
    page.post("/login/code", {"code": factor.phone.code()})
    assert events() == ["factor-set", "factor-failed", "signed-in"]


def test_the_sixth_wrong_code_is_refused_whatever_it_is(page, cast, factor):
    give_password(page, cast.administrator)
    for _ in range(5):
        page.post("/login/code", {"code": factor.phone.wrong()}, status=422)
    assert "te vaak" in text_of(page.post("/login/code", {"code": factor.phone.code()}, status=429).main)
    soup = page.post("/login/recovery-code", {"recovery_code": factor.codes[0]}, status=429, form="/login/code")
    assert "te vaak" in text_of(soup.select_one("#recovery_code-error"))
    assert not is_signed_in(page)


def test_a_code_that_was_used_signs_nobody_else_in(page, cast, factor, clock):
    """ASVS 6.5.1: who looked over the shoulder."""
    moment = datetime.datetime.now(datetime.UTC).replace(microsecond=0, tzinfo=None)
    clock(moment)
    code = factor.phone.code()
    give_password(page, cast.administrator)
    page.post("/login/code", {"code": code})
    page.forget()
    give_password(page, cast.administrator)
    page.post("/login/code", {"code": code}, status=422)
    assert not is_signed_in(page)


# A recovery code

def test_a_recovery_code_opens_it_once_and_says_how_many_are_left(page, cast, factor):
    soup = give_password(page, cast.administrator)
    assert not soup.details.has_attr("open")
    page.post("/login/recovery-code", {"recovery_code": factor.codes[0]}, form="/login/code")
    page.follow(status=303)
    assert "Je hebt nog 9 herstelcodes." in text_of(page.follow().main)
    (_, subject, _), = mails()
    assert subject == "Er is een herstelcode van Loket gebruikt"
    page.forget()
    give_password(page, cast.administrator)
    soup = page.post("/login/recovery-code", {"recovery_code": factor.codes[0]}, status=422, form="/login/code")
    assert "Deze herstelcode klopt niet" in text_of(soup.select_one("#recovery_code-error"))
    assert soup.details.has_attr("open")
    assert not is_signed_in(page)


def test_without_the_key_the_page_says_so_and_a_recovery_code_opens_it(page, cast, factor):
    second_factor.use(None)
    soup = give_password(page, cast.administrator)
    assert "nu niet nakijken" in text_of(soup.select_one(".notice.error:not([hidden])"))
    assert soup.details.has_attr("open")
    assert page.post("/login/code", {"code": factor.phone.code()}, status=422).select_one("#code-error")
    page.post("/login/recovery-code", {"recovery_code": factor.codes[0]}, form="/login/code")
    assert is_signed_in(page)
    assert "alleen met een herstelcode" in text_of(page.get("/account").main)
    page.get("/account/factor")


def test_without_the_key_who_has_none_is_told_that_it_cannot_be_set_up(page, cast):
    second_factor.use(None)
    soup = give_password(page, cast.administrator)
    assert "kunnen nu niet ingesteld worden" in text_of(soup.main)
    assert not soup.select("main form[method=post]")
    page.post("/login/factor", {"code": "123456", "candidate": "x"}, status=422)


# What a password alone gives

@pytest.mark.parametrize("set_up", [True, False])
def test_a_session_that_waits_opens_not_one_page(app, page, cast, set_up):
    """ASVS 6.3.3, over every route that is not open to anyone."""
    if set_up:
        factor_of(cast.administrator)
    token = page.wait(cast.administrator)
    tried = 0
    for place in ("waiting", "_user_id"):
        with page.browser.session_transaction() as cookie:
            cookie.clear()
            cookie[place] = token
        for rule in app.url_map.iter_rules():
            if "anyone" in app.view_functions[rule.endpoint].open_to:
                continue
            path = re.sub(r"<[^>]*>", "1", rule.rule)
            for method in rule.methods & {"GET", "POST"}:
                assert page.browser.open(path, method=method).status_code in (303, 400), (method, path)
                tried += 1
    assert tried > 60


def test_what_waits_opens_nothing_after_ten_minutes(page, cast, factor, clock):
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
def test_what_ends_sessions_ends_what_waits(page, cast, factor, meanwhile):
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


def test_a_new_password_by_mail_does_not_open_it_either(page, cast, factor):
    path = f"/password/{OneTimeLink.make(cast.administrator, 'password')}"
    page.post(path, {"password": NEW, "repeat_password": NEW})
    assert page.response.location == "/login"
    soup = give_password(page, cast.administrator, password=NEW)
    assert text_of(soup.h1) == "Aanmelden met je code"
    assert not is_signed_in(page)


def test_signing_out_half_way_forgets_the_password(page, cast, factor):
    soup = give_password(page, cast.administrator)
    assert soup.select_one("header form")["action"] == "/logout"
    page.post("/logout", form="/login/code")
    assert page.response.headers["Clear-Site-Data"]
    assert "Je bent afgemeld." in text_of(page.follow().main)
    page.get("/login/code", status=303)
    assert Session.select().where(Session.ended_at.is_null()).count() == 0


def test_the_token_is_another_one_after_each_step(page, cast, factor):
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


def test_who_is_signed_in_already_has_no_step_to_take(page, cast):
    page.sign_in(cast.administrator)
    for path in ("/login/code", "/login/factor"):
        page.get(f"{path}?next=/account", status=303)
        assert page.response.location == "/account"


@pytest.mark.parametrize("elsewhere", ["https://dief.be", "//dief.be", "/\\dief.be"])
def test_nobody_is_sent_elsewhere_after_the_second_step(page, cast, factor, elsewhere):
    give_password(page, cast.administrator)
    page.post(f"/login/code?next={elsewhere}", {"code": factor.phone.code()}, form="/login/code")
    assert page.response.location == "/"


def test_an_organisation_is_asked_for_no_code(page, cast):
    page.post("/login", {"email": "ploeg@voorbeeld.be", "password": PASSWORD})
    assert page.browser.get("/organisation").status_code == 200


# The page that was asked for, and a form that came too late

def test_the_page_that_was_asked_for_comes_after_both_steps(page, cast, factor):
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
    """The page that an administrator gets whose form came after the session ended."""
    page.sign_in(cast.administrator)
    form = page.form_of("/account/email")
    Session.end_all(cast.administrator)
    return lambda: page.post("/account/email", form | {"email": "nieuw@voorbeeld.be"}, 401, token=False)


def signed_in_by(page, soup, account):
    """The first step from this page."""
    return send(page, soup, email=account.email, password=PASSWORD)


def test_a_form_that_came_too_late_survives_both_steps_and_a_wrong_code(page, cast, factor, late):
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


def test_it_survives_a_recovery_code(page, cast, factor, late):
    kept = form_in(signed_in_by(page, late(), cast.administrator))
    soup = page.post("/login/recovery-code", kept | {"recovery_code": factor.codes[0]}, 200, token=False)
    assert soup.select_one("main form [name=email]")["value"] == "nieuw@voorbeeld.be"


def test_it_survives_setting_up(page, cast, late):
    soup = signed_in_by(page, late(), cast.administrator)
    soup = send(page, soup, code=phone_of(soup).code())
    assert len(soup.select(".codes li")) == 10
    form = soup.select_one("main form")
    assert (form["action"], text_of(form.button)) == ("/account/email", "Verder met opslaan")
    assert form.select_one("[name=email]")["value"] == "nieuw@voorbeeld.be"


def test_it_survives_a_second_step_that_took_too_long(page, cast, factor, late):
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
