"""The log in Dutch: a sentence for each event, with the labels of the questionnaire, and never an answer."""
import pytest

from models import log
from models.accounts.accounts import Account
from models.accounts.sessions import Session
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.roles import ADMINISTRATOR
from models.arbeidszorg.without_names.export import ExportWithoutNames
from models.arbeidszorg.without_names.listing import AnswerFilter, Filters
from models.audit import NOBODY, Event, record
from tests.factories import client_of
from tests.hall import refusal
from views.hall import log_words

ALL = {"fields": ["income", "living_situation", "hours", "address", "contact_name", "gone"], "reason": "double",
       "format": "xlsx", "rows": 1234, "filters": ["organisation", "answer_income"], "sessions": 2, "slots": 3,
       "edition": 7, "year": 2024, "scope": "vlaanderen"}


def sentence_for(event, by=None, **detail):
    """Record an event about client 12 in the organisation or province of `by`; returns its sentence."""
    record(event, by=by, subject=12, **detail)
    return log_words.line(log.latest(by.province or by.organisation.province, 1)[0])


@pytest.mark.parametrize(
    "event", [event for event in (*Event, *ArbeidszorgEvent) if event != ArbeidszorgEvent.CLIENT_NAME_CHANGED])
def test_each_event_has_a_sentence(app, cast, event):
    for detail in ({}, ALL, {**ALL, "account": cast.other_administrator.id}):
        sentence = sentence_for(event, cast.administrator, **detail)
        assert sentence[0].isupper()
        assert not set("{}_[]'") & set(sentence)
        assert "None" not in sentence
        assert not [code for code in ("income", "living", "double", "xlsx", event.value) if code in sentence]


def test_no_two_events_have_the_same_sentence():
    assert set(log_words.WORDS) == {*Event, *ArbeidszorgEvent}
    assert len(set(log_words.WORDS.values())) == len(Event) + len(ArbeidszorgEvent)


@pytest.mark.parametrize(("event", "detail", "sentence"), [
    (ArbeidszorgEvent.CLIENT_CHANGED, {"fields": ["living_situation", "income"]},
     "Cliënt 12 bewerkt: Woonvorm, Hoofdinkomen"),
    (ArbeidszorgEvent.CLIENT_CHANGED, {"fields": ["asked_before"]}, "Cliënt 12 bewerkt: een vraag die er niet meer is"),
    (ArbeidszorgEvent.PERIOD_CHANGED, {"fields": ["hours", "closing_reason"], "period": 3},
     "Begeleidingsperiode van cliënt 12 bewerkt: Aantal uren, Reden van stopzetting"),
    (Event.CONTACT_CHANGED, {"fields": ["address", "website"]},
     "Contactgegevens van de organisatie gewijzigd: Adres, Website"),
    (Event.CONTACT_CHANGED, {"fields": []}, "Contactgegevens van de organisatie gewijzigd"),
    (ArbeidszorgEvent.DELETION_REQUESTED, {"reason": "double"},
     "Verwijdering van cliënt 12 aangevraagd: Dubbel geregistreerd"),
    (ArbeidszorgEvent.REGISTER_EXPORTED, {"format": "csv", "rows": 1}, "Eigen register gedownload: CSV, 1 rij"),
    (ArbeidszorgEvent.CLIENTS_EXPORTED, {"format": "xlsx", "rows": 1234, "filters": ["organisation", "answer_income"]},
     "Cliënten van de provincie gedownload, zonder naam: XLSX, 1.234 rijen, gefilterd op Organisatie, Hoofdinkomen"),
    (ArbeidszorgEvent.EDITION_PUBLISHED, {"edition": 7, "year": 2024, "scope": "vlaanderen"},
     "Editie van het jaarrapport gepubliceerd: 2024, Vlaanderen"),
    (ArbeidszorgEvent.EDITION_PUBLISHED, {"edition": 7, "year": 2024, "scope": "limburg"},
     "Editie van het jaarrapport gepubliceerd: 2024, Limburg"),
])
def test_a_sentence_names_the_changed_fields_and_not_their_values(app, cast, event, detail, sentence):
    assert sentence_for(event, cast.ploeg.account, **detail) == sentence


def test_each_filter_of_an_export_has_a_label(app, cast):
    filters = Filters("oost-vlaanderen", {
        "q": "1", "organisation": str(cast.ploeg.organisation.id), "status": "active", "incomplete": "1",
        "born_from": "1990", "born_to": "1999", **{choice.code: choice.options[0][0] for choice in AnswerFilter.all()}})
    assert len(filters.given) == 6 + len(AnswerFilter.all())
    ExportWithoutNames(filters, "csv", cast.administrator)
    sentence = log_words.line(log.latest("oost-vlaanderen", 1)[0])
    assert log_words.GONE not in sentence
    assert sentence.count(", ") >= len(filters.given)


def test_the_account_acted_on_is_named_unless_it_is_the_actor(app, cast):
    invited = Account.new(ADMINISTRATOR, "oost-vlaanderen", email="nieuw@voorbeeld.be")
    sentence = sentence_for(Event.INVITED, cast.administrator, account=invited.id)
    assert sentence == "Uitnodiging gestuurd: nieuw@voorbeeld.be"
    own = cast.administrator.id
    assert sentence_for(Event.SESSIONS_ENDED, cast.administrator, account=own) == "Open sessies afgemeld"


def test_a_failed_sign_in_names_the_login_that_was_tried(app, cast, ploeg):
    for email in (ploeg.account.email, "niemand@voorbeeld.be"):
        with pytest.raises(Exception, match="unknown"):
            Account.sign_in(email, "fout")
    with pytest.raises(Exception, match="password_wrong"):
        ploeg.account.check_password("fout")
    again, failed = log.latest("oost-vlaanderen", 2)
    assert (log_words.who(failed), log_words.line(failed)) == (
        "niet aangemeld", "Aanmelden mislukt: ploeg@voorbeeld.be")
    assert (log_words.who(again), log_words.line(again)) == (
        "De Ploeg", "Verkeerd wachtwoord bij een wijziging van de login")


def test_too_many_wrong_current_passwords_are_logged(app, ploeg):
    for _ in range(5):
        refusal(ploeg.account.check_password, "fout")
    assert refusal(ploeg.account.check_password, "fout") == "too_many"
    assert log_words.line(log.latest("oost-vlaanderen", 1)[0]).startswith("Te vaak na elkaar een wachtwoord geprobeerd")


def test_the_actor_of_an_automatic_event_is_loket_itself(app, cast):
    whose = {"organisation": cast.ploeg.organisation, "account": cast.ploeg.account.id}
    record(Event.LOGIN_MOVE_CANCELLED, by=NOBODY, reason="taken", **whose)
    assert log_words.who(log.latest("oost-vlaanderen", 1)[0]) == "Loket zelf"


def test_ending_all_sessions_names_the_account(app, cast):
    Session.start(cast.ploeg.account)
    cast.ploeg.account.block(cast.administrator)
    line = log.latest("oost-vlaanderen", 2)[1]
    assert (log_words.who(line), log_words.line(line)) == (
        "beheer.oost-vlaanderen@voorbeeld.be", "Open sessies afgemeld: ploeg@voorbeeld.be")


def test_each_kind_of_actor_is_named(app, cast):
    client = client_of(cast.ploeg)
    record(ArbeidszorgEvent.CLIENT_VIEWED, by=cast.administrator, organisation=cast.ploeg.organisation,
           subject=client.number)
    record(Event.INVITED, organisation=cast.ploeg.organisation, account=cast.ploeg.account.id)
    record(Event.SIGN_IN_FAILED, by=NOBODY, province="oost-vlaanderen")
    Session.start(cast.ploeg.account)
    lines = log.latest("oost-vlaanderen", 4)
    assert [log_words.who(line) for line in lines] == [
        "De Ploeg", "niet aangemeld", "wie Loket beheert", "beheer.oost-vlaanderen@voorbeeld.be"]
    assert log_words.who(lines[0], own=True) == "deze login"
