"""The texts in the cells of a file."""
import datetime
from decimal import Decimal

import pytest

from models.files.cells import Value, disarm, in_csv, restore

FORMULAS = ("=1+1", "+32 9 000", "-4", "@naam", "=cmd|' /C calc'!A0", "\t=1", "\r=1", "\n", "＝1", "＋1", "－1", "＠a")


@pytest.mark.parametrize("text", [*FORMULAS, "'t Hof", "''dubbel", "'", "gewoon", ""])
def test_disarming_can_be_undone_without_doubt(text: str) -> None:
    assert restore(disarm(text)) == text
    assert not disarm(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(("typed", "text"), [("'t Kindt", "'t Kindt"), ("'s Heeren", "'s Heeren"), ("'007", "007")])
def test_an_apostrophe_before_a_letter_was_typed_by_people(typed: str, text: str) -> None:
    assert restore(typed) == text


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_a_spreadsheet_takes_for_a_formula_begins_with_an_apostrophe_in_a_file(text: str) -> None:
    assert in_csv(text) == f"'{text}"


@pytest.mark.parametrize(("value", "text"), [
    (datetime.date(2024, 6, 3), "03/06/2024"), (Decimal("7.60"), "7,6"), (Decimal(20), "20"), (Decimal("1E+1"), "10"),
    (Decimal("-0.5"), "-0,5"), (4, 4), (None, ""), ("7.60", "7.60")])
def test_a_csv_has_dutch_dates_and_decimal_commas(value: Value, text: str | int) -> None:
    assert in_csv(value) == text
