"""'Bewaartermijn': clients that are kept longer than the term lose their name or are deleted, by a click each."""
import datetime

import pytest

from models import names
from models.arbeidszorg.deletion import retention
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.former_numbers import OLD, FormerNumber
from models.audit import AuditEntry
from models.database import now, today
from tests.conftest import RETENTION_YEARS
from tests.factories import client_of, days, long_ago, period_of
from tests.hall import refusal
from tests.page import row_headers, text_of
from tests.tables import contents

LEAP_DAY = (today().month, today().day) == (2, 29)
TERM_AGO = today().replace(year=today().year - RETENTION_YEARS, day=28 if LEAP_DAY else today().day)


@pytest.fixture
def due(ploeg):
    """A client of De Ploeg whose last period ended longer ago than the term."""
    client = client_of(ploeg, "Roos Peeters")
    period_of(client, ploeg, datetime.date(2005, 1, 3), datetime.date(2009, 12, 31))
    return client


def listed(page, tab=""):
    return row_headers(page.get(f"/retention{tab}"))


def ask(page, client, what):
    """Follow the link of this act in the list, and answer its question."""
    page.post(page.get("/retention").find("a", string=what)["href"])
    return page.follow()


def last_event():
    return AuditEntry.select().where(AuditEntry.subject.is_null(False)).order_by(AuditEntry.id.desc()).first()


def test_without_the_setting_there_is_no_link_and_no_page(signed_in, due):
    assert signed_in.get("/dashboard").find("a", string="Bewaartermijn")
    retention.use(None)
    assert not signed_in.get("/dashboard").find("a", string="Bewaartermijn")
    token = signed_in.form_of("/clients/new")
    for path in ("/retention", f"/retention/{due.number}/name", f"/retention/{due.number}/delete"):
        signed_in.get(path, 404)
    signed_in.post(f"/retention/{due.number}/delete", token, 404, token=False)
    assert retention.due(due.organisation_id).count() == 0


def test_only_clients_of_longer_ago_than_the_term_are_due(signed_in, due, ploeg, cast):
    def ended(end):
        client = client_of(ploeg, "Ward")
        period_of(client, ploeg, datetime.date(2001, 1, 1), end)
        return client

    never = long_ago(client_of(ploeg, "Jan"))
    just = ended(TERM_AGO - datetime.timedelta(days=1))
    ended(TERM_AGO)
    client_of(ploeg)
    again = ended(datetime.date(2005, 1, 1))
    period_of(again, ploeg, days(-9))
    long_ago(client_of(cast.outsider, "Vreemd"))
    assert listed(signed_in) == [str(due.number), str(never.number), str(just.number)]


def test_erasing_a_name_keeps_the_rest_and_takes_the_client_from_the_list(signed_in, due):
    before = {name: rows for name, rows in contents().items() if name in ("answer", "period", "past_answer")}
    soup = ask(signed_in, due, "Naam wissen")
    assert f"De naam van cliënt {due.number} is gewist." in text_of(soup.main)
    assert row_headers(soup) == []
    assert listed(signed_in, "?tab=nameless") == [str(due.number)]
    assert not signed_in.get("/retention?tab=nameless").find("a", string="Naam wissen")
    assert Client.get().sealed_name is None
    assert {name: rows for name, rows in contents().items() if name in before} == before
    assert (last_event().event, last_event().subject) == ("client-name-changed", str(due.number))


def test_a_name_is_erased_without_the_key(due, ploeg):
    names.use(None)
    assert retention.forget_name(ploeg.organisation.id, due.number, ploeg.account)
    assert not retention.forget_name(ploeg.organisation.id, due.number, ploeg.account)
    assert AuditEntry.select().where(AuditEntry.event == "client-name-changed").count() == 1


def test_a_form_of_the_client_that_was_open_elsewhere_is_stale(signed_in, due):
    fields = signed_in.form_of(f"/clients/{due.number}/edit")
    ask(signed_in, due, "Naam wissen")
    signed_in.post(f"/clients/{due.number}/edit", {**fields, "income": "pension"}, 409, token=False)


def test_a_deleted_client_is_in_the_administrator_s_trash_with_its_reason(signed_in, due, ploeg, cast):
    request = DeletionRequest.ask(due, "double", "", ploeg.account)
    soup = ask(signed_in, due, "Definitief verwijderen")
    assert f"Cliënt {due.number} is verwijderd. 30 dagen lang kan" in text_of(soup.main)
    assert listed(signed_in) == []
    assert (Deletion.get().reason, Deletion.get().account_id) == ("retention", ploeg.account.id)
    assert DeletionRequest.get_by_id(request.id).status == "approved"
    words = text_of(signed_in.get("/organisation/log").main)
    assert f"Cliënt {due.number} verwijderd: Bewaartermijn voorbij" in words
    signed_in.sign_in(cast.administrator)
    soup = signed_in.get("/province/deletions")
    trash = text_of(soup.select_one("section[aria-labelledby=trash] tbody tr"))
    assert trash.startswith(f"{due.number} De Ploeg Bewaartermijn voorbij")
    assert "Roos" not in soup.get_text()
    signed_in.post(f"/province/deletions/{Deletion.get().id}/restore", form="/province/deletions")
    assert Client.get().name == "Roos Peeters"


def test_the_list_shows_the_old_numbers_of_a_merged_client(signed_in, due, ploeg):
    for number in ("17", "21"):
        FormerNumber.add(due.number, ploeg.organisation.id, OLD, number)
    assert listed(signed_in) == [f"{due.number} (17, 21)"]


def test_a_client_that_is_being_moved_is_not_deleted(signed_in, due, cast):
    ClientMove.propose(due.number, cast.outsider.organisation.id, "", cast.administrator)
    before = contents()
    soup = ask(signed_in, due, "Definitief verwijderen")
    assert "loopt een verhuizing naar een andere organisatie" in text_of(soup.main)
    assert contents() == before


def test_a_purged_client_keeps_the_reason_in_the_list(signed_in, due, cast):
    ask(signed_in, due, "Definitief verwijderen")
    Deletion.update(kept_rows=None, purged_at=now()).execute()
    signed_in.sign_in(cast.administrator)
    purged = text_of(signed_in.get("/province/deletions").select_one("section[aria-labelledby=purged] tbody tr"))
    assert "Bewaartermijn voorbij" in purged


def test_no_administrator_can_choose_the_reason(administration, due):
    path = f"/province/clients/{due.number}/delete"
    administration.post(path, {"number": str(due.number), "reason": "retention"}, 422)
    assert refusal(Deletion.make, due, "retention") == "reason"


def test_an_organisation_deletes_no_client_that_is_not_due_and_none_of_another(signed_in, due, ploeg, cast):
    active, foreign = client_of(ploeg, "Ward Claes"), long_ago(client_of(cast.outsider, "Vreemd"))
    token = signed_in.form_of("/clients/new")
    before = contents()
    for what in ("name", "delete"):
        for method in (signed_in.get, lambda path, status: signed_in.post(path, token, status, token=False)):
            method(f"/retention/{active.number}/{what}", 303)
            assert f"De bewaartermijn van cliënt {active.number} is niet voorbij." in text_of(signed_in.follow().main)
            method(f"/retention/{foreign.number}/{what}", 404)
    assert contents() == before
    assert refusal(retention.delete, ploeg.organisation.id, foreign.number) == "not_due"
    assert refusal(retention.delete, ploeg.organisation.id, active.number) == "not_due"


def test_a_client_that_is_guided_again_meanwhile_is_not_deleted(signed_in, due, ploeg):
    path = signed_in.get("/retention").find("a", string="Definitief verwijderen")["href"]
    token = signed_in.form_of(path)
    period_of(due, ploeg, days(-3))
    signed_in.post(path, token, token=False)
    assert "is niet voorbij. Er is niets gewijzigd." in text_of(signed_in.follow().main)
    assert Client.select().count() == 1


def test_a_second_click_is_harmless(signed_in, due):
    for what, words in (("name", "had geen naam meer."), ("delete", "was al verwijderd.")):
        path = f"/retention/{due.number}/{what}"
        token = signed_in.form_of(path)
        signed_in.post(path, token, token=False)
        before = contents()
        signed_in.post(path, token, token=False)
        assert words in text_of(signed_in.follow().main)
        assert contents() == before


def test_the_list_has_pages(signed_in, ploeg):
    for _ in range(26):
        long_ago(client_of(ploeg, "Roos"))
    assert len(listed(signed_in)) == 25
    assert len(listed(signed_in, "?page=2")) == 1
    assert "<html" not in str(signed_in.partial("/retention?page=2"))
