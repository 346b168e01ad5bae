"""The own login: its password, e-mail address and open sessions; and one that another service signs in."""
import pytest

from models.accounts.accounts import Account
from models.accounts.sessions import Session
from models.arbeidszorg.roles import ADMINISTRATOR
from models.audit import AuditEntry
from models.mail import outbox
from tests.conftest import PASSWORD
from tests.page import text_of

NEW = "een groene lantaarn op zolder"


def last_event():
    return AuditEntry.select().order_by(AuditEntry.id.desc()).get().event


def test_changing_the_password_ends_the_other_sessions(signed_in, ploeg):
    elsewhere = Session.start(ploeg.account, "elders")
    fields = {"current_password": PASSWORD, "password": NEW, "repeat_password": NEW}
    soup = signed_in.post("/account/password", fields | {"current_password": "fout"}, status=422)
    assert soup.select_one("#current_password-error")
    weak = {"password": "arbeidszorg2026", "repeat_password": "arbeidszorg2026"}
    soup = signed_in.post("/account/password", fields | weak, status=422)
    assert soup.select_one("#password-error")
    signed_in.post("/account/password", fields)
    assert "Het nieuwe wachtwoord is bewaard." in text_of(signed_in.follow())
    assert Session.find(elsewhere) is None
    assert Account.sign_in("ploeg@voorbeeld.be", NEW)
    assert last_event() == "password-changed"
    assert outbox.Mail.get().recipient == "ploeg@voorbeeld.be"


def test_a_new_address_asks_for_the_password_and_is_mailed(signed_in):
    fields = {"email": "nieuw@voorbeeld.be", "password": PASSWORD}
    for wrong, changed in [("password", {"password": "fout"}), ("email", {"email": "ploeg@voorbeeld.be"}),
                           ("email", {"email": "a@voorbeeld.be\r\nBcc: b@voorbeeld.be"})]:
        soup = signed_in.post("/account/email", fields | changed, status=422)
        assert soup.select_one(f"#{wrong}-error"), changed
    assert outbox.Mail.select().count() == 0
    signed_in.post("/account/email", fields)
    assert "Er is een mail onderweg naar het nieuwe adres." in text_of(signed_in.follow())
    assert {mail.recipient for mail in outbox.Mail.select()} == {"nieuw@voorbeeld.be", "ploeg@voorbeeld.be"}
    assert last_event() == "email-requested"


@pytest.mark.parametrize("session_id", ["99", "99999999999999999999"])
def test_ending_an_unknown_session_is_a_404(signed_in, session_id):
    signed_in.post(f"/account/sessions/{session_id}/end", form="/organisation", status=404)


def test_ending_a_session_of_another_organisation_is_a_404(signed_in, cast):
    token = Session.start(cast.outsider.account)
    signed_in.post(f"/account/sessions/{Session.find(token).session_id}/end", form="/organisation", status=404)
    assert Session.find(token)


def test_overal_afmelden_ends_every_session_including_this_one(page, ploeg):
    tokens = [Session.start(ploeg.account), page.sign_in(ploeg.account)]
    page.post("/account/sessions/end", form="/organisation")
    assert page.response.location == "/login"
    assert "Clear-Site-Data" in page.response.headers
    assert not any(Session.find(token) for token in tokens)
    assert last_event() == "sessions-ended"


@pytest.mark.parametrize(("user_agent", "device"), [
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox op Windows"),
    ("Mozilla/5.0 (Windows NT 10.0; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge op Windows"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari op iPhone"),
    ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome op Android"),
    ("<script>alert(1)</script>", "Onbekende browser"),
    ("", "Onbekende browser"),
])
def test_a_session_is_named_after_its_device(page, user_agent, device):
    fields = {"email": "ploeg@voorbeeld.be", "password": PASSWORD}
    page.post("/login", fields, headers={"User-Agent": user_agent})
    assert Session.get().device == device


def test_a_login_that_another_service_signs_in_is_active_and_gets_no_mail_about_a_password(page, cast):
    colleague = Account.new(ADMINISTRATOR, "oost-vlaanderen", local=False, contact_name="An Aerts")
    Account.update(local=False, password_hash=None).where(Account.id == cast.ploeg.account.id).execute()
    page.sign_in(cast.administrator)
    row = page.get("/province/administrators").select_one(f"tr:has(#administrator-{colleague.id})")
    assert text_of(row) == "– An Aerts actief nooit Blokkeren"
    page.post(f"/province/administrators/{colleague.id}/block", form="/province/administrators")
    assert "An Aerts is geblokkeerd." in text_of(page.follow().main)
    soup = page.get(f"/province/organisations/{cast.ploeg.organisation.id}")
    assert [text_of(fact) for fact in soup.select("#login ~ dl dd")][1:2] == ["Actief"]
    assert [text_of(button) for button in soup.select("#login ~ form button")] == ["Login blokkeren"]
    assert "actief" in text_of(page.get("/province").find("a", string="De Ploeg").find_parent("tr"))
