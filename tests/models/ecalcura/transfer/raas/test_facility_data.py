"""Facilities, certificates and bank accounts from RaaS."""
import peewee
import pytest

from models.database import transaction
from models.ecalcura.accounts.bank_accounts import BankAccount
from models.ecalcura.deliveries.certificates import Certificate
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.transfer.raas import importing
from models.ecalcura.transfer.raas.rows import RaasRow
from tests.models.ecalcura.cast import facility
from tests.models.ecalcura.raas_files import RIZIV, facility_line, write

CERTIFICATE = f"{RIZIV};erkenning;E0001;01/01/2019;;01/09/2023"


@pytest.fixture
def taken(register, tmp_path):
    """Imports these rows of facilities and certificates; returns the reasons of each row."""
    def taken(*facilities, certificates=()):
        importing.import_raas(write(tmp_path, facilities=facilities, certificates=certificates))
        return [[noted.reason.code for noted in row.noted] for row in RaasRow.select().order_by(RaasRow.id)]

    return taken


def test_an_empty_table_gets_its_facilities_from_raas(taken):
    assert taken(facility_line(), facility_line("71000733", "990002", "revalidatievoorziening")) == [[], []]
    made = Facility.by_hco("990002")
    assert (made.kind, made.riziv, made.email, made.street) == (
        "revalidatie", "71000733", "info@voorbeeld.be", "Voorbeeldstraat 1")


def test_a_facility_that_is_there_is_completed_and_keeps_what_it_has(taken):
    facility(street="Lindelaan 2")
    assert taken(facility_line()) == [[]]
    there = Facility.by_hco("990001")
    assert (there.riziv, there.street, there.email, there.name) == (
        RIZIV, "Lindelaan 2", "info@voorbeeld.be", "Woonzorgcentrum De Linde")


@pytest.mark.parametrize(("line", "reason"), [
    (facility_line(hco="990002"), "hco_unknown"), (facility_line("990001", RIZIV), "reversed"),
    (facility_line(changed="06/12/2023"), "changed_late"), (facility_line(riziv=""), "empty")])
def test_a_row_that_cannot_be_taken_over_is_refused(taken, line, reason):
    facility()
    assert taken(line) == [[reason]]
    assert Facility.get().riziv == ""


@pytest.mark.parametrize(("line", "reason"), [
    (facility_line(kbo="1234567890"), "kbo"), (facility_line(soort="ziekenhuis"), "kind"),
    (facility_line(name=""), "empty"), (facility_line("990001", RIZIV), "reversed")])
def test_a_facility_that_cannot_be_made_is_refused(taken, line, reason):
    assert taken(line) == [[reason]]
    assert not Facility.select().exists()


def test_a_bank_account_is_sealed_and_yet_to_be_confirmed(taken):
    taken(facility_line())
    account = BankAccount.of(Facility.get()).get()
    assert (account.state, account.source) == ("proposed", "raas")
    assert account.opened() == ("BE76117000100095", "De Linde 990001 (voorbeeld)")
    assert b"BE76" not in bytes(account.sealed)
    taken(facility_line(iban="BE65117000100196"))
    assert BankAccount.select().count() == 1


@pytest.mark.parametrize("iban", ["BE76117000100096", "BE65117000100099", "geen"])
def test_a_wrong_account_number_is_a_remark(taken, iban):
    assert taken(facility_line(iban=iban)) == [["iban"]]
    assert not BankAccount.select().exists()


def test_an_account_without_a_proposer_is_only_one_from_raas(register):
    for values in ({"source": "proposal"}, {"source": "raas", "state": "paid"}):
        with pytest.raises(peewee.IntegrityError), transaction():
            BankAccount.create(**{"facility_id": facility().id, "sealed": b"-"} | values)


def test_a_certificate_is_taken_over_once(taken):
    assert taken(facility_line(), certificates=(CERTIFICATE,)) == [[], []]
    taken(facility_line(), certificates=(CERTIFICATE,))
    certificate = Certificate.of(Facility.get()).get()
    assert (certificate.kind, certificate.number, str(certificate.since), certificate.until) == (
        "erkenning", "E0001", "2019-01-01", None)
