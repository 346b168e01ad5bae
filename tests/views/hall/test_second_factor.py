"""The second step of an administrator's sign-in: setting up the second factor, a code, a recovery code."""
import datetime

import pytest

from models.accounts import second_factor
from models.accounts.recovery_codes import RecoveryCode
from models.accounts.second_factor import SecondFactor
from tests.hall import events, mails
from tests.page import text_of
from tests.phones import Phone, factor_of
from tests.views.hall.second_step import factor, give_password, is_signed_in, phone_of, send

__all__ = ["factor"]


# Setting up at the first sign-in

def test_an_administrator_without_second_factor_must_set_it_up_first(page, cast):
    soup = give_password(page, cast.administrator)
    assert text_of(soup.h1) == "Stel je codes in"
    assert not is_signed_in(page)
    phone = phone_of(soup)
    soup = send(page, soup, code=phone.code())
    assert text_of(soup.h1) == "Je herstelcodes"
    codes = [text_of(code) for code in soup.select(".codes code")]
    assert len(codes) == RecoveryCode.left(cast.administrator) == 10
    assert "Maak nieuwe bij ‘Mijn login’" in text_of(soup.main)
    assert soup.find("a", string="Verder")["href"] == "/"
    assert is_signed_in(page)
    assert events() == ["factor-set", "signed-in"]
    assert [mail[0] for mail in mails()] == [cast.administrator.email]
    assert not any(code in page.browser.get("/account").text for code in codes)


def test_the_qr_code_stays_the_same_after_a_wrong_code(page, cast):
    soup = give_password(page, cast.administrator)
    picture, key = soup.select_one("img.qr")["src"], soup.select_one("code.key").get_text()
    assert picture.startswith("data:image/svg+xml")
    wrong = send(page, soup, 422, code=Phone(key).wrong())
    assert "Deze code klopt niet." in text_of(wrong.select_one("#code-error"))
    assert (wrong.select_one("img.qr")["src"], wrong.select_one("code.key").get_text()) == (picture, key)
    assert page.get("/login/factor").select_one("code.key").get_text() != key
    assert SecondFactor.select().count() == 0


@pytest.mark.parametrize("forged", ["", "x", "é", "=" * 9, "A" * 5000])
def test_an_altered_secret_is_replaced_by_a_new_one_to_scan(page, cast, forged):
    soup = give_password(page, cast.administrator)
    soup = send(page, soup, 422, code=phone_of(soup).code(), candidate=forged)
    assert "Scan de QR-code opnieuw." in text_of(soup.select_one("#code-error"))
    send(page, soup, code=phone_of(soup).code())
    assert is_signed_in(page)


def test_an_administrator_with_a_second_factor_cannot_set_up_another_while_signing_in(page, cast):
    soup = give_password(page, cast.administrator)
    factor = factor_of(cast.administrator)
    send(page, soup, 303, code=phone_of(soup).code())
    assert page.response.location == "/login/code"
    page.post("/login/code", {"code": factor.phone.code()})
    assert is_signed_in(page)


# A code

def test_a_code_completes_signing_in(page, cast, factor):
    soup = give_password(page, cast.administrator)
    assert text_of(soup.h1) == "Aanmelden met je code"
    field = soup.select_one("#code")
    assert (field["autocomplete"], field["inputmode"]) == ("one-time-code", "numeric")
    assert not is_signed_in(page)
    page.post("/login/code", {"code": factor.phone.code()})
    assert page.response.location == "/"
    assert is_signed_in(page)
    assert events() == ["factor-set", "signed-in"]


def test_a_wrong_code_shows_an_error_and_the_right_one_still_works(page, cast, factor):
    give_password(page, cast.administrator)
    soup = page.post("/login/code", {"code": factor.phone.wrong()}, status=422)
    assert "Deze code klopt niet, of werd al gebruikt." in text_of(soup.select_one("#code-error"))
    assert page.post("/login/code", {"code": ""}, status=422).select_one("#code-error")
    page.post("/login/code", {"code": factor.phone.code()})
    assert events() == ["factor-set", "factor-failed", "signed-in"]


def test_the_sixth_code_is_refused_even_if_it_is_right(page, cast, factor):
    give_password(page, cast.administrator)
    for _ in range(5):
        page.post("/login/code", {"code": factor.phone.wrong()}, status=422)
    text = text_of(page.post("/login/code", {"code": factor.phone.code()}, status=429).main)
    assert "Begin over een kwartier opnieuw." in text
    soup = page.post("/login/recovery-code", {"recovery_code": factor.codes[0]}, status=429, form="/login/code")
    assert "te vaak" in text_of(soup.select_one("#recovery_code-error"))
    assert not is_signed_in(page)


def test_a_used_code_cannot_be_used_again(page, cast, factor, clock):
    """ASVS 6.5.1: someone may have looked over the shoulder."""
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

def test_a_recovery_code_works_once_and_the_page_says_how_many_are_left(page, cast, factor):
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


def test_without_app_key_the_page_says_so_and_a_recovery_code_works(page, cast, factor):
    second_factor.use(None)
    soup = give_password(page, cast.administrator)
    assert "nu niet nakijken" in text_of(soup.select_one(".notice.error:not([hidden])"))
    assert soup.details.has_attr("open")
    assert page.post("/login/code", {"code": factor.phone.code()}, status=422).select_one("#code-error")
    page.post("/login/recovery-code", {"recovery_code": factor.codes[0]}, form="/login/code")
    assert is_signed_in(page)
    assert "alleen met een herstelcode" in text_of(page.get("/account").main)
    page.get("/account/factor")


def test_without_app_key_a_second_factor_cannot_be_set_up(page, cast):
    second_factor.use(None)
    soup = give_password(page, cast.administrator)
    assert "kunnen nu niet ingesteld worden" in text_of(soup.main)
    assert not soup.select("main form[method=post]")
    page.post("/login/factor", {"code": "123456", "candidate": "x"}, status=422)
