"""'Verwijderingen': an administrator decides on requests, deletes clients, and can restore them for 30 days."""
import datetime

import pytest

from models.accounts.accounts import Account
from models.arbeidszorg.deletion.purge import purge
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import KEPT, Deletion
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import Client
from models.audit import AuditEntry
from models.database import now
from tests.factories import client_of, deleted, period_of
from tests.models.arbeidszorg.doubles.merges import merged
from tests.page import text_of
from tests.tables import contents

REMARK = "Zelfde als cliënt 3"


@pytest.fixture
def client(ploeg):
    client = client_of(ploeg, "Roos Peeters", birth_date=datetime.date(1985, 7, 14))
    period_of(client, ploeg)
    return client


@pytest.fixture
def pending(client, ploeg):
    return DeletionRequest.ask(client, "double", REMARK, ploeg.account)


def rows(soup, section):
    """The rows in the section with this heading."""
    return [text_of(row) for row in soup.select(f"section[aria-labelledby={section}] tbody tr")]


def path_of(pending):
    return f"/province/deletions/requests/{pending.id}"


def last_event():
    return AuditEntry.select().where(AuditEntry.subject.is_null(False)).order_by(AuditEntry.id.desc()).first()


def test_pending_requests_are_listed_oldest_first(administration, client, pending, cast, clock):
    clock(now() + datetime.timedelta(minutes=5))
    later = client_of(cast.outsider)
    DeletionRequest.ask(later, "other", "", cast.outsider.account)
    DeletionRequest.ask(client_of(cast.elsewhere), "other", "Limburg", cast.elsewhere.account)
    soup = administration.get("/province/deletions")
    first, second = rows(soup, "requests")
    assert first.startswith(f"{client.number} De Ploeg Dubbel geregistreerd {REMARK}")
    assert second.startswith(f"{later.number} Het Atelier Andere reden –")
    assert soup.select_one("nav [aria-current=page]").get_text() == "Verwijderingen"
    administration.get(soup.select_one("section[aria-labelledby=requests] td a")["href"])


def test_of_a_double_both_records_are_side_by_side_without_names(administration, client, ploeg):
    other = client_of(ploeg, "Rosa Geheim", income="pension")
    asked = DeletionRequest.ask(client, "double", "", ploeg.account, other.number)
    soup = administration.get(path_of(asked))
    assert [text_of(cell) for cell in soup.select(".compared thead th")] == [
        "Vraag", f"Cliënt {client.number}", f"Cliënt {other.number}"]
    assert "Roos" not in text_of(soup.main)
    assert "Geheim" not in text_of(soup.main)
    assert "14/07/1985" not in text_of(soup.main)
    differing = [text_of(row.th).removesuffix(" verschilt")
                 for row in soup.select(".compared tbody tr") if row.select_one(".badge")]
    assert differing == ["Status", "Welk hoofdinkomen geniet de arbeidszorgmedewerker?", "Begeleidingsperiodes"]
    viewed = AuditEntry.select(AuditEntry.subject).where(AuditEntry.event == ArbeidszorgEvent.CLIENT_VIEWED)
    assert {entry.subject for entry in viewed} == {str(client.number), str(other.number)}


def test_a_double_that_was_merged_meanwhile_is_shown_under_the_number_that_goes_on(administration, client, ploeg):
    other, third = client_of(ploeg), client_of(ploeg)
    asked = DeletionRequest.ask(client, "double", "", ploeg.account, other.number)
    merged(third, other)
    soup = administration.get(path_of(asked))
    assert f"Cliënt {other.number}, nu {third.number}" in text_of(soup.main)
    deleted(Client.get_by_id(third.number))
    soup = administration.get(path_of(asked))
    assert "staat niet meer in het register" in text_of(soup.main)
    assert not soup.select(".compared")


def test_the_page_of_a_request_shows_the_client_without_its_name(administration, client, pending):
    words = text_of(administration.get(path_of(pending)).main)
    for word in ("De Ploeg", REMARK, "Dubbel geregistreerd", "1985"):
        assert word in words, word
    for word in ("Roos", "14/07/1985", "9000"):
        assert word not in words, word
    assert last_event().event == ArbeidszorgEvent.CLIENT_VIEWED
    assert last_event().subject == str(client.number)


@pytest.mark.parametrize("typed", ["", "2", "01", "1 1", "één", "1\x00", "x" * 5000])
def test_a_wrong_retyped_number_deletes_nothing(administration, client, pending, typed):
    assert client.number == 1
    before = contents()
    soup = administration.post(path_of(pending), {"decision": "approve", "number": typed}, 422)
    assert "Er is niets verwijderd" in text_of(soup.select_one("#number-error"))
    assert soup.select_one("#answer-error") is None
    assert contents() == before


def test_approving_a_request_moves_the_client_to_the_trash_at_once(administration, client, pending, ploeg, cast):
    administration.post(path_of(pending), {"decision": "approve", "number": f" {client.number} "})
    soup = administration.follow()
    assert f"Cliënt {client.number} is verwijderd" in text_of(soup.select_one(".notice"))
    assert rows(soup, "requests") == []
    [row] = rows(soup, "trash")
    assert row.startswith(f"{client.number} De Ploeg Dubbel geregistreerd")
    assert "30 dagen" in row
    entry = last_event()
    assert (entry.event, entry.account_id, entry.details) == (
        ArbeidszorgEvent.CLIENT_DELETED, cast.administrator.id, {"reason": "double"})
    administration.sign_in(ploeg.account)
    administration.get(f"/clients/{client.number}", 404)
    assert "Roos" not in administration.get("/dashboard").get_text()


def test_a_refusal_needs_an_answer_that_the_organisation_can_read(administration, client, pending, ploeg, cast):
    for answer, said in (("", "Typ een antwoord"), ("x" * 501, "hoogstens 500"), ("85.07.30-033.28", "rijksregister")):
        soup = administration.post(path_of(pending), {"decision": "refuse", "answer": answer}, 422)
        assert said in text_of(soup.select_one("#answer-error"))
        assert soup.select_one("#answer").get_text().strip() == answer
    administration.post(path_of(pending), {"decision": "refuse", "answer": "Cliënt 3 is iemand anders.\nKijk na."})
    assert "is geweigerd" in text_of(administration.follow().select_one(".notice"))
    assert (last_event().event, last_event().account_id) == (ArbeidszorgEvent.DELETION_REFUSED, cast.administrator.id)
    administration.sign_in(ploeg.account)
    words = text_of(administration.get(f"/clients/{client.number}").select_one(".help"))
    assert "is geweigerd op" in words
    assert "Cliënt 3 is iemand anders. Kijk na." in words
    administration.post(f"/clients/{client.number}/deletion-request", {"reason": "other"})
    assert "is aangevraagd op" in text_of(administration.follow().select_one(".help"))
    assert DeletionRequest.pending(client).reason == "other"


@pytest.mark.parametrize("decision", ["", "x", "withdraw"])
def test_an_unknown_decision_changes_nothing(administration, pending, decision):
    before = contents()
    administration.post(path_of(pending), {"decision": decision, "number": "1", "answer": "Neen"}, 422)
    assert contents() == before


@pytest.mark.parametrize(("how", "said"), [
    (lambda pending: pending.refuse("Neen."), "al geweigerd"),
    (lambda pending: pending.withdraw(Account.of(pending.organisation).get()), "trok de aanvraag"),
    (lambda pending: Deletion.make(Client.get_by_id(pending.client_number), "double", None, pending),
     "al goedgekeurd")])
def test_the_later_of_two_decisions_says_what_was_decided_first(administration, pending, how, said):
    form = administration.form_of(path_of(pending))
    how(pending)
    before = contents()
    for fields in ({"decision": "approve", "number": "1"}, {"decision": "refuse", "answer": "Toch niet"}):
        administration.post(path_of(pending), {**form, **fields}, token=False)
        assert said in text_of(administration.follow().select_one(".notice"))
    administration.get(path_of(pending), 303)
    assert contents() == before


def test_two_decisions_at_the_same_moment_give_one_result(administration, pending, cast, monkeypatch):
    """Both requests read that it is pending; the database accepts one decision."""
    form = administration.form_of(path_of(pending))
    waiting = DeletionRequest.one("oost-vlaanderen", pending.id)
    pending.refuse("Neen.")
    monkeypatch.setattr(DeletionRequest, "one", lambda *_: waiting)
    for fields in ({"decision": "approve", "number": "1"}, {"decision": "refuse", "answer": "Toch niet"}):
        administration.post(path_of(pending), {**form, **fields}, token=False)
        assert "al geweigerd" in text_of(administration.follow().select_one(".notice"))
    assert Client.select().count() == 1


def test_an_administrator_deletes_a_client_without_a_request_by_reason_and_number(administration, client, cast):
    path = f"/province/clients/{client.number}/delete"
    words = text_of(administration.get(path).main)
    assert "1985" in words
    assert "Roos" not in words
    before = contents()
    soup = administration.post(path, {"reason": "", "number": "7"}, 422)
    assert soup.select_one("#reason-error")
    assert soup.select_one("#number-error")
    administration.post(path, {"reason": "other", "number": ""}, 422)
    administration.post(path, {"reason": "", "number": "1"}, 422)
    assert contents() == before
    administration.post(path, {"reason": "not-guided", "number": "1"})
    assert rows(administration.follow(), "trash")[0].startswith("1 De Ploeg Nooit begeleid")
    assert Deletion.get().account_id == cast.administrator.id
    administration.get(path, 303)
    assert "is al verwijderd" in text_of(administration.follow().select_one(".notice"))


def test_deleting_a_client_directly_approves_its_pending_request_and_says_so_first(administration, client, pending):
    path = f"/province/clients/{client.number}/delete"
    soup = administration.get(path)
    assert "vroeg deze verwijdering zelf aan" in text_of(soup.select_one(".notice.info"))
    administration.get(soup.select_one(".notice.info a")["href"])
    administration.post(path, {"reason": "not-guided", "number": "1"})
    assert DeletionRequest.get().status == "approved"


def test_a_client_in_the_trash_can_be_restored(administration, client, cast, ploeg):
    deletion = deleted(client)
    soup = administration.get("/province/deletions")
    form = soup.select_one("section[aria-labelledby=trash] form")
    assert form["action"] == f"/province/deletions/{deletion.id}/restore"
    administration.post(form["action"], form="/province/deletions")
    soup = administration.follow()
    assert "is teruggezet" in text_of(soup.select_one(".notice"))
    assert rows(soup, "trash") == []
    assert (last_event().event, last_event().account_id) == (ArbeidszorgEvent.CLIENT_RESTORED, cast.administrator.id)
    administration.post(form["action"], form="/province/deletions")
    assert "was al teruggezet" in text_of(administration.follow().select_one(".notice"))
    administration.sign_in(ploeg.account)
    assert "Roos Peeters" in administration.get(f"/clients/{client.number}").main.get_text()


def test_a_client_that_cannot_be_restored_says_why_and_stays_in_the_trash(administration, client, ploeg, clock):
    deletion = deleted(client)
    path = f"/province/deletions/{deletion.id}/restore"
    other = client_of(ploeg)
    Client.update(form_key=client.form_key).where(Client.number == other.number).execute()
    administration.post(path, form="/province/deletions")
    assert "intussen opnieuw" in text_of(administration.follow().select_one(".notice.error"))
    deleted(other)
    Deletion.update(deleted_at=now() - KEPT).where(Deletion.id == deletion.id).execute()
    soup = administration.get("/province/deletions")
    assert "niet meer" in rows(soup, "trash")[1]
    assert len(soup.select("section[aria-labelledby=trash] form")) == 1
    administration.post(path, form="/province/deletions")
    assert "termijn is voorbij" in text_of(administration.follow().select_one(".notice.error"))
    assert Client.select().count() == 0


def test_purged_clients_are_listed_in_pages(administration, ploeg, cast, tmp_path):
    for start, end in ((None, None), ((2019, 1, 1), (2019, 5, 1)), ((2018, 1, 1), (2021, 5, 1))):
        client = client_of(ploeg)
        if start:
            period_of(client, ploeg, datetime.date(*start), datetime.date(*end))
        deleted(client, reason="other")
    for _ in range(24):
        deleted(client_of(cast.outsider))
    Deletion.update(deleted_at=now() - KEPT).execute()
    purge(tmp_path / "purged.csv")
    soup = administration.get("/province/deletions")
    assert len(rows(soup, "purged")) == 25
    assert "27 definitief verwijderd" in text_of(soup.main)
    last = rows(administration.get("/province/deletions?page=2"), "purged")
    assert [row.split()[0] for row in last] == ["2", "1"]
    assert "2019" in last[0]
    assert "2019–" not in last[0]
    assert "geen" in last[1]
    assert "2018–2021" in rows(soup, "purged")[-1]
    assert len(administration.partial("/province/deletions?page=2").select("tbody tr")) == 2
    for page in ("0", "-1", "99", "x"):
        assert rows(administration.get(f"/province/deletions?page={page}"), "purged")


def test_requests_clients_and_deletions_of_another_province_are_404s(administration, client, pending, cast):
    deletion = deleted(client_of(cast.ploeg, "Ward Claes"))
    administration.sign_in(cast.other_administrator)
    before = contents()
    soup = administration.get("/province/deletions")
    assert [rows(soup, section) for section in ("requests", "trash", "purged")] == [[], [], []]
    token = administration.form_of("/province")
    for path in (path_of(pending), f"/province/clients/{client.number}/delete",
                 f"/province/clients/{deletion.client_number}/delete"):
        administration.get(path, 404)
        administration.post(path, {**token, "decision": "approve", "number": "1", "reason": "double"}, 404, token=False)
    administration.post(f"/province/deletions/{deletion.id}/restore", token, 404, token=False)
    assert contents() == before
