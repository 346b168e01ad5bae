"""The log in Dutch: a sentence for each event of the hall."""
import pytest

from models import log
from models.accounts.accounts import Account
from models.accounts.sessions import Session
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.roles import ADMINISTRATOR
from models.audit import NOBODY, Event, record
from tests.factories import client_of
from tests.hall import refusal
from views.hall import log_words

ALL = {"fields": ["address", "contact_name", "gone"], "sessions": 2, "slots": 3, "reason": "taken"}


@pytest.mark.parametrize("event", Event)
def test_each_event_has_a_sentence(sentence_for, cast, event):
    # A line of a document always has its number.
    subject = {"subject": 7} if event.name.startswith("DOCUMENT") else {}
    for detail in ({}, ALL, {**ALL, "account": cast.other_administrator.id}):
        sentence = sentence_for(event, cast.administrator, **detail, **subject)
        assert sentence[0].isupper()
        assert not set("{}_[]'") & set(sentence)
        assert "None" not in sentence
        assert event.value not in sentence


@pytest.mark.parametrize(("event", "detail", "sentence"), [
    (Event.CONTACT_CHANGED, {"fields": ["address", "website"]},
     "Contactgegevens van de organisatie gewijzigd: Adres, Website"),
    (Event.ORGANISATION_CHANGED, {"fields": ["email", "sector"]},
     "Gegevens van de organisatie gewijzigd: E-mailadres, Sector"),
    (Event.CONTACT_CHANGED, {"fields": []}, "Contactgegevens van de organisatie gewijzigd"),
    (Event.CONTACT_CHANGED, {"fields": ["removed"]},
     "Contactgegevens van de organisatie gewijzigd: een vraag die er niet meer is"),
])
def test_a_sentence_names_the_changed_fields_and_not_their_values(sentence_for, cast, event, detail, sentence):
    assert sentence_for(event, cast.ploeg.account, **detail) == sentence


def test_an_event_of_a_wing_that_is_off_has_a_sentence(app, cast, sentence_for):
    app.extensions["log_words"].clear()
    assert sentence_for(ArbeidszorgEvent.CLIENT_VIEWED, cast.administrator) == (
        "Iets in een deel van Loket dat nu niet in gebruik is")


def test_the_account_acted_on_is_named_unless_it_is_the_actor(sentence_for, cast):
    invited = Account.new(ADMINISTRATOR, "oost-vlaanderen", email="nieuw@voorbeeld.be")
    sentence = sentence_for(Event.INVITED, cast.administrator, account=invited.id)
    assert sentence == "Uitnodiging gestuurd: nieuw@voorbeeld.be"
    own = cast.administrator.id
    assert sentence_for(Event.SESSIONS_ENDED, cast.administrator, account=own) == "Open sessies afgemeld"


def test_a_failed_sign_in_names_the_login_that_was_tried(logged, cast, ploeg):
    for email in (ploeg.account.email, "niemand@voorbeeld.be"):
        with pytest.raises(Exception, match="unknown"):
            Account.sign_in(email, "fout")
    with pytest.raises(Exception, match="password_wrong"):
        ploeg.account.check_password("fout")
    assert logged(2) == [
        ("De Ploeg", "Verkeerd wachtwoord bij een wijziging van de login"),
        ("niet aangemeld", "Aanmelden mislukt: ploeg@voorbeeld.be")]


def test_too_many_wrong_current_passwords_are_logged(logged, ploeg):
    for _ in range(5):
        refusal(ploeg.account.check_password, "fout")
    assert refusal(ploeg.account.check_password, "fout") == "too_many"
    assert logged()[0][1].startswith("Te vaak na elkaar een wachtwoord geprobeerd")


def test_the_actor_of_an_automatic_event_is_loket_itself(logged, cast):
    whose = {"organisation": cast.ploeg.organisation, "account": cast.ploeg.account.id}
    record(Event.LOGIN_MOVE_CANCELLED, by=NOBODY, reason="taken", **whose)
    assert logged()[0][0] == "Loket zelf"


def test_ending_all_sessions_names_the_account(logged, cast):
    Session.start(cast.ploeg.account)
    cast.ploeg.account.block(cast.administrator)
    assert logged(2)[1] == ("beheer.oost-vlaanderen@voorbeeld.be", "Open sessies afgemeld: ploeg@voorbeeld.be")


def test_each_kind_of_actor_is_named(app, cast):
    client = client_of(cast.ploeg)
    record(ArbeidszorgEvent.CLIENT_VIEWED, by=cast.administrator, organisation=cast.ploeg.organisation,
           subject=client.number)
    record(Event.INVITED, organisation=cast.ploeg.organisation, account=cast.ploeg.account.id)
    record(Event.SIGN_IN_FAILED, by=NOBODY, province="oost-vlaanderen")
    Session.start(cast.ploeg.account)
    lines = log.latest("oost-vlaanderen", 4)
    assert [log_words.who(line) for line in lines] == [
        "De Ploeg", "niet aangemeld", "de helpdesk van Loket", "beheer.oost-vlaanderen@voorbeeld.be"]
    assert log_words.who(lines[0], own=True) == "deze login"


def test_no_event_is_without_words():
    assert set(log_words.WORDS) == set(Event)
