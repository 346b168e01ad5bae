"""The yearly report: its tables say what is true and may be said, and nothing else."""
import datetime
import json
from decimal import Decimal
from functools import partial

import pytest

from disclosure import Protected, protect
from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.comparison import Comparison
from models.arbeidszorg.report.counting.figures import compared, figures_of
from models.arbeidszorg.report.counting.variables import SHARED
from models.arbeidszorg.report.covered import INCOMPLETE, Covered, _cover
from models.arbeidszorg.report.report import FLANDERS, Report
from models.arbeidszorg.report.shape import Cell
from models.arbeidszorg.report.tables import in_tenths, percentage
from models.errors import Refused
from models.organisations import PROVINCES
from tests.disclosure.attacker import TOTAL, Attacker, with_margins
from tests.disclosure.once import share_suppression
from tests.factories import client_of, period_of
from tests.models.arbeidszorg.report.made_up_figures import COUNTING, comparison, reports
from tests.models.arbeidszorg.report.report_reading import cells, code, of_clients, place

Day = datetime.date
TODAY = Day(2026, 6, 15)
# A register of nobody, of a handful, of one province, and a larger one.
REGISTERS = [(1, 0, 5), (2, 3, 1), (3, 25, 1), (4, 60, 3), (5, 3000, 5)]


@pytest.fixture(autouse=True)
def hidden_once(monkeypatch):
    """The reports and the tests share the suppression, which need not be worked out twice."""
    share_suppression(monkeypatch)


@pytest.fixture
def make(monkeypatch):
    """Makes the reports of a made-up register: scope → Report, with the comparison that they were made from."""
    return partial(reports, monkeypatch)


def truth(counts):
    return with_margins({cell: n for cell, n in counts.items() if n}) if any(counts.values()) else {}


@pytest.mark.parametrize("register", REGISTERS, ids=str)
def test_each_cell_is_the_true_count_or_suppressed_in_its_year(make, register):
    made, found = make(*register)
    told = [(report.scope, *one) for report in made.values() for one in cells(report)]
    for year, figures in found.years.items():
        for kind, all_counts in (("clients", of_clients(figures)), ("closings", figures.closings)):
            counts, protected = truth(all_counts), protect({cell: n for cell, n in all_counts.items() if n})
            own = [(scope, name, cell) for scope, of, what, name, cell in told if (of, what) == (year, kind)]
            for scope, name, cell in own:
                assert cell.hidden == protected.is_suppressed(name), (scope, year, name)
                assert cell.count == (None if cell.hidden else counts.get(name, 0)), (scope, year, name)
                assert not (cell.hidden and cell.share is not None), (scope, year, name)
            if year == 2025:
                missed = counts.keys() - {name for _, name, _ in own}
                assert {name[0] for name in missed} <= {INCOMPLETE, SHARED}, "all that is covered is told"


def published(made):
    """Of the year: of clients by the name of each cell whether it is hidden, and the shown numbers of initiatives."""
    hidden = {name: cell.hidden for report in made.values() for year, kind, name, cell in cells(report)
              if (year, kind) == (report.year, "clients")}
    initiatives = {(place(report.scope), code(row.code)): row.cells[0].count for report in made.values()
                   for table in report.chapter(1)[:1] for row in table.rows if not row.cells[0].hidden}
    return hidden, initiatives


def ruled_out(made, figures):
    """The counts of 1 to 4 that an attacker with all six reports works out."""
    hidden, initiatives = published(made)
    counts = {cell: n for cell, n in of_clients(figures).items() if n and cell[0] != INCOMPLETE}
    everywhere = {(variable, province, category, situation): 0 for variable, _, category, situation in list(counts)[:1]
                  for province in PROVINCES for situation in variables.situations()} | counts
    everything = with_margins(everywhere)
    # A province where nobody is has no tables; its noughts count as what they would be.
    covered = Covered(figures)
    hidden = {(v, p, k, s): covered.clients(p, v, k, s).hidden for v, p, k, s in everything} | hidden
    attacker = Attacker(everything, hidden.get)
    means = {place(scope): int(report.mean_age.now * 10) for scope, report in made.items() if report.mean_age.now}
    provinces = {cell[1] for cell in everywhere}
    attacker.learn_means("age", variables.age_bounds(), {p: figures.ages.get(p, (0, 0))[0] for p in provinces},
                         {p: mean for p, mean in means.items() if p in provinces or p is TOTAL})
    for (where, sector), number in initiatives.items():
        name = ("sector" if sector else TOTAL, where, sector, TOTAL)
        if name in attacker.cells:
            attacker.learn_sum([(1, name)], number, float("inf"))
    return list(attacker.ruled_out())


@pytest.fixture
def three_variables(monkeypatch):
    own = [variable for variable in variables.of_clients() if variable.code in ("sector", "age", "gender")]
    monkeypatch.setattr(variables, "of_clients", lambda: own)


TINY = [(1, 3, 1), (2, 6, 2), (3, 12, 2), (4, 20, 3), (5, 40, 1)]


@pytest.mark.usefixtures("three_variables")
@pytest.mark.parametrize("register", TINY, ids=str)
def test_an_attacker_with_all_six_reports_learns_no_count_of_1_to_4(make, register):
    made, found = make(*register)
    assert ruled_out(made, found.now) == []


@pytest.mark.usefixtures("three_variables")
def test_the_attacker_learns_counts_if_all_initiatives_are_shown(make, monkeypatch):
    init = Covered.__init__

    def tells_all(covered, figures):
        init(covered, figures)
        covered._shows_provinces = covered._shows_sectors = True

    monkeypatch.setattr(Covered, "__init__", tells_all)
    assert any(ruled_out(made, found.now) for made, found in (make(*register) for register in TINY[:3]))


def hidden_initiatives():
    """Whether there is a mark in the tables of initiatives of Flanders: by sector, by province."""
    report = Report.make(2025, FLANDERS, TODAY)
    return [any(row.cells[0].hidden for row in report.table(code).rows[:-1]) for code in ("1-sector", "1-province")]


def test_initiatives_are_shown_where_the_clients_of_all_provinces_and_sectors_are(make):
    _, found = make(5, 3000, 1)
    assert hidden_initiatives() == [False, False]
    clients = found.now.clients
    for key in [key for key in clients if key[:3] == ("sector", "antwerpen", "other")]:
        stay = 3 * (key[3] == "active")
        clients["sector", "antwerpen", "welfare", key[3]] += clients[key] - stay
        clients[key] = stay
    assert hidden_initiatives() == [True, False]
    make(2, 3, 1)
    assert hidden_initiatives() == [True, True]


@pytest.mark.usefixtures("three_variables")
@pytest.mark.parametrize("register", TINY[:3], ids=str)
def test_the_attacker_learns_every_count_if_nothing_is_suppressed(make, monkeypatch, register):
    _cover.cache_clear()
    monkeypatch.setattr(Protected, "is_suppressed", lambda protected, name: False)
    made, found = make(*register)
    assert ruled_out(made, found.now)
    _cover.cache_clear()


def test_a_share_is_of_the_shown_total_of_its_column_or_row(make):
    made, found = make(5, 3000, 3)
    flanders = made[FLANDERS]
    gender, by = flanders.table("2-gender"), flanders.table("2-gender-by-province")
    female, total = gender.cell("female", "count"), gender.cell("total", "count")
    assert (total.count, total.share) == (3000, Decimal("100.0"))
    assert female.share == Decimal(round(1000 * female.count / 3000)) / 10
    there = by.cell("female", "antwerpen")
    assert there.share == Decimal(round(1000 * there.count / by.cell("total", "antwerpen").count)) / 10
    by = flanders.table("3-gender-by-situation")
    stopped = by.cell("female", "higher")
    assert stopped.share == Decimal(round(1000 * stopped.count / female.count)) / 10
    assert flanders.table("4-series").cell("2025", "clients").share is None
    assert flanders.table("4-series-gender").cell("2025", "female").share == female.share


def test_half_a_tenth_is_rounded_up_and_a_zero_total_has_no_shares():
    assert percentage(Cell(1), Cell(2000)).share == Decimal("0.1")
    assert percentage(Cell(0), Cell(0)).share is None
    assert percentage(Cell(3), Cell(None, hidden=True)).share is None
    assert percentage(Cell(None, hidden=True), Cell(10)) == Cell(None, hidden=True)


def test_changes_are_shown_where_both_years_are_and_marked_by_the_test(make, monkeypatch):
    monkeypatch.setattr("models.arbeidszorg.report.counting.comparison.larger_than_chance", set)
    made, found = make(5, 3000, 3)
    for scope, report in list(made.items())[:4]:
        changes = found.changes("main_problem", place(scope))
        for row in report.table("4-main_problem").rows[:-1]:
            shown = not any(cell.hidden for cell in row.cells)
            assert row.larger == (shown and row.code in changes)
            assert (row.points is not None) == shown
            if shown and row.code in changes:
                assert float(row.points) == pytest.approx(changes[row.code].points, abs=0.0501)
        assert report.table("4-main_problem").rows[-1].points is None
    assert any(row.points is None for row in made["limburg"].table("4-main_problem").rows[:-1])


def test_the_change_of_a_province_is_of_its_share_in_flanders(make):
    made, found = make(5, 3000, 3)
    now, before = ({p: sum(n for (own, _), n in figures.clients_in.items() if own == p) for p in PROVINCES}
                   for figures in (found.now, found.before))
    for row in made[FLANDERS].table("4-province").rows[:-1]:
        assert float(row.points) == pytest.approx((now[row.code] - before[row.code]) / 30, abs=0.0501)
    assert made["limburg"].table("4-province") is None


def test_a_year_is_not_compared_with_an_empty_year_before(make, monkeypatch):
    _, found = make(4, 60, 3)
    empty = comparison(1, 2025, 0).before
    monkeypatch.setattr(f"{COUNTING}.compared", lambda *args: Comparison(
        empty, found.now, {}, {2024: empty, 2025: found.now}))
    report = Report.make(2025, FLANDERS, TODAY)
    assert [table.code for table in report.chapter(4) if table.changes] == []
    assert report.table("4-series").cell("2024", "clients").count == 0
    assert report.clients.before.count == 0
    assert report.mean_age.before is None


def test_the_mean_age_counts_only_known_birth_dates(make):
    made, found = make(5, 3000, 3)
    total, known = map(sum, zip(*found.now.ages.values(), strict=True))
    assert made[FLANDERS].mean_age.now == in_tenths(total, known)
    assert made["limburg"].mean_age.before == in_tenths(*found.before.ages["limburg"])


def test_a_question_that_everybody_answered_has_no_row_for_missing_answers(make):
    made, found = make(5, 3000, 3)
    missing = sum(n for (v, _, k, _), n in found.now.clients.items() if (v, k) == ("referrer", "missing"))
    table = made[FLANDERS].table("2-referrer")
    assert ("missing" in [row.code for row in table.rows]) == bool(missing)
    for figures, columns in ((found.now.clients, ["missing", "total"]), (found.before.clients, ["unknown", "total"])):
        for cell in [cell for cell in figures if cell[0] == "gender" and cell[2] == "missing"]:
            figures["gender", cell[1], "female", cell[3]] += figures.pop(cell)
        report = Report.make(2025, FLANDERS, TODAY)
        assert [row.code for row in report.table("2-gender").rows] == ["female", "male", "x", "unknown", "total"]
        assert [column.code for column in report.table("4-series-gender").columns][-2:] == columns


def test_a_report_is_read_back_from_its_data_unchanged(make):
    for report in make(4, 60, 3)[0].values():
        kept = json.dumps(report.data(), sort_keys=True)
        assert Report.of_data(json.loads(kept)) == report
        assert json.dumps(Report.of_data(json.loads(kept)).data(), sort_keys=True) == kept


def test_the_codes_of_tables_are_unique_and_fit_a_sheet_name(make):
    for report in make(4, 60, 3)[0].values():
        codes = [table.code.casefold() for table in report.tables]
        assert len(codes) == len(set(codes))
        assert max(map(len, codes), default=0) <= 31, "the name of a sheet"
        assert all(table.code.startswith(f"{table.chapter}-") for table in report.tables)


@pytest.mark.parametrize(("year", "scope"), [(2027, FLANDERS), (1899, FLANDERS), (2025, "brussel"), (2025, "")])
def test_a_year_that_has_not_begun_and_an_unknown_scope_are_refused(register, year, scope):
    with pytest.raises(Refused):
        Report.make(year, scope, TODAY)


@pytest.mark.usefixtures("register")
def test_the_report_of_an_empty_register_is_empty():
    report = Report.make(2025, FLANDERS, TODAY)
    assert report.is_empty
    assert not report.is_running
    assert report.tables == ()
    assert Report.make(2026, "limburg", TODAY).is_running


def test_a_report_has_the_series_of_all_past_years(cast, monkeypatch):
    for year in range(2022, 2027):
        for _ in range(5):
            client = client_of(cast.ploeg, birth_date=Day(1980, 1, 1))
            period_of(client, cast.ploeg, Day(year, 2, 1), Day(year, 3, 1), "12.5", outlook="higher")
    heard = []
    report = Report.make(2024, FLANDERS, TODAY, heard.append)
    assert [row.code for row in report.table("4-series").rows] == ["2022", "2023", "2024", "2025"]
    assert (report.clients.now.count, report.closings.now.count, report.mean_age.now) == (5, 5, Decimal("44.0"))
    assert report.table("4-series").cell("2025", "closings").count == 5
    assert heard == sorted(heard)
    assert heard[-1] == 1
    running = Report.make(2026, "oost-vlaanderen", TODAY)
    assert [row.code for row in running.table("4-series").rows] == ["2022", "2023", "2024", "2025", "2026"]
    assert running.is_running
    assert running.reference_day == TODAY


def test_years_counted_in_one_run_equal_years_counted_alone(cast):
    for periods in ([(Day(2021, 5, 1), Day(2022, 3, 1)), (Day(2024, 2, 1), None)],
                    [(Day(2022, 1, 1), Day(2022, 12, 31))],
                    [(Day(2023, 12, 31), Day(2024, 1, 1))],
                    [(Day(2026, 1, 1), Day(2027, 4, 1))]):
        client = client_of(cast.ploeg)
        for start, end in periods:
            period_of(client, cast.ploeg, start, end, outlook="same" if end else None)
    counted = compared(2024, TODAY, None, range(2021, 2027)).years
    assert sorted(counted) == list(range(2021, 2027))
    for year, found in counted.items():
        assert found == figures_of([year], TODAY)[year], year
    assert {year: sum(found.clients_in.values()) for year, found in counted.items()} == {
        2021: 1, 2022: 2, 2023: 1, 2024: 2, 2025: 1, 2026: 2}


def test_each_age_is_within_the_bounds_of_one_band():
    bounds = variables.age_bounds()
    ages = [(age, band) for band, (youngest, oldest) in bounds.items() for age in range(youngest, oldest + 1)]
    assert [age for age, _ in ages] == list(range(121))
    assert all(variables.age_band(age) == band for age, band in ages)
