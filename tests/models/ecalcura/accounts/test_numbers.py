"""Account numbers: wrong digits are refused, a bank or country that is in no list is only a reason to look again."""
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ecalcura.accounts import numbers
from models.errors import Refused
from tests.models.ecalcura.bank_accounts import NUMBER, iban_of

belgian = st.builds(iban_of, st.integers(0, 999), st.integers(0, 9_999_999))


def refused(text):
    with pytest.raises(Refused) as error:
        numbers.clean(text)
    return error.value.code == "iban_invalid"


@pytest.mark.parametrize("text", [
    "BE76117000100095", "be76 1170 0010 0095", "BE76-1170-0010-0095", " BE76.1170.0010.0095 "])
def test_a_number_is_read_as_people_write_it(text):
    assert numbers.clean(text) == NUMBER


@pytest.mark.parametrize("text", [
    "", "x", "BE", "BE761170001000", "BE7611700010009555", "BE77117000100095", "XX00117000100095",
    "BE76 1170 0010 009O"])
def test_a_number_with_a_wrong_length_digit_or_country_is_refused(text):
    assert refused(text)


def test_a_belgian_number_has_check_digits_of_its_own():
    # The international check digits are right, the national ones are not.
    assert refused("BE65117000100099")


def test_a_number_of_another_country_is_taken_and_one_outside_sepa_warns():
    assert numbers.warnings(numbers.clean("NL91 ABNA 0417 1643 00")) == []
    assert numbers.warnings(numbers.clean("TR33 0006 1005 1978 6457 8413 26")) == ["country"]


def test_no_bank_is_refused_and_one_that_is_in_no_list_warns():
    """Of 1,000 Belgian bank codes none is refused."""
    found = [numbers.warnings(numbers.clean(iban_of(bank))) for bank in range(1000)]
    assert found.count(["bank"]) == 207
    assert found.count([]) == 793


def test_a_bic_is_a_hint_that_a_bank_may_lack():
    assert numbers.bic_hint("BE48320070184927") == "BBRUBEBB"
    assert numbers.bic_hint(NUMBER) == numbers.bic_hint("NL91ABNA0417164300") == ""


def test_a_number_is_written_in_groups_and_masked_except_its_end():
    assert numbers.written(NUMBER) == "BE76 1170 0010 0095"
    assert numbers.masked(NUMBER) == "BE•• •••• •••• 0095"
    assert numbers.masked("NO9386011117947") == "NO•• •••• •••7 947"


@given(belgian)
def test_a_sound_number_stays_as_it_is(number):
    assert numbers.clean(numbers.written(number)) == number


@given(belgian, st.integers(2, 15), st.integers(1, 9))
def test_one_wrong_digit_is_refused(number, place, more):
    assert refused(f"{number[:place]}{(int(number[place]) + more) % 10}{number[place + 1:]}")


@given(belgian, st.integers(2, 14))
def test_two_neighbouring_digits_that_are_swapped_are_refused(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2:]
    assert swapped == number or refused(swapped)


@given(st.text(max_size=40))
def test_any_text_is_taken_or_refused(text):
    with contextlib.suppress(Refused):
        assert numbers.clean(text).isalnum()
