"""Signs that nobody sees: left out of files and forms alike, and named where they are refused."""
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.files.invisible import about_invisible, clean, first_invisible


@pytest.mark.parametrize("space", "\t\x0b\x0c\x85\xa0\u1680\u2000\u2003\u2009\u200a\u2028\u2029\u202f\u205f\u3000")
def test_another_space_is_a_space(space):
    assert clean(f"Jan{space}Peeters") == "Jan Peeters"


@pytest.mark.parametrize(
    "mark", "\xad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u202e\u2060\u2069\ufe0f\ufeff\U000e0041")
def test_a_mark_without_width_is_nothing(mark):
    assert clean(f"{mark}Jan{mark}Peeters{mark}") == "JanPeeters"


@pytest.mark.parametrize("name", ["علی\u200cرضا", "क्\u200dष", "ශ්\u200dරී", "می\u200cخواهم"])
def test_a_joiner_between_letters_of_a_script_that_joins_them_stays(name):
    assert clean(name) == name
    assert clean(f"\u200d{name}\u200c") == name
    assert first_invisible(name) is None


@pytest.mark.parametrize("text", ["een\r\ntwee\nvier", "Aïcha El Idrissi", "Zoë-Ann d’Hondt", "1 000 €", "", "a\x07b"])
def test_everything_else_stays(text):
    assert clean(text) == text


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_no_letter_digit_or_other_sign_that_is_seen_is_lost(text):
    seen = [sign for sign in text if unicodedata.category(sign)[0] in "LNPS"]
    assert [sign for sign in clean(text) if unicodedata.category(sign)[0] in "LNPS"] == seen


@pytest.mark.parametrize(("text", "words"), [
    ("abc\x07", "Teken 4 is een stuurteken (U+0007)."), ("\ue000", "Teken 1 is een teken zonder betekenis (U+E000)."),
    ("a\nb", "Teken 2 is een regeleinde (U+000A)."), ("a\ufffd", "Teken 2 is een onleesbaar teken (U+FFFD)."),
    ("Zoë", "")])
def test_the_first_sign_that_is_left_is_named_with_its_place(text, words):
    assert about_invisible(text) == words
