"""A form that is posted after the session ended keeps its values, and only its author sees them again."""
import logging
import time

import pytest
from bs4 import BeautifulSoup
from flask import request

from models import patience
from models.accounts.sessions import Session
from tests.conftest import PASSWORD
from tests.locks import held
from tests.page import PARTIAL, values_of
from tests.phones import factor_of
from views.shell.access import open_to

TYPED = {"name": 'Marie <Peeters> & "co"', "remark": "één\r\ntwee", "form_key": "abc", "version": "3"}


@pytest.fixture
def saved(app):
    """Adds a form for organisations at /save; returns the list of what it saved."""
    saved = []

    @open_to("hall:organisation")
    def save():
        if request.method == "POST":
            saved.append(request.form.to_dict(flat=False))
        return "saved"

    app.add_url_rule("/save", "save", save, methods=["GET", "POST"])
    return saved


@pytest.fixture
def login(page):
    """Signs in by the form on the response `on`, or else by that of /login."""
    def login(account, on=None, **changes):
        on = on or page.browser.get("/login")
        form = BeautifulSoup(on.text, "html.parser").select_one("main form")
        typed = {"email": account.email, "password": PASSWORD}
        return page.browser.post("/login", data=values_of(form) | typed | changes)

    return login


@pytest.fixture
def too_late(page, ploeg, saved, login):
    """De Ploeg opened a form and its session ended; returns a function that posts the form."""
    login(ploeg.account)
    with page.browser.session_transaction() as cookie:
        token = cookie["_user_id"]
    form_token = _token(page)
    Session.end(token)

    def send(**changes):
        return page.browser.post("/save", data={"csrf_token": form_token} | TYPED | changes)

    send.token = form_token
    return send


def _token(page):
    return page.form_of("/organisation/edit")["csrf_token"]


def _kept(response):
    return BeautifulSoup(response.text, "html.parser").select_one("input[name=kept]")["value"]


def _resumed(response):
    soup = BeautifulSoup(response.text, "html.parser")
    assert soup.h1.get_text() == "Wat je typte is er nog"
    form = soup.select_one("main form")
    assert form["method"] == "post"
    assert form.button.get_text() == "Verder met opslaan"
    return form


def test_a_form_posted_too_late_is_saved_after_signing_in_again(page, ploeg, saved, too_late, login):
    refused = too_late()
    assert refused.status_code == 401
    assert "Je sessie was verlopen. Meld je opnieuw aan; wat je typte is er nog." in refused.text
    assert saved == []
    form = _resumed(login(ploeg.account, refused))
    assert form["action"] == "/save"
    assert saved == []
    assert page.browser.post(form["action"], data=values_of(form)).text == "saved"
    [fields] = saved
    del fields["csrf_token"]
    assert fields == {name: [value] for name, value in TYPED.items()}


def test_a_kept_form_survives_a_sign_in_during_a_lock(ploeg, page, saved, too_late, login, database_url):
    refused = too_late()
    patience.for_requests(4, seconds=0.01)
    with held(database_url):
        busy = login(ploeg.account, refused)
    assert busy.status_code == 503
    assert PASSWORD not in busy.text
    form = BeautifulSoup(busy.text, "html.parser").select_one("main form")
    again = page.browser.post(form["action"], data=values_of(form))
    assert ploeg.account.email in again.text
    form = _resumed(login(ploeg.account, again))
    assert values_of(form)["name"] == TYPED["name"]


def test_the_page_that_was_asked_for_survives_a_sign_in_during_a_lock(ploeg, page, database_url):
    patience.for_requests(4, seconds=0.01)
    form = page.form_of("/login?next=/account")
    with held(database_url):
        busy = page.browser.post("/login?next=/account", data=form | {
            "email": ploeg.account.email, "password": PASSWORD})
    form = BeautifulSoup(busy.text, "html.parser").select_one("main form")
    answer = page.browser.post(form["action"], data=values_of(form) | {"password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/account")


def test_the_sign_in_page_does_not_show_what_was_typed(too_late):
    refused = too_late()
    for value in ("Marie", "Peeters", "twee"):
        assert value not in refused.text
        assert value not in str(refused.headers)


def test_each_value_of_a_field_is_kept(page, ploeg, saved, too_late, login):
    form = _resumed(login(ploeg.account, too_late(mistakes=["a", "b"])))
    assert [field["value"] for field in form.select("[name=mistakes]")] == ["a", "b"]


def test_a_mistyped_password_loses_nothing(ploeg, too_late, login):
    again = login(ploeg.account, too_late(), password="een heel ander wachtwoord")
    assert again.status_code in (200, 401, 422)
    _resumed(login(ploeg.account, again))


def test_another_account_does_not_see_the_kept_form(cast, page, saved, too_late, login):
    kept = _kept(too_late())
    page.forget()
    answer = login(cast.outsider.account, kept=kept)
    assert answer.status_code == 303
    assert "Marie" not in page.browser.get(answer.location, follow_redirects=True).text
    assert saved == []


def test_an_administrator_does_not_see_another_s_kept_form_after_either_step(cast, page, saved, too_late, login):
    kept = _kept(too_late())
    phone = factor_of(cast.administrator).phone
    page.forget()
    answer = login(cast.administrator, kept=kept)
    assert "Aanmelden met je code" in answer.text
    assert "Marie" not in answer.text
    form = BeautifulSoup(answer.text, "html.parser").select_one("main form")
    answer = page.browser.post("/login/code", data=values_of(form) | {"code": phone.code()})
    assert answer.status_code == 303
    assert "Marie" not in page.browser.get(answer.location, follow_redirects=True).text
    assert saved == []


@pytest.mark.parametrize("forge", [
    lambda kept: kept[:-4] + "AAAA", lambda kept: "x", lambda kept: "é", lambda kept: kept[:40], lambda kept: "=" * 9])
def test_an_altered_kept_form_is_dropped(ploeg, too_late, login, forge):
    assert login(ploeg.account, kept=forge(_kept(too_late()))).status_code == 303


@pytest.mark.parametrize(("hours", "status"), [(11.9, 200), (12.1, 303), (-1, 303)])
def test_a_form_is_kept_for_twelve_hours(ploeg, too_late, login, monkeypatch, hours, status):
    kept = _kept(too_late())
    later = time.time() + hours * 60 * 60
    monkeypatch.setattr("views.shell.kept.time.time", lambda: later)
    assert login(ploeg.account, kept=kept).status_code == status


def test_passwords_are_never_kept(ploeg, too_late, login):
    form = _resumed(login(ploeg.account, too_late(password="geheim", new_password="geheim", password_again="geheim")))
    assert set(values_of(form)) == {"csrf_token", *TYPED}


def test_a_form_is_kept_after_signing_out_in_another_tab(page, ploeg, saved, login):
    login(ploeg.account)
    token = _token(page)
    page.forget()
    refused = page.browser.post("/save", data={"csrf_token": token} | TYPED)
    assert refused.status_code == 401
    assert _resumed(login(ploeg.account, refused))["action"] == "/save"
    assert saved == []


def test_a_form_posted_after_signing_in_again_in_another_tab_can_be_sent_again(page, ploeg, saved, login):
    login(ploeg.account)
    token = _token(page)
    page.forget()
    login(ploeg.account)
    answer = page.browser.post("/save", data={"csrf_token": token} | TYPED)
    assert answer.status_code == 400
    assert saved == []
    form = _resumed(answer)
    page.browser.post(form["action"], data=values_of(form))
    assert saved[0]["name"] == [TYPED["name"]]


def test_a_form_of_a_colleague_s_other_login_is_kept_for_that_login(cast, page, saved, login):
    login(cast.outsider.account)
    token = _token(page)
    page.forget()
    login(cast.ploeg.account)
    answer = page.browser.post("/save", data={"csrf_token": token} | TYPED)
    assert answer.status_code == 400
    assert "Marie" not in answer.text
    assert login(cast.ploeg.account, answer).status_code == 303
    page.forget()
    _resumed(login(cast.outsider.account, kept=_kept(answer)))
    assert saved == []


def test_a_form_with_a_forged_token_is_not_kept(page, ploeg, saved):
    for token in ("", "x", "IjEuYWJjIg.aSc.x"):
        answer = page.browser.post("/save", data={"csrf_token": token} | TYPED)
        assert answer.status_code == 400
        assert "Marie" not in answer.text
        assert 'name="kept"' not in answer.text
    assert saved == []


def test_a_late_post_without_typed_values_redirects_to_the_sign_in_page(page, too_late):
    answer = page.browser.post("/save", data={"csrf_token": too_late.token})
    assert (answer.status_code, answer.location) == (303, "/login")


def test_a_form_that_is_too_large_is_not_kept(too_late):
    answer = too_late(remark="x" * 100_001)
    assert (answer.status_code, answer.location) == (303, "/login")


def test_htmx_sends_the_browser_to_the_sign_in_page(page, too_late):
    headers = PARTIAL | {"HX-Current-URL": "http://localhost/dashboard"}
    for token in (too_late.token, "x"):
        answer = page.browser.post("/save", data=TYPED | {"csrf_token": token}, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["HX-Redirect"] == "/login?next=/dashboard"


def test_typed_values_are_not_logged_or_put_in_a_cookie(page, ploeg, too_late, login, caplog):
    caplog.set_level(logging.DEBUG, logger="loket")
    refused = too_late()
    answer = login(ploeg.account, refused)
    assert "Marie" not in caplog.text
    assert _kept(refused) not in caplog.text
    assert all(len(cookie) < 1000 for cookie in answer.headers.getlist("Set-Cookie"))
