"""Saving a form about an employee after somebody else, or oneself, saved the same row."""
import datetime

import pytest

from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from tests.models.ecalcura.cast import BORN, number_of
from tests.page import text_of

STAFF = "/ecalcura/990001/staff"
LONG_SINCE = datetime.date(2010, 9, 1)


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
