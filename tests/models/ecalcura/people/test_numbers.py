"""Numbers of persons: V01 and V01a."""
import datetime

import pytest

from models.ecalcura.people import numbers
from models.errors import Refused
from tests.models.ecalcura.cast import number_of

TODAY = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def real(clock):
    clock(TODAY)
    numbers.use(simulated=False)
    yield
    numbers.use(simulated=False)


@pytest.mark.parametrize("text", [
    "85073003328", "85.07.30-033.28", "85 07 30 033 28", " 85-07-30/033.28 ", "85\u00a007\u00a030\u00a0033\u00a028",
    "85.07.30\u2013033.28"])
def test_a_number_is_read_as_people_write_it(text):
    assert numbers.clean(text) == "85073003328"


@pytest.mark.parametrize("text", [
    "", "8507300332", "850730033281", "85073003329", "85073003382", "85o73003328", "85073003328x", "٨٥073003328",
    "85,07,30,033,28", "85133003375", "00000000000", "2850730033"])
def test_any_other_text_is_refused(text):
    with pytest.raises(Refused, match="number_invalid"):
        numbers.clean(text)


@pytest.mark.parametrize("born", [datetime.date(2003, 1, 5), datetime.date(1957, 12, 31), datetime.date(2026, 11, 28)])
@pytest.mark.parametrize("month_up", [0, 20, 40])
def test_births_from_2000_on_and_bisnummers_pass(born, month_up):
    number = number_of(born, "001", month_up)
    assert numbers.clean(number) == number
    assert numbers.birth_of(number) == born


@pytest.mark.parametrize("born", [datetime.date(2026, 11, 29), datetime.date(2026, 12, 1)])
def test_a_birth_after_today_is_refused(born):
    """python-stdnum compares the year only."""
    with pytest.raises(Refused, match="number_invalid"):
        numbers.clean(number_of(born, "001"))


def test_a_birth_in_a_month_to_come_without_a_day_is_refused():
    with pytest.raises(Refused):
        numbers.clean(with_check_digits("261200001", 2000))


def test_every_wrong_digit_and_every_swap_of_neighbours_is_refused():
    number = "85073003328"
    wrong = {number[:at] + digit + number[at + 1:] for at in range(11) for digit in "0123456789"} - {number}
    wrong |= {number[:at] + number[at + 1] + number[at] + number[at + 2:] for at in range(10)} - {number}
    assert len(wrong) > 100
    for text in wrong:
        with pytest.raises(Refused):
            numbers.clean(text)


def with_check_digits(nine, century=1900):
    return f"{nine}{97 - int(('2' if century == 2000 else '') + nine) % 97:02}"


@pytest.mark.parametrize(("nine", "unusual"), [
    ("850730033", False), ("850730000", True), ("850730999", True), ("850231033", True), ("850799033", True),
    # Without month, or without day: such numbers are given out.
    ("850000033", False), ("850700033", False), ("850050033", True), ("852731033", False), ("842229033", False),
    ("852229033", True)])
def test_a_date_that_does_not_exist_or_an_unused_sequence_is_unusual(nine, unusual):
    number = numbers.clean(with_check_digits(nine))
    assert numbers.is_unusual(number) is unusual
    numbers.use(simulated=True)
    assert not numbers.is_unusual(number)


def test_a_list_shows_the_check_digits_only():
    assert numbers.masked("85073003328") == "••.••.••-•••.28"
    assert numbers.written("85073003328") == "85.07.30-033.28"
    assert numbers.masked("") == ""


def test_a_number_without_a_whole_date_has_no_birth():
    assert numbers.birth_of(with_check_digits("850000033")) is None
