"""An administrator's pages of one organisation: making, editing, inviting, blocking, offering a new password."""
import datetime

import pytest

from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.accounts.sessions import Session
from models.audit import AuditEntry
from models.mail import outbox
from models.organisations import Organisation
from tests.conftest import PASSWORD
from tests.factories import client_of
from tests.hall import link_in, mails
from tests.page import text_of

BRUG = {"name": "De Brug", "sector": "welfare", "address": "Dorp 1, Gent", "telephone": "09 123 45 67",
        "website": "www.voorbeeld.be", "email": "Brug@voorbeeld.be"}
NEW = "een groene lantaarn op zolder"


def last_entry():
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    return entry.event, entry.actor, entry.tenant_id


def path_of(login):
    return f"/province/organisations/{login.organisation.id}"


def press(page, login, action, status=303):
    """Post a button of the organisation's page."""
    return page.post(f"{path_of(login)}/{action}", form=path_of(login), status=status)


def buttons(soup):
    """The labels of the actions that this page offers."""
    return {text_of(one) for one in soup.main.select("section button, section a.button")} - {"Gegevens bewerken"}


def alert(soup):
    return text_of(soup.select_one("[role=alert]:not([hidden])"))


def text_after(page):
    return text_of(page.follow().main)


def not_accepted(login):
    login.account.save_values(password_hash=None)
    return login


# Making

def test_an_organisation_is_made_and_invited_in_one_go(administration):
    administration.post("/province/organisations/new", BRUG | {"invite": "y"})
    words = text_after(administration)
    for expected in ("De Brug", "Oost-Vlaanderen", "Algemeen welzijnswerk en OCMW", "Dorp 1, Gent", "09 123 45 67",
                     "https://www.voorbeeld.be", "De Brug is bewaard.", "Uitgenodigd op",
                     "De uitnodiging is onderweg naar brug@voorbeeld.be"):
        assert expected in words
    (recipient, _subject, body), = mails()
    assert recipient == "brug@voorbeeld.be"
    token = link_in(body, "invitation")[1]
    assert token not in administration.response.text
    assert last_entry()[0] == "invited"
    Account.set_password_by_link("invitation", token, NEW)
    assert Account.sign_in("brug@voorbeeld.be", NEW).organisation.province == "oost-vlaanderen"


def test_the_box_to_invite_is_ticked_by_default_and_can_be_unticked(administration):
    form = administration.form_of("/province/organisations/new")
    assert form.pop("invite") == "y"
    administration.post("/province/organisations/new", form | BRUG, token=False)
    words = text_after(administration)
    assert "Nog niet uitgenodigd" in words
    assert "onderweg" not in words
    assert mails() == []


@pytest.mark.parametrize(("name", "typed"), [
    ("name", ""), ("name", "   "), ("name", "x" * 201), ("name", "De Ploeg"), ("name", "De\x00Brug"), ("sector", ""),
    ("sector", "zorg"), ("address", "x" * 301), ("telephone", "bel mij"), ("website", "javascript:alert(1)"),
    ("email", ""), ("email", "geen adres"), ("email", "ploeg@voorbeeld.be")])
def test_a_refused_value_shows_an_error_at_its_field_and_nothing_is_made(administration, name, typed):
    before = Organisation.select().count()
    soup = administration.post("/province/organisations/new", BRUG | {name: typed}, status=422)
    assert soup.select_one(f"#{name}-error")
    assert soup.select_one("#address")["value"].startswith("x" if name == "address" else "Dorp")
    assert Organisation.select().count() == before
    assert mails() == []


def test_an_invisible_sign_in_a_refused_name_is_named_and_others_are_left_out(administration):
    soup = administration.post("/province/organisations/new", BRUG | {"name": "De\x07Brug"}, status=422)
    assert "Teken 3 is een stuurteken (U+0007)." in text_of(soup.select_one("#name-error"))
    administration.post("/province/organisations/new", BRUG | {"name": "De\u202fBr\u200bug", "address": "Dorp\t1"})
    assert Organisation.by_name("oost-vlaanderen", "De Brug").address == "Dorp 1"


def test_an_organisation_is_always_made_in_the_own_province(administration):
    administration.post("/province/organisations/new", BRUG | {"province": "limburg", "id": "1", "version": "9"})
    made = Organisation.by_name("oost-vlaanderen", "De Brug")
    assert (made.version, Organisation.by_name("limburg", "De Brug")) == (1, None)


def test_posting_the_form_twice_makes_one_organisation(administration):
    places = []
    for _ in range(2):
        administration.post("/province/organisations/new", BRUG | {"invite": "y"})
        places.append(administration.response.location)
    assert places[0] == places[1]
    assert len(mails()) == 1


# Editing

def test_name_sector_and_contact_are_edited(administration, cast):
    fields = {name: value for name, value in BRUG.items() if name != "email"}
    administration.post(f"{path_of(cast.ploeg)}/edit", fields)
    assert "De gegevens zijn bewaard." in text_after(administration)
    kept = Organisation.get_by_id(cast.ploeg.organisation.id)
    assert (kept.name, kept.sector, kept.website, kept.email) == (
        "De Brug", "welfare", "https://www.voorbeeld.be", "ploeg@voorbeeld.be")
    assert last_entry() == ("organisation-changed", "arbeidszorg:administrator", kept.id)


def test_an_unknown_sector_may_stay_empty_and_a_known_one_cannot_be_removed(administration, cast):
    words = text_of(administration.get(path_of(cast.ploeg)).main)
    assert "Sector Nog niet bekend" in words
    administration.post(f"{path_of(cast.ploeg)}/edit", {"address": "Dorp 1"})
    assert Organisation.get_by_id(cast.ploeg.organisation.id).sector is None
    administration.post(f"{path_of(cast.ploeg)}/edit", {"sector": "other"})
    soup = administration.post(f"{path_of(cast.ploeg)}/edit", {"sector": ""}, status=422)
    assert soup.select_one("#sector-error")
    assert Organisation.get_by_id(cast.ploeg.organisation.id).sector == "other"


def test_the_name_of_another_organisation_is_refused(administration, cast):
    soup = administration.post(f"{path_of(cast.ploeg)}/edit", {"name": "Het Atelier"}, status=422)
    assert "al een organisatie met deze naam" in text_of(soup.select_one("#name-error"))


def test_a_conflict_with_the_organisation_s_own_change_shows_both_and_loses_nothing(administration, cast):
    made = administration.form_of(f"{path_of(cast.ploeg)}/edit")
    cast.ploeg.organisation.update_contact("Kerkstraat 1", "09 123 45 67", "", 1, by=cast.ploeg.account)
    typed = made | {"address": "Dorp 2", "sector": "other"}
    soup = administration.post(f"{path_of(cast.ploeg)}/edit", typed, status=409, token=False)
    assert "Kerkstraat 1" in alert(soup)
    assert "Andere" in alert(soup)
    assert [soup.select_one(f"#{name}")["value"] for name in ("address", "telephone")] == ["Dorp 2", "09 123 45 67"]
    assert soup.select_one("#sector option[selected]")["value"] == "other"
    assert Organisation.get_by_id(cast.ploeg.organisation.id).address == "Kerkstraat 1"
    again = typed | {name: soup.select_one(f"#{name}")["value"] for name in ("telephone", "version", "opened")}
    administration.post(f"{path_of(cast.ploeg)}/edit", again, token=False)
    kept = Organisation.get_by_id(cast.ploeg.organisation.id)
    assert (kept.address, kept.telephone, kept.sector) == ("Dorp 2", "09 123 45 67", "other")
    administration.post(f"{path_of(cast.ploeg)}/edit", again, token=False)
    assert "waren al zo bewaard" in text_after(administration)


# The login's state and the actions on it

def test_the_page_shows_the_login_and_the_actions_that_are_possible(administration, cast):
    soup = administration.get(path_of(cast.ploeg))
    assert "Toestand Actief Laatst aangemeld Nog nooit" in text_of(soup.main)
    assert buttons(soup) == {"Nieuw wachtwoord laten kiezen", "Login verhuizen", "Login blokkeren"}
    links = {link["href"] for link in soup.main.select("a.button")}
    number = cast.ploeg.organisation.id
    assert {f"/province/clients?organisation={number}", f"/province/log?organisation={number}"} <= links


def test_the_page_shows_when_somebody_last_signed_in(administration, cast, clock):
    clock(datetime.datetime(2026, 3, 2, 8, 30, tzinfo=datetime.UTC))
    Session.start(cast.ploeg.account)
    administration.sign_in(cast.administrator)
    assert "Laatst aangemeld 02/03/2026 09:30" in text_of(administration.get(path_of(cast.ploeg)).main)


def test_an_organisation_without_a_login_can_only_be_invited(administration, cast):
    cast.ploeg.account.grants[0].end()
    soup = administration.get(path_of(cast.ploeg))
    assert "Nog niet uitgenodigd" in text_of(soup.main)
    assert buttons(soup) == {"Uitnodigen"}
    assert soup.select_one("#email")["value"] == "ploeg@voorbeeld.be"
    for action in ("password", "block", "unblock", "move", "move/cancel"):
        press(administration, cast.ploeg, action, status=404)


def test_an_invitation_is_mailed_and_can_be_sent_again_to_another_address(administration, cast):
    login = not_accepted(cast.ploeg)
    administration.post(f"{path_of(login)}/invite", form=path_of(login))
    words = text_after(administration)
    assert "De uitnodiging is onderweg naar ploeg@voorbeeld.be." in words
    assert "De link in de mail werkt tot" in words
    assert last_entry() == ("invited", "arbeidszorg:administrator", login.organisation.id)
    administration.post(f"{path_of(login)}/invite", {"email": "beter@voorbeeld.be"}, form=path_of(login))
    soup = administration.follow()
    assert buttons(soup) == {"Opnieuw uitnodigen", "Login blokkeren"}
    sent = mails()
    assert [mail[0] for mail in sent] == ["ploeg@voorbeeld.be", "beter@voorbeeld.be"]
    # Only the receiver of the mail sees the link.
    assert not [mail for mail in sent if link_in(mail[2], "invitation")[1] in administration.response.text]
    Account.set_password_by_link("invitation", link_in(sent[1][2], "invitation")[1], NEW)
    assert Account.get_by_id(login.account.id).email == "beter@voorbeeld.be"


def test_an_invitation_to_a_wrong_address_shows_an_error_at_the_field(administration, cast):
    login = not_accepted(cast.ploeg)
    for typed in ("", "geen adres", "atelier@voorbeeld.be", "a@voorbeeld.be\r\nBcc: b@voorbeeld.be"):
        soup = administration.post(f"{path_of(login)}/invite", {"email": typed}, form=path_of(login), status=422)
        assert soup.select_one("#email-error"), typed
        assert ("hoort al bij een andere login" in alert(soup)) == (typed == "atelier@voorbeeld.be")
    assert mails() == []


def test_an_accepted_invitation_cannot_be_sent_to_another_address(administration, cast):
    there = path_of(cast.ploeg)
    administration.post(f"{there}/invite", {"email": "dief@voorbeeld.be"}, form=there, status=422)
    assert Account.get_by_id(cast.ploeg.account.id).email == "ploeg@voorbeeld.be"
    assert mails() == []


def test_an_expired_invitation_is_shown_as_expired(administration, cast):
    login = not_accepted(cast.ploeg)
    OneTimeLink.make(login.account, "invitation")
    OneTimeLink.update(expires_at=OneTimeLink.created_at).execute()
    assert "Nodig de organisatie opnieuw uit." in text_of(administration.get(path_of(login)).main)


def test_a_blocked_organisation_is_refused_at_its_next_request_and_can_be_unblocked(app, administration, cast):
    """ASVS 7.4.2."""
    elsewhere = type(administration)(app)
    elsewhere.sign_in(cast.ploeg.account)
    elsewhere.get("/dashboard")
    press(administration, cast.ploeg, "block")
    soup = administration.follow()
    assert "De login is geblokkeerd." in text_of(soup.main)
    assert "Toestand Geblokkeerd" in text_of(soup.main)
    assert buttons(soup) == {"Blokkering opheffen"}
    elsewhere.get("/dashboard", status=303)
    assert elsewhere.response.location.startswith("/login")
    press(administration, cast.ploeg, "unblock")
    assert "Toestand Actief" in text_after(administration)
    elsewhere.get("/dashboard", status=303)
    assert Account.sign_in("ploeg@voorbeeld.be", PASSWORD)
    assert [mail[0] for mail in mails()] == ["ploeg@voorbeeld.be"] * 2


@pytest.mark.parametrize(("action", "done"), [
    ("block", "Toestand Geblokkeerd"), ("password", "Er is een mail onderweg naar ploeg@voorbeeld.be")])
def test_repeating_an_action_sends_one_mail(administration, cast, action, done):
    for _ in range(2):
        press(administration, cast.ploeg, action)
        assert done in text_after(administration)
    assert len(mails()) == 1


def test_an_administrator_starts_a_password_reset_without_seeing_its_link(administration, cast):
    """ASVS 6.4.6."""
    soup = administration.get(path_of(cast.ploeg))
    assert not soup.select("main [type=password], main [name*=password]")
    press(administration, cast.ploeg, "password")
    administration.follow()
    (recipient, _subject, body), = mails()
    assert recipient == "ploeg@voorbeeld.be"
    assert link_in(body, "password")[1] not in administration.response.text
    assert last_entry() == ("password-requested", "arbeidszorg:administrator", cast.ploeg.organisation.id)
    assert Account.sign_in("ploeg@voorbeeld.be", PASSWORD)


def test_a_blocked_login_gets_no_password_reset(administration, cast):
    cast.ploeg.account.block()
    mails()
    soup = press(administration, cast.ploeg, "password", status=422)
    assert "geblokkeerd. Maak dat eerst ongedaan." in alert(soup)
    assert mails() == []


def test_without_the_mail_key_an_action_shows_an_error(administration, cast):
    outbox.use(None)
    for action in ("block", "password"):
        soup = press(administration, cast.ploeg, action, status=422)
        assert "Loket kan nu geen mails versturen." in alert(soup)
    soup = administration.post("/province/organisations/new", BRUG | {"invite": "y"}, status=422)
    assert "Loket kan nu geen mails versturen." in alert(soup)
    assert not Account.get_by_id(cast.ploeg.account.id).blocked


def test_an_administrator_s_actions_on_a_login_are_in_the_organisation_s_log(administration, cast):
    client_of(cast.ploeg, "Roos Peeters")
    for action in ("password", "block", "unblock"):
        press(administration, cast.ploeg, action)
    administration.post(f"{path_of(cast.ploeg)}/move", {"email": "nieuw@voorbeeld.be"})
    press(administration, cast.ploeg, "move/cancel")
    found = [entry.event for entry in AuditEntry.of_organisation(cast.ploeg.organisation).order_by(AuditEntry.id)
             if entry.actor == "arbeidszorg:administrator"]
    assert found == ["password-requested", "login-blocked", "login-unblocked", "login-move-asked",
                     "login-move-cancelled"]
