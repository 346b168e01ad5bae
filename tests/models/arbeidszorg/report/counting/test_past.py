"""The yearly report's counts of clients with earlier answers, and of clients guided in two years."""
import datetime
import itertools

from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.figures import compared, figures, figures_of
from models.arbeidszorg.report.counting.groups import Groups
from models.arbeidszorg.report.counting.texts import Texts
from tests.models.arbeidszorg.report.report_count import of_clients

Day = datetime.date
TODAY = Day(2026, 6, 15)


def test_the_answers_are_those_of_the_reference_day(enrol):
    client = enrol((Day(2020, 1, 1), None), income="pension")
    for until, option in ((Day(2024, 12, 30), "none"), (Day(2023, 12, 31), "living-wage"), (Day(2023, 1, 1), "other")):
        PastAnswer.create(client_number=client.number, question="income", option=option, until=until)
    together = figures_of(range(2022, 2026), TODAY)
    assert {year: figures(year, TODAY) for year in together} == together
    found = {year: of_clients(one, "income") for year, one in together.items()}
    assert found == {2022: {("other", "active"): 1}, 2023: {("living-wage", "active"): 1},
                     2024: {("pension", "active"): 1}, 2025: {("pension", "active"): 1}}


def test_a_client_guided_in_both_years_counts_by_the_answer_of_each(enrol):
    moved = enrol((Day(2023, 1, 1), None), income="pension", work_postcode="2070")
    PastAnswer.create(client_number=moved.number, question="income", option="none", until=Day(2025, 3, 1))
    enrol((Day(2023, 1, 1), None), income=None, work_postcode="9000")
    enrol((Day(2023, 1, 1), Day(2024, 2, 1)))
    enrol((Day(2025, 1, 1), None))
    comparison = compared(2025, TODAY)
    assert comparison.before == figures(2024, TODAY)
    assert comparison.now == figures(2025, TODAY)
    own = {key[2:]: n for key, n in comparison.moves.items() if key[0] == "income"}
    assert own == {("none", "pension"): 1, ("missing", "missing"): 1}
    own = {key[2:]: n for key, n in comparison.moves.items() if key[0] == "work_place"}
    assert own == {("antwerpen", "oost-vlaanderen"): 1, ("oost-vlaanderen", "oost-vlaanderen"): 1}
    for variable in variables.of_clients():
        assert sum(n for key, n in comparison.moves.items() if key[0] == variable.code) == 2


def test_an_earlier_birth_date_counts_for_band_and_mean_age(enrol):
    client = enrol((Day(2020, 1, 1), None), birth_date=Day(1999, 1, 1))
    for until, birth_date in ((Day(2024, 12, 31), "1959-12-31"), (TODAY, "1990-06-16")):
        PastAnswer.create(client_number=client.number, question="birth_date", value=birth_date, until=until)
    found = figures_of(range(2024, 2027), TODAY)
    assert [one.ages["oost-vlaanderen"] for one in found.values()] == [(65, 1), (35, 1), (35, 1)]
    assert [list(of_clients(one, "age")) for one in found.values()] == [
        [("65-over", "active")], [("35-44", "active")], [("35-44", "active")]]


def test_a_birth_date_unknown_in_an_earlier_year_gives_no_age_for_it(enrol):
    client = enrol((Day(2020, 1, 1), None), birth_date=Day(1999, 1, 1))
    PastAnswer.create(client_number=client.number, question="birth_date", value="unknown", until=Day(2024, 12, 31))
    assert figures(2024, TODAY).ages == {}
    assert figures(2025, TODAY).ages == {"oost-vlaanderen": (26, 1)}


def test_the_first_past_answer_that_held_on_the_day_counts_in_any_order_of_rows():
    texts = [Texts.FIELD.join((f"{year}-12-31", "income", answer, "pension"))
             for year, answer in ((2021, "none"), (2022, "other"), (2023, "living-wage"))]
    for order in itertools.permutations(texts):
        past, = Groups([2022], TODAY).past_in(Texts.RECORD.join(order))
        assert [past.held(year) for year in range(2020, 2025)] == ["none", "none", "other", "living-wage", "pension"]


def test_the_hours_of_two_years_may_come_from_two_periods(enrol):
    enrol((Day(2024, 1, 1), Day(2025, 1, 31), "4"), (Day(2025, 3, 1), None, "30"))
    own = {key[2:]: n for key, n in compared(2025, TODAY).moves.items() if key[0] == "hours"}
    assert own == {("up-to-4", "20-over"): 1}
