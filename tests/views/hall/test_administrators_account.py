"""'Mijn login' of an administrator: e-mail address, password, second factor, recovery codes, open sessions."""
import pytest

from models.accounts.accounts import Account
from models.accounts.recovery_codes import RecoveryCode
from models.accounts.second_factor import SecondFactor
from models.accounts.sessions import Session
from models.mail import outbox
from tests.conftest import PASSWORD
from tests.hall import events, mails
from tests.page import text_of
from tests.phones import Phone, factor_of

NEW = "een groene lantaarn op zolder"


@pytest.fixture
def factor(administration, cast):
    """The administrator's second factor, already set up; the mails about that are removed."""
    factor = factor_of(cast.administrator)
    mails()
    return factor


def scanned(page):
    """(hidden fields of the form for another device, a phone that scanned its QR code)."""
    soup = page.get("/account/factor")
    hidden = {field["name"]: field["value"] for field in soup.select("main form input[type=hidden]")}
    return hidden, Phone(soup.select_one("code.key").get_text())


def test_the_page_shows_the_login_and_its_second_factor(administration, factor):
    words = text_of(administration.get("/account").main)
    for expected in ("beheer.oost-vlaanderen@voorbeeld.be", "E-mailadres wijzigen", "Wachtwoord wijzigen",
                     "ingesteld op", "Ander toestel gebruiken", "nog 10", "Nieuwe herstelcodes", "deze sessie",
                     "Overal afmelden"):
        assert expected in words
    assert administration.get("/account").select_one("header .who")["aria-current"] == "page"
    assert "bijna op" not in words


def test_the_page_says_when_the_recovery_codes_are_nearly_used_up(administration, factor, cast):
    for code in factor.codes[:8]:
        RecoveryCode.use(cast.administrator, code)
    words = text_of(administration.get("/account").main)
    assert "nog 2 bijna op" in words


def test_another_device_takes_over_and_new_recovery_codes_are_shown_once(administration, cast, factor):
    elsewhere = Session.start(cast.administrator, "elders")
    form, phone = scanned(administration)
    soup = administration.post("/account/factor", {
        **form, "password": PASSWORD, "code": factor.phone.code(), "new_code": phone.code()}, 200, token=False)
    assert "Je codes komen voortaan van het nieuwe toestel." in text_of(soup.main)
    codes = [text_of(code) for code in soup.select(".codes code")]
    assert len(codes) == RecoveryCode.left(cast.administrator) == 10
    assert not set(codes) & set(factor.codes)
    assert soup.find("a", string="Verder")["href"] == "/account"
    assert Session.find(elsewhere) is None
    administration.get("/account")
    with SecondFactor.shown(cast.administrator, phone.code(1)):
        pass
    (recipient, subject, _), = mails()
    assert (recipient, subject) == (cast.administrator.email, "Een ander toestel voor Loket")


@pytest.mark.parametrize(("name", "typed"), [
    ("password", "fout"), ("code", "AAAA"), ("code", ""), ("new_code", "000000x"), ("candidate", "x")])
def test_without_password_and_code_the_device_is_not_replaced(administration, cast, factor, name, typed):
    before = bytes(SecondFactor.get().sealed_secret)
    form, phone = scanned(administration)
    right = {"password": PASSWORD, "code": factor.phone.code(), "new_code": phone.code()}
    soup = administration.post("/account/factor", form | right | {name: typed}, 422, token=False)
    shown_by = "new_code" if name == "candidate" else name
    assert [field["id"] for field in soup.select("main [aria-invalid]")] == [shown_by]
    same_secret = soup.select_one("[name=candidate]")["value"] == form["candidate"]
    assert same_secret == (name != "candidate")
    assert bytes(SecondFactor.get().sealed_secret) == before
    assert mails() == []
    assert "recovery-code-used" not in events()


def test_too_many_wrong_codes_show_an_error_at_the_code_and_not_at_the_password(administration, factor):
    form, phone = scanned(administration)
    form |= {"password": PASSWORD, "new_code": phone.code()}
    for _ in range(5):
        administration.post("/account/factor", form | {"code": factor.phone.wrong()}, 422, token=False)
    soup = administration.post("/account/factor", form | {"code": factor.phone.code()}, 422, token=False)
    assert "Begin over een kwartier opnieuw." in text_of(soup.select_one("#code-error"))
    assert not soup.select_one("#password-error")


def test_new_recovery_codes_replace_the_old(administration, cast, factor):
    fields = {"password": PASSWORD, "code": factor.codes[0]}
    soup = administration.post("/account/recovery-codes", fields | {"password": "fout"}, 422)
    assert soup.select_one("#password-error")
    soup = administration.post("/account/recovery-codes", fields | {"code": factor.phone.wrong()}, 422)
    assert soup.select_one("#code-error")
    soup = administration.post("/account/recovery-codes", fields, 200)
    assert len(soup.select(".codes li")) == RecoveryCode.left(cast.administrator) == 10
    assert not any(code in str(soup) for code in factor.codes)
    soup = administration.post("/account/recovery-codes", {"password": PASSWORD, "code": factor.codes[1]}, 422)
    assert soup.select_one("#code-error")
    assert events()[-3:] == ["recovery-code-used", "recovery-codes-made", "factor-failed"]


def test_posting_the_form_for_recovery_codes_twice_makes_them_once(administration, cast, factor):
    form = administration.form_of("/account/recovery-codes") | {"password": PASSWORD, "code": factor.phone.code()}
    administration.post("/account/recovery-codes", form, 200, token=False)
    kept = {code.code_hash for code in RecoveryCode.select()}
    administration.post("/account/recovery-codes", form, 422, token=False)
    assert {code.code_hash for code in RecoveryCode.select()} == kept


def test_an_administrator_changes_the_password_to_one_of_15_characters(administration, cast):
    fields = {"current_password": PASSWORD, "password": "lantaarn zo", "repeat_password": "lantaarn zo"}
    soup = administration.post("/account/password", fields, 422)
    assert "Minstens 15 tekens." in text_of(soup.main)
    assert "collega" not in text_of(soup.main)
    administration.post("/account/password", fields | {"password": NEW, "repeat_password": NEW})
    assert administration.response.location == "/account"
    assert "Het nieuwe wachtwoord is bewaard." in text_of(administration.follow().main)
    assert Account.sign_in(cast.administrator.email, NEW)


def test_an_administrator_requests_another_address(administration):
    administration.post("/account/email", {"email": "nieuw@voorbeeld.be", "password": PASSWORD})
    assert "Er is een mail onderweg" in text_of(administration.follow().main)
    assert {mail.recipient for mail in outbox.Mail.select()} == {
        "nieuw@voorbeeld.be", "beheer.oost-vlaanderen@voorbeeld.be"}


def test_an_administrator_ends_another_own_session_but_not_a_colleague_s(administration, cast):
    elsewhere = Session.start(cast.administrator, "Safari op iPhone")
    foreign = Session.start(cast.other_administrator, "van een ander")
    soup = administration.get("/account")
    assert "van een ander" not in text_of(soup.main)
    row, = [row for row in soup.select("tbody tr") if "Safari op iPhone" in text_of(row)]
    administration.post(row.select_one("form")["action"], form="/account")
    assert Session.find(elsewhere) is None
    administration.post(f"/account/sessions/{Session.find(foreign).session_id}/end", form="/account", status=404)
    administration.post("/account/sessions/end", form="/account")
    assert administration.response.location == "/login"
    assert Session.of(cast.administrator).count() == 0
    assert Session.find(foreign)
