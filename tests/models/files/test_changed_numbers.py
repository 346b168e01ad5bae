"""Numbers that a spreadsheet changed: those that can be recognised, and those that people chose."""
import pytest

from models.files.changed_numbers import is_error, looks_made, unprotected


@pytest.mark.parametrize("number", [
    "1,00E+05", "1.00E+05", "1E+05", "1,23457E+11", "1e+16", "-1,5E-03",
    "12/mei", "12-mei", "12-May", "1-okt", "12/mei/2026", "12-mei-26", "mei-26", "sep/2026", "Dec-20", "2-jan.",
    "5/12/2026", "05-12-2026", "5.12.2026", "05/12/26", "2026-12-05", "2026-12-05 00:00",
    "10:30:00", "10:30 AM", "0,4375", "0.4375", "1,23456", "123456789012345000",
])
def test_a_number_that_looks_made_by_a_spreadsheet_is_recognised(number):
    assert looks_made(number)


@pytest.mark.parametrize("number", [
    "7", "007", "1E5", "12/5", "10:30", "1-2", "1.2", "1,5", "12.345", "A-12", "2024-17", "2024/003", "K2024", "mei",
    "Mei 3", "jan", "E+5", "123456789012345", "123456789012345678", "17, 21", "#12", "",
])
def test_a_number_as_people_choose_it_is_not(number):
    assert not looks_made(number)


@pytest.mark.parametrize("text", [
    "#REF!", "#VERW!", "#N/A", "#N/B", "#NAAM?", "#NAME?", "#DIV/0!", "#DEEL/0!", "#WAARDE!", "#GETAL!", "#########",
    "Err:502", "Fout:502"])
def test_an_error_of_a_spreadsheet_is_recognised(text):
    assert is_error(text)


@pytest.mark.parametrize("text", ["", "#12", "#", "Err", "N/A", "Het #1-atelier!", "REF!"])
def test_a_text_with_a_hash_is_no_error(text):
    assert not is_error(text)


@pytest.mark.parametrize(("text", "number"), [
    ('="007"', "007"), ('="A-7"', "A-7"), ('=" 7 "', "7"), ('=""', ""),
    ("=007", "=007"), ('"007"', '"007"'), ('="007"&"1"', '="007"&"1"'), ("007", "007")])
def test_the_formula_that_protects_a_number_is_taken_off(text, number):
    assert unprotected(text) == number
