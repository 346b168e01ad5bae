"""An employee's page: the number, contracts, choices, replacements, and what a colleague changed meanwhile."""
import datetime

import pytest

from models.audit import AuditEntry
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.contracts.rows import Performance, PerformanceRow
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.people.employees import Employee
from models.ecalcura.performances.performances import save_row
from tests.models.ecalcura.cast import BORN, contract, employee, number_of
from tests.models.ecalcura.with_hours import replacement, trimester
from tests.page import text_of

STAFF = "/ecalcura/990001/staff"
LONG_SINCE = datetime.date(2010, 9, 1)


def main(officer, path):
    return text_of(officer.get(path).main)


def error(soup, field):
    return text_of(soup.select_one(f"#{field}-error"))


def test_the_whole_number_is_shown_once_and_the_log_has_it(officer, an, here):
    """A24."""
    number = an.person.number
    assert number not in officer.get(here).decode()
    soup = officer.post(f"{here}/number", status=200, form=here)
    shown = text_of(soup.select_one("#number"))
    assert "".join(filter(str.isdigit, shown)) == number
    assert shown not in text_of(officer.get(here))
    [entry] = AuditEntry.select().where(AuditEntry.event == EcalcuraEvent.NUMBER_SHOWN)
    assert entry.subject == str(an.id)
    officer.get(f"{here}/number", 405)


def test_a_wrong_number_is_put_right_under_the_same_contracts(officer, an, here, registers):
    right = registers.has(number_of(BORN, month_up=20), "Nele", "Juist", BORN)
    soup = officer.post(f"{here}/number/correct", {"number": number_of(BORN)}, 422)
    assert "Dit is het nummer dat er al staat." in error(soup, "number")
    officer.post(f"{here}/number/correct", {"number": right})
    text = text_of(officer.follow().main)
    assert "Het nummer is verbeterd." in text
    assert "Nele Juist" in text
    assert "An Zeker" not in text
    assert "gerechtigde, verpleegkundige" in text


def test_a_correction_to_the_number_of_another_employee_leads_there(officer, home, here):
    other = employee(home.facility, first="Bert", family="Midden")
    soup = officer.post(f"{here}/number/correct", {"number": other.person.number}, 422)
    assert "V07 Staat al in je lijst: Bert Midden." in error(soup, "number")
    assert soup.select_one(f"main a[href='{STAFF}/{other.id}']")


def test_a_number_that_a_colleague_corrected_first_is_not_overwritten(officer, an, here, registers):
    right = registers.has(number_of(BORN, month_up=20), "Nele", "Juist", BORN)
    form = officer.form_of(f"{here}/number/correct")
    Employee.update(version=Employee.version + 1).where(Employee.id == an.id).execute()
    soup = officer.post(f"{here}/number/correct", {**form, "number": right}, 409, token=False)
    assert "Iemand anders wijzigde dit intussen." in text_of(soup.main)
    assert soup.select_one("#number")["value"] == right


@pytest.mark.parametrize("version", ["0", "-1", "2147483648", "9" * 400, "9" * 5000, "x", "NaN", ""])
def test_a_version_that_no_row_has_is_refused(officer, an, here, registers, version):
    form = officer.form_of(f"{here}/number/correct")
    right = registers.has(number_of(BORN, month_up=20), "Nele", "Juist", BORN)
    officer.post(f"{here}/number/correct", {**form, "number": right, "version": version}, 422, token=False)
    assert Employee.get().person.first == "An"


def test_a_further_contract_is_added(officer, here):
    officer.post(f"{here}/contracts/new", {
        "role": "replacement", "qualification": "VPK", "statute": "statutair", "start": "01/09/2026", "hours": "3,8",
        "full_time": "38", "replaces": "pool"})
    text = text_of(officer.follow().main)
    assert "Het contract is opgeslagen." in text
    assert "vervanger, verpleegkundige vanaf 01/09/2026 3,8 van 38 statutair" in text
    soup = officer.get(f"{here}/contracts/new")
    assert "An Zeker" not in [text_of(option) for option in soup.select("#replaces option")]


def test_a_contract_that_overlaps_names_the_other(officer, here):
    """V09."""
    soup = officer.post(f"{here}/contracts/new", {
        "role": "entitled", "qualification": "VPK", "statute": "statutair", "start": "01/09/2026", "hours": "3,8",
        "full_time": "38"}, 422)
    assert error(soup, "start") == "Fout: V09 Overlapt met het contract van 01/09/2010 tot nu."


def test_other_hours_from_a_day_leave_those_before(officer, here):
    """A11."""
    one = Contract.get()
    officer.post(f"{STAFF}/contracts/{one.id}/hours", {"since": "16/11/2026", "hours": "38"})
    text = text_of(officer.follow().main)
    assert "19 van 38 38 van 38 vanaf 16/11/2026" in text


def test_a_contract_is_corrected_ended_and_opened_again(officer, here):
    one = Contract.get()
    path = f"{STAFF}/contracts/{one.id}"
    officer.post(path, {"hours": "30,4"})
    assert "30,4 van 38" in text_of(officer.follow().main)
    officer.post(f"{path}/end", {"until": "31/12/2026"})
    assert "01/09/2010 – 31/12/2026" in text_of(officer.follow().main)
    officer.post(f"{path}/end", {"until": ""})
    assert "vanaf 01/09/2010" in text_of(officer.follow().main)
    soup = officer.post(f"{path}/end", {"until": "01/01/2010"}, 422)
    assert "De einddatum ligt voor de begindatum." in error(soup, "until")


def test_an_acquired_right_is_entered_kept_and_taken_away(officer, here):
    """In a function without right the steps reached before stay, and no next one comes."""
    one = Contract.get()
    path = f"{STAFF}/contracts/{one.id}"
    assert "V14 Kies premie of vrijstelling voor 50 jaar." in main(officer, here)
    officer.post(path, {"acquired_step": "45"})
    text = text_of(officer.follow().main)
    assert "verworven recht tot de stap van 45 jaar" in text
    assert "voor 50 jaar" not in text
    officer.post(path, {"hours": "30,4"})
    assert Contract.get().acquired_step == 45
    officer.post(path, {"acquired_step": ""})
    assert Contract.get().acquired_step is None
    soup = officer.post(path, {"acquired_step": "45", "role": "replacement"}, 422)
    assert "Alleen voor een gerechtigde" in error(soup, "acquired_step")


def test_a_contract_that_was_never_submitted_is_deleted_after_a_question(officer, here):
    one = Contract.get()
    text = main(officer, f"{STAFF}/contracts/{one.id}/delete")
    assert "Verwijder alleen een contract dat er nooit was" in text
    officer.post(f"{STAFF}/contracts/{one.id}/delete")
    text = text_of(officer.follow().main)
    assert "Het contract is verwijderd." in text
    assert "Nog geen contract." in text


def test_the_prestaties_of_a_deleted_contract_go_too(officer, home):
    """A contract in no submitted version may be deleted, as the page says: with its prestaties."""
    one = replacement(home.facility)
    save_row(home.facility, trimester(2026, 1), one.id, {"worked": 1000}, 0)
    assert "de vervangingen en prestaties ervan gaan mee" in main(officer, f"{STAFF}/contracts/{one.id}/delete")
    officer.post(f"{STAFF}/contracts/{one.id}/delete")
    assert "Het contract is verwijderd." in text_of(officer.follow().main)
    assert (Performance.select().count(), PerformanceRow.select().count()) == (0, 0)


def test_a_step_without_a_choice_offers_one_from_its_first_day(officer, an, here):
    """V14."""
    soup = officer.get(here)
    text = text_of(soup.main)
    assert "45 jaar 01/03/2015 nog te kiezen" in text
    link = next(one for one in soup.select("#choices ~ *, section a") if text_of(one) == "Kiezen")
    soup = officer.get(link["href"])
    assert soup.select_one("#since")["value"] == "01/03/2015"
    officer.post(link["href"], {"kind": "premium"})
    assert "45 jaar 01/03/2015 premie vanaf 01/03/2015" in text_of(officer.follow().main)
    one = Choice.get()
    officer.post(f"{STAFF}/choices/{one.id}", {"until": "28/02/2025"})
    assert "01/03/2015 – 28/02/2025" in text_of(officer.follow().main)
    officer.post(f"{STAFF}/choices/{one.id}/delete")
    assert "De keuze is verwijderd." in text_of(officer.follow().main)
    assert Choice.select().count() == 0


def test_a_choice_before_its_step_is_refused(officer, here):
    """V15."""
    soup = officer.post(f"{here}/choices/new", {"step": "45", "kind": "premium", "since": "28/02/2015"}, 422)
    assert error(soup, "since") == "Fout: V15 De stap van 45 jaar begint op 01/03/2015."


def test_a_gelijkgestelde_declares_200_hours(officer, home):
    """V16."""
    made = employee(home.facility, first="Gerda", family="Gelijk", born=BORN)
    contract(made, LONG_SINCE, qualification="GEL")
    here = f"{STAFF}/{made.id}"
    assert "200 uren verklaren" in main(officer, here)
    officer.post(f"{here}/steps/45/irregular", {"first": "01/03/2013", "last": "28/02/2015"})
    text = text_of(officer.follow().main)
    assert "200 uren verklaard: 01/03/2013 – 28/02/2015" in text
    officer.get(f"{here}/steps/46/irregular", 404)


def test_a_replacement_is_added_changed_and_deleted(officer, home, an):
    Choice.add(an, step=45, kind="exemption", since=datetime.date(2015, 3, 1), until=None, by=None)
    bert = employee(home.facility, first="Bert", family="Midden")
    one = contract(bert, role="replacement", qualification="ZKD", start=datetime.date(2026, 9, 1), hours=1900)
    here = f"{STAFF}/{bert.id}"
    officer.post(f"{STAFF}/contracts/{one.id}/replacements/new", {"replaces": str(an.id), "hours": "1"})
    text = text_of(officer.follow().main)
    assert "An Zeker 1 vanaf 01/09/2026 nog aan te vullen" in text
    replacement = Replacement.get()
    path = f"{STAFF}/replacements/{replacement.id}"
    officer.post(path, {"act_on": "20/08/2026"})
    assert "20/08/2026" in text_of(officer.follow().main)
    assert "Bert Midden" in main(officer, f"{STAFF}/{an.id}")
    form = officer.form_of(path)
    replacement.change(replaced_id=None, hours=200, since=replacement.since, until=None, act_on=None,
                       version=replacement.version + 1, by=None)
    soup = officer.post(path, {**form, "hours": "1,5"}, 409, token=False)
    shown = [text_of(row) for row in soup.select(".notice.error tbody tr")]
    assert shown[0].startswith("Vervangt de pool van de voorziening An Zeker")
    officer.post(f"{path}/delete")
    assert "vervangt nog niemand" in text_of(officer.follow().main)
    assert officer.response.request.path == here


def test_a_replacement_of_somebody_without_exemption_is_refused(officer, home, an):
    """V17."""
    bert = employee(home.facility, first="Bert", family="Midden")
    one = contract(bert, role="replacement", qualification="ZKD", start=datetime.date(2026, 9, 1), hours=1900)
    soup = officer.post(f"{STAFF}/contracts/{one.id}/replacements/new", {"replaces": str(an.id), "hours": "1"}, 422)
    assert error(soup, "replaces") == "Fout: V17 Deze medewerker heeft geen vrijstelling om te vervangen."


def test_each_check_leads_to_the_page_where_it_is_mended(officer, an, here):
    """V11, V14, V21: a nurse without a visum, who chose the premium for one step and nothing for the others."""
    Contract.update(qualification_state="no_visa").execute()
    Choice.add(an, step=45, kind="premium", since=datetime.date(2015, 3, 1), until=None, by=None)
    soup = officer.get(here)
    lines = {text_of(line): line.a["href"] for line in soup.select(".checks li") if line.a}
    [contract_id] = [one.id for one in Contract.select()]
    assert {
        "V11 Geen visum als verpleegkundige. Contract verbeteren": f"{STAFF}/contracts/{contract_id}",
        "V14 Kies premie of vrijstelling voor 50 jaar. Kiezen": f"{here}/choices/new?step=50",
        "V14 Kies premie of vrijstelling voor 55 jaar. Kiezen": f"{here}/choices/new?step=55",
        "V21 Vul de prestaties in. Prestaties": f"/ecalcura/990001/trimesters/2026/1/hours#r{contract_id}",
    } == lines
    for address in lines.values():
        officer.get(address)


def test_a_contract_of_a_replacement_without_whom_it_replaces_asks_for_it(officer, home, an):
    """As after its only replacement is deleted, or a merger in which the replaced employee does not go along."""
    one = contract(employee(home.facility), datetime.date(2026, 7, 1), hours=200, role="replacement")
    page = f"{STAFF}/{one.employee_id}"
    asked = "Het contract als vervanger vanaf 01/07/2026 vervangt nog niemand."
    assert asked in main(officer, page)
    officer.post(f"{STAFF}/contracts/{one.id}/replacements/new", {"replaces": "pool", "hours": "2"})
    assert asked not in main(officer, page)
