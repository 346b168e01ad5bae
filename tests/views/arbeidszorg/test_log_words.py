"""The log in the words of arbeidszorg: with the labels of the questionnaire, and never an answer."""
import pytest

from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.without_names.export import ExportWithoutNames
from models.arbeidszorg.without_names.listing import AnswerFilter, Filters
from models.audit import TENANT
from views.arbeidszorg.log_words import SENTENCES
from views.hall import log_words

ALL = {"fields": ["income", "living_situation", "hours", "address", "contact_name", "gone"], "reason": "double",
       "format": "xlsx", "rows": 1234, "filters": ["organisation", "answer_income"], "edition": 7, "year": 2024,
       "scope": "vlaanderen"}


@pytest.mark.parametrize("event", [event for event in ArbeidszorgEvent if event.shown_to != TENANT])
def test_each_event_has_a_sentence(sentence_for, cast, event):
    for detail in ({}, ALL):
        sentence = sentence_for(event, cast.administrator, subject=12, **detail)
        assert sentence[0].isupper()
        assert not set("{}_[]'") & set(sentence)
        assert "None" not in sentence
        assert not [code for code in ("income", "living", "double", "xlsx", event.value) if code in sentence]


def test_no_event_is_without_words():
    assert set(SENTENCES) == set(ArbeidszorgEvent)


@pytest.mark.parametrize(("event", "detail", "sentence"), [
    (ArbeidszorgEvent.CLIENT_CHANGED, {"fields": ["living_situation", "income"]},
     "Cliënt 12 bewerkt: Woonvorm, Hoofdinkomen"),
    (ArbeidszorgEvent.CLIENT_CHANGED, {"fields": ["asked_before"]}, "Cliënt 12 bewerkt: een vraag die er niet meer is"),
    (ArbeidszorgEvent.PERIOD_CHANGED, {"fields": ["hours", "closing_reason"], "period": 3},
     "Begeleidingsperiode van cliënt 12 bewerkt: Aantal uren, Reden van stopzetting"),
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
def test_a_sentence_names_the_changed_fields_and_not_their_values(sentence_for, cast, event, detail, sentence):
    assert sentence_for(event, cast.ploeg.account, subject=12, **detail) == sentence


def test_each_filter_of_an_export_has_a_label(logged, cast):
    filters = Filters("oost-vlaanderen", {
        "q": "1", "organisation": str(cast.ploeg.organisation.id), "status": "active", "incomplete": "1",
        "born_from": "1990", "born_to": "1999", **{choice.code: choice.options[0][0] for choice in AnswerFilter.all()}})
    assert len(filters.given) == 6 + len(AnswerFilter.all())
    ExportWithoutNames(filters, "csv", cast.administrator)
    [(_, sentence)] = logged()
    assert log_words.GONE not in sentence
    assert sentence.count(", ") >= len(filters.given)
