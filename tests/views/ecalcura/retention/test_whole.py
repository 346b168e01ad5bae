"""A ZIP of the desk with everything that is kept of a facility."""
import io
import json
import zipfile

import pytest

from models.audit import AuditEntry
from models.ecalcura.communication import contacts
from models.ecalcura.communication.contacts import Details
from models.ecalcura.people.number_looks import NumberLook
from models.ecalcura.submissions import documents
from tests.models.ecalcura.cast import contract, employee, facility, number_of
from tests.models.ecalcura.kept import deliveries
from tests.models.ecalcura.submissions.snapshots import content, frozen
from tests.models.ecalcura.submissions.snapshots import employee as in_snapshot
from tests.page import text_of

PATH = "/ecalcura/desk/facilities/990001/everything"
NUMBER, REASON = number_of(), "Vraag van de voorziening"


@pytest.fixture
def officer(page, desk):
    page.sign_in(desk.dossier)
    return page


def downloaded(officer):
    officer.post(PATH, {"reason": REASON}, 200, form=PATH)
    return zipfile.ZipFile(io.BytesIO(officer.response.data))


def test_the_zip_has_all_of_the_facility_with_masked_numbers_and_nothing_of_another(officer, home):
    one = employee(home.facility, NUMBER, "An", "Zeker")
    contract(one)
    other = employee(facility("990002", name="De Beuk"), first="Bert", family="Elders")
    contacts.add(home.facility, Details("kim@voorbeeld.be", "Kim Claes"))
    deliveries(home.facility)
    frozen(home.facility, content(in_snapshot(one.id)), 2014, 4)
    documents.make_missing()
    archive = downloaded(officer)
    assert archive.testzip() is None
    assert sorted(archive.namelist()) == [
        "berichten.json", "certificaten/1.pdf", "leveringen.json", f"medewerkers/{one.id}.json",
        "trimesters/2014-4-versie-1.pdf", "trimesters/2014-4-versie-1.xlsx", "voorziening.json"]
    assert archive.read("certificaten/1.pdf").startswith(b"%PDF")
    person = json.loads(archive.read(f"medewerkers/{one.id}.json"))
    assert {row["Gegeven"]: row["Waarde"] for row in person["Persoon"]}["Naam"] == "Zeker"
    assert [row["Versie"] for row in person["Ingediend"]] == ["1"]
    told = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".json")).decode()
    assert "Kim Claes" in told
    assert "Elders" not in told
    assert other.person.number not in told
    assert NUMBER not in "".join(filter(str.isdigit, told))
    assert not NumberLook.select().exists()


def test_the_export_is_in_the_log_of_the_facility_with_its_reason(officer, home, desk):
    downloaded(officer)
    [entry] = AuditEntry.of_tenant(home.facility.id).where(AuditEntry.event == "facility-exported")
    assert (entry.account_id, entry.details["reason"]) == (desk.dossier.id, REASON)


@pytest.mark.parametrize("reason", ["", "kort", f"Over {NUMBER}"])
def test_without_a_good_reason_there_is_no_file(officer, home, reason):
    soup = officer.post(PATH, {"reason": reason}, 422, form=PATH)
    assert "Nog niet gedownload" in text_of(soup.main)
    assert not AuditEntry.select().where(AuditEntry.event == "facility-exported").exists()
