"""Everything that is kept of an employee: the page, and the file."""
import datetime

from models.audit import AuditEntry
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.people.employees import CORRECTED, PastNumber
from models.ecalcura.people.lookups import Lookup
from models.ecalcura.people.number_looks import NumberLook
from tests.models.ecalcura.cast import contract, employee, exempt, number_of
from tests.models.ecalcura.submissions.snapshots import content, frozen
from tests.models.ecalcura.submissions.snapshots import employee as in_snapshot
from tests.page import text_of

DAY = datetime.date(2026, 9, 1)


def downloaded(officer, here):
    officer.post(f"{here}/data/file", status=200, form=f"{here}/data")
    return officer.response.json


def test_the_page_shows_all_that_is_kept_with_a_masked_number(officer, an, here):
    exempt(an, 45, DAY)
    soup = officer.get(f"{here}/data")
    text = text_of(soup.main)
    assert [text_of(heading) for heading in soup.main.select("h2")] == [
        "Persoon", "Vroegere nummers", "Contracten", "Keuzes", "Verklaringen van 200 uren", "Vervangt iemand",
        "Wordt vervangen", "Prestaties", "Te controleren", "Ingediend", "Gevraagd aan het rijksregister",
        "Nummer bekeken", "Log"]
    assert "vrijstelling" in text
    assert "Contract van medewerker" in text
    assert an.person.number not in "".join(filter(str.isdigit, text))
    assert not NumberLook.select().exists()


def test_the_file_has_the_whole_number_and_the_log_has_the_file(officer, home, an, here):
    everything = downloaded(officer, here)
    [number] = [row["Waarde"] for row in everything["Persoon"] if row["Gegeven"] == "Rijksregister- of bisnummer"]
    assert "".join(filter(str.isdigit, number)) == an.person.number
    [shown] = everything["Contracten"]
    assert shown["Uren per week"] == "19 van 38"
    [look] = NumberLook.select()
    assert (look.employee_id, look.account_id) == (an.id, home.privacy.id)
    [entry] = AuditEntry.select().where(AuditEntry.event == EcalcuraEvent.PERSON_EXPORTED)
    assert (entry.subject, entry.tenant_id) == (str(an.id), home.facility.id)
    assert f"Inzage van medewerker {an.id} gedownload" in {row["Wat"] for row in everything["Log"]}
    assert officer.response.headers["Content-Disposition"].startswith(f'attachment; filename="medewerker-{an.id}-')
    assert "Zeker" not in officer.response.headers["Content-Disposition"]


def test_colleagues_are_not_named(officer, home, an, here):
    exempt(an, 45, DAY)
    other = employee(home.facility, first="Bert", family="Midden")
    Replacement.add(contract(other, DAY, role="replacement"), an.id, 100, DAY)
    everything = downloaded(officer, here)
    [row] = everything["Wordt vervangen"]
    assert row["Uren per week"] == "1"
    assert "Midden" not in officer.response.text
    assert "Midden" not in text_of(officer.get(f"{here}/data").main)


def test_a_number_that_was_wrong_is_of_another_person(officer, an, here):
    """It stays masked in the file too, and its look-ups are left out."""
    wrong = number_of(month_up=20)
    past = PastNumber.keep(an, wrong, CORRECTED)
    Lookup.create(facility_id=an.facility_id, purpose="contract", number_hash=past.number_hash, answer="found")
    everything = downloaded(officer, here)
    assert [row["Waarom"] for row in everything["Vroegere nummers"]] == ["was verkeerd en is verbeterd"]
    assert wrong not in "".join(filter(str.isdigit, officer.response.text))
    assert everything["Gevraagd aan het rijksregister"] == []


def test_versions_that_hold_the_employee_are_listed(officer, home, an, here):
    frozen(home.facility, content(in_snapshot(an.id)), 2025, 2)
    frozen(home.facility, content(in_snapshot(an.id + 1)), 2025, 3)
    [row] = downloaded(officer, here)["Ingediend"]
    assert "2025" in row["Trimester"]
    assert row["Versie"] == "1"
