"""Measures 'Voortgang' of the desk and its list: of 850 facilities with 100,000 employees against 85 with 10,000."""
import contextlib

from bench.measures.dashboard import WHOLE, compared
from bench.measures.ecalcura.staff_list import settle
from bench.tools import load, servers, staff
from models.accounts.accounts import Account
from models.database import now
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.progress import counts, sums
from models.ecalcura.progress.sums import FileSums
from models.ecalcura.roles import DOSSIER
from models.ecalcura.trimesters import windows
from models.ecalcura.trimesters.calendar import Place, Trimester
from models.ecalcura.trimesters.files import ENTRY, TrimesterFile

SMALL, LARGE = 85, 850
PERIOD = 2026
PATHS = {"Voortgang": f"/ecalcura/desk/progress?period={PERIOD}",
         "the list of a trimester": f"/ecalcura/desk/progress/{PERIOD}/1"}
EMAIL = "dossier@voorbeeld.be"


def run(workplace):
    """Measure, and return the figures."""
    log, sides = workplace / "servers.log", []
    with contextlib.ExitStack() as stack:
        for size in (SMALL, LARGE):
            register = staff.make(workplace, size)
            with staff.opened(register):
                _fill()
            (cookie, _), = staff.sign_in_as(register, EMAIL)
            sides.append((stack.enter_context(servers.loket(register, log)), cookie))
        for server, _ in sides:
            settle(server)
        with servers.on_the_last_core():
            return [figure for name, path in PATHS.items() for figure in compared(
                f"Whole page: {name} of 850 facilities, 100,000 employees against 85, 10,000", 1.2,
                *((server.port, _request(path, cookie)) for server, cookie in reversed(sides)))]


def _fill():
    """Let each facility be in entry in four trimesters, with sums that were counted today.

    The trimesters are closed, so that the server does not check all staff for each of them when it starts.
    """
    if FileSums.select().exists():
        FileSums.update(counted_at=now()).execute()
        return
    kinds = windows.kinds_with_files()
    for number in range(1, 5):
        windows.open_trimester(Place(PERIOD, number), kinds, staff.LONG_AGO, staff.LONG_AGO)
    sums.prepare()
    for number in range(1, 5):
        windows.close_trimester(Place(PERIOD, number), kinds)
    FileSums.update(employees=118, contracts=118, open_checks=3, counted_at=now(), stale=False).execute()
    moment = now()
    TrimesterFile.insert_many([
        {"facility_id": facility.id, "trimester": trimester, "state": ENTRY, "created_at": moment, "changed_at": moment}
        for facility in Facility.select() for trimester in Trimester.select()]).on_conflict_ignore().execute()
    counts.refresh()
    Account.new(DOSSIER, None, email=EMAIL, password_hash="-")


def _request(path, cookie):
    return load.request(path, cookie, **{name.replace("-", "_"): value for name, value in WHOLE.items()})
