"""A ZIP of the desk with everything that is kept of a facility."""
import hashlib
import io
import json
import zipfile

import pytest

from models.audit import AuditEntry, record
from models.ecalcura.accounts import four_eyes
from models.ecalcura.communication import contacts
from models.ecalcura.communication.contacts import Details
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.people.number_looks import NumberLook
from models.ecalcura.roles import FINANCIAL
from models.ecalcura.submissions import documents
from tests.models.ecalcura.bank_accounts import NUMBER as NUMBER_OF_ACCOUNT
from tests.models.ecalcura.bank_accounts import confirmed, iban_of, proposed
from tests.models.ecalcura.calculations import made
from tests.models.ecalcura.cast import contract, employee, facility, number_of, somebody
from tests.models.ecalcura.kept import deliveries
from tests.models.ecalcura.raas_files import OTHER, contract_line, taken_over
from tests.models.ecalcura.submissions.snapshots import NUMBER as IN_SNAPSHOT
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
        "berekeningen.json", "berichten.json", "certificaten/1.pdf", "leveringen.json", "logboek.json",
        f"medewerkers/{one.id}.json", "raas.json", "trimesters/2014-4-versie-1.json",
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


def test_the_zip_has_what_was_submitted_with_masked_numbers(officer, home):
    frozen(home.facility, content(in_snapshot(7, family="Zeker")), 2014, 4)
    frozen(facility("990002"), content(in_snapshot(8, family="Elders")), 2014, 4)
    archive = downloaded(officer)
    told = archive.read("trimesters/2014-4-versie-1.json").decode()
    [submitted] = json.loads(told)["employees"]
    assert (submitted["family"], submitted["number"]) == ("Zeker", "••.••.••-•••.10")
    assert IN_SNAPSHOT not in told
    assert "Elders" not in told


def test_the_zip_has_the_rows_of_raas_with_masked_numbers(officer, home, tmp_path):
    taken_over(tmp_path, contract_line("C1", qualification="ONBEKEND"),
               contract_line("C2", OTHER, qualification="ONBEKEND", family="Zeker"))
    told = downloaded(officer).read("raas.json").decode()
    rows = json.loads(told)
    assert OTHER not in told
    assert [(row["Bestand"], row["Contract"]) for row in rows] == [
        ("raas_contracten.csv", "C1"), ("raas_contracten.csv", "C2"), ("raas_voorzieningen.csv", "")]
    refused = rows[1]
    assert (refused["Resultaat"], refused["Rij"]["Naam"]) == ("niet overgenomen", "Zeker")
    assert refused["Rij"]["Rijksregisternummer"] == f"••.••.••-•••.{OTHER[-2:]}"
    assert len(refused["Redenen"]) == 1


def test_the_zip_has_the_results_of_calculations_with_the_content_of_their_hash(officer, home):
    made.submitted(home.facility, made.exempt())
    draft = made.calculation("advance")
    published = made.published()
    [one, other] = json.loads(downloaded(officer).read("berekeningen.json"))
    assert (other["Nummer"], other["Stand"]) == (draft.id, "concept")
    assert (one["Nummer"], one["Stand"], one["Vrijgesteld"]) == (published.id, "gepubliceerd", "2")
    content = json.dumps(one["Inhoud"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(content.encode()).hexdigest() == one["Vingerafdruk (SHA-256)"]


def test_the_zip_has_every_bank_account_masked_and_the_looks_at_its_number(officer, home, desk):
    fien, luc = (somebody(home.facility, FINANCIAL, name) for name in ("Fons Baart", "Lea Vos"))
    first = confirmed(home.facility, fien, luc)
    proposed(home.facility, fien, iban_of(account=2000))
    four_eyes.show_account(home.facility, first, REASON, desk.dossier)
    archive = downloaded(officer)
    told = json.loads(archive.read("voorziening.json"))
    assert [row["Stand"] for row in told["Bankrekeningen"]] == ["in gebruik", "wacht op bevestiging"]
    assert [(row["Rekening"], row["Door"], row["Reden"]) for row in told["Nummers van rekeningen bekeken"]] == [
        (first.id, desk.dossier.email, REASON)]
    assert NUMBER_OF_ACCOUNT[4:] not in "".join(filter(str.isdigit, archive.read("voorziening.json").decode()))


def test_the_zip_has_the_log_of_the_facility_and_of_no_other(officer, home):
    contract(employee(home.facility, NUMBER, "An", "Zeker"))
    record(EcalcuraEvent.CONTRACT_ADDED, tenant_id=home.facility.id, subject=1, contract=1)
    contract(employee(facility("990002", name="De Beuk"), first="Bert", family="Elders"))
    told = [row["Wat"] for row in json.loads(downloaded(officer).read("logboek.json"))]
    assert len(told) == AuditEntry.of_tenant(home.facility.id).count()
    assert told[0].startswith("Alle gegevens van de voorziening gedownload")


@pytest.mark.parametrize("reason", ["", "kort", f"Over {NUMBER}"])
def test_without_a_good_reason_there_is_no_file(officer, home, reason):
    soup = officer.post(PATH, {"reason": reason}, 422, form=PATH)
    assert "Nog niet gedownload" in text_of(soup.main)
    assert not AuditEntry.select().where(AuditEntry.event == "facility-exported").exists()
