"""An organisation asks that a client be deleted: without names, once at a time, and it may take it back."""
import datetime

import pytest

from models import names
from models.arbeidszorg.deletion.requests import DeletionRequest, word_of_name
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.former_numbers import OLD, FormerNumber
from models.audit import AuditEntry
from models.database import now
from models.errors import Refused
from tests.factories import client_of, deleted
from tests.hall import refusal


@pytest.fixture
def client(ploeg):
    return client_of(ploeg, "Roos van den Zandhoven-Lê")


@pytest.mark.parametrize("remark", [
    "Roos stond er al", "zelfde als roos.", "mevrouw ZANDHOVEN", "is Róós uit Gent", "(zandhoven)", "Roos"])
def test_a_remark_with_a_word_of_the_clients_name_is_refused(client, ploeg, remark):
    with pytest.raises(Refused) as refused:
        DeletionRequest.ask(client, "other", remark, ploeg.account)
    assert refused.value.code == "remark_name"
    assert refused.value.context["word"].lower() in remark.lower()
    assert DeletionRequest.select().count() == 0


def test_a_remark_with_a_word_of_the_old_number_is_refused_because_it_may_be_a_name(client, ploeg):
    client.old_number = "Peeters J. 17"
    assert refusal(DeletionRequest.ask, client, "other", "Zelfde als peeters", ploeg.account) == "remark_name"
    names.use(None)
    assert refusal(DeletionRequest.ask, client, "other", "Zelfde als peeters", ploeg.account) == "remark_name"
    assert DeletionRequest.ask(client, "other", "Zelfde als 17", ploeg.account)


def test_so_is_one_with_a_word_of_an_old_number_of_a_merged_client(client, ploeg):
    FormerNumber.add(client.number, ploeg.organisation.id, OLD, "Claes 21")
    assert refusal(DeletionRequest.ask, client, "other", "Zelfde als claes", ploeg.account) == "remark_name"


@pytest.mark.parametrize("remark", [
    "Dubbel van de cliënt hierboven", "Den eerste van de twee", "Rozen", "Le en la", "Zandhovenstraat", ""])
def test_a_remark_with_other_words_is_accepted(client, ploeg, remark):
    assert DeletionRequest.ask(client, "other", remark, ploeg.account).remark == remark


def test_the_name_is_not_compared_without_the_key(client, ploeg):
    names.use(None)
    assert client.name == names.UNREADABLE
    assert DeletionRequest.ask(client, "other", "Deze naam is niet leesbaar, Roos", ploeg.account)


def test_a_remark_on_a_client_without_a_name_is_accepted(ploeg):
    assert word_of_name(client_of(ploeg).name, "Roos") is None


def test_a_request_is_withdrawn_once_and_can_be_made_again(client, ploeg):
    request = DeletionRequest.ask(client, "double", "", ploeg.account)
    assert refusal(DeletionRequest.ask, client, "double", "", ploeg.account) == "already_asked"
    request.withdraw(ploeg.account)
    assert DeletionRequest.pending(client) is None
    assert refusal(request.withdraw, ploeg.account) == "request_decided"
    again = DeletionRequest.ask(client, "not-guided", "", ploeg.account)
    assert DeletionRequest.latest(client).id == again.id
    assert [entry.event for entry in AuditEntry.select().where(AuditEntry.subject == str(client.number))][1:] == [
        ArbeidszorgEvent.DELETION_REQUESTED, ArbeidszorgEvent.DELETION_WITHDRAWN, ArbeidszorgEvent.DELETION_REQUESTED]


def test_a_refusal_has_an_answer(client, ploeg, cast):
    request = DeletionRequest.ask(client, "double", "", ploeg.account)
    for answer, code in (("", "answer"), (" \n ", "answer"), ("x" * 501, "remark_long"),
                         ("85.07.30-033.28", "national_number")):
        assert refusal(request.refuse, answer, cast.administrator) == code
    request.refuse("  Cliënt 3 is iemand anders. ", cast.administrator)
    kept = DeletionRequest.latest(client)
    assert (kept.status, kept.answer, kept.decided_by) == (
        "refused", "Cliënt 3 is iemand anders.", cast.administrator.id)
    assert refusal(request.refuse, "Toch niet.", cast.administrator) == "request_decided"
    assert refusal(request.withdraw, ploeg.account) == "request_decided"


def test_the_operator_decides_for_a_province_without_administrators(client, ploeg):
    DeletionRequest.ask(client, "double", "", ploeg.account).refuse("Neen.")
    assert DeletionRequest.latest(client).decided_by is None
    assert AuditEntry.select().order_by(AuditEntry.id.desc()).first().actor == "operator"


def test_the_pending_requests_of_a_province_are_listed_oldest_first(cast, clock):
    moment = now()
    asked = []
    for minutes, login in ((5, cast.ploeg), (1, cast.outsider), (3, cast.ploeg), (2, cast.elsewhere)):
        clock(moment + datetime.timedelta(minutes=minutes))
        asked.append(DeletionRequest.ask(client_of(login), "double", "", login.account))
    line = list(DeletionRequest.of_province("oost-vlaanderen"))
    assert [one.id for one in line] == [asked[1].id, asked[2].id, asked[0].id]
    assert [one.organisation.name for one in line] == ["Het Atelier", "De Ploeg", "De Ploeg"]
    assert DeletionRequest.one("oost-vlaanderen", asked[3].id) is None
    asked[1].withdraw(cast.outsider.account)
    assert [one.id for one in DeletionRequest.of_province("oost-vlaanderen")] == [asked[2].id, asked[0].id]


def test_a_request_for_a_client_deleted_meanwhile_is_refused(client, ploeg):
    deleted(client)
    assert refusal(DeletionRequest.ask, client, "double", "", ploeg.account) == "client_gone"
