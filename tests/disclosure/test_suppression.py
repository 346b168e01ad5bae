"""No attacker with a solver works out a count of 1 to 4 from the published cells.

SUPPRESSION_REGISTERS is how many random sets of counts are protected; the solver takes nearly all of the time.
"""
import os
from itertools import product
from random import Random

import pytest

from disclosure import Magnitude, protect
from disclosure.suppression import Suppression, suppress
from disclosure.tables import Tables
from tests.disclosure.attacker import OUTSIDER, TOTAL, UNSAFE, Attacker, with_empty_strata, with_margins
from tests.disclosure.once import in_one_trial
from tests.disclosure.random_counts import BINS, random_counts, regions_of, table

NUMBER = int(os.environ.get("SUPPRESSION_REGISTERS", "200"))
HANDFUL = range(20)


def attacker_of(counts, sums, protected, is_suppressed=None, knows=OUTSIDER):
    """An attacker who sees these counts protected, the means too; with `is_suppressed` other cells are suppressed."""
    attacker = Attacker(with_margins(with_empty_strata(counts)), is_suppressed or protected.is_suppressed, knows)
    means = {region: protected.mean(region) for region in (*regions_of(counts), TOTAL)}
    attacker.learn_means("size", BINS, sums | {"elsewhere": 0},
                         {region: int(mean * 10) for region, mean in means.items() if mean is not None})
    return attacker


def with_means(counts, sums):
    return protect(counts, Magnitude("size", sums, BINS))


@pytest.mark.parametrize("part", range(10))
def test_no_count_of_1_to_4_can_be_worked_out(part):
    for seed in range(part, NUMBER, 10):
        counts, sums = random_counts(seed)
        attacker = attacker_of(counts, sums, with_means(counts, sums))
        assert list(attacker.ruled_out()) == [], f"counts {seed}"


def test_nothing_is_published_of_a_fully_suppressed_margin():
    for seed in range(200):
        counts, _ = random_counts(seed)
        pattern = suppress(counts)
        assert all(map(pattern.is_suppressed, pattern.fully_suppressed)), f"counts {seed}"
        assert set(filter(pattern.is_suppressed, with_margins(counts))) == pattern.cells, f"counts {seed}"


@pytest.mark.parametrize("part", range(2))
def test_an_insider_of_one_region_cannot_work_out_a_count_of_another(part):
    for seed in range(part, NUMBER // 8, 2):
        counts, sums = random_counts(seed, regions=3, variables=2)
        knows = Random(seed).choice(regions_of(counts))
        attacker = attacker_of(counts, sums, with_means(counts, sums), knows=knows)
        assert list(attacker.ruled_out()) == [], f"counts {seed}, {knows}"


LESS = {
    "nothing suppressed": lambda cell, count, protected: False,
    "primary suppression only": lambda cell, count, protected: count in UNSAFE,
    "every zero published": lambda cell, count, protected: count and protected.is_suppressed(cell),
    "only 1 to 4 and zeros suppressed": lambda cell, count, protected: (
        count <= max(UNSAFE) and protected.is_suppressed(cell)),
    "larger margins published": lambda cell, count, protected: (
        protected.is_suppressed(cell) and not (count > max(UNSAFE) and TOTAL in cell)),
}


@pytest.mark.parametrize("less", LESS)
def test_with_less_suppressed_the_attacker_works_out_counts(less):
    found = 0
    for seed in HANDFUL:
        counts, sums = random_counts(seed)
        cells, protected = with_margins(with_empty_strata(counts)), with_means(counts, sums)
        suppressed = {cell for cell, count in cells.items() if LESS[less](cell, count, protected)}
        found += any(attacker_of(counts, sums, protected, suppressed.__contains__).ruled_out())
    assert found > 3


def test_counts_of_a_real_size_are_protected_by_feasible_tables_that_are_checked_one_by_one():
    counts, _ = random_counts(7, contributors=2000, variables=6, categories=12, regions=5, statuses=4)
    pattern = suppress(counts)
    cells = with_margins(counts)
    attackers = {knows: Attacker(cells, pattern.is_suppressed, knows) for knows in (OUTSIDER, *regions_of(counts))}
    for known, changes in pattern.feasible_tables():
        attackers[known or OUTSIDER].add_feasible_changes(changes)
    for attacker in attackers.values():
        assert len(attacker.unsafe) > 100
        assert attacker.seen >= set(product(attacker.unsafe, UNSAFE))
        attacker.seen = {(cell, cells[cell]) for cell in attacker.unsafe}
        assert all(attacker.can_be(cell, 5 - cells[cell]) for cell in attacker.unsafe[::150])


@pytest.mark.parametrize("seed", range(20))
def test_every_step_of_a_proof_keeps_the_margins_and_changes_the_count_by_one(seed):
    counts, _ = random_counts(seed, contributors=30 + 10 * seed, variables=2, regions=1 + seed % 4, statuses=3)
    work = Suppression(Tables(counts))
    work.protect_all()
    attacker = Attacker(with_margins(counts), work.pattern().is_suppressed)
    for cell, proofs in work.proofs.items():
        count = work.tables.counts[cell]
        for proof in proofs.values():
            assert [changes[cell] for changes in proof.feasible_tables()] == [
                *range(1, 5 - count), *range(-1, -count, -1)]
    for known, changes in work.pattern().feasible_tables():
        if known is None:
            attacker.add_feasible_changes(changes)


def test_most_counts_of_a_real_size_are_published():
    counts, sums = random_counts(7, contributors=7000, variables=6, categories=12, regions=5, statuses=4)
    protected = with_means(counts, sums)
    safe = [cell for cell, count in with_margins(counts).items() if count > max(UNSAFE)]
    assert sum(map(protected.is_suppressed, safe)) < 0.5 * len(safe)
    assert all(protected.mean(region) for region in (*regions_of(counts), TOTAL))


def test_redundant_suppressions_are_undone():
    counts, _ = random_counts(7, contributors=2000, variables=6, categories=12, regions=5, statuses=4)
    work = Suppression(Tables(counts))
    work.protect_all()
    assert len(suppress(counts).cells) < sum(work.state.suppressed)


def test_the_best_of_several_trials_suppresses_less_than_one():
    cells = people = cells_of_one = people_of_one = 0
    for seed in HANDFUL:
        counts = random_counts(seed, contributors=200, variables=2, regions=3, statuses=2)[0]
        true, several, one = with_margins(counts), suppress(counts).cells, in_one_trial(counts)
        cells, cells_of_one = cells + len(several), cells_of_one + len(one)
        people += sum(map(true.get, several))
        people_of_one += sum(map(true.get, one))
    assert cells < 0.99 * cells_of_one
    assert people <= people_of_one


def suppressed_in(counts):
    """The suppressed cells of a table, as (region, category), with 'all' for a margin."""
    protected = protect(counts)
    return {(name[1] or "all", name[2] or "all") for name in with_margins(counts) if protected.is_suppressed(name)}


def test_without_unsafe_counts_nothing_is_suppressed_and_zeros_are_published():
    assert suppressed_in(table((10, 0, 7), (0, 8, 9))) == set()


def test_an_unsafe_count_takes_secondary_suppressions_but_no_zero_and_no_margin():
    counts = table((2, 20, 30, 60), (30, 40, 20, 70), (40, 0, 8, 80))
    assert suppressed_in(counts) >= {("region 0", "category 0")}
    assert ("region 1", "category 2") not in suppressed_in(counts)
    assert not any("all" in cell for cell in suppressed_in(counts))


def test_an_unsafe_margin_is_fully_suppressed_with_its_zeros():
    counts = table((1, 20, 30), (1, 40, 50), (0, 60, 70))
    assert suppressed_in(counts) >= {("region 0", name) for name in ("all", "category 0", "category 1", "category 2")}


def test_a_zero_beneath_safe_margins_is_published():
    counts = table((2, 20, 30, 0), (30, 40, 50, 0), (0, 60, 70, 90))
    assert suppressed_in(counts).isdisjoint({("region 0", "category 2"), ("region 3", "category 0")})


def test_nothing_is_published_of_a_single_contributor():
    assert suppressed_in(table((1,))) == set(product(("region 0", "all"), ("category 0", "all")))


def test_without_counts_nothing_is_suppressed():
    assert protect({}).count((TOTAL, TOTAL, TOTAL, TOTAL)) == 0


def test_a_category_without_counts_is_suppressed_beneath_an_unsafe_margin_only():
    protected = protect(table((2, 20, 30), (0, 40, 50)))
    assert protected.is_suppressed(("kind", "region 0", "a category without contributors"))
    assert protected.count(("kind", "region 1", "a category without contributors")) == 0


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_counts_makes_no_difference(seed):
    counts, _ = random_counts(seed, contributors=100, variables=3)
    items = list(counts.items())
    Random(seed).shuffle(items)
    assert suppress(dict(items)).cells == suppress(counts).cells


def test_variables_that_count_other_contributors_are_refused():
    counts = table((10, 20), (30, 40)) | {("income", "region 0", "none"): 39, ("income", "region 1", "none"): 60}
    with pytest.raises(ValueError, match="counts others"):
        protect(counts)
