"""Measures 'Bewaring' of the desk: of 850 facilities with 100,000 employees against 85 with 10,000.

Each facility kept four years of submissions, and a fourth of its staff left since 2018. Unlike 'Voortgang' the page
reads these rows: it is opened a few times a year, so nothing is kept for it.
"""
import contextlib

from bench.measures.dashboard import WHOLE, compared
from bench.measures.ecalcura.staff_list import settle
from bench.tools import load, real, servers, staff
from models.accounts.accounts import Account
from models.database import database, now, transaction
from models.ecalcura.roles import DOSSIER
from models.ecalcura.trimesters.calendar import Trimester

SMALL, LARGE = 85, 850
EMAIL = "dossier@voorbeeld.be"
MONTHS = "60"
# A page takes some hundreds of milliseconds.
BLOCKS = 15
PATHS = {"the terms": "/ecalcura/desk/retention", "the facilities of a term": "/ecalcura/desk/retention/staff"}
FILES = """
    INSERT INTO trimester_file (facility_id, trimester_id, state, created_at, changed_at)
    SELECT f.id, t.id, 'entry', :moment, :moment FROM facility f, trimester t WHERE t.period < 2022"""
SUBMISSIONS = """
    INSERT INTO submission (file_id, facility_id, number, sha256, sealed, made_at)
    SELECT f.id, f.facility_id, 1, printf('%064x', f.id), zeroblob(1000), :moment
    FROM trimester_file f JOIN trimester t ON t.id = f.trimester_id WHERE t.period < 2022"""
# The others stay: a replacement lies within its contract.
LEFT = """
    UPDATE contract SET until = date('2018-01-01', '+' || (id * 7 % 2500) || ' days')
    WHERE role = 'entitled' AND id % 3 = 0"""


class KeptRegister(staff.StaffRegister):
    """A register with terms."""

    def environment(self):
        """The environment variables with which Loket runs on this register."""
        return super().environment() | dict.fromkeys(
            ("KEEP_STAFF_MONTHS", "KEEP_SUBMISSIONS_MONTHS", "KEEP_MESSAGES_MONTHS", "KEEP_DELIVERIES_MONTHS"), MONTHS)


def run(workplace):
    """Measure, and return the figures."""
    log, sides = workplace / "servers.log", []
    with contextlib.ExitStack() as stack:
        for size in (SMALL, LARGE):
            made = real.copy(staff.make(workplace, size), workplace / f"kept-{size}")
            register = KeptRegister(made.folder, size)
            with staff.opened(register):
                _fill()
            (cookie, _), = staff.sign_in_as(register, EMAIL)
            sides.append((stack.enter_context(servers.loket(register, log)), cookie))
        for server, _ in sides:
            settle(server)
        with servers.on_the_last_core():
            return [figure for name, path in PATHS.items() for figure in compared(
                f"Whole page: 'Bewaring', {name}, of 850 facilities, 100,000 employees against 85, 10,000", 10,
                *((server.port, _request(path, cookie)) for server, cookie in reversed(sides)), blocks=BLOCKS)]


def _fill():
    with transaction():
        for first in range(2018, 2022):
            for number in range(1, 5):
                Trimester.get_or_make(first, number)
        for statement in (FILES, SUBMISSIONS, LEFT):
            database.execute_sql(statement, {"moment": str(now())} if ":moment" in statement else ())
    Account.new(DOSSIER, None, email=EMAIL, password_hash="-")


def _request(path, cookie):
    return load.request(path, cookie, **{name.replace("-", "_"): value for name, value in WHOLE.items()})
