"""The pages for signing in and out, a forgotten password, an invitation, and confirming a new address."""
import pytest

from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.accounts.sessions import Session
from models.mail import outbox
from models.organisations import Organisation
from tests.conftest import PASSWORD
from tests.hall import events, link_in, mails
from tests.page import text_of

NEW = "een groene lantaarn op zolder"
CHOSEN = {"password": NEW, "repeat_password": NEW}


def sign_in(page, email="ploeg@voorbeeld.be", password=PASSWORD, status=303, path="/login", **options):
    return page.post(path, {"email": email, "password": password}, status=status, **options)


def is_signed_in(page):
    return page.browser.get("/organisation").status_code == 200


# Signing in and out

def test_the_sign_in_page_has_its_button_and_a_link_to_a_new_password(page):
    soup = page.get("/login")
    assert text_of(soup.select_one("main button")) == "Aanmelden"
    assert soup.find("a", string="Wachtwoord vergeten?")["href"] == "/password/new"
    assert soup.select_one("#email")["autocomplete"] == "username"
    assert soup.select_one("#password")["autocomplete"] == "current-password"


def test_signing_in_leads_to_the_first_page_or_to_the_requested_page(page):
    sign_in(page)
    assert page.response.location == "/"
    assert is_signed_in(page)
    page.forget()
    page.get("/organisation/edit", status=303)
    sign_in(page, path=page.response.location)
    assert page.response.location == "/organisation/edit"


@pytest.mark.parametrize("elsewhere", ["https://dief.be", "//dief.be", "/\\dief.be", "javascript:alert(1)", "login"])
def test_signing_in_never_redirects_to_another_site(page, elsewhere):
    page.browser.get("/login")
    sign_in(page, path=f"/login?next={elsewhere}")
    assert page.response.location == "/"


def test_known_and_unknown_addresses_get_the_same_answer(page, cast):
    Account.update(blocked=True).where(Account.id == cast.outsider.account.id).execute()
    answers = set()
    for email, password in [("ploeg@voorbeeld.be", "fout"), ("niemand@voorbeeld.be", PASSWORD),
                            ("atelier@voorbeeld.be", PASSWORD)]:
        soup = sign_in(page, email, password, status=422)
        assert soup.select_one("#email")["value"] == email
        assert soup.select_one("#password")["value"] == ""
        answers.add(text_of(soup.select_one("main")))
    assert len(answers) == 1
    assert "E-mailadres of wachtwoord klopt niet." in answers.pop()
    assert not is_signed_in(page)


@pytest.mark.parametrize("email", ["ploeg@voorbeeld.be", "niemand@voorbeeld.be"])
def test_the_sixth_attempt_within_a_minute_is_refused(page, email):
    for _ in range(5):
        sign_in(page, email, "fout", status=422)
    soup = sign_in(page, email, PASSWORD, status=429)
    assert "te vaak" in text_of(soup.select_one("main"))


@pytest.mark.parametrize("fields", [
    {"email": ""}, {"email": "geen adres"}, {"email": "pl\x00eg@voorbeeld.be"}, {"password": ""},
])
def test_an_invalid_address_or_password_shows_an_error_and_does_not_count_as_an_attempt(page, fields):
    soup = page.post("/login", {"email": "ploeg@voorbeeld.be", "password": PASSWORD, **fields}, status=422)
    (name, _), = fields.items()
    assert soup.select_one(f"#{name}")["aria-invalid"] == "true"
    assert soup.select_one(f"#{name}-error")
    assert events() == []


def test_signing_in_again_ends_the_browser_s_earlier_session(page):
    sign_in(page)
    with page.browser.session_transaction() as cookie:
        before = cookie["_user_id"]
    page.browser.post("/login", data=page.form_of("/organisation/edit") | {
        "email": "atelier@voorbeeld.be", "password": PASSWORD})
    with page.browser.session_transaction() as cookie:
        assert cookie["_user_id"] != before
    assert Session.find(before) is None


def test_the_sign_in_page_redirects_when_already_signed_in(signed_in):
    signed_in.get("/login", status=303)
    signed_in.get("/login?next=/organisation", status=303)
    assert signed_in.response.location == "/organisation"


def test_signing_out_ends_the_session_and_clears_the_browser(page, ploeg):
    token = page.sign_in(ploeg.account)
    page.post("/logout", form="/organisation")
    assert page.response.location == "/login"
    assert page.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert Session.find(token) is None
    assert "Je bent afgemeld." in text_of(page.follow())
    with page.browser.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert not is_signed_in(page)
    assert events() == ["signed-in", "signed-out"]


def test_signing_out_works_without_a_session(page):
    page.post("/logout", form="/login")
    assert page.response.location == "/login"


# A forgotten password

def test_a_forgotten_password_is_replaced_by_a_mailed_link(page):
    page.post("/password/new", {"email": "ploeg@voorbeeld.be"})
    assert "is er een mail onderweg" in text_of(page.follow())
    (_, _, body), = mails()
    path = link_in(body, "password")[0]
    soup = page.get(path)
    assert "ploeg@voorbeeld.be" in text_of(soup.select_one("main"))
    page.post(path, CHOSEN)
    assert "Je wachtwoord is bewaard." in text_of(page.follow())
    sign_in(page, password=PASSWORD, status=422)
    sign_in(page, password=NEW)
    page.forget()
    assert "Deze link werkt niet meer" in text_of(page.get(path, status=410))


def test_asking_for_a_new_password_gives_the_same_answer_for_an_unknown_address(page):
    answers = set()
    for email in ("ploeg@voorbeeld.be", "niemand@voorbeeld.be"):
        page.post("/password/new", {"email": email})
        answers.add((page.response.location, text_of(page.follow())))
    assert len(answers) == 1
    assert [mail[0] for mail in mails()] == ["ploeg@voorbeeld.be"]


@pytest.mark.parametrize("email", ["ploeg@voorbeeld.be", "niemand@voorbeeld.be"])
def test_a_mailbox_cannot_be_flooded(page, email):
    for _ in range(5):
        page.post("/password/new", {"email": email})
    assert "te vaak" in text_of(page.post("/password/new", {"email": email}, status=422))


def test_without_the_mail_key_every_address_gets_the_same_error(page):
    outbox.use(None)
    for email in ("ploeg@voorbeeld.be", "niemand@voorbeeld.be"):
        soup = page.post("/password/new", {"email": email}, status=422)
        assert "Loket kan nu geen mails versturen." in text_of(soup)


@pytest.mark.parametrize("kind", ["password", "invitation"])
def test_looking_at_a_link_does_not_use_it_up(page, ploeg, kind):
    token = OneTimeLink.make(ploeg.account, kind)
    for _ in range(3):
        page.get(f"/{kind}/{token}")
        page.browser.head(f"/{kind}/{token}")
    page.post(f"/{kind}/{token}", CHOSEN)
    assert Account.sign_in("ploeg@voorbeeld.be", NEW)


@pytest.mark.parametrize(("fields", "wrong"), [
    ({"password": "kort", "repeat_password": "kort"}, "password"),
    ({"password": "DePloeg2026!!", "repeat_password": "DePloeg2026!!"}, "password"),
    ({"password": "x" * 257, "repeat_password": "x" * 257}, "password"),
    ({"password": NEW, "repeat_password": NEW + "x"}, "repeat_password"),
    ({"password": ""}, "password"),
])
def test_a_refused_password_shows_why_and_the_link_still_works(page, ploeg, fields, wrong):
    path = f"/password/{OneTimeLink.make(ploeg.account, 'password')}"
    soup = page.post(path, CHOSEN | fields, status=422)
    assert soup.select_one(f"#{wrong}-error")
    assert soup.select_one(f"#{wrong}").has_attr("autofocus")
    page.post(path, CHOSEN)


def test_an_invitation_leads_to_the_first_sign_in(page):
    account, token = Account.invite(Organisation.create_new("Nieuw", "limburg"), "nieuw@voorbeeld.be")
    soup = page.get(f"/invitation/{token}")
    assert text_of(soup.h1) == "Welkom bij Loket"
    page.post(f"/invitation/{token}", CHOSEN)
    sign_in(page, "nieuw@voorbeeld.be", NEW)
    assert is_signed_in(page)


@pytest.mark.parametrize("path", ["/password/x", "/invitation/x", "/email/x"])
def test_an_invalid_link_gives_the_page_for_a_dead_link(page, path):
    page.get(path, status=410)
    page.post(path, CHOSEN, status=410, form="/login")


# A new address

def test_a_new_address_is_confirmed_only_by_a_post(page, ploeg):
    path = f"/email/{OneTimeLink.make(ploeg.account, 'email', new_email='nieuw@voorbeeld.be')}"
    for _ in range(3):
        assert "nieuw@voorbeeld.be" in text_of(page.get(path))
    assert Account.get_by_id(ploeg.account.id).email == "ploeg@voorbeeld.be"
    page.post(path)
    assert Account.get_by_id(ploeg.account.id).email == "nieuw@voorbeeld.be"
    page.get(path, status=410)
    assert events() == ["email-changed"]


def test_confirming_an_address_that_was_taken_meanwhile_shows_an_error(page, cast):
    path = f"/email/{OneTimeLink.make(cast.ploeg.account, 'email', new_email='atelier@voorbeeld.be')}"
    soup = page.post(path, status=422)
    assert "hoort intussen bij een andere login" in text_of(soup.select_one("main"))
