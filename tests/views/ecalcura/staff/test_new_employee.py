"""'Nieuwe medewerker': one page for the number, the contract, the choices and whom a replacement replaces."""
import datetime

import pytest

from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.people.employees import Employee
from tests.models.ecalcura.cast import BORN, number_of
from tests.page import text_of

STAFF = "/ecalcura/990001/staff"
NEW = f"{STAFF}/new"
NURSE = {"role": "entitled", "qualification": "VPK", "statute": "arbeidsovereenkomst", "start": "01/09/2010",
         "hours": "19", "full_time": "38"}
REPLACEMENT = {**NURSE, "role": "replacement", "qualification": "ZKD", "start": "01/09/2026", "replaces": "pool"}
OTHER = datetime.date(1990, 5, 2)


@pytest.fixture
def nurse(registers):
    """The number of a nurse of 56 with a visum."""
    return registers.has(number_of(BORN), "Greet", "Proef", BORN, VPK=None)


def error(soup, field):
    """The message at a field."""
    return text_of(soup.select_one(f"#{field}-error"))


def wrong_fields(soup):
    return [field["name"] for field in soup.select("[aria-invalid=true]")]


def test_a_nurse_of_56_is_entered_on_one_page_with_three_choices(officer, nurse):
    """A7, A12: the name comes from the register."""
    officer.post(NEW, {**NURSE, "number": nurse, "choice_45": "premium", "choice_50": "exemption",
                       "choice_55": "exemption"})
    text = text_of(officer.follow().main)
    for shown in ("De medewerker is opgeslagen.", f"nummer ••.••.••-•••.{nurse[-2:]} Greet Proef",
                  "geboren 14/03/1970", "gerechtigde, verpleegkundige vanaf 01/09/2010", "19 van 38",
                  "45 jaar 01/03/2015 premie", "50 jaar 01/03/2020 vrijstelling", "55 jaar 01/03/2025 vrijstelling"):
        assert shown in text, shown
    assert nurse not in officer.response.text
    contract = Contract.get()
    assert (contract.hours, contract.full_time, contract.qualification_state) == (1900, 3800, "in_order")
    assert sorted((one.step, one.kind) for one in Choice.select()) == [
        (45, "premium"), (50, "exemption"), (55, "exemption")]


def test_a_name_that_is_posted_along_is_ignored(officer, nurse):
    """A7."""
    officer.post(NEW, {**NURSE, "number": nurse, "name": "Gekaapt", "family": "Gekaapt", "first": "Gekaapt"})
    assert "Greet Proef" in text_of(officer.follow().main)
    assert "Gekaapt" not in officer.response.text


def test_the_number_can_be_typed_with_points_and_hyphens(officer, nurse):
    officer.post(NEW, {**NURSE, "number": f"{nurse[:2]}.{nurse[2:4]}.{nurse[4:6]}-{nurse[6:9]}.{nurse[9:]}"})
    assert "Greet Proef" in text_of(officer.follow().main)


def test_a_wrong_number_is_refused_at_its_field_and_everything_typed_stays(officer, registers):
    """V01; the register is not asked."""
    soup = officer.post(NEW, {**NURSE, "number": "12345678901", "choice_45": "premium"}, 422)
    assert error(soup, "number") == (
        "Fout: V01 Dit is geen geldig rijksregister- of bisnummer. Kijk de 11 cijfers na.")
    assert soup.select_one("#number")["value"] == "12345678901"
    assert soup.select_one("[autofocus]")["name"] == "number"
    assert soup.select_one("#start")["value"] == "01/09/2010"
    assert soup.select_one("#choice_45 option[selected]")["value"] == "premium"
    assert registers.asked == []


def test_a_number_that_the_register_does_not_know_is_refused(officer):
    """V02."""
    soup = officer.post(NEW, {**NURSE, "number": number_of(OTHER)}, 422)
    assert error(soup, "number") == "Fout: V02 Het rijksregister kent dit nummer niet."
    assert Employee.select().count() == 0


def test_the_register_is_not_asked_before_the_contract_is_filled_in(officer, nurse, registers):
    soup = officer.post(NEW, {"number": nurse}, 422)
    assert {"role", "qualification", "statute", "start", "hours"} <= set(wrong_fields(soup))
    assert registers.asked == []
    assert "Proef" not in officer.response.text


def test_an_employee_who_is_in_the_list_already_is_named_with_a_way_on(officer, nurse):
    """V07."""
    officer.post(NEW, {**NURSE, "number": nurse})
    soup = officer.post(NEW, {**NURSE, "number": nurse, "qualification": "ZKD"}, 422)
    assert error(soup, "number") == "Fout: V07 Staat al in je lijst: Greet Proef. Voeg een contract toe."
    [link] = [one for one in soup.select("main a") if "Voeg een contract toe" in text_of(one)]
    assert "Contract toevoegen" in text_of(officer.get(link["href"]).h1)


def test_a_silent_register_does_not_stop_the_entry(officer, nurse, registers):
    """A8, V03."""
    registers.silent = True
    officer.post(NEW, {**NURSE, "number": nurse})
    text = text_of(officer.follow().main)
    assert "Het rijksregister antwoordt niet. We proberen het opnieuw; je kunt verder werken." in text
    assert "naam volgt" in text
    registers.silent = False
    here = officer.response.request.path
    officer.post(f"{here}/ask", form=here)
    text = text_of(officer.follow().main)
    assert "de naam staat erbij" in text
    assert "Greet Proef" in text


def test_save_and_next_names_the_saved_person_above_an_empty_form(officer, nurse):
    officer.post(NEW, {**NURSE, "number": nurse, "next": "y"})
    assert "Proef" not in officer.response.location
    assert nurse not in officer.response.location
    soup = officer.follow()
    text = text_of(soup.select_one(".notice.success"))
    assert f"Greet Proef (••.••.••-•••.{nurse[-2:]}) is opgeslagen." in text
    assert "Niet de juiste persoon? Verbeter het nummer" in text
    assert soup.select_one("#number")["value"] == ""
    assert soup.select_one("#start")["value"] == ""
    for nobody in ("999", "-1", "9" * 30):
        officer.get(f"{NEW}?saved={nobody}")
        assert "opgeslagen" not in officer.response.text


def test_a_form_that_is_sent_twice_makes_one_employee(officer, nurse):
    form = officer.form_of(NEW)
    for _ in range(2):
        officer.post(NEW, {**form, **NURSE, "number": nurse}, token=False)
        assert "Greet Proef" in text_of(officer.follow().main)
    assert (Employee.select().count(), Contract.select().count()) == (1, 1)


def test_a_form_that_was_saved_and_has_the_number_of_somebody_else_says_so(officer, nurse, registers):
    """Somebody goes back in the browser, and types the number of the next nurse over the first."""
    form = officer.form_of(NEW)
    officer.post(NEW, {**form, **NURSE, "number": nurse}, token=False)
    other = registers.has(number_of(OTHER), "Wout", "Tweede", OTHER, VPK=None)
    soup = officer.post(NEW, {**form, **NURSE, "number": other}, 422, token=False)
    assert "Dit formulier is al opgeslagen, met andere gegevens." in text_of(soup.main)
    assert soup.select_one("#number")["value"] == other
    assert Employee.select().count() == 1


def test_a_replacement_of_the_pool_is_entered_with_all_its_hours(officer, registers):
    number = registers.has(number_of(OTHER), "Wout", "Proef", OTHER, ZKD=None)
    officer.post(NEW, {**REPLACEMENT, "number": number, "act_on": "20/08/2026"})
    text = text_of(officer.follow().main)
    assert "vervanger, zorgkundige" in text
    assert "de pool van de voorziening 19 vanaf 01/09/2026 20/08/2026" in text


def test_a_replacement_names_an_entitled_colleague(officer, nurse, registers):
    officer.post(NEW, {**NURSE, "number": nurse, "choice_45": "exemption"})
    number = registers.has(number_of(OTHER), "Wout", "Proef", OTHER, ZKD=None)
    [option] = officer.get(NEW).select("#replaces option")[2:]
    assert text_of(option) == f"Greet Proef (••.••.••-•••.{nurse[-2:]})"
    officer.post(NEW, {**REPLACEMENT, "number": number, "replaces": option["value"], "replaced_hours": "1"})
    text = text_of(officer.follow().main)
    assert "Vervangt" in text
    assert "Greet Proef 1 vanaf 01/09/2026 nog aan te vullen" in text
    assert Replacement.get().hours == 100
    assert "Wordt vervangen door" in text_of(officer.get(f"{STAFF}/{option['value']}").main)


@pytest.mark.parametrize(("more", "field", "words"), [
    ({"role": "replacement"}, "replaces", "Kies voor wie"),
    ({"replaces": "pool"}, "replaces", "Alleen voor een vervanger"),
    ({"replaced_hours": "2"}, "replaced_hours", "Alleen voor een vervanger"),
    ({"act_on": "01/09/2026"}, "act_on", "Alleen voor een vervanger"),
    ({"role": "replacement", "replaces": "pool", "choice_45": "premium"}, "choice_45", "Alleen voor een gerechtigde"),
    ({"hours": "negentien"}, "hours", "Typ uren als 19 of 30,4"),
    ({"hours": "39"}, "hours", "V10"),
    ({"until": "01/08/2010"}, "until", "V08 De einddatum ligt voor de begindatum."),
    ({"start": "01/09/1980"}, "start", "V08 Kijk de begindatum na."),
    ({"qualification": "ZKD", "choice_45": "premium"}, "choice_45",
     "V13 Alleen verpleegkundige kan voor de premie kiezen."),
])
def test_a_value_that_cannot_be_is_refused_at_its_field(officer, nurse, more, field, words):
    soup = officer.post(NEW, {**NURSE, "number": nurse, **more}, 422)
    assert words in error(soup, field)
    assert Employee.select().count() == 0


def test_an_acquired_right_is_entered_with_the_contract(officer, nurse):
    officer.post(NEW, {**NURSE, "number": nurse, "acquired_step": "45"})
    assert "verworven recht tot de stap van 45 jaar" in text_of(officer.follow().main)


def test_a_choice_for_a_step_that_is_not_reached_begins_with_the_step(officer, registers):
    number = registers.has(number_of(OTHER), "Wout", "Proef", OTHER, VPK=None)
    officer.post(NEW, {**NURSE, "number": number, "choice_45": "premium"})
    assert "45 jaar 01/05/2035 premie vanaf 01/05/2035" in text_of(officer.follow().main)


def test_nothing_of_a_person_is_in_an_address_or_the_log_of_the_server(officer, registers, caplog):
    number = registers.has(number_of(OTHER), "Roos", "Kanarie", OTHER, ZKD=None)
    for more in ({"hours": "99"}, {}, {"next": "y"}):
        answer = officer.browser.post(NEW, data={**officer.form_of(NEW), **REPLACEMENT, "number": number, **more})
        assert "anarie" not in f"{answer.location}{answer.headers.getlist('Set-Cookie')}"
        assert number not in f"{answer.location}"
    assert "anarie" not in caplog.text
    assert number not in caplog.text
