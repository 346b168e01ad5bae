"""'Trimesters' of the desk: the days by kind, closing, and the requests to reopen."""
import datetime

import pytest

from models.audit import AuditEntry
from models.ecalcura.trimesters import reopening, windows
from models.ecalcura.trimesters.calendar import Place, Trimester
from models.ecalcura.trimesters.files import TrimesterFile
from tests.hall import mails
from tests.models.ecalcura.cast import opened, submitted
from tests.page import form_in, text_of

AT = "/ecalcura/desk/trimesters"
DAYS = f"{AT}/2026/2"
REOPEN = f"{AT}/2026/1/facilities/990001/reopen"
WZC = "woonzorgcentrum"
at = datetime.datetime.fromisoformat


@pytest.fixture
def there(home, desk, clock, page):
    clock(at("2026-11-29 12:00:00"))
    page.sign_in(desk.dossier)
    return desk.dossier


def window():
    return windows.windows_of(Place(2026, 2)).get(WZC)


def fields(soup, *names):
    return [soup.select_one(f"[name={name}_{WZC}]")["value"] for name in names]


def test_the_desk_sets_the_days_of_a_kind_and_leaves_the_others_unopened(page, there):
    assert "nog niet geopend" in page.get(f"{AT}?period=2026").select("table.trimesters-of-desk tr")[2].text
    page.post(DAYS, {f"entry_{WZC}": "01/10/2026", f"submit_{WZC}": "1/1/2027", f"deadline_{WZC}": "31/01/2027"})
    assert "Opgeslagen voor: woonzorgcentrum." in page.follow().main.text
    assert window().days == (datetime.date(2026, 10, 1), datetime.date(2027, 1, 1), datetime.date(2027, 1, 31))
    assert list(windows.windows_of(Place(2026, 2))) == [WZC]
    assert AuditEntry.select().where(AuditEntry.event == "trimester-opened").get().details["kinds"] == [WZC]
    page.post(DAYS, {})
    assert "Er was niets gewijzigd." in page.follow().main.text
    assert "1 van 6 soorten met dagen" in page.get(AT).main.text


@pytest.mark.parametrize(("typed", "field", "message"), [
    ({"submit": "01/10/2026"}, "entry", "Vul in vanaf welke dag invoeren kan."),
    ({"entry": "01/10/2026", "submit": "01/09/2026"}, "submit", "Indienen begint niet voor invoeren."),
    ({"entry": "01/10/2026", "deadline": "31/01/2027"}, "submit", "Vul ook in vanaf welke dag indienen kan."),
    ({"entry": "01/10/2026", "submit": "01/01/2027", "deadline": "31/12/2026"}, "deadline", "De uiterste dag ligt"),
    ({"entry": "31/02/2026"}, "entry", "bestaat niet"),
])
def test_wrong_days_are_refused_at_their_field_and_nothing_typed_is_lost(page, there, typed, field, message):
    shown = page.post(DAYS, {f"{name}_{WZC}": value for name, value in typed.items()}, 422)
    assert message in shown.select_one(f"#{field}_{WZC}-error").text
    assert fields(shown, *typed) == list(typed.values())
    assert window() is None


def test_a_deadline_is_proposed_by_the_setting_and_saved_only_with_a_day_of_entry(page, there):
    windows.start({"DEADLINE_DAYS": 31})
    try:
        assert fields(page.get(DAYS), "deadline") == ["31/01/2027"]
        page.post(DAYS, {"entry_ibw": "01/10/2026", "submit_ibw": "01/01/2027"})
    finally:
        windows.start({"DEADLINE_DAYS": None})
    assert {kind: one.deadline for kind, one in windows.windows_of(Place(2026, 2)).items()} == {
        "ibw": datetime.date(2027, 1, 31)}


def test_an_older_form_shows_what_a_colleague_set_beside_what_was_typed(page, there):
    older = page.form_of(DAYS)
    opened(number=2, kinds=[WZC], deadline=datetime.date(2027, 1, 31))
    shown = page.post(DAYS, {**older, f"entry_{WZC}": "01/10/2026"}, 409)
    assert "Een collega wijzigde intussen deze dagen." in shown.main.text
    assert fields(shown, "entry") == ["01/10/2026"]
    assert "Nu ingesteld: 01/01/2020 · 01/01/2020 · 31/01/2027" in text_of(shown.main)
    page.post(DAYS, form_in(page.response.text), token=False)
    assert window().days == (datetime.date(2026, 10, 1), None, None)


def test_a_trimester_is_closed_after_a_question_and_opened_again_with_a_tick(page, there):
    opened(number=2)
    assert page.get(DAYS).select_one(f"a[href='{DAYS}/close']")
    page.post(f"{DAYS}/close", {"kinds": []}, 422)
    page.post(f"{DAYS}/close", {"kinds": WZC})
    assert "Trimester 2 (okt–dec 2026) is gesloten." in page.follow().main.text
    assert [kind for kind, one in windows.windows_of(Place(2026, 2)).items() if one.closed] == [WZC]
    page.post(f"{DAYS}/close", {"kinds": WZC})
    assert "Dit trimester was al gesloten." in page.follow().main.text
    page.post(DAYS, {})
    assert window().closed
    page.post(DAYS, {f"again_{WZC}": "y"})
    assert not window().closed


def test_a_request_is_answered_by_reopening_until_a_day(page, there, home, desk):
    submitted(home.facility)
    reopening.ask_to_reopen(home.facility, Trimester.get_or_make(2026, 1), "Uren vergeten", home.privacy)
    row = page.get(AT).select_one("table.requests tbody tr")
    assert "Uren vergeten" in row.text
    assert row.a["href"] == REOPEN
    for reason, until, message in (
            ("", "15/12/2026", "Vul een reden in"), ("Mag", "28/11/2026", "Kies vandaag of een latere dag.")):
        assert message in page.post(REOPEN, {"reason": reason, "until": until}, 422).main.text
    assert mails() == []
    values = {**page.form_of(REOPEN), "reason": "Pas de uren aan", "until": "15/12/2026"}
    page.post(REOPEN, values)
    assert "is heropend" in page.follow().main.text
    [(recipient, _, text)] = mails()
    assert recipient == "piet@voorbeeld.be"
    assert "tot en met 15/12/2026" in text
    assert reopening.requests() == []
    # The same form again, from another browser or by the back button.
    shown = page.post(REOPEN, values, 409, token=False)
    assert "een collega antwoordde al" in shown.main.text
    assert shown.select_one("[name=reason]")["value"] == "Pas de uren aan"
    assert mails() == []


def test_a_request_is_refused_with_an_answer_that_the_facility_reads(page, there, home):
    submitted(home.facility)
    reopening.ask_to_reopen(home.facility, Trimester.get_or_make(2026, 1), "Uren vergeten", home.privacy)
    refuse = REOPEN.replace("/reopen", "/refuse")
    assert "Vul een reden in" in page.post(refuse, {"answer": ""}, 422, form=REOPEN).main.text
    page.post(refuse, {"answer": "De uren staan er al"}, form=REOPEN)
    assert "de vraag is geweigerd" in page.follow().main.text
    assert "Er staat geen vraag open." in page.get(AT).main.text
    page.sign_in(home.privacy)
    shown = page.get("/ecalcura/990001/trimesters/2026/1")
    assert "Je vraag is geweigerd op 29/11/2026 13:00: De uren staan er al" in text_of(shown.main)


def test_a_facility_reads_the_answer_and_the_way_on_when_a_calculation_closed_the_trimester(page, there, home):
    submitted(home.facility)
    reopening.ask_to_reopen(home.facility, Trimester.get_or_make(2026, 1), "Uren vergeten", home.privacy)
    TrimesterFile.at(home.facility, Trimester.get_or_make(2026, 1)).move("closed")
    page.sign_in(home.privacy)
    shown = page.get("/ecalcura/990001/trimesters/2026/1").main
    assert "Uren vergeten" in shown.text
    assert "sloot dit trimester af" in shown.text
    assert shown.select_one("#ask ~ p a")["href"] == "/ecalcura/990001/calculations"
    assert not shown.select_one("form[action$=ask]")
    page.sign_in(there)
    page.post(REOPEN.replace("/reopen", "/refuse"), {"answer": "De uren staan er al"}, form=REOPEN)
    page.sign_in(home.privacy)
    assert "De uren staan er al" in page.get("/ecalcura/990001/trimesters/2026/1").main.text


def test_a_trimester_closed_by_a_calculation_is_reopened_for_a_revision_and_never_by_an_older_form(page, there, home):
    page.get(REOPEN, 404)
    submitted(home.facility)
    older = {**page.form_of(REOPEN), "reason": "Toch"}
    file = TrimesterFile.at(home.facility, Trimester.get_or_make(2026, 1))
    file.move("closed")
    shown = page.post(REOPEN, older, 409, token=False)
    assert "Heropenen voor herziening" in shown.main.text
    page.post(REOPEN, {**form_in(page.response.text), "revision": ""}, 409, token=False)
    page.post(REOPEN, {"reason": "Voor de herziening"})
    assert TrimesterFile.at(home.facility, Trimester.get_or_make(2026, 1)).state == "reopened"


def test_only_a_dossier_manager_sets_days_and_reopens(page, there, home, desk):
    page.sign_in(desk.calculator)
    for path in (AT, DAYS, f"{DAYS}/close", REOPEN):
        page.get(path, 403)
