"""Moving a login: asked on the organisation's page, told on its dashboard, called off by either side."""
import pytest

from models.accounts.accounts import Account
from models.accounts.moves import WAIT, LoginMove
from tests.conftest import PASSWORD
from tests.hall import mails
from tests.page import Page, text_of
from tests.views.hall.test_organisations import buttons, last_entry, path_of, press, told

NEW = "nieuw@voorbeeld.be"


@pytest.fixture
def asked(administration, cast):
    """A move that the administrator asked for on the page."""
    administration.post(f"{path_of(cast.ploeg)}/move", {"email": NEW})
    return LoginMove.get()


@pytest.fixture
def ploeg_page(app, cast):
    """The browser of somebody of De Ploeg."""
    page = Page(app)
    page.sign_in(cast.ploeg.account)
    return page


def test_a_move_is_asked_for_and_shows_until_it_is_called_off(administration, cast, asked):
    soup = administration.follow()
    words = text_of(soup.main)
    assert "De login verhuist over drie dagen." in words
    assert f"Van ploeg@voorbeeld.be naar {NEW}" in words
    assert buttons(soup) == {"Verhuizing annuleren", "Nieuw wachtwoord laten kiezen", "Login blokkeren"}
    assert {mail[0] for mail in mails()} == {NEW, "ploeg@voorbeeld.be"}
    assert last_entry() == ("login-move-asked", "administrator", cast.ploeg.organisation.id)
    press(administration, cast.ploeg, "move/cancel")
    assert "De verhuizing is geannuleerd." in told(administration)
    press(administration, cast.ploeg, "move/cancel")
    assert "Er is geen verhuizing meer die wacht." in told(administration)
    assert [mail[0] for mail in mails()] == [NEW, "ploeg@voorbeeld.be"]


@pytest.mark.parametrize("typed", ["", "geen adres", "ploeg@voorbeeld.be", "atelier@voorbeeld.be"])
def test_an_address_that_cannot_be_is_told_by_the_field(administration, cast, typed):
    soup = administration.post(f"{path_of(cast.ploeg)}/move", {"email": typed}, status=422)
    assert soup.select_one("#email-error")
    assert LoginMove.select().count() == 0


@pytest.mark.parametrize("change", [{"password_hash": None}, {"blocked": True}])
def test_a_login_that_cannot_move_says_why(administration, cast, change):
    cast.ploeg.account._save(**change)
    soup = administration.post(f"{path_of(cast.ploeg)}/move", {"email": NEW}, status=422)
    assert soup.select_one("#email-error")
    assert LoginMove.select().count() == 0
    assert "Login verhuizen" not in buttons(administration.get(path_of(cast.ploeg)))


def test_another_address_waits_for_the_first_to_be_called_off(administration, cast, asked):
    soup = administration.post(f"{path_of(cast.ploeg)}/move", {"email": "ander@voorbeeld.be"}, status=422)
    assert "Annuleer die eerst." in text_of(soup.select_one("#email-error"))
    administration.post(f"{path_of(cast.ploeg)}/move", {"email": NEW})
    assert LoginMove.select().count() == 1


@pytest.mark.parametrize("path", ["/dashboard", "/organisation"])
def test_the_organisation_is_told_and_calls_it_off(ploeg_page, cast, asked, path):
    notice = ploeg_page.get(path).select_one("main .notice:not([hidden])")
    assert "Je login verhuist op" in text_of(notice)
    assert NEW in text_of(notice)
    mails()
    ploeg_page.post(notice.select_one("form")["action"], form=path)
    assert "De verhuizing is geannuleerd" in told(ploeg_page)
    assert "Je login verhuist" not in text_of(ploeg_page.get(path).main)
    assert "beheer.oost-vlaanderen@voorbeeld.be" in {mail[0] for mail in mails()}
    assert last_entry() == ("login-move-cancelled", "organisation", cast.ploeg.organisation.id)
    ploeg_page.post("/organisation/move/cancel", form=path)
    assert "Er is geen verhuizing meer die wacht." in told(ploeg_page)
    assert mails() == []


def test_an_organisation_calls_off_no_move_but_its_own(app, cast, asked):
    other = Page(app)
    other.sign_in(cast.outsider.account)
    assert "Je login verhuist" not in text_of(other.get("/dashboard").main)
    other.post("/organisation/move/cancel", form="/organisation")
    assert LoginMove.get().status == "pending"


def test_the_list_that_htmx_asks_for_does_not_look_for_a_move(ploeg_page, asked, monkeypatch):
    monkeypatch.setattr(LoginMove, "pending", lambda _account: pytest.fail("looked for a move"))
    ploeg_page.partial("/dashboard?sort=number-desc")


def test_after_three_days_the_organisation_signs_in_with_the_new_address(ploeg_page, cast, asked, clock):
    clock(asked.created_at + WAIT)
    LoginMove.carry_out()
    assert Account.sign_in(NEW, PASSWORD) == cast.ploeg.account
    ploeg_page.sign_in(cast.ploeg.account)
    soup = ploeg_page.get("/organisation")
    assert NEW in text_of(soup.main)
    assert "Je login verhuist" not in text_of(soup.main)


def test_the_organisation_of_another_province_is_not_there(administration, cast):
    there = path_of(cast.elsewhere)
    for path in (there, f"{there}/edit", f"{there}/move"):
        administration.get(path, status=404)
    for action in ("edit", "invite", "password", "block", "unblock", "move", "move/cancel"):
        administration.post(f"{there}/{action}", {"email": NEW}, form=path_of(cast.ploeg), status=404)
    assert mails() == []


@pytest.mark.parametrize(("by_operator", "who"), [
    (False, "Een beheerder van je provincie"), (True, "Wie Loket beheert,")])
def test_the_organisation_reads_who_asked(ploeg_page, cast, by_operator, who):
    LoginMove.ask(cast.ploeg.account, NEW, by=None if by_operator else cast.administrator)
    assert f"{who} vroeg om de login te verhuizen" in text_of(ploeg_page.get("/dashboard").main)
