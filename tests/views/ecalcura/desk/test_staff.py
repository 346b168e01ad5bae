"""'Personeel' of a facility at the desk: to read, with a number for a reason, and the date for the steps."""
import datetime
import logging

import pytest

from models.audit import AuditEntry
from models.ecalcura.checks import checks
from models.ecalcura.people import changes
from models.ecalcura.people.employees import Employee
from models.ecalcura.people.number_looks import NumberLook
from models.ecalcura.people.numbers import written
from models.ecalcura.performances.performances import save_row
from tests.hall import mails
from tests.models.ecalcura.cast import contract, employee, exempt, facility, number_of, submitted
from tests.models.ecalcura.with_hours import nurse_with_premium, trimester
from tests.page import row_headers, text_of

STAFF = "/ecalcura/desk/facilities/990001/staff"
NUMBER = number_of()
REASON = "Controle van het visum"


@pytest.fixture
def nurse(app, home):
    """A nurse with a contract and a choice."""
    changes.follow(checks.refresh)
    made = employee(home.facility, NUMBER, "An", "Zeker")
    contract(made)
    exempt(made)
    return made


def test_the_desk_lists_the_staff_with_masked_numbers(dossier, home, nurse):
    employee(home.facility, first="Bert", family="Midden")
    soup = dossier.get(STAFF)
    assert row_headers(soup) == ["Bert Midden", "An Zeker"]
    assert f"••.••.••-•••.{NUMBER[-2:]}" in text_of(soup)
    assert row_headers(dossier.get(f"{STAFF}?sort=name&role=entitled")) == ["An Zeker"]
    assert row_headers(dossier.partial(f"{STAFF}?role=entitled")) == ["An Zeker"]
    # The desk enters nobody.
    assert soup.select("main a[href$='/new'], main a[href$='/file']") == []
    empty = facility("990002", name="De Brug")
    assert "Deze voorziening heeft nog geen medewerkers ingevoerd." in text_of(
        dossier.get(STAFF.replace("990001", empty.hco)))


def test_the_desk_searches_by_name_and_by_number_and_no_address_holds_either(dossier, nurse, caplog):
    caplog.set_level(logging.DEBUG)
    for typed in ("zeker", NUMBER, written(NUMBER)):
        assert row_headers(dossier.post(f"{STAFF}/find", {"text": typed}, 200, form=STAFF)) == ["An Zeker"]
        assert typed not in dossier.response.request.url
    assert NUMBER not in caplog.text
    assert "eker" not in caplog.text


def test_the_desk_reads_the_page_of_an_employee_and_changes_nothing_on_it(dossier, home, nurse):
    soup = dossier.get(f"{STAFF}/{nurse.id}")
    text = text_of(soup)
    for part in ("An Zeker", "gerechtigde, verpleegkundige", "vrijstelling", "Tijdlijn", "Prestaties"):
        assert part in text, part
    # A number and the date for the steps are all that the desk asks for.
    assert [form["action"] for form in soup.select("main form")] == [f"{STAFF}/{nurse.id}/number"]
    links = {link["href"] for link in soup.select("main a")}
    assert links == {STAFF}
    other = employee(facility("990002", name="De Brug"))
    dossier.get(f"{STAFF}/{other.id}", 404)


def test_prestaties_are_shown_by_trimester_and_contract(dossier, home):
    with_premium = nurse_with_premium(home.facility)
    page = f"{STAFF}/{with_premium.employee_id}"
    assert "Geen prestaties ingevoerd." in text_of(dossier.get(page))
    for number, hours in ((1, 40000), (2, 24050)):
        save_row(home.facility, trimester(number=number), with_premium.id, {"worked": hours}, 0)
    rows = [text_of(row) for row in dossier.get(page).select("section[aria-labelledby=hours] tbody tr")]
    assert rows == ["Trimester 2 (okt–dec 2026) gerechtigde, verpleegkundige 240,5 –",
                    "Trimester 1 (jul–sep 2026) gerechtigde, verpleegkundige 400 –"]


def test_a_number_is_shown_in_the_answer_to_its_reason_and_nowhere_else(dossier, home, desk, nurse, caplog):
    """A24, the desk's half."""
    caplog.set_level(logging.DEBUG)
    page = f"{STAFF}/{nurse.id}"
    soup = dossier.post(f"{page}/number", {"reason": REASON}, 200, form=page)
    assert soup.select_one("#number").text == written(NUMBER)
    [look] = NumberLook.select()
    assert (look.employee_id, look.account_id, look.by_desk, look.reason) == (
        nurse.id, desk.dossier.id, True, REASON)
    assert AuditEntry.select().where(AuditEntry.event == "number-shown").count() == 1
    for path in (page, STAFF, "/ecalcura/desk/facilities/990001", "/ecalcura/desk/facilities/990001/access"):
        dossier.get(path)
        assert written(NUMBER) not in dossier.response.text
        assert NUMBER not in dossier.response.text
    for trace in (NUMBER, written(NUMBER)):
        assert trace not in caplog.text + str(mails())


@pytest.mark.parametrize(("reason", "message"), [
    ("", "Vul een reden in van 5 tot 200 tekens."), ("oke", "Vul een reden in van 5 tot 200 tekens."),
    ("r" * 201, "Vul een reden in van 5 tot 200 tekens."),
    (f"nummer {NUMBER}", "Vul hier geen rijksregisternummer in.")])
def test_without_a_good_reason_no_number_is_shown(dossier, nurse, reason, message):
    page = f"{STAFF}/{nurse.id}"
    soup = dossier.post(f"{page}/number", {"reason": reason}, 422, form=page)
    assert message in text_of(soup.select_one("#reason-error"))
    assert soup.select_one("details")["open"] is not None
    assert soup.select_one("#number") is None
    assert NumberLook.select().count() == 0


def test_a_facility_sees_its_own_number_without_a_reason_and_the_look_is_kept(page, home, nurse):
    page.sign_in(home.privacy)
    own = f"/ecalcura/990001/staff/{nurse.id}"
    assert page.post(f"{own}/number", status=200, form=own).select_one("#number").text == written(NUMBER)
    [look] = NumberLook.select()
    assert (look.account_id, look.by_desk, look.reason) == (home.privacy.id, False, "")


@pytest.fixture
def undated(home):
    """An employee of whom the register has no birth date."""
    changes.follow(checks.refresh)
    made = employee(home.facility, first="Zonder", family="Datum", born=None)
    contract(made)
    return Employee.get_by_id(made.id)


def test_the_date_that_the_desk_sets_decides_the_steps_and_the_facility_sees_it(dossier, home, undated):
    page = f"{STAFF}/{undated.id}"
    soup = dossier.get(page)
    assert "V06 De geboortedatum is onvolledig." in text_of(soup)
    form = soup.select_one("main a.button")["href"]
    dossier.post(form, {"date": "01/01/1970"})
    text = text_of(dossier.follow())
    assert "De rekendatum is opgeslagen." in text
    assert "rekendatum 01/01/1970 · leeftijdsstap 55 jaar" in text
    assert "V06" not in text
    [entry] = AuditEntry.select().where(AuditEntry.event == "reference-date-set")
    assert (entry.tenant_id, entry.subject, entry.actor) == (home.facility.id, str(undated.id), "ecalcura:dossier")
    assert mails() == []
    dossier.sign_in(home.privacy)
    assert "rekendatum 01/01/1970" in text_of(dossier.get(f"/ecalcura/990001/staff/{undated.id}"))


def test_a_wrong_date_says_why_at_the_field(dossier, home, undated, nurse):
    form = f"{STAFF}/{undated.id}/reference-date"
    for typed, message in (("31/02/1970", "geen datum"), ("01/01/2999", "Kies een dag die niet in de toekomst ligt")):
        soup = dossier.post(form, {"date": typed}, 422)
        assert message in text_of(soup.select_one("#date-error")).replace("bestaat niet", "geen datum"), typed
        assert soup.select_one("#date")["value"] == typed
    # Somebody whose birth date the register has.
    soup = dossier.post(f"{STAFF}/{nurse.id}/reference-date", {"date": "01/01/1970"}, 422)
    assert "zonder volledige geboortedatum" in text_of(soup)
    assert dossier.get(f"{STAFF}/{nurse.id}").select("main a.button") == []


def test_a_date_for_a_submitted_trimester_is_refused(dossier, home, undated):
    submitted(home.facility)
    soup = dossier.post(f"{STAFF}/{undated.id}/reference-date", {"date": "01/01/1970"}, 422)
    assert "V33 Dit verandert trimester 1, dat al is ingediend. Heropen dat eerst." in text_of(soup)


def test_a_form_that_is_older_than_the_row_is_refused_and_a_second_click_is_not(dossier, undated):
    form = f"{STAFF}/{undated.id}/reference-date"
    older = dossier.form_of(form)
    dossier.post(form, {"date": "01/01/1970"})
    # The same button a second time.
    dossier.post(form, {**older, "date": "01/01/1970"}, token=False)
    soup = dossier.post(form, {**older, "date": "01/01/1971"}, 409, token=False)
    assert "V32 Iemand anders wijzigde deze medewerker intussen." in text_of(soup)
    assert soup.select_one("#date")["value"] == "01/01/1971"
    assert Employee.get_by_id(undated.id).person.reference_date == datetime.date(1970, 1, 1)
    # Sent again, with the version of that answer.
    dossier.browser.post(form, data={field["name"]: field["value"] for field in soup.select("main form input")})
    assert Employee.get_by_id(undated.id).person.reference_date == datetime.date(1971, 1, 1)


def test_a_person_in_two_facilities_is_one_row_in_each(dossier, home, nurse):
    """A26, the desk's half: a page of one facility says nothing of the other."""
    other = facility("990002", name="De Brug")
    twin = employee(other, NUMBER, "An", "Zeker")
    for path in (STAFF, f"{STAFF}/{nurse.id}"):
        dossier.get(path)
        assert "De Brug" not in dossier.response.text
        assert "990002" not in dossier.response.text
    dossier.get(f"{STAFF}/{twin.id}", 404)
    there = STAFF.replace("990001", "990002")
    assert row_headers(dossier.post(f"{there}/find", {"text": NUMBER}, 200, form=there)) == ["An Zeker"]
