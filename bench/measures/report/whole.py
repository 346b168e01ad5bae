"""Measures the yearly report of Flanders, against running only its SQL statements."""
import shutil
import sqlite3
import statistics
import time

from bench.tools.figures import Figure, at_most, middle
from bench.tools.registers import make
from models.arbeidszorg.report import covered
from models.arbeidszorg.report.counting import query
from models.arbeidszorg.report.counting.figures import compared, figures, years
from models.arbeidszorg.report.report import FLANDERS, Report
from models.arbeidszorg.report.rows import AnonymousRows
from models.database import connect, database, today
from models.organisations import SECTORS, Organisation

CLIENTS, PERIODS = 1_000_000, 1_400_000
ROUNDS = 5
# Earlier answers for a tenth of the clients, older periods for some, and different days for most periods.
_PAST = """
    INSERT INTO past_answer (client_number, question, option, until, made_at)
    SELECT a.client_number, a.question, o.option, '2025-03-31', '2025-04-01 00:00:00' FROM answer a
    JOIN question_option o ON o.question = a.question AND o.rowid % 7 = a.client_number % 7
    WHERE a.client_number % 10 = 0 AND a.question IN ('income', 'living_situation') AND o.option <> a.option
    GROUP BY a.client_number, a.question"""
_DAYS = """
    UPDATE period SET start_date = date(start_date, '+' || (client_number % 13) || ' days'),
      end_date = date(end_date, '+' || (client_number * 7 % 180) || ' days')
    WHERE coalesce(end_date, '2000') < '2026'"""
_OLDER = """
    INSERT INTO period (client_number, hours, start_date, end_date, closing_reason, outlook, created_at, changed_at)
    SELECT number, 800, '2012-01-01', '2014-02-28', 'health', 'same', '2024-01-01 00:00:00', '2024-01-01 00:00:00'
    FROM client WHERE birth_date < '1990-01-01' ORDER BY number LIMIT ?"""


def run(workplace):
    """Measure, and return the figures."""
    register = make(workplace, CLIENTS)
    path = workplace / "report.db"
    shutil.copy(register.database, path)
    _fill(path)
    connect(f"sqlite:///{path}")
    year, taken = today().year - 1, {measured: [] for measured in MEASURED}
    for number in range(ROUNDS + 1):
        for measured in MEASURED:
            seconds = _timed(measured, year)
            if number:  # the first round warms up
                taken[measured].append(seconds)
    rows = _timed(_rows, year)
    guided = sum(figures(year, today()).clients_in.values())
    database.close()
    return [
        Figure(f"Figures of {year}: {guided:,} of {CLIENTS:,} clients guided, {PERIODS:,} periods, in s",
               middle(taken[figures], 1)),
        Figure("  their SQL statements alone, in s", middle(taken[_sql], 1)),
        _ratio("Figures, times as long as their statements", taken[figures], taken[_sql]),
        Figure("The same with the year before and who was in both, in s", middle(taken[compared], 1)),
        Figure("The whole report of Flanders, with all years of the register, covered, in s",
               middle(taken[_report], 1)),
        Figure("  its SQL statements alone, in s", middle(taken[_sql_of_all_years], 1)),
        _ratio("Report, times as long as its statements", taken[_report], taken[_sql_of_all_years]),
        Figure("The anonymous rows of Flanders, in s, once", f"{rows:.1f}"),
    ]


def _timed(measured, year):
    covered._cover.cache_clear()
    started = time.perf_counter()
    measured(year, today())
    return time.perf_counter() - started


def _ratio(label, taken, least):
    ratios = [one / other for one, other in zip(taken, least, strict=True)]
    return at_most(label, statistics.median(ratios), 1.5, middle(ratios, 2))


def _report(year, day):
    Report.make(year, FLANDERS, day)


def _rows(year, day):
    AnonymousRows.make(year, FLANDERS, day)


def _sql_of_all_years(year, day):
    """Run the statements of the whole report, and drop their rows."""
    _sql(year, day, years(day)[0])


def _sql(year, day, since=None):
    """Run the statements of one year's figures, or of the years since `since`, and drop their rows."""
    list(Organisation.select(Organisation.id, Organisation.sector).tuples())
    for _ in query.chunks(query.base([since or year, year], day)):
        pass


MEASURED = (_sql, figures, compared, _sql_of_all_years, _report)


def _fill(path):
    """Add sectors, earlier answers, and periods up to PERIODS to the register."""
    bulk = sqlite3.connect(path)
    bulk.execute("PRAGMA synchronous = OFF")
    for index, sector in enumerate((*SECTORS, None)):
        bulk.execute("UPDATE organisation SET sector = ? WHERE id % 6 = ?", (sector, index))
    bulk.execute(_PAST)
    existing, = bulk.execute("SELECT count(*) FROM period").fetchone()
    bulk.execute(_OLDER, (PERIODS - existing,))
    for name, in list(bulk.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'period'")):
        dropping = f"DROP TRIGGER {name}"
        bulk.execute(dropping)
    bulk.execute(_DAYS)
    bulk.commit()
    assert bulk.execute("SELECT count(*) FROM period").fetchone() == (PERIODS,)
    bulk.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    bulk.close()
