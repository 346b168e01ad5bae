"""The figures of the yearly report: the same as an independent count, and by the rules of docs/decisions/0070."""
import datetime
import itertools
import random
from collections import Counter
from decimal import Decimal

import pytest

from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.hours import PastHours
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report.counting import query, variables
from models.arbeidszorg.report.counting.figures import figures, figures_of, years
from models.arbeidszorg.report.counting.groups import Groups
from models.arbeidszorg.report.counting.texts import Texts
from models.arbeidszorg.report.report import FLANDERS, Report
from models.arbeidszorg.transfer.exporting import Export
from models.database import database
from models.errors import Refused
from models.organisations import PROVINCES, SECTORS, Organisation
from tests import old_register
from tests.models.arbeidszorg.report import report_count
from tests.models.arbeidszorg.report.report_count import of_clients

Day = datetime.date
TODAY = Day(2026, 6, 15)
BANDS = {
    "age": ["-24", "25-34", "35-44", "45-54", "55-64", "65-"],
    "hours": ["-4", "4-8", "8-12", "12-20", "20-"],
    "length": ["-3m", "3-6m", "6-12m", "1-2y", "2-5y", "5y-"],
}


def in_words(found):
    """Figures by the words that an export has, to compare with the independent count."""
    labels = {variable.code: dict(variable.categories)
              for variable in (*variables.of_clients(), *variables.of_closings())}
    for variable, bands in BANDS.items():
        labels[variable].update(zip(labels[variable], bands, strict=False))
    situations = variables.situations() | {"active": "active"}

    def category(variable, code):
        return None if code == "missing" else labels[variable][code]

    ages = {(PROVINCES[p], name): number for p, (years_, known) in found.ages.items()
            for name, number in (("sum", years_), ("known", known))}
    return {
        "clients": {(v, PROVINCES[p], category(v, k), situations[s]): n for (v, p, k, s), n in found.clients.items()},
        "clients_in": {(PROVINCES[p], situations[s]): n for (p, s), n in found.clients_in.items()},
        "closings": {(v, PROVINCES[p], category(v, k)): n for (v, p, k), n in found.closings.items()},
        "closings_in": {PROVINCES[p]: n for p, n in found.closings_in.items()},
        "ages": ages,
        "initiatives": {(PROVINCES[p], category("sector", k)): n for (p, k), n in found.initiatives.items()},
        "incomplete": {(PROVINCES[p], situations[s]): n for (p, s), n in found.incomplete.items()},
        "shared": {(PROVINCES[p], situations[s], k): n for (p, s, k), n in found.shared.items()},
    }


def counted(rows, year, today=TODAY):
    """The independent count, without its zeros."""
    found = report_count.count(rows, year, today)
    return {name: {key: n for key, n in counts.items() if n} for name, counts in found.items()}


def exported():
    """Every row of every organisation's export, with the organisation's sector."""
    rows = []
    for organisation in Organisation.select():
        export = Export.of(organisation.id, "csv", None)
        sector = SECTORS.get(organisation.sector)
        rows += [dict(zip(export.headings, row, strict=True), sector=sector) for row in export.rows]
    return rows


def give_sectors_and_a_past(chance):
    """Absent from the old register: sectors, answers and hours that changed, birth dates that nobody knows."""
    for organisation in Organisation.select():
        Organisation.update(sector=chance.choice([*SECTORS, None])).where(Organisation.id == organisation.id).execute()
    numbers = [number for number, in Client.select(Client.number).tuples()]
    past = []
    for number in chance.sample(numbers, len(numbers) // 5):
        for until in chance.sample(["2021-05-01", "2022-12-31", "2023-12-30", "2024-07-07", "2024-12-31"], 2):
            past += [
                {"client_number": number, "question": "income", "value": None, "until": until,
                 "option": chance.choice(["pension", "none"])},
                {"client_number": number, "question": "work_postcode", "option": None, "until": until,
                 "value": chance.choice(["2070", "1000", "unknown", "7000"])},
                {"client_number": number, "question": "birth_date", "option": None, "until": until,
                 "value": chance.choice(["1961-02-28", "1959-12-31", "unknown"])}]
    lasting = Period.end_date.is_null() | (Period.end_date > Day(2024, 12, 31))
    running = list(Period.select(Period.id).where(Period.start_date <= Day(2021, 5, 1), lasting).scalars())
    amounts = [Decimal(3), Decimal(6), Decimal("15.5"), Decimal(38)]
    hours = [{"period_id": number, "hours": chance.choice(amounts), "until": until}
             for number in chance.sample(running, len(running) // 3)
             for until in chance.sample(["2021-05-01", "2022-12-31", "2023-12-30", "2024-12-31"], 2)]
    with database.atomic():
        for first in range(0, len(hours), 500):
            PastHours.insert_many(hours[first:first + 500]).execute()
        for first in range(0, len(past), 500):
            PastAnswer.insert_many(past[first:first + 500]).execute()
        Client.update(work_postcode="2070").where(Client.number.in_(numbers[:200])).execute()
        Client.update(birth_date=None, birth_date_unknown=True).where(Client.number.in_(numbers[200:300])).execute()
        for first in range(300, 700, 4):
            Client.update(birth_date=f"1980-01-{first % 28 + 1:02}", home_postcode="9000").where(
                Client.number.in_(chance.sample(numbers[300:], 4))).execute()


@pytest.mark.usefixtures("shipped")
def test_the_figures_are_those_of_an_independent_count_of_the_old_register_for_three_years(run):
    run(path=old_register.real("oud_register.csv"))
    give_sectors_and_a_past(random.Random(4))
    rows = exported()
    wanted = [2021, 2023, 2025]
    together = figures_of(wanted, TODAY)
    for year in wanted:
        expected = counted(rows, year)
        assert sum(expected["clients_in"].values()) > 3_000
        assert len(expected["shared"]) > 3
        assert in_words(together[year]) == expected, year
        assert figures(year, TODAY) == together[year]
    assert in_words(figures(2026, TODAY)) == counted(rows, 2026)


def test_a_client_counts_in_each_year_that_a_period_overlaps(enrol):
    enrol((Day(2021, 12, 31), Day(2023, 1, 1)))
    enrol((Day(2024, 1, 1), None))
    enrol()
    found = figures_of(range(2020, 2025), TODAY)
    assert [sum(one.clients_in.values()) for one in found.values()] == [0, 1, 1, 1, 1]
    assert {year: figures(year, TODAY) for year in found} == found
    assert years(TODAY) == [2021, 2022, 2023, 2024, 2025, 2026]
    assert years(Day(2023, 5, 1)) == [2021, 2022, 2023]


def test_a_register_without_periods_has_no_years_and_a_future_year_is_refused(enrol):
    enrol()
    assert years(TODAY) == []
    with pytest.raises(Refused, match="year"):
        figures(2027, TODAY)


def test_a_client_is_active_on_the_reference_day_or_stopped_with_the_last_outlook(enrol):
    enrol((Day(2023, 1, 1), Day(2024, 12, 31), "10", "lower"))
    enrol((Day(2023, 1, 1), Day(2024, 12, 30), "10", "lower"), (Day(2025, 1, 1), None))
    enrol((Day(2024, 1, 1), Day(2024, 2, 1), "10", "lower"), (Day(2024, 3, 1), Day(2024, 4, 1), "10", "same"))
    enrol((Day(2024, 1, 1), Day(2024, 2, 1), "10", "lower"), (Day(2024, 3, 1), None))
    found = figures(2024, TODAY)
    assert found.clients_in == {
        ("oost-vlaanderen", "active"): 2, ("oost-vlaanderen", "lower"): 1, ("oost-vlaanderen", "same"): 1}
    # The first of them stopped on the reference day itself: guided on it, and one of the year's closings.
    assert found.closings_in == {"oost-vlaanderen": 5}


def test_in_the_running_year_a_planned_end_counts_as_active(enrol):
    enrol((Day(2026, 1, 1), Day(2026, 6, 15)))
    enrol((Day(2026, 1, 1), Day(2026, 6, 16)))
    enrol((Day(2026, 9, 1), None))
    enrol((Day(2026, 1, 1), Day(2026, 6, 14)))
    enrol((Day(2027, 1, 1), None))
    found = figures(2026, TODAY)
    assert found.reference_day == TODAY
    assert found.clients_in == {("oost-vlaanderen", "active"): 3, ("oost-vlaanderen", "higher"): 1}
    assert found.closings_in == {"oost-vlaanderen": 2}


def test_the_hours_are_those_of_the_period_on_the_reference_day_or_else_the_last(enrol):
    enrol((Day(2024, 1, 1), Day(2024, 2, 1), "4"), (Day(2024, 3, 1), None, "4.01"))
    enrol((Day(2024, 1, 1), Day(2024, 2, 1), "8"), (Day(2024, 3, 1), Day(2024, 4, 1), "12"),
         (Day(2025, 1, 1), None, "30"))
    assert of_clients(figures(2024, TODAY), "hours") == {("4-8", "active"): 1, ("8-12", "higher"): 1}
    enrol((Day(2026, 1, 1), Day(2026, 8, 1), "20"), (Day(2026, 9, 1), None, "19.99"))
    enrol((Day(2026, 1, 1), TODAY, "3"), (Day(2026, 9, 1), None, "9"))
    running = of_clients(figures(2026, TODAY), "hours")
    assert running["up-to-4", "active"] == 1
    assert running["20-over", "active"] == 2
    assert running["12-20", "active"] == 0


def test_no_answer_counts_as_missing_and_unknown_counts_as_an_answer(enrol):
    enrol((Day(2024, 1, 1), None), birth_date=None, income=None, work_postcode=None)
    enrol((Day(2024, 1, 1), None), birth_date="unknown", income="unknown", work_postcode="unknown")
    enrol((Day(2024, 1, 1), None), birth_date=Day(1999, 12, 31))
    found = figures(2024, TODAY)
    for variable in ("age", "income", "work_place"):
        assert of_clients(found, variable)["missing", "active"] == of_clients(found, variable)["unknown", "active"] == 1
    assert found.ages == {"oost-vlaanderen": (25, 1)}
    assert found.incomplete == {("oost-vlaanderen", "active"): 1}


def test_every_variable_adds_up_to_the_same_totals(enrol, cast):
    for number in range(12):
        enrol((Day(2024, 1, 1), None if number % 2 else Day(2024, 5, 1)), income=None if number % 3 else "pension",
             login=(cast.ploeg, cast.elsewhere)[number % 2])
    found = figures(2024, TODAY)
    for variable in variables.of_clients():
        totals = Counter()
        for (of, province, category, situation), n in found.clients.items():
            if of == variable.code:
                assert category in variable.categories
                totals[province, situation] += n
        assert totals == found.clients_in
    for variable in variables.of_closings():
        own = {category: n for (of, _, category), n in found.closings.items() if of == variable.code}
        assert sum(own.values()) == 6
        assert own.keys() <= variable.categories.keys()


def test_initiatives_are_the_organisations_that_guided_somebody(enrol, cast):
    Organisation.update(sector="welfare").where(Organisation.id == cast.ploeg.organisation.id).execute()
    for login in (cast.ploeg, cast.ploeg, cast.elsewhere):
        enrol((Day(2024, 1, 1), Day(2024, 3, 31)), login=login)
    enrol((Day(2025, 1, 1), None), login=cast.outsider)
    found = figures(2024, TODAY)
    assert found.initiatives == {("oost-vlaanderen", "welfare"): 1, ("limburg", "missing"): 1}
    assert found.clients["sector", "oost-vlaanderen", "welfare", "higher"] == 2


def test_a_postcode_counts_in_its_province_of_that_year(enrol):
    enrol((Day(2023, 1, 1), None), work_postcode="2070")
    found = {year: of_clients(one, "work_place") for year, one in figures_of([2024, 2025], TODAY).items()}
    assert found == {2024: {("antwerpen", "active"): 1}, 2025: {("oost-vlaanderen", "active"): 1}}


@pytest.mark.parametrize(("start", "end", "band"), [
    (Day(2024, 1, 1), Day(2024, 3, 30), "under-3-months"), (Day(2024, 1, 1), Day(2024, 3, 31), "3-6-months"),
    (Day(2023, 11, 30), Day(2024, 2, 28), "under-3-months"), (Day(2023, 11, 30), Day(2024, 2, 29), "3-6-months"),
    (Day(2024, 1, 15), Day(2024, 7, 13), "3-6-months"), (Day(2024, 1, 15), Day(2024, 7, 14), "6-12-months"),
    (Day(2023, 3, 1), Day(2024, 2, 28), "6-12-months"), (Day(2023, 3, 1), Day(2024, 2, 29), "1-2-years"),
    (Day(2022, 3, 1), Day(2024, 2, 29), "2-5-years"), (Day(2019, 3, 2), Day(2024, 2, 29), "2-5-years"),
    (Day(2019, 3, 1), Day(2024, 2, 29), "5-years-over"), (Day(2024, 2, 29), Day(2024, 2, 29), "under-3-months")])
def test_both_the_first_and_the_last_day_count_in_a_length(start, end, band):
    assert variables.length_band(start, end) == band


@pytest.mark.parametrize(("born", "day", "age"), [
    (Day(1999, 12, 31), Day(2024, 12, 31), 25), (Day(2000, 1, 1), Day(2024, 12, 31), 24),
    (Day(2000, 6, 15), TODAY, 26), (Day(2000, 6, 16), TODAY, 25), (Day(2000, 12, 31), TODAY, 25),
    (Day(2000, 2, 29), Day(2026, 2, 28), 25), (Day(2000, 2, 29), Day(2026, 3, 1), 26)])
def test_an_age_is_in_whole_years(enrol, born, day, age):
    enrol((Day(2020, 1, 1), None), birth_date=born)
    today = min(day, TODAY) if day.year == TODAY.year else TODAY
    assert figures(day.year, today).ages == {"oost-vlaanderen": (age, 1)}


def test_periods_are_taken_in_the_order_of_their_days_whichever_was_entered_first(enrol):
    enrol((Day(2024, 9, 1), Day(2024, 10, 1), "30", "same"), (Day(2024, 1, 1), Day(2024, 2, 1), "4", "lower"),
         (Day(2024, 3, 1), Day(2024, 4, 1), "8", "higher"))
    enrol((Day(2026, 9, 1), None, "30"), (Day(2026, 1, 1), Day(2026, 6, 20), "4", "lower"))
    assert of_clients(figures(2024, TODAY), "hours") == {("20-over", "same"): 1}
    assert of_clients(figures(2026, TODAY), "hours") == {("up-to-4", "active"): 1}


def test_the_last_period_of_the_year_counts_in_any_order_of_rows():
    rows = [Texts.FIELD.join(("2024", "2024", day, Texts.ENDED, outlook)) for day, outlook in (
        ("01-01", "lower"), ("03-01", "higher"), ("09-01", "same"))]
    for order in itertools.permutations(rows):
        span, = Groups([2024], TODAY).spans(Texts.RECORD.join(order))
        assert (span.situation, order[span.period]) == ("same", rows[2])


def test_the_bands_begin_at_the_agreed_bounds():
    assert [variables.age_band(age) for age in (0, 24, 25, 34, 35, 44, 45, 54, 55, 64, 65, 120)] == [
        band for band in ("under-25", "25-34", "35-44", "45-54", "55-64", "65-over") for _ in range(2)]
    assert [variables.hours_band(hours) for hours in (1, 400, 401, 800, 801, 1200, 1201, 1999, 2000, 6000)] == [
        band for band in ("up-to-4", "4-8", "8-12", "12-20", "20-over") for _ in range(2)]


def test_the_query_selects_no_name_old_number_or_home_postcode(register):
    statement, _ = query.base([2024], TODAY).sql()
    for column in ("sealed_name", "old_number", "home_postcode"):
        assert column not in statement


def test_a_report_of_all_years_takes_six_statements_and_a_seventh_for_progress(enrol, monkeypatch):
    enrol((Day(2019, 1, 1), None))
    made, execute = [], database.obj.execute_sql
    monkeypatch.setattr(database.obj, "execute_sql", lambda sql, *args: made.append(sql) or execute(sql, *args))
    Report.make(2025, FLANDERS, TODAY)
    assert len(made) == 6
    Report.make(2025, FLANDERS, TODAY, lambda part: None)
    assert len(made) == 6 + 7


def test_the_count_reports_its_progress(enrol, monkeypatch):
    monkeypatch.setattr("models.arbeidszorg.report.counting.query.CHUNK", 2)
    for _ in range(4):
        enrol((Day(2024, 1, 1), None))
    heard = []
    figures(2024, TODAY, heard.append)
    assert heard == [0.5, 1.0]
