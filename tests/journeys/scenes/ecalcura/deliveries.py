"""The scenes of deliveries: billed days, resident data and physicians, and the desk's pages about them."""
import datetime
from types import SimpleNamespace

from models.accounts.accounts import Account
from models.database import today
from models.ecalcura.deliveries import billed_days, billed_reopening, physicians, residents
from models.ecalcura.deliveries.billed_days import BilledYear
from models.ecalcura.deliveries.certificates import add_certificate
from models.ecalcura.deliveries.physicians import CraContract
from models.ecalcura.deliveries.residents import ResidentData
from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.facilities.kinds import kinds
from models.ecalcura.roles import PRIVACY
from models.ecalcura.trimesters.calendar import A_DAY, Trimester
from tests.journeys.scenes.ecalcura.desk import DESK, DESK_DOSSIER
from tests.journeys.tools.showing import Scene, at, sent, stale
from tests.models.ecalcura.physicians import physician

SHELTERED = "sheltered"
RULE, OF = "/ecalcura/<hco>/deliveries", "/ecalcura/{sheltered_hco}/deliveries"
YEAR, LAST = f"{RULE}/days/<int:year>", f"{OF}/days/{{billed_year}}"
SENT, REOPENED = f"{OF}/days/{{billed_sent}}", f"{OF}/days/{{billed_reopened}}"
DESK_FACILITY = f"{DESK}/facilities/<facility>/deliveries"
DESK_REOPEN = f"{DESK}/facilities/{{sheltered_hco}}/deliveries/days/{{billed_sent}}/reopen"


def _saved_by_a_colleague(world):
    home = Facility.by_hco(world.sheltered_hco)
    billed = BilledYear.at(home, world.billed_year)
    billed_days.save_days(home, world.billed_year, {(1, "days"): 3000 + billed.version}, billed.version)


def _read_file(window, world):
    at(f"{LAST}/file")(window, world)
    rows = ("HCO-nummer;Gefactureerde dagen 01/01 – 30/06;Gefactureerde dagen 01/07 – 31/12;Versie\n"
            f"{world.sheltered_hco};veel;0;{world.billed_year} v2\n")
    window.page.get_by_label("Bestand").set_input_files(
        {"name": "dagen.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    with window.page.expect_event("load"):
        window.page.get_by_role("button", name="Inlezen").click()


def _residents_saved_by_a_colleague(world):
    home, now = Facility.by_hco(world.hco), Trimester.known(*world.open)
    data = ResidentData.at(home, now)
    residents.save_residents(home, now, {("O", "days"): 100 + data.version}, data.version)


def _physician_changed_by_a_colleague(world):
    one = CraContract.get_by_id(world.cra.id)
    physicians.change_physician(one, "", one.since, datetime.date(2021, 1, 1) + one.version * A_DAY, one.version)


PRIVATE, HOME = "private", "/ecalcura/{hco}/deliveries"
RESIDENTS = f"{RULE}/residents/<int:period>/<int:number>"
OPEN = f"{HOME}/residents/{{open.period}}/{{open.number}}"
ONE_CRA, CRA = f"{RULE}/cra/<int:cra_id>", f"{HOME}/cra/{{cra.id}}"
DELIVERIES_FILES = {f"{YEAR}/template.xlsx", f"{RESIDENTS}/template.xlsx",
                    f"{RULE}/certificates/<int:certificate_id>/file",
                    f"{DESK_FACILITY}/certificates/<int:certificate_id>/file"}
# A form that only asks.
DELIVERIES_QUESTIONS = {f"{ONE_CRA}/remove"}
DELIVERIES_SCENES = [
    Scene("deliveries", RULE, SHELTERED, at(OF)),
    Scene("billed-days", YEAR, SHELTERED, at(LAST)),
    Scene("billed-days-wrong", YEAR, SHELTERED, sent(LAST, "Definitief indienen")),
    Scene("billed-days-now", YEAR, SHELTERED, at(f"{OF}/days/{today().year}")),
    Scene("billed-days-sent", YEAR, SHELTERED, at(SENT)),
    Scene("billed-days-ask-wrong", YEAR, SHELTERED, sent(SENT, "Vraag heropening")),
    Scene("billed-days-reopened", YEAR, SHELTERED, at(REOPENED)),
    Scene("billed-days-edit", f"{YEAR}/edit", SHELTERED, at(f"{LAST}/edit")),
    Scene("billed-days-edit-wrong", f"{YEAR}/edit", SHELTERED,
          sent(f"{LAST}/edit", "Opslaan", part1_days="99999", part2_days="veel"), wrong=True),
    Scene("billed-days-edit-stale", f"{YEAR}/edit", SHELTERED,
          stale(f"{LAST}/edit", _saved_by_a_colleague, part1_days="12")),
    Scene("billed-days-file", f"{YEAR}/file", SHELTERED, at(f"{LAST}/file")),
    Scene("billed-days-file-wrong", f"{YEAR}/file", SHELTERED, _read_file, wrong=True),
    Scene("history", "/ecalcura/<hco>/history", PRIVATE, at("/ecalcura/{hco}/history")),
    Scene("history-none", "/ecalcura/<hco>/history", SHELTERED, at("/ecalcura/{sheltered_hco}/history")),
    Scene("deliveries-elderly", RULE, PRIVATE, at(HOME)),
    Scene("residents", RESIDENTS, PRIVATE, at(OPEN)),
    Scene("residents-wrong", RESIDENTS, PRIVATE, sent(OPEN, "Opslaan", days_O="veel", days_A="1,5"), wrong=True),
    Scene("residents-stale", RESIDENTS, PRIVATE, stale(OPEN, _residents_saved_by_a_colleague, days_O="12")),
    Scene("residents-closed", RESIDENTS, PRIVATE, at(f"{HOME}/residents/{{sent.period}}/{{sent.number}}")),
    Scene("residents-file", f"{RESIDENTS}/file", PRIVATE, at(f"{OPEN}/file")),
    Scene("residents-file-wrong", f"{RESIDENTS}/file", PRIVATE, sent(f"{OPEN}/file", "Inlezen"), wrong=True),
    Scene("cra-new", f"{RULE}/cra/new", PRIVATE, at(f"{HOME}/cra/new")),
    Scene("cra-new-wrong", f"{RULE}/cra/new", PRIVATE,
          sent(f"{HOME}/cra/new", "Opslaan", number="123", since="31/02/2026", riziv="1"), wrong=True),
    Scene("certificate-new", f"{RULE}/certificates/new", PRIVATE, at(f"{HOME}/certificates/new")),
    Scene("certificate-new-wrong", f"{RULE}/certificates/new", PRIVATE,
          sent(f"{HOME}/certificates/new", "Opslaan", since="31/02/2026"), wrong=True),
    Scene("cra-edit", ONE_CRA, PRIVATE, at(CRA)),
    Scene("cra-edit-wrong", ONE_CRA, PRIVATE, sent(CRA, "Opslaan", until="01/01/1999"), wrong=True),
    Scene("cra-edit-stale", ONE_CRA, PRIVATE, stale(CRA, _physician_changed_by_a_colleague, until="01/03/2021")),
    Scene("cra-remove", f"{ONE_CRA}/remove", PRIVATE, at(f"{CRA}/remove")),
    Scene("desk-deliveries-elderly", DESK_FACILITY, DESK_DOSSIER, at(f"{DESK}/facilities/{{hco}}/deliveries")),
    Scene("desk-days", f"{DESK}/deliveries/days", DESK_DOSSIER, at(f"{DESK}/deliveries/days")),
    Scene("desk-deliveries", DESK_FACILITY, DESK_DOSSIER, at(f"{DESK}/facilities/{{sheltered_hco}}/deliveries")),
    Scene("desk-days-reopen", f"{DESK_FACILITY}/days/<int:year>/reopen", DESK_DOSSIER, at(DESK_REOPEN)),
    Scene("desk-days-reopen-wrong", f"{DESK_FACILITY}/days/<int:year>/reopen", DESK_DOSSIER,
          sent(DESK_REOPEN, "Heropenen"), wrong=True),
]


def deliveries_of_elderly(home, now):
    """Resident data whose sum is wrong in this trimester, and three physicians, with days between two of them."""
    residents.save_residents(home, Trimester.known(*now), {
        ("O", "places"): 40, ("A", "places"): 42, ("total", "places"): 82, ("O", "days"): 3600, ("A", "days"): 3700,
        ("total", "days"): 7200}, 1)
    ended = physician(home, datetime.date(2020, 1, 1), datetime.date(2021, 6, 30), riziv="10000400001")
    physician(home, datetime.date(2021, 8, 1), datetime.date(2025, 12, 31), ("Hermans", "Ludo"))
    physician(home, datetime.date(2026, 1, 1), name=(), state="silent")
    for number, first in (("E-2019-12", datetime.date(2019, 1, 1)), ("E-2024-7", datetime.date(2024, 7, 1))):
        add_certificate(home, "erkenning", number, first, None, b"%PDF-1.7\n%%EOF\n")
    return {"cra": SimpleNamespace(id=ended.id)}


def deliveries_of(number):
    """A facility for sheltered living with three years of billed days: in entry, submitted and reopened."""
    home = Facility.add(kinds()["ibw"], hco=f"99{number:04}6", kbo="0000000196", name="Beschut Wonen Aster (voorbeeld)",
                        places=20)
    officer = Account.new(PRIVACY, home, email=f"{SHELTERED}{number}@voorbeeld.be", password_hash="-")
    colleagues.Colleague.create(facility_id=home.id, account_id=officer.id, name="Mia Baert")
    last = today().year - 1
    for year in (last, last - 1, last - 2):
        billed_days.save_days(home, year, {(1, "days"): 3400, (2, "days"): 3512}, 1)
    for year in (last - 1, last - 2):
        billed_days.submit_days(home, year, 2, officer, declared=True)
    billed_reopening.ask_to_reopen_days(home, last - 1, "Dagen van juni vergeten", officer)
    billed_reopening.reopen_days(home, last - 2, "Dagen van maart dubbel geteld")
    return {SHELTERED: SimpleNamespace(account=officer), "sheltered_hco": home.hco, "billed_year": last,
            "billed_sent": last - 1, "billed_reopened": last - 2}
