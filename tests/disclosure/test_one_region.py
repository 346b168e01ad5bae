"""Counts of one region and some hundreds of contributors are protected, and as much as can be is published."""
import gc

import pytest

from disclosure import protect
from disclosure.cycles import Cycles
from tests.disclosure.attacker import TOTAL, with_margins
from tests.disclosure.random_counts import one_region
from tests.disclosure.test_suppression import attacker_of, with_means

SEEDS = range(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_number_of_all_contributors_is_published_and_no_count_of_1_to_4_can_be_worked_out(seed):
    counts, sums = one_region(seed)
    protected = with_means(counts, sums)
    assert protected.count((TOTAL, TOTAL, TOTAL, TOTAL)) is not None
    attacker = attacker_of(counts, sums, protected)
    assert len(attacker.unsafe) > 5
    assert list(attacker.ruled_out()) == []


def test_hardly_more_margins_of_categories_are_suppressed_than_are_unsafe_or_needed():
    unsafe = larger = 0
    for seed in SEEDS:
        counts, _ = one_region(seed)
        protected, cells = protect(counts), with_margins(counts)
        margins = [name for name in cells if name[0] and name[1] is name[3] is TOTAL]
        unsafe += sum(0 < cells[name] < 5 for name in margins)
        larger += sum(cells[name] >= 5 and protected.is_suppressed(name) for name in margins)
    assert larger < 0.6 * unsafe


def test_without_cycles_more_is_lost(monkeypatch):
    counts, _ = one_region(3)

    def lost():
        protected = protect(counts)
        return sum(count > 4 and protected.is_suppressed(name) for name, count in with_margins(counts).items())

    with_cycles = lost()
    monkeypatch.setattr(Cycles, "cheapest", lambda *_: None)
    assert lost() > with_cycles


def test_two_statuses_are_suppressed_rather_than_the_number_of_all_contributors():
    """To suppress that number would take one cell here: all that is needed beneath it is suppressed already."""
    rows = {("kind", "unknown"): (3, 0, 0), ("kind", "other"): (97, 30, 3),
            ("income", "unknown"): (0, 3, 0), ("income", "other"): (100, 27, 3)}
    counts = {(variable, "region", category, status): count for (variable, category), numbers in rows.items()
              for status, count in zip(("active", "same", "lower"), numbers, strict=True) if count}
    protected = protect(counts)
    names = [(TOTAL, TOTAL, TOTAL, status) for status in ("active", "same", "lower", TOTAL)]
    assert [protected.is_suppressed(name) for name in names] == [False, True, True, False]


def test_a_zero_of_another_region_does_not_tell_that_a_suppressed_count_is_larger():
    protected = protect({("kind", "here", f"category {row}"): count for row, count in enumerate((3, 7, 20))})
    for category in ("category 0", "category 1", "category 2"):
        suppressed = {protected.is_suppressed(("kind", region, category)) for region in ("elsewhere", "here", TOTAL)}
        assert suppressed == {category != "category 2"}
    assert protected.count((TOTAL, "elsewhere", TOTAL)) == 0
    assert protected.count((TOTAL, TOTAL, TOTAL)) == 30


def test_a_search_for_cycles_is_freed_without_the_collector():
    gc.collect()
    gc.disable()
    try:
        assert protect(one_region(0)[0])
        assert [one for one in gc.get_objects() if type(one) is Cycles] == []
    finally:
        gc.enable()
