"""Clients: registering and changing them, their names, likely duplicates and old numbers."""
import datetime
from dataclasses import replace
from threading import Barrier

import pytest

from models import names
from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import (
    Client,
    apply_questionnaire,
    likely_duplicates,
    recount_incomplete,
)
from models.arbeidszorg.register.former_numbers import old_number_sort
from models.audit import AuditEntry
from models.database import is_sqlite, today
from models.errors import Refused, Stale
from tests.factories import ANSWERS, NAMES_KEY, client_of, days, deleted, missing, period_of
from tests.hall import in_threads


def refusal(act, *arguments, **named):
    with pytest.raises(Refused) as caught:
        act(*arguments, **named)
    return caught.value


def events(client):
    entries = AuditEntry.select().where(AuditEntry.subject == str(client.number)).order_by(AuditEntry.id)
    return [(entry.event, entry.details) for entry in entries]


def test_a_registered_client_keeps_its_answers_and_its_sealed_name(ploeg):
    client = client_of(ploeg, "Jan Peeters")
    client = Client.of(ploeg.organisation.id).where(Client.number == client.number).get()
    assert client.answers() == ANSWERS
    assert client.name == "Jan Peeters"
    assert b"Peeters" not in bytes(client.sealed_name)
    assert not client.incomplete
    assert missing(client) == []
    assert not client.is_active(today())
    assert events(client) == [("client-registered", {})]


def test_unknown_is_an_answer(ploeg):
    unknown = dict.fromkeys(ANSWERS, "unknown")
    client = client_of(ploeg, **unknown)
    assert client.answers() == unknown
    assert client.birth_date is None
    assert not client.incomplete


def test_an_organisation_does_not_see_another_organisations_client(cast):
    client = client_of(cast.ploeg)
    assert not Client.of(cast.outsider.organisation.id).where(Client.number == client.number).exists()


def test_client_numbers_are_one_series_and_are_never_reused(cast, register):
    clients = [client_of(login) for login in (cast.ploeg, cast.elsewhere, cast.ploeg)]
    numbers = [client.number for client in clients]
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]
    deleted(clients[2])
    assert client_of(cast.ploeg).number == numbers[2] + 1


@pytest.mark.parametrize(("code", "value", "refused"), [
    ("gender", "kat", "option"), ("gender", 1, "option"), ("birth_date", "3/6/1980", "option"),
    ("birth_date", datetime.date(1899, 12, 31), "birth_date"), ("birth_date", days(1), "birth_date"),
    ("birth_date", datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC), "option"), ("home_postcode", "999", "postcode"),
    ("work_postcode", "none", "postcode"), ("gender", ["female"], "option"), ("hobby", "vissen", "question")])
def test_an_answer_outside_its_list_is_refused(ploeg, code, value, refused):
    assert refusal(client_of, ploeg, **{code: value}).code == refused
    assert Client.select().count() == 0


def test_birth_dates_between_1900_and_today_are_accepted(ploeg):
    for day in (datetime.date(1900, 1, 1), today()):
        assert client_of(ploeg, birth_date=day).birth_date == day


@pytest.mark.parametrize(("name", "code"), [
    ("a" * 61, "name_long"), ("85.07.30-033.28", "national_number"), ("\x00", "name_characters")])
def test_a_name_that_is_not_allowed_is_refused(ploeg, name, code):
    client = client_of(ploeg, "Jan")
    assert refusal(client_of, ploeg, name).code == code
    assert refusal(client.change, {}, name, 1).code == code
    assert Client.get().name == "Jan"


def test_the_same_form_sent_twice_makes_one_client(cast):
    first = Client.register(cast.ploeg.organisation, ANSWERS, "Jan", "formulier", cast.ploeg.account)
    again = Client.register(cast.ploeg.organisation, ANSWERS, " Jan ", "formulier", cast.ploeg.account)
    assert again == first
    assert len(events(first)) == 1
    other = Client.register(cast.outsider.organisation, ANSWERS, "Piet", "formulier", cast.outsider.account)
    assert other.name == "Piet"
    error = refusal(Client.register, cast.ploeg.organisation, ANSWERS, "Piet", "formulier", cast.ploeg.account)
    assert (error.code, error.context["client"]) == ("already_saved", first)
    assert Client.select().count() == 2


def test_a_form_sent_twice_at_the_same_moment_makes_one_client(ploeg):
    pairs = 500 if is_sqlite() else 100
    together = Barrier(2, timeout=30)

    def colleague():
        numbers = []
        for number in range(pairs):
            together.wait()
            client = Client.register(ploeg.organisation, {"gender": "x"}, "Jan", f"paar-{number}", ploeg.account)
            numbers.append(client.number)
        return numbers

    one, other = in_threads([colleague] * 2)
    assert one == other
    assert Client.select().count() == pairs
    assert AuditEntry.select().where(AuditEntry.event == "client-registered").count() == pairs


def test_a_missing_answer_makes_a_client_incomplete_until_it_is_given(ploeg):
    client = client_of(ploeg, income=None, birth_date=None)
    assert client.incomplete
    assert missing(client) == ["birth_date", "income"]
    client = client.change({"income": "pension"}, None, 1)
    assert client.incomplete
    client = client.change({"birth_date": "unknown"}, None, 2)
    assert not client.incomplete


def test_a_given_answer_cannot_become_empty(ploeg):
    client = client_of(ploeg, income=None)
    for empty in (None, ""):
        error = refusal(client.change, {"gender": empty}, None, 1)
        assert (error.code, error.context["question"]) == ("required", "gender")
    assert client.change({"income": None}, None, 1).version == 1


def test_the_log_records_which_fields_changed_and_no_values(ploeg):
    client = client_of(ploeg, "Jan").change({"gender": "x", "home_postcode": "none"}, "Piet", 1, by=ploeg.account)
    assert (client.name, client.version) == ("Piet", 2)
    assert events(client)[1:] == [
        ("client-changed", {"fields": ["gender", "home_postcode"]}), ("client-name-changed", {})]
    client = client.change({}, "", 2, by=ploeg.account)
    assert client.name is None
    assert events(client)[3:] == [("client-name-changed", {})]
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    assert (entry.account_id, entry.tenant_id) == (ploeg.account.id, ploeg.organisation.id)


def test_saving_without_a_change_writes_nothing(ploeg):
    client = client_of(ploeg, "Jan")
    assert client.change(ANSWERS, "Jan", 1).version == 1
    assert len(events(client)) == 1


def test_the_second_of_two_colleagues_gets_the_first_ones_version(ploeg):
    form = client_of(ploeg, "Jan")
    form.change({"gender": "x"}, "Piet", 1)
    with pytest.raises(Stale) as caught:
        form.change({"gender": "male"}, "Joris", 1)
    current = caught.value.context["current"]
    assert (current.answers()["gender"], current.name, current.version) == ("x", "Piet", 2)
    assert Client.get().answers()["gender"] == "x"


def test_one_of_several_simultaneous_changes_is_saved(ploeg):
    form = client_of(ploeg)
    incomes = ("pension", "none", "other", "unknown")
    results = in_threads([lambda income=income: form.change({"income": income}, None, 1) for income in incomes])
    assert sum(isinstance(result, Stale) for result in results) == 3
    saved, = (result for result in results if isinstance(result, Client))
    assert Client.get().answers()["income"] == saved.answers()["income"]
    assert Client.get().version == 2


def test_a_birth_date_after_the_start_of_the_first_period_is_refused(ploeg):
    client = client_of(ploeg)
    period_of(client, ploeg, datetime.date(2020, 1, 1))
    later = {"birth_date": datetime.date(2020, 1, 2), "gender": "x"}
    assert refusal(client.change, later, "Piet", 1).code == "before_birth"
    assert Client.get().answers() == ANSWERS
    assert client.change({"birth_date": datetime.date(2020, 1, 1)}, None, 1).version == 2


def test_an_error_halfway_leaves_no_change_and_no_log_entry(ploeg, monkeypatch):
    client = client_of(ploeg, "Jan")

    def fail(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr("models.arbeidszorg.register.clients.record", fail)
    with pytest.raises(ZeroDivisionError):
        client.change({"gender": "x", "home_postcode": "1000"}, "Piet", 1)
    with pytest.raises(ZeroDivisionError):
        client_of(ploeg)
    kept, = Client.select()
    assert (kept.answers(), kept.name, kept.past_answers()) == (ANSWERS, "Jan", [])
    assert len(events(client)) == 1


def test_saving_other_answers_keeps_a_name_that_cannot_be_read(ploeg):
    client = client_of(ploeg, "Jan")
    names.use(None)
    for posted, gender in ((None, "x"), (names.UNREADABLE, "male"), ("", "x")):
        client = client.change({"gender": gender}, posted, client.version)
    names.use(NAMES_KEY)
    client = client.change({"gender": "male"}, names.UNREADABLE, 4)
    assert (client.version, client.name) == (5, "Jan"), "the form was made while the key was absent"


def test_a_likely_duplicate_has_the_same_birth_date_gender_and_home_postcode(cast):
    client = client_of(cast.ploeg)
    client_of(cast.outsider)
    own = cast.ploeg.organisation
    assert likely_duplicates(own, ANSWERS) == [client]
    assert likely_duplicates(own.id, ANSWERS, but=client.number) == []
    for code, other in (("birth_date", datetime.date(1985, 7, 15)), ("gender", "male"), ("home_postcode", "9001")):
        assert likely_duplicates(own, {**ANSWERS, code: other}) == []
        assert likely_duplicates(own, {**ANSWERS, code: None}) == []
    client_of(cast.ploeg, birth_date="unknown")
    assert likely_duplicates(own, {**ANSWERS, "birth_date": "unknown"}) == []


def test_a_question_added_to_the_file_makes_clients_incomplete(ploeg):
    client = client_of(ploeg)
    current = questionnaire.current()
    added = replace(current["method"], code="shift", label="Ploeg", column="Ploeg")
    extended = questionnaire.Questionnaire((*current.questions, added))
    questionnaire.use(extended)
    apply_questionnaire(extended, kept_rows.options_in_use)
    assert Client.get().incomplete
    assert missing(client) == ["shift"]
    questionnaire.use(current)
    apply_questionnaire(current, kept_rows.options_in_use)
    assert not Client.get().incomplete
    Client.update(incomplete=True).execute()
    apply_questionnaire(current, kept_rows.options_in_use)
    assert Client.get().incomplete, "unchanged questions do not mark clients anew"
    recount_incomplete()
    assert not Client.get().incomplete


def test_a_retired_option_stays_where_it_was_chosen_and_cannot_be_chosen_again(ploeg):
    client = client_of(ploeg)
    current = questionnaire.current()
    options = [replace(option, retired=option.code in ("female", "x")) for option in current["gender"].options]
    gender = replace(current["gender"], options=tuple(options))
    questionnaire.use(questionnaire.Questionnaire(
        tuple(gender if question.code == "gender" else question for question in current.questions)))
    assert client.change({**ANSWERS, "income": "pension"}, None, 1).version == 2
    assert refusal(client.change, {"gender": "x"}, None, 2).code == "option"
    assert refusal(client_of, ploeg).code == "option"


def test_old_numbers_sort_as_numbers_then_as_texts_and_clients_without_one_come_last():
    texts = ["10", "9", "007", "b", "A10", "1.5", "é", None]
    assert sorted(texts, key=old_number_sort) == ["007", "9", "10", "1.5", "A10", "b", "é", None]
    assert old_number_sort("7") == old_number_sort("007")
    assert len(old_number_sort("9" * 50)[1]) == 50
    assert old_number_sort("²")[0] == 1


def test_a_deletion_can_be_requested_once(ploeg):
    client = client_of(ploeg)
    assert DeletionRequest.pending(client) is None
    request = DeletionRequest.ask(client, "double", "zie  nummer 3", ploeg.account)
    assert DeletionRequest.pending(client) == request
    assert request.remark == "zie nummer 3"
    assert events(client)[-1] == ("deletion-requested", {"reason": "double"})
    error = refusal(DeletionRequest.ask, client, "other", "", ploeg.account)
    assert (error.code, error.context["request"]) == ("already_asked", request)
    other = client_of(ploeg)
    assert refusal(DeletionRequest.ask, other, "zomaar", "", ploeg.account).code == "reason"
    assert refusal(DeletionRequest.ask, other, "other", "85.07.30-033.28", ploeg.account).code == "national_number"


def test_one_of_several_simultaneous_deletion_requests_is_kept(ploeg):
    client = client_of(ploeg)
    results = in_threads([lambda: DeletionRequest.ask(client, "double", "", ploeg.account)] * 4)
    assert sum(isinstance(result, DeletionRequest) for result in results) == 1
    assert {result.code for result in results if isinstance(result, Refused)} == {"already_asked"}
