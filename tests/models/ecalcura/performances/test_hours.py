"""Hours as people type them, and the hours that a contract gives in a trimester."""
import datetime

import pytest

from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.performances.hours import Run, check_total, in_calendar, parse_hours, runs, written
from models.errors import Refused

OCTOBER, DECEMBER = datetime.date(2026, 10, 1), datetime.date(2026, 12, 31)


@pytest.mark.parametrize(("typed", "hundredths"), [
    ("240,50", 24050), ("240,5", 24050), ("240.5", 24050), ("240.50", 24050), ("240", 24000), (" 38,00\u200b ", 3800),
    ("0", 0), ("007", 700),
    ("1.240,50", 124050), ("1 240,5", 124050), ("1\u00a0240", 124000), ("", None), ("  ", None)])
def test_hours_are_read_with_a_comma_or_a_point(typed, hundredths):
    assert parse_hours(typed) == hundredths


@pytest.mark.parametrize("typed", ["19:30", "1.240", "12,345", "veel", "1,240.50", "12,",
                                   "1e3", "240,50 u", "=2+2", "٣"])
def test_a_text_that_is_no_number_of_hours_is_refused(typed):
    with pytest.raises(Refused) as refused:
        parse_hours(typed)
    assert refused.value.code == EcalcuraCode.PERFORMANCE_WRITING


@pytest.mark.parametrize("typed", ["-1", "−2,5", "10000,01", "9" * 5000])
def test_hours_that_cannot_be_are_refused(typed):
    with pytest.raises(Refused) as refused:
        parse_hours(typed)
    assert refused.value.code == EcalcuraCode.PERFORMANCE_HOURS


def test_hours_are_written_with_two_decimals():
    assert [written(hundredths) for hundredths in (None, 0, 5, 24050)] == ["", "0,00", "0,05", "240,50"]


def test_a_change_of_hours_within_the_trimester_counts_from_its_day():
    november = datetime.date(2026, 11, 16)
    found = runs(datetime.date(2020, 1, 1), None, 1900, 3800, [(november, 3800, 3800)], OCTOBER, DECEMBER)
    assert found == [Run(OCTOBER, datetime.date(2026, 11, 15), 1900, 3800), Run(november, DECEMBER, 3800, 3800)]
    assert [run.days for run in found] == [46, 46]
    # 46 × 19 / 7 + 46 × 38 / 7 = 374,571…
    assert in_calendar(found) == 37458


def test_a_contract_counts_on_its_own_days_only():
    ends = datetime.date(2026, 10, 7)
    assert in_calendar(runs(datetime.date(2020, 1, 1), ends, 3800, 3800, (), OCTOBER, DECEMBER)) == 3800
    assert runs(datetime.date(2027, 1, 1), None, 3800, 3800, (), OCTOBER, DECEMBER) == []
    earlier = [(datetime.date(2021, 1, 1), 1000, 3800), (datetime.date(2022, 1, 1), 2000, 3800)]
    assert runs(datetime.date(2020, 1, 1), None, 3800, 3800, earlier, OCTOBER, DECEMBER) == [
        Run(OCTOBER, DECEMBER, 2000, 3800)]


def test_up_to_120_percent_of_the_contract_is_accepted():
    check_total(12000, 10000)
    with pytest.raises(Refused) as refused:
        check_total(12001, 10000)
    assert refused.value.context == {"maximum": 10000}
