"""The texts of the report's query: the database writes them, and each reader returns what was stored."""
import datetime
from collections.abc import Callable
from typing import Any

import pytest

from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.report.counting import query
from models.arbeidszorg.report.counting.query import ANSWERED, CLOSED, GROUP, PAST, Row, answered_columns
from models.arbeidszorg.report.counting.texts import FOR_EVER, Texts

Day = datetime.date
TODAY = Day(2026, 6, 15)


@pytest.fixture(autouse=True)
def guided(enrol: Callable[..., Any]) -> None:
    """A client with three periods, two of which were entered in the wrong order, and earlier answers."""
    client = enrol((Day(2024, 9, 1), Day(2024, 12, 31), "30", "same"), (Day(2023, 5, 1), Day(2024, 2, 1), "4", "lower"),
                   (Day(2025, 3, 1), None), birth_date=Day(1990, 6, 16), income="pension")
    for question, until, answer in (("income", Day(2025, 3, 1), {"option": "none"}),
                                    ("birth_date", Day(2024, 12, 31), {"value": "1959-06-15"}),
                                    ("education", Day(2023, 1, 1), {"option": "higher"})):
        PastAnswer.create(client_number=client.number, question=question, until=until, **answer)


def row_of(*years: int) -> Row:
    """Return the row of the client in the query over these years."""
    [row], = query.chunks(query.base(years, TODAY))
    return row


def test_periods_come_in_the_order_of_their_days_each_with_its_own_hours() -> None:
    row = row_of(2024, 2025)
    periods, hours = row[GROUP][2], row[ANSWERED][answered_columns().index("hours")]
    read = [(*period, Texts.read_hours(hours, index, "2024-12-31")) for period, index in Texts.read_periods(periods)]
    assert read == [
        ("2023", "2024", "", False, "lower", "400"), ("2024", "2024", "09-01", True, "same", "3000"),
        ("2025", FOR_EVER, "", True, "", "1250")]


def test_only_periods_that_ended_in_the_years_are_closings() -> None:
    assert sorted(Texts.read_closings(row_of(2024, 2025)[CLOSED])) == [
        (Day(2023, 5, 1), Day(2024, 2, 1), "paid-work", "lower"),
        (Day(2024, 9, 1), Day(2024, 12, 31), "paid-work", "same")]
    assert Texts.read_closings(row_of(2023)[CLOSED]) == []


def test_answers_are_those_to_the_questions_of_a_column() -> None:
    answers = dict(answer for column, text in zip(answered_columns(), row_of(2025)[ANSWERED], strict=True)
                   if column is None for answer in Texts.read_answers(text))
    assert (answers["income"], answers["gender"]) == ("pension", "female")
    assert Texts.read_answers(None) == []


def test_earlier_answers_that_held_on_the_first_reference_day_or_later_come_with_todays_answer() -> None:
    assert Texts.read_past_answers(row_of(2024, 2025)[PAST], TODAY) == [
        ("2024-12-31", "birth_date", "1959", "1990+"), ("2025-03-01", "income", "none", "pension")]


def test_a_birthday_that_is_still_to_come_marks_the_year_of_birth() -> None:
    assert row_of(2025)[ANSWERED][answered_columns().index("birth_date")] == "1990+"
