"""'Toegang' of a facility at the desk: its colleagues, ending their sessions, naming an access manager."""
from models.accounts import roles
from models.accounts.sessions import Session
from models.audit import AuditEntry
from models.ecalcura.facilities import colleagues
from models.ecalcura.roles import DOSSIER, GIVEN, PRIVACY
from tests.hall import mails
from tests.models.ecalcura.cast import facility, newcomer, somebody
from tests.page import row_headers, text_of

ACCESS = "/ecalcura/desk/facilities/990001/access"


def test_the_desk_sees_each_colleague_with_roles_and_last_sign_in(dossier, home):
    Session.start(home.privacy)
    soup = dossier.get(ACCESS)
    assert row_headers(soup) == ["Ann Maes", "Fien Boon", "Jan Claes", "Piet Roels"]
    text = text_of(soup)
    assert "Jan Claes jan@voorbeeld.be actief geen rol nooit" in text
    assert "Beheer privacygevoelige gegevens, vanaf 01/01/2000" in text
    # Somebody who never signed in has no session.
    assert len(soup.select("a[href$='/sessions']")) == 1


def test_ending_sessions_signs_the_colleague_out_everywhere_and_is_in_the_log(dossier, home, app):
    others = [type(dossier)(app) for _ in range(2)]
    for other in others:
        other.sign_in(home.privacy)
        other.get("/ecalcura/990001")
    path = dossier.get(ACCESS).select_one("a[href$='/sessions']")["href"]
    assert "Alle open sessies van Piet Roels (piet@voorbeeld.be) eindigen meteen" in text_of(dossier.get(path))
    others[0].get("/ecalcura/990001")
    dossier.post(path)
    text = text_of(dossier.follow())
    assert "De sessies zijn beëindigd." in text
    assert "dossier@voorbeeld.be Open sessies afgemeld: piet@voorbeeld.be" in text
    for other in others:
        other.get("/ecalcura/990001", 303)
    # A second click ends nothing, and says so.
    dossier.post(path)
    assert "Er was geen open sessie." in text_of(dossier.follow())
    [entry] = AuditEntry.select().where(AuditEntry.event == "sessions-ended")
    assert (entry.tenant_id, entry.actor) == (home.facility.id, DOSSIER.code)
    assert entry.details == {"account": home.privacy.id, "sessions": 2}
    dossier.sign_in(home.ann)
    assert "Open sessies afgemeld: piet@voorbeeld.be" in text_of(dossier.get("/ecalcura/990001/access"))


def test_ending_the_sessions_of_somebody_with_two_facilities_is_recorded_where_the_desk_did_it(dossier, home):
    other = facility("990002", name="De Brug")
    both = somebody(other, PRIVACY, "Els Pols")
    colleagues.invite(home.facility, "Els Pols", "els@voorbeeld.be", home.ann)
    Session.start(both)
    dossier.post(f"{ACCESS}/{both.id}/sessions")
    [entry] = AuditEntry.select().where(AuditEntry.event == "sessions-ended")
    assert entry.tenant_id == home.facility.id


def test_sessions_of_somebody_elsewhere_are_not_there(dossier, home, desk):
    stranger = newcomer(facility("990002", name="De Brug"), "Els Pols")
    for account in (stranger, desk.calculator):
        dossier.get(f"{ACCESS}/{account.id}/sessions", 404)
        dossier.post(f"{ACCESS}/{account.id}/sessions", status=404, form=f"{ACCESS}/new")


def test_the_desk_names_the_first_access_manager_who_is_invited_by_mail(dossier, home):
    new = facility("990002", name="De Brug")
    path = f"{ACCESS}/new".replace("990001", "990002")
    assert "Deze voorziening heeft geen toegangsbeheerder" in text_of(dossier.get(path.removesuffix("/new")))
    for _ in range(2):
        # A second click mails a new link, and gives no second role.
        dossier.post(path, {"name": "Lies Dok", "email": "lies@voorbeeld.be"})
    text = text_of(dossier.follow())
    assert "De toegangsbeheerder is aangeduid." in text
    assert "Lies Dok lies@voorbeeld.be uitgenodigd Toegangsbeheerder, vanaf" in text
    assert colleagues.access_managers(new) == ["Lies Dok"]
    [role] = [grant for person in colleagues.people(new) for grant in person.roles]
    assert role.given_by == AuditEntry.get(AuditEntry.event == "grant-given").account_id
    assert {recipient for recipient, *_ in mails()} == {"lies@voorbeeld.be"}


def test_other_access_managers_are_mailed_when_the_desk_names_one_more(dossier):
    dossier.post(f"{ACCESS}/new", {"name": "Lies Dok", "email": "lies@voorbeeld.be"})
    assert "ann@voorbeeld.be" in {recipient for recipient, *_ in mails()}


def test_a_wrong_form_says_why_at_the_field_and_keeps_what_was_typed(dossier, home, desk):
    for fields, message in (
            ({"name": "", "email": "lies@voorbeeld.be"}, "Typ de naam van de toegangsbeheerder."),
            ({"name": "Lies", "email": "geen"}, "geen e-mailadres"),
            ({"name": "Ploeg", "email": "ploeg@voorbeeld.be"}, "hoort intussen bij een andere login"),
            # Nobody at the desk has a role in a facility.
            ({"name": "Ik", "email": "rekenaar@voorbeeld.be"}, "een rol die hier niet mee samengaat")):
        soup = dossier.post(f"{ACCESS}/new", fields, 422)
        assert message in text_of(soup), fields
        assert soup.select_one("#email")["value"] == fields["email"]
    assert mails() == []


def test_where_another_service_gives_the_roles_the_desk_names_nobody(dossier, home, monkeypatch):
    monkeypatch.setattr(roles._State, "outside", frozenset(role.code for role in GIVEN))
    soup = dossier.get(ACCESS)
    assert soup.select("a[href$='/new']") == []
    assert "beëindig dan de sessies" in text_of(soup)
    dossier.get(f"{ACCESS}/new", 303)
    assert "De rollen worden niet hier gegeven." in text_of(dossier.follow())
