"""The quantities of a snapshot: by contract, by employee and their sums, in exact fractions."""
import datetime
import json
from fractions import Fraction

import pytest

from models.ecalcura.calculations.quantities import count
from models.ecalcura.contracts import steps
from models.ecalcura.submissions.snapshot import canonical_bytes
from tests.models.ecalcura.calculations.made import choice, exempt, replacement, replacing
from tests.models.ecalcura.submissions.snapshots import NUMBER, content, contract, employee

AUTUMN = {"period": 2023, "number": 2, "first": "2023-10-01", "last": "2023-12-31"}


def counted(*employees, **values):
    """The quantities of a snapshot with these employees, and its contracts by id."""
    found = count(content(*employees, **values))
    return found, {one["id"]: one for one in found["contracts"]}


def totals(*employees, **values):
    return counted(*employees, **values)[0]["sums"]["totals"]


def test_hours_that_double_on_16_november_are_counted_by_day():
    """A11: 46 days of one hour and 46 of two are a mean of 1.5 hours a week."""
    found, contracts = counted(
        exempt(hours=1900, terms=[{"since": "2023-11-16", "hours": 3800, "full_time": 3800}]), trimester=AUTUMN)
    [chosen] = contracts[1]["choices"]
    assert found["trimester"]["days"] == 92
    assert (chosen["exempt"], chosen["exempt_fte"]) == ("3/2", "3/76")
    assert [(one["first"], one["last"], one["exempt"]) for one in chosen["spells"]] == [
        ("2023-10-01", "2023-11-15", "1"), ("2023-11-16", "2023-12-31", "2")]
    assert contracts[1]["hours"] == "57/2"


def test_a_leap_trimester_has_91_days():
    """A11."""
    winter = {"period": 2023, "number": 3, "first": "2024-01-01", "last": "2024-03-31"}
    found, contracts = counted(exempt(terms=[{"since": "2024-02-29", "hours": 1900, "full_time": 3800}]),
                               trimester=winter)
    assert found["trimester"]["days"] == 91
    assert contracts[1]["choices"][0]["exempt"] == str(Fraction(2 * 59 + 32, 91))


def test_a_nurse_of_56_has_a_premium_for_one_step_and_four_exempt_hours():
    """A12."""
    nurse = employee(1, birth="1970-03-14", contracts=[contract(1, hours=3800)], choices=[
        choice(11, 45, "premium"), choice(12, 50), choice(13, 55)])
    found, contracts = counted(nurse)
    assert [(one["id"], one["step"], one["premium"], one["exempt"]) for one in contracts[1]["choices"]] == [
        (11, 45, "2", "0"), (12, 50, "0", "2"), (13, 55, "0", "2")]
    [group] = found["sums"]["groups"]
    assert (group["premium"], group["exempt"], group["wage_part"]) == ("2", "4", str(Fraction("0.0526")))
    assert [(one["step"], one["premium"]) for one in group["steps"]] == [(45, "2"), (50, "0"), (55, "0")]


def test_a_replacement_is_financed_up_to_the_exempt_hours_of_each_day():
    found, contracts = counted(exempt(), replacing(2, replacement(hours=300, since="2026-08-16")))
    [given] = contracts[2]["replacements"]
    # 46 of 92 days: three hours given, two of them financed.
    assert [given[name] for name in ("id", "replaced_employee", "replaced", "financed", "financed_fte", "surplus")] == [
        21, 1, "3/2", "1", "1/38", "1/2"]
    assert found["employees"] == [
        {"id": 1, "exempt": "2", "replaced": "3/2", "financed": "1", "open": "1", "surplus": "1/2"}]
    assert found["sums"]["totals"]["open"] == "1"


def test_two_people_who_replace_too_much_have_their_parts_in_the_financed_hours():
    _, contracts = counted(exempt(), replacing(2, replacement(21, 300)), replacing(3, replacement(22, 100)))
    assert [contracts[id_]["replacements"][0]["financed"] for id_ in (2, 3)] == ["3/2", "1/2"]
    assert [contracts[id_]["replacements"][0]["surplus"] for id_ in (2, 3)] == ["3/2", "1/2"]


def test_the_pool_fills_what_nobody_replaces_by_name():
    found, contracts = counted(
        exempt(1), exempt(2), replacing(3, replacement(21, 100)), replacing(4, replacement(22, 400, None)))
    assert contracts[4]["replacements"][0]["financed"] == "3"
    assert [found["sums"]["totals"][name] for name in ("exempt", "replaced", "financed", "open", "surplus")] == [
        "4", "5", "4", "0", "1"]


def test_a_replacement_of_somebody_without_a_contract_in_the_trimester_is_not_financed():
    assert totals(replacing(2, replacement(replaced=9)))["surplus"] == "1"


def test_two_contracts_above_full_time_count_as_one_full_time_week():
    """Each has the same part in it."""
    both = employee(1, contracts=[contract(1, hours=3800), contract(2, hours=1900, qualification="ZKD")],
                    choices=[choice()])
    _, contracts = counted(both)
    assert [contracts[id_]["choices"][0]["exempt"] for id_ in (1, 2)] == ["4/3", "2/3"]


def test_a_premium_is_of_the_contract_whose_qualification_allows_it():
    both = employee(1, contracts=[contract(1), contract(2, qualification="ZKD")], choices=[choice(kind="premium")])
    found, contracts = counted(both)
    assert [len(contracts[id_]["choices"]) for id_ in (1, 2)] == [1, 0]
    assert found["sums"]["totals"]["premium"] == "1"


@pytest.mark.parametrize(("starts", "exempt_hours"), [("birthday", 30), ("first_of_month", 61),
                                                      ("first_of_next_month", 30)])
def test_a_step_starts_as_the_snapshot_says_not_as_the_setting_says_today(starts, exempt_hours):
    """A13, with a birthday on the first, on the last and on another day of the month."""
    steps.use(steps.FIRST_OF_NEXT_MONTH)
    try:
        born = {"birthday": "1981-09-01", "first_of_month": "1981-08-31", "first_of_next_month": "1981-08-15"}[starts]
        nurse = employee(1, birth=born, contracts=[contract(1, hours=3800)], choices=[choice()])
        found = totals(nurse, settings={"step_starts": starts})
        assert Fraction(found["exempt"]) == Fraction(2 * exempt_hours, 92)
    finally:
        steps.use(steps.FIRST_OF_MONTH)


def test_prestaties_are_kept_beside_the_quantities():
    found, contracts = counted(replacing(2, replacement(), performances={"worked": 5200, "equated": 800}))
    assert contracts[2]["performances"] == {"worked": 5200, "equated": 800}
    assert found["sums"]["performances"] == {"worked": 5200, "equated": 800}


def test_nothing_to_enter_counts_nothing():
    assert set(totals().values()) == {"0"}


def test_the_quantities_have_no_name_number_or_birth_date():
    text = canonical_bytes(count(content(exempt(), replacing(2, replacement())))).decode()
    assert not [word for word in (NUMBER, "Tweede", "Test", "1957", "Lies", "Linde", "declaration") if word in text]


def test_the_same_snapshot_gives_the_same_bytes(monkeypatch):
    """A22, in the models: whatever the clock says, and in whatever order the rows are."""
    rows = [exempt(), replacing(2, replacement(), performances={"worked": 1, "equated": 2})]
    first = canonical_bytes(count(content(*rows)))
    monkeypatch.setattr("models.database.clock", lambda: datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC))
    assert canonical_bytes(count(json.loads(json.dumps(content(*rows), sort_keys=True)))) == first
