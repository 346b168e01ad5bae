"""A file of the desk with everything that all facilities keep of one person."""
import datetime

import pytest

from models.audit import AuditEntry
from models.ecalcura.people.employees import REPLACED, PastNumber
from models.ecalcura.people.lookups import Lookup
from models.ecalcura.people.number_looks import NumberLook
from tests.models.ecalcura.cast import contract, employee, facility, number_of
from tests.models.ecalcura.physicians import physician
from tests.page import text_of

PATH = "/ecalcura/desk/person"
NUMBER, OLD, REASON = number_of(), number_of(month_up=20), "Vraag van de medewerker"


@pytest.fixture
def both(home):
    """Somebody who works in two facilities."""
    other = facility("990002", name="De Beuk")
    found = [employee(made, NUMBER, "An", "Zeker") for made in (home.facility, other)]
    for one in found:
        contract(one)
    return found


@pytest.fixture
def officer(page, desk):
    page.sign_in(desk.dossier)
    return page


def downloaded(officer, number=NUMBER):
    officer.post(PATH, {"number": number, "reason": REASON}, 200, form=PATH)
    return officer.response.json


def refused(officer, **fields):
    soup = officer.post(PATH, {"number": NUMBER, "reason": REASON} | fields, 422, form=PATH)
    return text_of(soup.main)


def digits(text):
    return "".join(filter(str.isdigit, text))


def test_the_file_has_each_facility_with_the_whole_number_and_each_look_is_kept(officer, desk, both):
    found = downloaded(officer)
    assert [one["HCO-nummer"] for one in found["Als medewerker"]] == ["990001", "990002"]
    for one in found["Als medewerker"]:
        facts = {row["Gegeven"]: row["Waarde"] for row in one["Persoon"]}
        assert (digits(facts["Rijksregister- of bisnummer"]), facts["Naam"]) == (NUMBER, "Zeker")
        assert len(one["Contracten"]) == 1
    assert [(look.employee_id, look.account_id, look.by_desk, look.reason) for look in NumberLook.select().order_by(
        NumberLook.id)] == [(one.id, desk.dossier.id, True, REASON) for one in both]
    recorded = [(entry.event, entry.tenant_id) for entry in AuditEntry.select().where(
        AuditEntry.event.startswith("person-exported")).order_by(AuditEntry.id)]
    assert recorded == [("person-exported", both[0].facility_id), ("person-exported", both[1].facility_id),
                        ("person-exported-everywhere", None)]
    name = officer.response.headers["Content-Disposition"]
    assert name.startswith('attachment; filename="inzage-')
    assert NUMBER not in digits(name)


def test_a_number_that_the_register_replaced_finds_the_same_person(officer, both):
    PastNumber.keep(both[1], OLD, REPLACED)
    assert [one["HCO-nummer"] for one in downloaded(officer, OLD)["Als medewerker"]] == ["990001", "990002"]


def test_contracts_as_a_physician_and_look_ups_elsewhere_are_in_it(officer, home):
    doctor = physician(home.facility)
    number = number_of(datetime.date(1965, 5, 5))
    beech = facility("990002", name="De Beuk")
    Lookup.create(facility_id=beech.id, purpose="contract", number_hash=doctor.number_hash, answer="found")
    found = downloaded(officer, number)
    [contract_of] = found["Als CRA"]
    assert (contract_of["Naam"], contract_of["HCO-nummer"]) == ("Arts", "990001")
    [lookup] = found["Opgezocht in andere voorzieningen"]
    assert (lookup["Voorziening"], lookup["Antwoord"]) == ("De Beuk", "gevonden")
    assert found["Als medewerker"] == []


@pytest.mark.parametrize(("fields", "told"), [
    ({"number": "123"}, "geen geldig rijksregister- of bisnummer"), ({"reason": "kort"}, "reden"),
    ({"reason": f"Over {NUMBER}"}, "nummer"), ({"number": OLD}, "Van dit nummer is nergens iets bewaard.")])
def test_without_a_known_number_or_a_good_reason_there_is_no_file(officer, both, fields, told):
    assert told in refused(officer, **fields)
    assert not NumberLook.select().exists()


def test_the_looks_are_in_the_list_of_opened_numbers(officer, both):
    downloaded(officer)
    text = text_of(officer.get("/ecalcura/desk/numbers").main)
    assert text.count(REASON) == 2
    assert NUMBER not in digits(text)
