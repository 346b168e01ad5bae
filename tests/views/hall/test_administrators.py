"""'Beheerders': inviting and blocking colleagues, and the own contact details."""
import pytest

from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.accounts.sessions import Session
from models.arbeidszorg.roles import ADMINISTRATOR
from tests.hall import events, link_in, mails
from tests.page import text_of

NEW = "een groene lantaarn op zolder"


@pytest.fixture
def colleague(cast):
    """Another administrator of Oost-Vlaanderen."""
    return Account.new(ADMINISTRATOR, "oost-vlaanderen", email="collega@voorbeeld.be",
                          password_hash=cast.administrator.password_hash)


def rows(soup):
    return [[text_of(cell) for cell in row.select("th, td")] for row in soup.select("tbody tr")]


def post(page, path, **fields):
    """Post a button of the list."""
    return page.post(path, fields, form="/province/administrators")


def test_the_administrators_of_the_own_province_are_listed(cast, administration, colleague):
    Session.start(colleague)
    Account.new(ADMINISTRATOR, "oost-vlaanderen", email="vroeger@voorbeeld.be")
    found = rows(administration.get("/province/administrators"))
    assert [(row[0], row[2], row[4]) for row in found] == [
        (cast.administrator.email, "actief", "jijzelf"), (colleague.email, "actief", "Blokkeren"),
        ("vroeger@voorbeeld.be", "uitnodiging verlopen", "Opnieuw uitnodigen Blokkeren")]
    assert found[1][3] != "nooit"
    assert found[2][3] == "nooit"


def test_a_colleague_is_invited_and_the_inviter_never_sees_the_link(administration, app, page, cast):
    soup = administration.get("/province/administrators")
    assert soup.select_one(".page-head a.button")["href"] == "/province/administrators/new"
    administration.post("/province/administrators/new", {"email": "nieuw@voorbeeld.be"})
    text = str(administration.follow())
    assert "De uitnodiging is verstuurd naar nieuw@voorbeeld.be." in text
    (recipient, _, body), = mails()
    path, token = link_in(body, "invitation")
    assert recipient == "nieuw@voorbeeld.be"
    assert token not in text
    assert token not in str(administration.response.headers)
    page.forget()
    page.post(path, {"password": NEW, "repeat_password": NEW})
    assert Account.by_email("nieuw@voorbeeld.be").province == "oost-vlaanderen"


@pytest.mark.parametrize(("email", "said"), [
    ("geen adres", "Dit is geen e-mailadres."), ("", "Vul dit in."),
    ("ploeg@voorbeeld.be", "hoort intussen bij een andere login"),
    ("beheer.limburg@voorbeeld.be", "hoort intussen bij een andere login")])
def test_an_address_that_cannot_be_invited_shows_an_error_at_its_field(administration, email, said):
    soup = administration.post("/province/administrators/new", {"email": email}, 422)
    assert said in text_of(soup.select_one("#email-error"))
    assert soup.select_one("#email")["value"] == email
    assert mails() == []


def test_a_colleague_who_did_not_accept_can_be_invited_again(administration, cast):
    invited = Account.new(ADMINISTRATOR, "oost-vlaanderen", email="vroeger@voorbeeld.be")
    post(administration, f"/province/administrators/{invited.id}/invite")
    assert "opnieuw verstuurd naar vroeger@voorbeeld.be" in text_of(administration.follow().main)
    assert [mail[0] for mail in mails()] == ["vroeger@voorbeeld.be"]


def test_a_colleague_who_accepted_cannot_be_invited_again(administration, colleague):
    post(administration, f"/province/administrators/{colleague.id}/invite")
    assert "al aanvaard" in text_of(administration.follow().select_one(".notice.error"))
    assert OneTimeLink.select().count() == 0


def test_a_colleague_is_blocked_and_unblocked_and_gets_a_mail_of_both(administration, app, colleague):
    token = Session.start(colleague)
    post(administration, f"/province/administrators/{colleague.id}/block")
    soup = administration.follow()
    assert "collega@voorbeeld.be is geblokkeerd." in text_of(soup.main)
    assert rows(soup)[1][2:] == ["geblokkeerd", rows(soup)[1][3], "Deblokkeren"]
    assert Session.find(token) is None
    post(administration, f"/province/administrators/{colleague.id}/invite")
    assert "Deze collega is geblokkeerd" in text_of(administration.follow().select_one(".notice.error"))
    post(administration, f"/province/administrators/{colleague.id}/unblock")
    assert rows(administration.follow())[1][2] == "actief"
    assert [mail[0] for mail in mails()] == [colleague.email] * 2
    assert events()[-2:] == ["login-blocked", "login-unblocked"]


def test_an_administrator_cannot_block_the_own_login(administration, cast, colleague):
    post(administration, f"/province/administrators/{cast.administrator.id}/block")
    assert "Je eigen login" in text_of(administration.follow().select_one(".notice.error"))
    assert not Account.get_by_id(cast.administrator.id).blocked


@pytest.mark.parametrize("verb", ["invite", "block", "unblock"])
def test_only_administrators_of_the_own_province_can_be_invited_or_blocked(administration, cast, verb):
    for account in (cast.other_administrator, cast.ploeg.account):
        administration.post(f"/province/administrators/{account.id}/{verb}", {}, 404, form="/province/administrators")
    assert events() == ["signed-in"]


def test_own_contact_details_are_entered_changed_and_cleared(administration, cast):
    path = "/province/contact"
    assert "Je vulde nog niets in." in text_of(administration.get("/province/administrators").main)
    administration.post(path, {"name": "Lies Maes", "telephone": "09 123 45 67", "email": "Lies@voorbeeld.be"})
    soup = administration.follow()
    assert "Je contactgegevens zijn bewaard." in text_of(soup.main)
    assert [text_of(fact) for fact in soup.select("dd")] == ["Lies Maes", "09 123 45 67", "lies@voorbeeld.be"]
    assert administration.get(path).select_one("#name")["value"] == "Lies Maes"
    administration.post(path, {"name": "", "telephone": "", "email": ""})
    assert Account.get_by_id(cast.administrator.id).contact_name == ""
    assert Account.get_by_id(cast.administrator.id).email == cast.administrator.email


@pytest.mark.parametrize(("typed", "field", "said"), [
    ({"telephone": "09 1"}, "name", "Vul je naam in"), ({"name": "Lies"}, "telephone", "Vul een telefoonnummer of"),
    ({"name": "Lies", "telephone": "bel mij"}, "telephone", "Typ een telefoonnummer"),
    ({"name": "Lies", "email": "geen adres"}, "email", "Dit is geen e-mailadres"),
    ({"name": "x" * 101, "telephone": "1"}, "name", "te lang")])
def test_invalid_contact_details_show_an_error_at_their_field(administration, cast, typed, field, said):
    soup = administration.post("/province/contact", typed, 422)
    assert said in text_of(soup.select_one(f"#{field}-error"))
    assert all(soup.select_one(f"#{name}")["value"] == value for name, value in typed.items())
    assert Account.get_by_id(cast.administrator.id).contact_telephone == ""
