"""Saving a form about an employee after somebody else, or oneself, saved the same row."""
import datetime

import pytest

from models.audit import AuditEntry
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.contracts.terms import Terms
from tests.models.ecalcura.cast import BORN, contract, employee, number_of, submitted
from tests.page import text_of

STAFF = "/ecalcura/990001/staff"
LONG_SINCE, OCTOBER = datetime.date(2010, 9, 1), datetime.date(2026, 10, 1)


def test_both_versions_are_shown_when_a_colleague_was_first(officer, home, here):
    """V32."""
    one = Contract.get()
    path = f"{STAFF}/contracts/{one.id}"
    form = officer.form_of(path)
    one.end(until=datetime.date(2026, 12, 31), version=one.version, by=None)
    soup = officer.post(path, {**form, "hours": "30,4"}, 409, token=False)
    shown = [text_of(row) for row in soup.select(".notice.error tbody tr")]
    assert shown == ["Einddatum 31/12/2026 –", "Uren per week 19 30,4"]
    assert soup.select_one("#hours")["value"] == "30,4"
    assert soup.select_one("#until")["value"] == "31/12/2026"
    officer.post(path, {name: field.get("value", "") for name, field in (
        (field["name"], field) for field in soup.select("main form input[name]"))} | {
            name: form[name] for name in ("role", "qualification", "statute")}, token=False)
    assert (Contract.get().hours, Contract.get().until) == (3040, datetime.date(2026, 12, 31))


@pytest.mark.parametrize("forged", ["[" * 50_000, "[]", "7", "null", '{"hours": [1]}', '"x"', "9" * 5000])
def test_a_form_whose_first_values_were_forged_still_shows_both_versions(officer, here, forged):
    one = Contract.get()
    path = f"{STAFF}/contracts/{one.id}"
    form = officer.form_of(path)
    one.end(until=datetime.date(2026, 12, 31), version=one.version, by=None)
    soup = officer.post(path, {**form, "hours": "30,4", "opened": forged}, 409, token=False)
    assert soup.select_one("#hours")["value"] == "30,4"


@pytest.mark.parametrize("act", ["end", "hours", "delete"])
def test_an_act_on_an_older_version_says_how_the_contract_is_now(officer, here, act):
    """V32."""
    one = Contract.get()
    path = f"{STAFF}/contracts/{one.id}/{act}"
    form = officer.form_of(path)
    one.end(until=datetime.date(2026, 12, 31), version=one.version, by=None)
    soup = officer.post(path, {**form, "since": "01/10/2026", "hours": "20"}, 409, token=False)
    text = text_of(soup.main)
    assert "V32 Iemand anders wijzigde dit intussen." in text
    assert "01/09/2010 – 31/12/2026" in text
    assert Contract.get().version == one.version + 1


@pytest.mark.parametrize(("act", "typed"), [
    ("", {"hours": "30,4"}), ("/hours", {"since": "01/10/2026", "hours": "20"}), ("/end", {"until": "31/12/2026"})])
def test_the_same_button_twice_changes_a_contract_once_and_blames_nobody(officer, here, act, typed):
    one = Contract.get()
    path = f"{STAFF}/contracts/{one.id}{act}"
    form = officer.form_of(path) | typed
    officer.post(path, form, token=False)
    officer.post(path, form, token=False)
    text = text_of(officer.follow().main)
    assert "Dit was al zo opgeslagen." in text
    assert "Iemand anders" not in text
    assert Contract.get().version == one.version + 1


def test_the_same_button_twice_ends_a_choice_once(officer, an):
    one = Choice.add(an, 45, "premium", LONG_SINCE.replace(year=2016))
    path = f"{STAFF}/choices/{one.id}"
    form = officer.form_of(path) | {"until": "31/12/2026"}
    officer.post(path, form, token=False)
    officer.post(path, form, token=False)
    assert "Dit was al zo opgeslagen." in text_of(officer.follow().main)
    assert Choice.get().version == one.version + 1


def test_the_same_button_twice_puts_a_number_right_once(officer, an, here, registers):
    path = f"{here}/number/correct"
    form = officer.form_of(path) | {"number": registers.has(number_of(BORN, month_up=20), "Nele", "Juist", BORN)}
    officer.post(path, form, token=False)
    officer.post(path, form, token=False)
    assert "Dit was al zo opgeslagen." in text_of(officer.follow().main)


@pytest.mark.parametrize("what", ["contracts", "choices", "replacements"])
def test_deleting_twice_without_javascript_gives_the_same_message(officer, home, an, what):
    """The second press is of a page whose row is gone."""
    aide = employee(home.facility)
    part = Replacement.add(contract(aide, LONG_SINCE, hours=200, role="replacement"), None, 200, LONG_SINCE)
    rows = {"contracts": Contract.of(an).get(), "choices": Choice.add(an, 45, "premium", LONG_SINCE.replace(year=2016)),
            "replacements": part}
    told = {"contracts": "Het contract is verwijderd.", "choices": "De keuze is verwijderd.",
            "replacements": "De vervanging is verwijderd."}
    path = f"{STAFF}/{what}/{rows[what].id}/delete"
    form = officer.form_of(path)
    for _ in range(2):
        officer.post(path, form, token=False)
        assert told[what] in text_of(officer.follow().main)
    owner = aide if what == "replacements" else an
    assert officer.response.request.path == f"{STAFF}/{owner.id}"
    assert AuditEntry.select().where(AuditEntry.event.contains("deleted")).count() == 1


def test_a_row_that_never_was_is_not_said_to_be_deleted(officer, an):
    form = officer.form_of(f"{STAFF}/contracts/{Contract.get().id}/delete")
    for what in ("contracts", "choices", "replacements"):
        officer.post(f"{STAFF}/{what}/999/delete", form, 404, token=False)
        officer.get(f"{STAFF}/{what}/999/delete", 404)


def test_a_row_that_a_colleague_deletes_meanwhile_is_deleted_all_the_same(officer, an, monkeypatch):
    """Two presses at once: both find the row, and one of them deletes it first."""
    path = f"{STAFF}/contracts/{Contract.get().id}/delete"
    form = officer.form_of(path)
    remove = Contract.remove

    def twice(row, **values):
        remove(row, **values)
        remove(row, **values)

    monkeypatch.setattr(Contract, "remove", twice)
    officer.post(path, form, token=False)
    text = text_of(officer.follow().main)
    assert "Het contract is verwijderd." in text
    assert "Iemand anders" not in text


def test_a_change_of_hours_is_taken_back_after_a_question(officer, an, here):
    one = Contract.get()
    one.change_hours(OCTOBER, 3000, 3800, one.version)
    hours = f"{STAFF}/contracts/{one.id}/hours"
    [link] = officer.get(hours).select("main p > a[href$=delete]")
    assert (text_of(link), link["href"]) == ("Wijziging van 01/10/2026 weghalen", f"{hours}/2026-10-01/delete")
    soup = officer.get(link["href"])
    assert "01/10/2026 Uren per week 30 van 38" in text_of(soup.main)
    form = officer.form_of(link["href"])
    for _ in range(2):
        officer.post(link["href"], form, token=False)
        text = text_of(officer.follow().main)
        assert "De wijziging is weggehaald." in text
        assert "30 van 38 vanaf" not in text
    assert Terms.select().count() == 0
    [entry] = [one for one in AuditEntry.select() if one.details.get("fields") == ["terms"]][1:]
    assert entry.event == "contract-changed"
    officer.get(link["href"], 404)


def test_a_change_of_hours_in_a_submitted_trimester_is_not_taken_back(officer, home, an):
    """V33."""
    one = Contract.get()
    one.change_hours(OCTOBER, 3000, 3800, one.version)
    path = f"{STAFF}/contracts/{one.id}/hours/2026-10-01/delete"
    form = officer.form_of(path)
    submitted(home.facility, 2026, 2)
    soup = officer.post(path, form, 422, token=False)
    assert "V33 Dit verandert trimester 2" in text_of(soup.main)
    assert Terms.select().count() == 1


def test_taking_back_a_change_of_an_older_version_says_how_the_contract_is_now(officer, an):
    """V32."""
    one = Contract.get()
    one = one.change_hours(OCTOBER, 3000, 3800, one.version)
    path = f"{STAFF}/contracts/{one.id}/hours/2026-10-01/delete"
    form = officer.form_of(path)
    one.end(until=datetime.date(2026, 12, 31), version=one.version)
    soup = officer.post(path, form, 409, token=False)
    assert "V32 Iemand anders wijzigde dit intussen." in text_of(soup.main)
    assert Terms.select().count() == 1


@pytest.mark.parametrize("day", ["2010-09-01", "2026-10-02", "x", "2026-02-31"])
def test_there_is_no_page_for_a_change_that_is_not_there(officer, an, day):
    officer.get(f"{STAFF}/contracts/{Contract.get().id}/hours/{day}/delete", 404)
