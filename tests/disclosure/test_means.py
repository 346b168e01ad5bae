"""A mean is published only where it tells nothing of an unsafe count in the bins of its values."""
import pytest

from disclosure import Magnitude, protect
from disclosure.means import in_tenths
from tests.disclosure.attacker import TOTAL, Attacker, with_empty_strata, with_margins
from tests.disclosure.random_counts import BINS, random_counts, regions_of


def means_of(counts, sums):
    """The published means, by region."""
    protected = protect(counts, Magnitude("size", sums, BINS))
    means = {region: protected.mean(region) for region in (*regions_of(counts), TOTAL)}
    return {region: mean for region, mean in means.items() if mean is not None}


def true_means(counts, sums, regions):
    """The means in tenths of these regions, where there are values."""
    means = {}
    for region in regions:
        number = sum(count for name, count in counts.items()
                     if name[0] == "size" and name[2] in BINS and region in (TOTAL, name[1]))
        if number:
            means[region] = in_tenths(sum(sums.values()) if region is TOTAL else sums[region], number)
    return means


def ruled_out(counts, sums, regions, **knows):
    """The attacker's results with these means published."""
    attacker = Attacker(with_margins(with_empty_strata(counts)), protect(counts).is_suppressed, **knows)
    attacker.learn_means("size", BINS, sums | {"elsewhere": 0}, true_means(counts, sums, regions))
    return list(attacker.ruled_out())


def in_bins(*numbers):
    return {("size", "region 0", category): count for category, count in zip(BINS, numbers, strict=False)}


@pytest.mark.parametrize(("total", "number", "mean"), [(120, 6, 200), (121, 6, 202), (1, 20, 1), (1, 21, 0), (0, 5, 0)])
def test_a_mean_is_published_in_tenths(total, number, mean):
    assert in_tenths(total, number) == mean


def test_with_every_mean_published_the_attacker_works_out_counts():
    found = 0
    for seed in range(20):
        counts, sums = random_counts(seed, contributors=seed + 1, regions=2, variables=1, statuses=0)
        found += bool(ruled_out(counts, sums, [*regions_of(counts), TOTAL]))
    assert found > 3


def test_a_mean_that_tells_how_many_values_a_bin_has_is_not_published():
    assert means_of(in_bins(3, 3), {"region 0": 3 * 24 + 3 * 34}) == {}


def test_a_mean_that_tells_nothing_of_a_suppressed_bin_is_published():
    sums = {"region 0": 300 * 20 + 200 * 30 + 3 * 40}
    assert means_of(in_bins(300, 200, 3), sums).keys() == {"region 0", TOTAL}


@pytest.mark.parametrize(("low", "high", "total", "published"), [
    (4, 6, 225, True),  # of 1 in the first bin and 9 in the second the sum is 225 at least
    (4, 6, 224, False),
    (1, 9, 300, True),  # of 4 in the first bin and 6 in the second the sum is 300 at most
    (1, 9, 301, False),
])
def test_a_mean_is_published_while_there_are_values_for_a_count_of_1_and_of_4(low, high, total, published):
    assert means_of(in_bins(low, high), {"region 0": total}).keys() == ({"region 0", TOTAL} if published else set())


def test_no_mean_is_published_where_the_number_of_contributors_is_suppressed():
    for seed in range(20):
        counts, sums = random_counts(seed, contributors=6 + seed, variables=1, regions=3, statuses=0)
        protected = protect(counts)
        assert not [region for region in means_of(counts, sums) if protected.is_suppressed((TOTAL, region, TOTAL))]


def test_the_mean_of_all_regions_is_not_published_where_it_tells_an_insider_of_another_region():
    counts = {("size", "a", "0-24"): 12, ("size", "a", "35-44"): 1, ("size", "a", "45-54"): 1,
              ("size", "a", "55-64"): 1, ("size", "a", "65-up"): 1,
              ("size", "b", "0-24"): 3, ("size", "b", "65-up"): 1, ("size", "c", "0-24"): 3}
    sums = {"a": 377, "b": 122, "c": 23}
    assert TOTAL not in means_of(counts, sums)
    assert ruled_out(counts, sums, [TOTAL]) == []
    assert ruled_out(counts, sums, [TOTAL], knows="a") != []


def test_the_mean_of_fewer_than_five_values_is_not_published():
    counts = {("size", "region 0", "25-34"): 4, ("size", "region 0", "unknown"): 96}
    assert means_of(counts, {"region 0": 120}) == {}


def test_without_counts_there_is_no_mean():
    assert means_of({}, {}) == {}
