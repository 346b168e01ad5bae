"""The report's counts of clients whose hours changed, and of periods that others continue."""
import datetime

from models.arbeidszorg.register.hours import PastHours
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report.counting.figures import compared, figures, figures_of
from models.arbeidszorg.report.rows import AnonymousRows
from tests.models.arbeidszorg.report.report_count import of_clients

Day = datetime.date
TODAY = Day(2026, 6, 15)


def test_a_change_from_6_to_3_hours_leaves_the_bands_of_last_year(enrol):
    client = enrol((Day(2024, 1, 1), None, "6"))
    period = Period.of(client).get()
    before = figures_of([2024, 2025, 2026], TODAY)
    period.change(3, period.start_date, None, None, None, period.version, hours_since=Day(2026, 3, 1))
    after = figures_of([2024, 2025, 2026], TODAY)
    assert {year: figures(year, TODAY) for year in after} == after
    assert (before[2024], before[2025]) == (after[2024], after[2025])
    assert [of_clients(found, "hours") for found in after.values()] == [
        {("4-8", "active"): 1}, {("4-8", "active"): 1}, {("up-to-4", "active"): 1}]
    moves = compared(2026, TODAY).moves
    assert {key[2:]: number for key, number in moves.items() if key[0] == "hours"} == {("4-8", "up-to-4"): 1}


def test_the_hours_are_those_of_the_reference_day_itself(enrol):
    enrol((Day(2020, 1, 1), Day(2021, 5, 1), "30"), (Day(2022, 1, 1), None, "3"))
    own = Period.select().order_by(Period.start_date.desc()).get()
    for until, hours in ((Day(2023, 12, 31), 9), (Day(2024, 12, 30), 15), (Day(2022, 12, 31), 25)):
        PastHours.create(period_id=own.id, hours=hours, until=until)
    found = {year: list(of_clients(one, "hours")) for year, one in figures_of(range(2020, 2027), TODAY).items()}
    assert {year: bands[0][0] for year, bands in found.items()} == {
        2020: "20-over", 2021: "20-over", 2022: "20-over", 2023: "8-12", 2024: "up-to-4", 2025: "up-to-4",
        2026: "up-to-4"}


def test_the_anonymous_rows_have_the_hours_of_their_year(enrol):
    for _ in range(5):
        client = enrol((Day(2024, 1, 1), None, "3"))
        PastHours.create(period_id=Period.of(client).get().id, hours=6, until=Day(2025, 12, 31))
    rows = {year: AnonymousRows.make(year, "oost-vlaanderen", TODAY) for year in (2025, 2026)}
    bands = {year: {word for words, _ in made.words() for word in words if "uur" in word}
             for year, made in rows.items()}
    assert bands == {2025: {"Meer dan 4 tot en met 8 uur"}, 2026: {"Tot en met 4 uur"}}


def test_a_continued_period_is_no_closing_and_the_length_is_that_of_the_chain(enrol):
    client = enrol((Day(2020, 1, 1), Day(2024, 12, 31), "6", "lower"),
                   (Day(2025, 1, 1), Day(2025, 2, 28), "6", "lower"), (Day(2025, 3, 1), Day(2025, 3, 31), "6", "same"))
    found = figures_of([2024, 2025], TODAY)
    assert {year: figures(year, TODAY) for year in found} == found
    assert [one.closings_in for one in found.values()] == [{}, {"oost-vlaanderen": 1}]
    assert {key[::2]: n for key, n in found[2025].closings.items()} == {
        ("length", "5-years-over"): 1, ("closing_reason", "paid-work"): 1, ("outlook", "same"): 1}
    last = Period.of(client).first()
    last.change(last.hours, Day(2025, 3, 2), Day(2025, 3, 31), "paid-work", "same", last.version)
    assert figures(2025, TODAY).closings_in == {"oost-vlaanderen": 2}


def test_the_situation_at_the_end_of_a_year_and_today_is_active_when_the_next_period_begins_the_day_after(enrol):
    enrol((Day(2024, 1, 1), Day(2024, 12, 31), "6", "lower"), (Day(2025, 1, 1), None))
    enrol((Day(2026, 1, 1), TODAY - datetime.timedelta(days=1), "6", "lower"), (TODAY, None))
    enrol((Day(2026, 1, 1), TODAY, "6", "lower"), (TODAY + datetime.timedelta(days=1), None))
    for year, active in ((2024, 1), (2025, 1), (2026, 3)):
        found = figures(year, TODAY)
        assert (found.clients_in, found.closings_in) == ({("oost-vlaanderen", "active"): active}, {})
