"""Corrections, as an organisation makes them: by itself when they come soon, by 'klopte niet' afterwards."""
import datetime

import pytest

from models.arbeidszorg.register import answers
from models.arbeidszorg.register.clients import Client
from models.audit import AuditEntry
from models.database import now
from tests.factories import client_of
from tests.page import text_of
from tests.tables import contents

DAY = datetime.timedelta(days=1)


@pytest.fixture
def changed(signed_in, ploeg, clock):
    """A client without income, later with a pension, then with another income."""
    moment = now()
    client = client_of(ploeg, income="none")
    for number, income in ((20, "pension"), (40, "other")):
        clock(moment + number * DAY)
        client = client.change({"income": income}, None, client.version, by=ploeg.account)
    signed_in.sign_in(ploeg.account)
    return client


def links(page, client):
    """The addresses of 'klopte niet' on the page of a client, the newest earlier answer first."""
    soup = page.get(f"/clients/{client.number}")
    return [link["href"] for link in soup.select("dd small a") if "klopte niet" in link.get_text()]


def earlier(client):
    return [answer.answer for answer in Client.get_by_id(client.number).past_answers()]


def test_a_new_client_that_is_put_right_the_next_minute_was_never_wrong(signed_in, ploeg):
    answers.use(14)
    client = client_of(ploeg, gender="male", birth_date=datetime.date(1950, 7, 7))
    signed_in.post(f"/clients/{client.number}/edit", {"gender": "female", "birth_date": "07/07/1980"})
    assert links(signed_in, client) == []
    held = Client.get_by_id(client.number).answers_on(datetime.date(2020, 12, 31))
    assert (held["gender"], held["birth_date"]) == ("female", datetime.date(1980, 7, 7))


def test_each_earlier_answer_can_be_removed_after_a_question(signed_in, changed):
    newest, oldest = links(signed_in, changed)
    asked = text_of(signed_in.get(newest).main)
    assert "Pensioen" in asked
    assert "Ook voor toen geldt dan: Ander inkomen" in asked
    signed_in.post(newest, {})
    assert "Het vroegere antwoord is verwijderd." in text_of(signed_in.follow().main)
    assert earlier(changed) == ["none"]
    assert links(signed_in, changed) == [oldest]
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.subject, entry.details) == (
        "past-answer-removed", str(changed.number), {"fields": ["income"]})


def test_the_answer_after_the_removed_one_holds_for_its_days_too(signed_in, changed):
    _, oldest = links(signed_in, changed)
    assert "Ook voor toen geldt dan: Pensioen" in text_of(signed_in.get(oldest).main)
    signed_in.post(oldest, {})
    assert Client.get_by_id(changed.number).answers_on(datetime.date(2020, 1, 1))["income"] == "pension"


def test_two_equal_answers_beside_a_removed_one_become_one(signed_in, ploeg, changed, clock):
    clock(now() + 20 * DAY)
    changed.change({"income": "pension"}, None, changed.version, by=ploeg.account)
    signed_in.sign_in(ploeg.account)
    assert earlier(changed) == ["other", "pension", "none"]
    signed_in.post(links(signed_in, changed)[0], {})
    assert earlier(changed) == ["none"]


def test_the_second_click_and_another_organisation_find_nothing(signed_in, cast, changed):
    path = links(signed_in, changed)[0]
    signed_in.post(path, {})
    signed_in.get(path, status=404)
    token = signed_in.form_of(f"/clients/{changed.number}/edit")["csrf_token"]
    signed_in.post(path, {"csrf_token": token}, token=False)
    assert "stond er niet meer" in text_of(signed_in.follow().main)
    other = links(signed_in, changed)[0]
    signed_in.sign_in(cast.outsider.account)
    before = contents()
    signed_in.get(other, status=404)
    foreign = client_of(cast.outsider)
    signed_in.get(other.replace(f"/clients/{changed.number}/", f"/clients/{foreign.number}/"), status=404)
    assert {name: rows for name, rows in contents().items() if name == "past_answer"} == {
        name: rows for name, rows in before.items() if name == "past_answer"}


def test_a_colleague_who_edits_meanwhile_sees_both_versions(signed_in, changed):
    fields = signed_in.form_of(f"/clients/{changed.number}/edit")
    signed_in.post(links(signed_in, changed)[0], {})
    signed_in.post(f"/clients/{changed.number}/edit", {**fields, "income": "none"}, 409, token=False)


def test_a_form_that_changes_nothing_does_not_say_that_it_saved(signed_in, ploeg):
    client = client_of(ploeg)
    signed_in.post(f"/clients/{client.number}/edit", {})
    assert f"Er is niets gewijzigd aan cliënt {client.number}." in text_of(signed_in.follow().main)
