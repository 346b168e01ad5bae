"""A revision against the former result, line by line."""
from fractions import Fraction

import pytest

from models.ecalcura.calculations import differences
from models.ecalcura.calculations.calculations import Result
from models.ecalcura.calculations.counted import CountedSubmission
from models.ecalcura.calculations.differences import Line
from models.ecalcura.trimesters import reopening
from models.ecalcura.trimesters.calendar import Place
from tests.models.ecalcura.calculations.made import (
    a_half_financed,
    confirmed,
    exempt,
    published,
    replacement,
    replacing,
    submitted,
)

pytestmark = pytest.mark.usefixtures("register", "mailing")


@pytest.fixture
def revision(home):
    """The result of a revision: half an hour more is replaced than in the definitive calculation."""
    a_half_financed(home)
    confirmed()
    published()
    reopening.reopen(home, Place(2026, 1), "Uren vergeten", for_revision=True)
    submitted(home, exempt(), replacing(2, replacement(hours=150)))
    return Result.one(published("revision"), home)


def test_the_quantities_that_differ_are_listed_by_qualification(revision):
    assert differences.of_quantities(revision.former.parts, revision.parts) == [
        Line("ZKD", "replaced", 1, Fraction(3, 2)), Line("ZKD", "financed", 1, Fraction(3, 2)),
        Line("ZKD", "financed_fte", Fraction(1, 38), Fraction(3, 76))]


def test_the_amounts_that_differ_add_up_to_the_payable_one(revision):
    lines = differences.of_amounts(revision.former.parts, revision.parts)
    assert lines == [Line("ZKD", "replacement", 658, 987)]
    assert sum(line.change for line in lines) == revision.payable


def test_the_contracts_that_differ_are_listed_by_their_ids(revision):
    before, now = (CountedSubmission.one(one.submission_id).quantities for one in (revision.former, revision))
    assert [(line.of, line.name, line.change) for line in differences.of_contracts(before, now)] == [
        ("2", "replaced", Fraction(1, 2)), ("2", "financed", Fraction(1, 2)), ("2", "financed_fte", Fraction(1, 76))]
    assert differences.of_contracts(now, now) == []


def test_a_contract_that_came_or_went_counts_from_zero(revision):
    before, now = {"contracts": []}, CountedSubmission.one(revision.submission_id).quantities
    assert ("1", "exempt", 0, 2) in differences.of_contracts(before, now)
    assert ("1", "exempt", 2, 0) in differences.of_contracts(now, before)
