"""Makes the accounts of the grants of ecalcura in two facilities, and a row for each id in an address."""
import datetime
from pathlib import Path

from models.accounts.grants import Grant
from models.database import now, today
from models.ecalcura.accounts.bank_accounts import BankAccount
from models.ecalcura.calculations import counted
from models.ecalcura.communication import contacts, threads
from models.ecalcura.communication.contacts import Details
from models.ecalcura.communication.threads import OF_FACILITY, Thread
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.deliveries.billed_days import BilledYear
from models.ecalcura.deliveries.certificates import add_certificate
from models.ecalcura.deliveries.residents import ResidentData
from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.retention import terms
from models.ecalcura.roles import ACCESS, COLLEAGUE, DESK, FINANCIAL, GIVEN, PRIVACY
from models.ecalcura.submissions import documents
from models.ecalcura.transfer import staff_uploads
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import REOPENED, TrimesterFile
from tests.factories import account_with, days
from tests.models.documents.made import a_document
from tests.models.ecalcura.bank_accounts import proposed
from tests.models.ecalcura.calculations import made
from tests.models.ecalcura.cast import BORN, contract, employee, facility, number_of, opened
from tests.models.ecalcura.physicians import silent_physician
from tests.models.ecalcura.submissions.snapshots import content, frozen

# MERGED merged into the own facility.
HCO, OTHER, MERGED = "990001", "990002", "990003"
LONG_SINCE = datetime.date(2010, 9, 1)
# The roles of the wing's whole that see names, because they check them.
SEE_NAMES = {"ecalcura:dossier"}


def people(cast):
    """The account of each column of routes.py."""
    for hco in (HCO, OTHER):
        # So that the access manager who is walked over is not the last one.
        _somebody(ACCESS, hco, "-", "tweede")
    password_hash = cast.administrator.password_hash
    return {
        **{(role.code, whose): _somebody(role, hco, password_hash)
           for whose, hco in (("own", HCO), ("other", OTHER)) for role in (*GIVEN, COLLEAGUE)},
        **{(role.code, whose): account_with(role, None, email=f"{role.name}.{whose}@voorbeeld.be",
                                            password_hash=password_hash)
           for whose in ("own", "other") for role in DESK}}


def rows_for(cast):
    """The ids of the own facility's rows, as argument → id."""
    ended = _somebody(ACCESS, HCO, "-", "derde")
    colleague = _somebody(PRIVACY, HCO, None, "nieuw")
    return {
        "hco": HCO, "facility": HCO, "old": MERGED, "colleague_id": colleague.id,
        "term": _due(), "role_id": Grant.of(ended.id).get().id, "contact_id": _contact().id,
        **_submissions(),
        **_staff(),
        **_bank_account(),
        **_deliveries(),
        **_document(),
        "list_id": _list().id,
    }


def _list():
    """A checked list of staff that waits to be read."""
    content = (Path(__file__).parent / "personeel.csv").read_bytes()
    return staff_uploads.store(_facility(HCO), content, _somebody(PRIVACY, HCO, "-", "lijst"), "walk")


def _bank_account():
    """An account that somebody else proposed, who was alone then and asked the desk."""
    home = _facility(HCO)
    proposer = _somebody(FINANCIAL, HCO, "-", "vierde")
    account = proposed(home, proposer)
    BankAccount.update(asked_at=now()).where(BankAccount.id == account.id).execute()
    return {"bank_account_id": account.id}


def _due():
    """The term that makes an employee due, who left long ago."""
    contract(employee(_facility(HCO)), LONG_SINCE, LONG_SINCE)
    return terms.STAFF


def _deliveries():
    """A year of billed days, of which the walk has a report as well, and a physician whose name the register kept."""
    certificate = add_certificate(_facility(HCO), "erkenning", "E1", LONG_SINCE, None, b"%PDF-1.7 %%EOF")
    ResidentData.get_or_make(_facility(HCO), Trimester.get_or_make(2026, 1))
    return {"year": BilledYear.get_or_make(_facility(HCO), today().year).year,
            "cra_id": silent_physician(_facility(HCO)).id, "certificate_id": certificate.id}


def _document():
    """A public document for every facility."""
    made = a_document(public=True)
    return {"document_id": made.id, "digest": made.versions[0].digest}


def _contact():
    """A contact person; the other facility lacks one."""
    return contacts.add(_facility(HCO), Details("contact@voorbeeld.be", "Kim Claes", "Directeur", "09 123 45 67"))


def _thread(calculation):
    """A calculation about which the facility asked something."""
    thread = Thread.about(_facility(HCO), calculation.id)
    threads.write(thread, "Waarom tellen deze uren niet mee?", 1, _somebody(PRIVACY, HCO, "-", "vraag"), OF_FACILITY)
    return {"thread_id": thread.id}


def _submissions():
    """Two versions of a trimester with their documents. It is reopened, so that other forms change its days.

    Its advance was published before that, and the facility asked something about it.

    A facility that merged into the own one has two versions too.
    """
    merged = facility(MERGED, name="Woonzorgcentrum De Brug", successor_id=_facility(HCO).id, merged_on=days(-10))
    for _ in range(2):
        frozen(merged, content())
        submission = frozen(_facility(HCO), content())
    while counted.count_missing():
        pass
    calculation = made.published("advance")
    submission.file.move(REOPENED, reopen_reason="Uren vergeten")
    # Yesterday, so that the rows of today are newer than the submission.
    TrimesterFile.update(changed_at=now() - datetime.timedelta(days=1)).execute()
    documents.make_missing()
    return {"period": 2026, "number": 1, "version": 2, "kind": "pdf", "calculation_id": calculation.id,
            "version_id": made.entered().id, **_thread(calculation)}


def _staff():
    """Somebody who is entitled with a choice, and also replaces the pool by a second contract."""
    opened()
    owner = employee(_facility(HCO), number_of(), born=BORN)
    contract(owner, LONG_SINCE, hours=1900)
    second = contract(owner, role="replacement", qualification="ZKD", start=days(-60), hours=380)
    second.change_hours(days(-30), 300, 3800, second.version)
    choice = Choice.add(owner, step=45, kind="exemption", since=days(-60), until=None, by=None)
    replacement = Replacement.add(second, replaced_id=None, hours=380, since=days(-60), until=None, act_on=None,
                                  by=None)
    return {"employee_id": owner.id, "contract_id": second.id, "choice_id": choice.id, "step": 45,
            "replacement_id": replacement.id, "since": days(-30).isoformat()}


def _facility(hco):
    return Facility.by_hco(hco) or facility(hco, name=f"Woonzorgcentrum {hco}")


def _somebody(role, hco, password_hash, name=None):
    home, name = _facility(hco), name or role.name
    account = account_with(role, home, email=f"{name}.{hco}@voorbeeld.be", password_hash=password_hash)
    colleagues.Colleague.create(facility_id=home.id, account_id=account.id, name=f"{name.title()} Claes")
    return account
