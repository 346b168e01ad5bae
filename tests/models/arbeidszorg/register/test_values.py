"""Hours, postcodes, names and remarks as people type them."""
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.arbeidszorg.register.values import (
    clean_name,
    clean_remark,
    holds_national_number,
    parse_hours,
    parse_postcode,
)
from models.errors import Refused


def refusal(parse, text):
    with pytest.raises(Refused) as caught:
        parse(text)
    assert caught.value.context["value"] == text
    return caught.value.code


@pytest.mark.parametrize(("text", "hours"), [
    ("12,5", "12.5"), ("12.5", "12.5"), ("15,25", "15.25"), ("15,2", "15.2"), ("60", "60"), ("0,01", "0.01"),
    ("07", "7")])
def test_hours_are_read_exactly(text, hours):
    assert parse_hours(text) == Decimal(hours)


@pytest.mark.parametrize(("text", "code"), [
    ("0", "hours_range"), ("0,00", "hours_range"), ("-4", "hours_range"), ("200", "hours_range"),
    ("60,01", "hours_range"),
    ("12,555", "hours_precise"), ("twaalf", "hours"), ("", "hours"), ("1.000,5", "hours"), ("12,", "hours"),
    ("1e1", "hours"),
    ("NaN", "hours"), ("½", "hours"), ("١٢", "hours")])
def test_invalid_hours_are_refused(text, code):
    assert refusal(parse_hours, text) == code


@given(st.integers(1, 6000))
def test_hours_are_exact_in_hundredths(hundredths):
    assert int(parse_hours(f"{hundredths // 100},{hundredths % 100:02}") * 100) == hundredths


@pytest.mark.parametrize("text", ["99", "0999", "10000", "B-9000", "90O0", "", "٩٠٠٠", "9000 Gent"])
def test_a_postcode_has_four_digits_from_1000_on(text):
    assert parse_postcode(" 1000 ") == "1000"
    assert refusal(parse_postcode, text) == "postcode"


@pytest.mark.parametrize("text", [
    "85073003328", "85.07.30-033.28", "Jan 85/07/30 033 28", "RR85073003328x", "8 5 0 7 3 0 0 3 3 2 8",
    "85_07_30_033_28",
    "８５０７３００３３２８", "⁸⁵⁰⁷³⁰⁰³³²⁸", "tel. 12 85.07.30-033.28", "17 07 30 033 84", "98.47.28-997.65"])
def test_a_national_number_is_found_however_it_is_written(text):
    assert holds_national_number(text)
    assert refusal(clean_name, text) == "national_number"
    assert refusal(clean_remark, text) == "national_number"


@pytest.mark.parametrize("text", ["", "Jan Peeters", "85073003329", "8507300332", "0478 12 34 56",
"85.07.30 en 033.28"])
def test_other_digits_are_not_a_national_number(text):
    assert not holds_national_number(text)


def test_a_name_gets_composed_accents_and_single_spaces():
    assert clean_name("  Zoe\u0308 \t van\u00a0 den  Berg ") == "Zo\u00eb van den Berg"
    assert clean_name(" ") == ""
    assert clean_name("é" * 60) == "é" * 60


@pytest.mark.parametrize(("text", "code"), [
    ("a" * 61, "name_long"), ("Jan\x00", "name_characters"), ("Jan\x1b[31m", "name_characters"),
    ("\ud800", "name_characters"),
    ("Jan\u202ename", "name_characters"), ("\ue000", "name_characters")])
def test_a_name_that_is_too_long_or_holds_control_characters_is_refused(text, code):
    assert refusal(clean_name, text) == code


def test_a_remark_keeps_its_lines():
    assert clean_remark(" Dubbel  met\r\nnummer 12 \r\n") == "Dubbel met\nnummer 12"
    assert refusal(clean_remark, "a" * 501) == "remark_long"
    assert refusal(clean_remark, "a\x07") == "remark_characters"
