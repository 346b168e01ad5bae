"""Measures an administrator's list filtered on two questions, against plain SQL; and the memory of an export."""
import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path

from app import create_app
from bench.measures.dashboard import LARGE, PARTIAL
from bench.tools import servers
from bench.tools.figures import Figure, at_most, middle
from bench.tools.registers import make
from models.accounts.accounts import Account
from models.accounts.sessions import Session
from models.arbeidszorg.roles import ADMINISTRATOR
from models.arbeidszorg.without_names.export import ExportWithoutNames
from models.arbeidszorg.without_names.listing import Filters
from models.database import PRAGMAS, connect, database

PROVINCE = "limburg"
ADMINISTRATOR_EMAIL = "beheer@voorbeeld.be"
PATH = "/province/clients?answer_gender=female&answer_income=pension"
ROUNDS = 9
# Filters that match some 11,500 and 103,000 of the province's 250,000 clients: years of birth are evenly spread.
FEW, MANY = {"born_from": "1955", "born_to": "1956"}, {"born_from": "1955", "born_to": "1972"}
# The page's information by hand-written SQL: the total, and the first 25 clients with their last period. The question
# that leaves the fewest clients comes first, because that was the fastest of the variants that were tried.
MATCHING = """
    FROM answer income
    JOIN answer gender ON gender.client_number = income.client_number
    JOIN client ON client.number = income.client_number
    JOIN organisation ON organisation.id = client.organisation_id
    WHERE organisation.province = :province
      AND income.question = 'income' AND income.option = 'pension'
      AND gender.question = 'gender' AND gender.option = 'female'"""
TOTAL = "SELECT count(*)" + MATCHING
PAGE = """
    SELECT client.number, organisation.name, substr(client.birth_date, 1, 4), client.incomplete, client.active_until,
      period.start_date, period.end_date""" + MATCHING.replace(
    "WHERE", """LEFT JOIN period ON period.id = coalesce(
        (SELECT id FROM period WHERE client_number = client.number AND coalesce(end_date, '9999-12-31') >= :today
         ORDER BY start_date LIMIT 1),
        (SELECT id FROM period WHERE client_number = client.number ORDER BY start_date DESC LIMIT 1))
    WHERE""") + " ORDER BY income.client_number LIMIT 25"


def run(workplace):
    """Measure, and return the figures."""
    return [*_list(make(workplace, LARGE)), *_exports(workplace)]


def _list(register):
    settings = {name: Path(folder) for name, folder in register.environment().items()}
    app = create_app({**settings, "TRUSTED_HOSTS": ["localhost"]})
    account = Account.get_or_none(Account.email == ADMINISTRATOR_EMAIL) or Account.new(
        ADMINISTRATOR, PROVINCE, email=ADMINISTRATOR_EMAIL)
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie |= {"_user_id": Session.start(account), "_fresh": True, "csrf_token": f"{account.id}.bench"}
    plain = sqlite3.connect(register.database)
    for name, value in PRAGMAS.items():
        setting = f"PRAGMA {name} = {value}"
        plain.execute(setting)
    requests = {"page": {}, "partial": PARTIAL}
    taken = {name: [] for name in (*requests, "plain")}
    for _ in range(ROUNDS):
        for name, headers in requests.items():
            taken[name].append(_seconds(_ask, browser, headers))
        taken["plain"].append(_seconds(_plainly, plain))
    _check_same(_ask(browser, PARTIAL), *_plainly(plain))
    plain.close()
    database.close()
    return [
        Figure("Administrator's list filtered on two questions, plain SQL, in ms", _in_ms(taken["plain"])),
        *(figure for name, what in (("partial", "Partial"), ("page", "Whole page")) for figure in (
            Figure(f"  {what}, in ms", _in_ms(taken[name])),
            _times_as_long(f"  {what}, times as long as the plain SQL", taken[name], taken["plain"])))]


def _times_as_long(what, one, other):
    ratios = [mine / plain for mine, plain in zip(one, other, strict=True)]
    return at_most(what, statistics.median(ratios), 2, middle(ratios, 2))


def _in_ms(seconds):
    return middle([one * 1000 for one in seconds])


def _seconds(work, *arguments):
    started = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - started


def _ask(browser, headers):
    answer = browser.get(PATH, headers=headers)
    assert answer.status_code == 200, answer.status
    return answer.text


def _plainly(plain):
    values = {"province": PROVINCE, "today": time.strftime("%Y-%m-%d")}
    return plain.execute(TOTAL, values).fetchone()[0], plain.execute(PAGE, values).fetchall()


def _check_same(html, total, rows):
    """Check that the page shows the result of the plain SQL."""
    assert f"van {total:,} cliënten".replace(",", ".") in html, total
    assert [f'id="client-{row[0]}"' in html for row in rows] == [True] * 25
    for _, name, year, _, _, start, _ in rows:
        assert name in html
        assert year in html
        assert start is None or "/".join(reversed(start.split("-"))) in html


def _exports(workplace):
    """Run each export in its own process, which prints its peak memory."""
    figures = []
    for kind in ("csv", "xlsx"):
        memories = []
        for years in (FEW, MANY):
            printed = subprocess.run(
                [sys.executable, "-m", "bench.measures.province", str(workplace), kind, json.dumps(years)],
                check=True, cwd=servers.ROOT, capture_output=True, text=True).stdout
            seconds, memory, rows = json.loads(printed)
            memories.append(memory)
            what = f"{kind.upper()} of {rows:,} rows, in s, and memory at its highest"
            figures.append(Figure(what, f"{seconds:.1f} s, {memory / 1024:.0f} MB"))
        ratio = memories[1] / memories[0]
        figures.append(at_most("  memory for nine times the rows, times as much", ratio, 1.15, f"{ratio:.2f}"))
    return figures


def export(workplace, kind, years):
    """Make one export and throw its bytes away; print its seconds, peak memory in kB, and number of rows as JSON."""
    connect(f"sqlite:///{Path(workplace) / f'register-{LARGE}' / 'data' / 'loket.db'}")
    account = Account.get(Account.email == ADMINISTRATOR_EMAIL)
    started = time.perf_counter()
    made = ExportWithoutNames(Filters(PROVINCE, json.loads(years)), kind, account)
    size = sum(len(piece) for piece in getattr(made, kind)())
    assert size > 0
    seconds, memory = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([seconds, memory, made.count]))


if __name__ == "__main__":
    export(*sys.argv[1:])
