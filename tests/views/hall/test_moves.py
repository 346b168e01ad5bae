"""Moving a login: an administrator requests it, the organisation's dashboard shows it, either side can cancel it."""
import pytest

from models.accounts.accounts import Account
from models.accounts.moves import WAIT, LoginMove
from tests.conftest import PASSWORD
from tests.hall import mails
from tests.page import Page, text_of
from tests.views.hall.test_organisations import buttons, last_entry, path_of, press, text_after

NEW = "nieuw@voorbeeld.be"


@pytest.fixture
def pending_move(administration, cast):
    """A move that the administrator requested on the page."""
    administration.post(f"{path_of(cast.ploeg)}/move", {"email": NEW})
    return LoginMove.get()


@pytest.fixture
def ploeg_page(app, cast):
    """A second browser, signed in as De Ploeg."""
    page = Page(app)
    page.sign_in(cast.ploeg.account)
    return page


def test_a_requested_move_is_shown_until_it_is_cancelled(administration, cast, pending_move):
    soup = administration.follow()
    words = text_of(soup.main)
    assert "De login verhuist over drie dagen." in words
    assert f"Van ploeg@voorbeeld.be naar {NEW}" in words
    assert buttons(soup) == {"Verhuizing annuleren", "Nieuw wachtwoord laten kiezen", "Login blokkeren"}
    assert {mail[0] for mail in mails()} == {NEW, "ploeg@voorbeeld.be"}
    assert last_entry() == ("login-move-asked", "arbeidszorg:administrator", cast.ploeg.organisation.id)
    press(administration, cast.ploeg, "move/cancel")
    assert "De verhuizing is geannuleerd." in text_after(administration)
    press(administration, cast.ploeg, "move/cancel")
    assert "Er is geen verhuizing meer die wacht." in text_after(administration)
    assert [mail[0] for mail in mails()] == [NEW, "ploeg@voorbeeld.be"]


@pytest.mark.parametrize("typed", ["", "geen adres", "ploeg@voorbeeld.be", "atelier@voorbeeld.be"])
def test_an_address_that_cannot_be_used_shows_an_error_at_the_field(administration, cast, typed):
    soup = administration.post(f"{path_of(cast.ploeg)}/move", {"email": typed}, status=422)
    assert soup.select_one("#email-error")
    assert LoginMove.select().count() == 0


@pytest.mark.parametrize("change", [{"password_hash": None}, {"blocked": True}])
def test_a_login_that_cannot_move_says_why(administration, cast, change):
    cast.ploeg.account.save_values(**change)
    soup = administration.post(f"{path_of(cast.ploeg)}/move", {"email": NEW}, status=422)
    assert soup.select_one("#email-error")
    assert LoginMove.select().count() == 0
    assert "Login verhuizen" not in buttons(administration.get(path_of(cast.ploeg)))


def test_another_move_is_refused_while_one_is_pending(administration, cast, pending_move):
    soup = administration.post(f"{path_of(cast.ploeg)}/move", {"email": "ander@voorbeeld.be"}, status=422)
    assert "Annuleer die eerst." in text_of(soup.select_one("#email-error"))
    administration.post(f"{path_of(cast.ploeg)}/move", {"email": NEW})
    assert LoginMove.select().count() == 1


@pytest.mark.parametrize("path", ["/dashboard", "/organisation"])
def test_the_organisation_sees_the_move_and_can_cancel_it(ploeg_page, cast, pending_move, path):
    notice = ploeg_page.get(path).select_one("main .notice:not([hidden])")
    assert "Je login verhuist op" in text_of(notice)
    assert NEW in text_of(notice)
    mails()
    ploeg_page.post(notice.select_one("form")["action"], form=path)
    assert "De verhuizing is geannuleerd" in text_after(ploeg_page)
    assert "Je login verhuist" not in text_of(ploeg_page.get(path).main)
    assert "beheer.oost-vlaanderen@voorbeeld.be" in {mail[0] for mail in mails()}
    assert last_entry() == ("login-move-cancelled", "arbeidszorg:organisation", cast.ploeg.organisation.id)
    ploeg_page.post("/organisation/move/cancel", form=path)
    assert "Er is geen verhuizing meer die wacht." in text_after(ploeg_page)
    assert mails() == []


def test_an_organisation_can_cancel_only_its_own_move(app, cast, pending_move):
    other = Page(app)
    other.sign_in(cast.outsider.account)
    assert "Je login verhuist" not in text_of(other.get("/dashboard").main)
    other.post("/organisation/move/cancel", form="/organisation")
    assert LoginMove.get().status == "pending"


def test_the_fragment_of_the_dashboard_does_not_query_moves(ploeg_page, pending_move, monkeypatch):
    monkeypatch.setattr(LoginMove, "pending", lambda _account: pytest.fail("looked for a move"))
    ploeg_page.partial("/dashboard?sort=number-desc")


def test_after_72_hours_the_organisation_signs_in_with_the_new_address(ploeg_page, cast, pending_move, clock):
    clock(pending_move.created_at + WAIT)
    LoginMove.carry_out()
    assert Account.sign_in(NEW, PASSWORD) == cast.ploeg.account
    ploeg_page.sign_in(cast.ploeg.account)
    soup = ploeg_page.get("/organisation")
    assert NEW in text_of(soup.main)
    assert "Je login verhuist" not in text_of(soup.main)


def test_the_pages_of_an_organisation_in_another_province_are_404s(administration, cast):
    there = path_of(cast.elsewhere)
    for path in (there, f"{there}/edit", f"{there}/move"):
        administration.get(path, status=404)
    for action in ("edit", "invite", "password", "block", "unblock", "move", "move/cancel"):
        administration.post(f"{there}/{action}", {"email": NEW}, form=path_of(cast.ploeg), status=404)
    assert mails() == []


@pytest.mark.parametrize(("by_operator", "who"), [
    (False, "Een beheerder van je provincie"), (True, "De helpdesk van Loket")])
def test_the_organisation_sees_who_requested_the_move(ploeg_page, cast, by_operator, who):
    LoginMove.ask(cast.ploeg.account, NEW, by=None if by_operator else cast.administrator)
    assert f"{who} vroeg om de login te verhuizen" in text_of(ploeg_page.get("/dashboard").main)
