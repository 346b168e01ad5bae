"""The scenes of ecalcura: a facility, access to it, and each page for somebody without the role."""
import datetime
from types import SimpleNamespace

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.database import now, today
from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.facilities import Facility, LegalEntity
from models.ecalcura.facilities.kinds import kinds
from models.ecalcura.roles import ACCESS, CALCULATOR, COLLEAGUE, DOSSIER, FINANCIAL, PRIVACY
from models.ecalcura.submissions.documents import MAKERS, SubmissionDocument
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.transfer.raas.columns import CONTRACTS
from models.ecalcura.transfer.raas.reasons import Reason, Result, note
from models.ecalcura.transfer.raas.rows import Decided, RaasImport, store
from models.ecalcura.trimesters.calendar import A_DAY, Trimester, place_of
from models.ecalcura.trimesters.files import TrimesterFile
from tests.journeys.scenes.ecalcura.accounts import ACCOUNT_SCENES, ALONE, accounts_of
from tests.journeys.scenes.ecalcura.calculations import CALCULATION_SCENES, calculations_of
from tests.journeys.scenes.ecalcura.contacts import CONTACT_SCENES, contacts_of
from tests.journeys.scenes.ecalcura.deliveries import DELIVERIES_SCENES, deliveries_of, deliveries_of_elderly
from tests.journeys.scenes.ecalcura.desk import DESK_CALCULATOR, DESK_DOSSIER, DESK_SCENES
from tests.journeys.scenes.ecalcura.documents import DOCUMENT_SCENES, documents_of
from tests.journeys.scenes.ecalcura.messages import MESSAGE_SCENES, messages_of
from tests.journeys.scenes.ecalcura.prestaties import PRESTATIES_SCENES, prestaties_of
from tests.journeys.scenes.ecalcura.progress import PROGRESS_SCENES
from tests.journeys.scenes.ecalcura.staff import STAFF_SCENES, staff_of
from tests.journeys.tools.showing import Scene, at, sent
from tests.models.ecalcura.cast import opened
from tests.models.ecalcura.submissions.snapshots import content, contract, employee, frozen

MANAGER, PRIVATE, NEW, TWO = "manager", "private", "without_role", "two_facilities"
FACILITY, OF = "/ecalcura/<hco>", "/ecalcura/{hco}"
GIVE = f"{OF}/access/{{without_role.account.id}}/roles/new"
TRIMESTER = f"{FACILITY}/trimesters/<int:period>/<int:number>"
OPEN, SENT = f"{OF}/trimesters/{{open.period}}/{{open.number}}", f"{OF}/trimesters/{{sent.period}}/{{sent.number}}"
MERGED = f"{FACILITY}/merged/<old>"
# Long before any contract, so that no check holds it up.
EMPTY = f"{OF}/trimesters/2001/1"
ECALCURA_SCENES = [
    Scene("facility", FACILITY, PRIVATE, at(OF)),
    Scene("raas", f"{FACILITY}/staff/raas", PRIVATE, at(f"{OF}/staff/raas")),
    Scene("raas-none", f"{FACILITY}/staff/raas", TWO, at("/ecalcura/{merged_hco}/staff/raas")),
    Scene("facility-tabs", FACILITY, MANAGER, at(OF)),
    Scene("facility-merged", FACILITY, TWO, at("/ecalcura/{merged_hco}")),
    Scene("facility-no-dossier", FACILITY, PRIVATE, at("/ecalcura/{part_hco}")),
    Scene("facilities", "/ecalcura", TWO, at("/ecalcura")),
    Scene("help", "/ecalcura/help", PRIVATE, at("/ecalcura/help")),
    Scene("no-role", "/ecalcura", NEW, at("/ecalcura")),
    Scene("no-role-stranger", "/ecalcura", "login", at("/ecalcura")),
    Scene("trimesters", f"{FACILITY}/trimesters", PRIVATE, at(f"{OF}/trimesters")),
    Scene("trimester-open", TRIMESTER, PRIVATE, at(OPEN)),
    Scene("trimester-open-wrong", TRIMESTER, PRIVATE, sent(EMPTY, "Definitief indienen")),
    Scene("trimester-submitted", TRIMESTER, PRIVATE, at(SENT)),
    Scene("trimester-ask-wrong", TRIMESTER, PRIVATE, sent(SENT, "Vraag heropening")),
    Scene("trimester-changes", f"{TRIMESTER}/versions/<int:version>/changes", PRIVATE,
          at(f"{SENT}/versions/2/changes")),
    Scene("merged", MERGED, PRIVATE, at(f"{OF}/merged/{{merged_hco}}")),
    Scene("merged-changes", f"{MERGED}/<int:period>/<int:number>/versions/<int:version>/changes", PRIVATE,
          at(f"{OF}/merged/{{merged_hco}}/2025/4/versions/2/changes")),
    Scene("access", f"{FACILITY}/access", MANAGER, at(f"{OF}/access")),
    Scene("access-role-missing", f"{FACILITY}/access", PRIVATE, at(f"{OF}/access")),
    Scene("access-new", f"{FACILITY}/access/new", MANAGER, at(f"{OF}/access/new")),
    Scene("access-new-wrong", f"{FACILITY}/access/new", MANAGER,
          sent(f"{OF}/access/new", "Uitnodiging versturen", email="geen adres"), wrong=True),
    Scene("access-give", f"{FACILITY}/access/<int:colleague_id>/roles/new", MANAGER, at(GIVE)),
    Scene("access-give-wrong", f"{FACILITY}/access/<int:colleague_id>/roles/new", MANAGER,
          sent(GIVE, "Rol geven", since="31/02/2030"), wrong=True),
    *DESK_SCENES,
    *PROGRESS_SCENES,
    *ACCOUNT_SCENES,
    *CONTACT_SCENES,
    *CALCULATION_SCENES,
    *MESSAGE_SCENES,
    *STAFF_SCENES,
    *PRESTATIES_SCENES,
    *DELIVERIES_SCENES,
    *DOCUMENT_SCENES,
]


def facilities_of(number):
    """A residential home with a short stay, one that merged into it, and their people; `number` makes HCO unique."""
    home = _facility(f"99{number:04}1", "woonzorgcentrum", "Woonzorgcentrum De Linde (voorbeeld)", places=82)
    part = _facility(f"99{number:04}2", "kortverblijf", "Kortverblijf De Linde (voorbeeld)", parent_id=home.id)
    merged = _facility(f"99{number:04}3", "woonzorgcentrum", "Huize Sint-Bavo (voorbeeld)", successor_id=home.id,
                       merged_on=datetime.date(2026, 7, 1))
    lacking = _facility(f"99{number:04}5", "ibw", "Beschut wonen De Brug (voorbeeld)")
    people = {name: SimpleNamespace(account=_somebody(role, home, f"{name}{number}", shown)) for name, role, shown in (
        (MANAGER, ACCESS, "Ann Maes"), (PRIVATE, PRIVACY, "Piet Roels"), (NEW, COLLEAGUE, "Jan Claes"),
        (TWO, FINANCIAL, "Fien Boon"))}
    Grant.add(people[TWO].account.id, PRIVACY, merged)
    for name, role in ((DESK_DOSSIER, DOSSIER), (DESK_CALCULATOR, CALCULATOR)):
        people[name] = SimpleNamespace(account=Account.new(
            role, None, email=f"{name}{number}@voorbeeld.be", password_hash="-"))
    small = _facility(f"99{number:04}4", "ibw", "Beschut Wonen De Wilg (voorbeeld)")
    people[ALONE] = SimpleNamespace(account=_somebody(FINANCIAL, small, f"{ALONE}{number}", "Bo Nijs"))
    luc = _somebody(FINANCIAL, home, f"luc{number}", "Luc Vos")
    _rows_of_raas(home)
    _two_versions(merged, (2025, 4))
    return {
        **people,
        **accounts_of(home, small, people[TWO].account, luc, people[ALONE].account),
        **staff_of(home),
        **(trimesters := _trimesters(home)),
        **prestaties_of(home),
        **deliveries_of(number),
        **deliveries_of_elderly(home, trimesters["open"]),
        **contacts_of(home, lacking),
        **documents_of(),
        **calculations_of(home, merged, number),
        **messages_of(home, people[PRIVATE].account, people[DESK_DOSSIER].account),
        "hco": home.hco, "small_hco": small.hco, "part_hco": part.hco, "merged_hco": merged.hco,
    }


def _trimesters(home):
    """The trimester of today, which is open, and the one before it, of which there are two versions."""
    current = place_of(today())
    sent = place_of(current.first - A_DAY)
    for place in (sent, current, (2001, 1)):
        opened(*place)
    _two_versions(home, sent)
    _asked_to_reopen(home, sent)
    return {"open": current, "sent": sent}


def _asked_to_reopen(home, place):
    file = TrimesterFile.at(home, Trimester.get_or_make(*place))
    file.move(file.state, asked_at=now(), asked_reason="Uren vergeten")


def _two_versions(made, place):
    first = contract(1, performances={"performed": 24050})
    frozen(made, content(employee(contracts=[first])), *place)
    frozen(made, content(employee(contracts=[first | {"until": "2026-08-31"}]), employee(2, "Nijs", "Bo")), *place)
    # So that both pages of versions have their links, however far the server is with the documents.
    for submission in Submission.select().where(Submission.facility_id == made.id):
        for kind in MAKERS:
            SubmissionDocument.insert(submission=submission, kind=kind, sealed=b"-").on_conflict_ignore().execute()


def _facility(hco, kind, name, **values):
    LegalEntity.insert(kbo="0000000196", name="Zorg Vlier vzw (voorbeeld)").on_conflict_ignore().execute()
    return Facility.add(kinds()[kind], hco=hco, kbo="0000000196", name=name, street="Dorpsstraat 1", postcode="9000",
                        town="Gent", province="oost-vlaanderen", email="linde@voorbeeld.be", **values)


def _somebody(role, home, login, name):
    account = Account.new(role, home, email=f"{login}@voorbeeld.be", password_hash="-")
    colleagues.Colleague.create(facility_id=home.id, account_id=account.id, name=name)
    return account


def _rows_of_raas(home):
    """Contracts of RaaS with each result, one of them sealed."""
    run = RaasImport.create()
    found = {Result.TAKEN: [], Result.REMARKED: [note(Reason.CHOICE_EARLY, "Keuze 50", age=50, day="01/01/2026")],
             Result.REFUSED: [note(Reason.HOURS_POINT, "Uren per week")], Result.UNDECIDED: [note(Reason.NO_PARENT)]}
    cells = ["71000040", "C00003", "70061599917", "Dierickx", "Tuur", *[""] * 5, "01/01/2015", *[""] * 6]
    store(CONTRACTS, run.id, [
        Decided(f"{home.hco}/C{place}", place + 1, home.id, f"C0000{place}", "entitled", result, reasons, cells)
        for place, (result, reasons) in enumerate(found.items(), 1)], {})
