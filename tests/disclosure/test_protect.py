"""The door for counts, with whatever contributors hypothesis thinks of."""
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure import Magnitude, protect
from tests.disclosure.attacker import TOTAL, UNSAFE, Attacker, with_margins
from tests.disclosure.random_counts import BINS

REGIONS, STATUSES, KINDS = ("east", "north", "west"), ("active", "ended"), ("a", "b", "c")
# (region, status, kind, size or None), and how many there are of it.
contributors = st.lists(
    st.tuples(st.tuples(st.sampled_from(REGIONS), st.sampled_from(STATUSES), st.sampled_from(KINDS),
                        st.none() | st.integers(0, 80)), st.integers(1, 9)), min_size=1, max_size=12)
with_statuses = st.booleans()
thorough = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
with_solver = settings(thorough, max_examples=60)


def counts_of(contributors, with_statuses):
    """(counts, magnitude) of contributors."""
    counts, sums = Counter(), Counter()
    for (region, status, kind, size), number in contributors:
        own = [status] if with_statuses else []
        bin_of = next((name for name, (low, high) in BINS.items() if low <= (-1 if size is None else size) <= high),
                      "unknown")
        counts["size", region, bin_of, *own] += number
        counts["kind", region, kind, *own] += number
        sums[region] += number * (size or 0)
    return dict(counts), Magnitude("size", dict(sums), BINS)


@thorough
@given(contributors, with_statuses)
def test_a_published_count_is_the_true_one_and_is_safe(contributors, with_statuses):
    counts, magnitude = counts_of(contributors, with_statuses)
    protected = protect(counts, magnitude)
    for name, count in with_margins(counts).items():
        assert protected.count(name) in (None, count)
        assert protected.is_suppressed(name) == (protected.count(name) is None)
        assert count not in UNSAFE or protected.is_suppressed(name)


@thorough
@given(contributors, with_statuses)
def test_a_zero_is_suppressed_only_beneath_a_margin_of_which_nothing_is_published(contributors, with_statuses):
    counts, magnitude = counts_of(contributors, with_statuses)
    protected, cells = protect(counts, magnitude), with_margins(counts)
    attacker = Attacker(cells, protected.is_suppressed)
    assert all(attacker.low[attacker.number[name]] == 0 for name, count in cells.items()
               if count == 0 and protected.is_suppressed(name))


@thorough
@given(contributors, with_statuses)
def test_a_published_mean_is_the_true_one_of_five_values_or_more(contributors, with_statuses):
    counts, magnitude = counts_of(contributors, with_statuses)
    protected = protect(counts, magnitude)
    for region in (*REGIONS, TOTAL):
        values = [size for (own, *_, size), number in contributors for _ in range(number)
                  if size is not None and region in (TOTAL, own)]
        mean = protected.mean(region)
        if mean is not None:
            assert len(values) >= 5
            assert mean == (Decimal(sum(values)) / len(values)).quantize(Decimal("0.1"), ROUND_HALF_UP)


@with_solver
@given(contributors, with_statuses)
def test_nobody_works_out_a_count_of_1_to_4_even_if_every_safe_minimum_is_revealed(contributors, with_statuses):
    counts, magnitude = counts_of(contributors, with_statuses)
    protected, cells = protect(counts, magnitude), with_margins(counts)
    attacker = Attacker(cells, protected.is_suppressed)
    means = {region: protected.mean(region) for region in (*{name[1] for name in counts}, TOTAL)}
    attacker.learn_means("size", BINS, magnitude.sums,
                         {region: int(10 * mean) for region, mean in means.items() if mean is not None})
    for name, count in cells.items():
        minimum = protected.safe_minimum(name)
        assert minimum == count if not protected.is_suppressed(name) else 0 <= minimum <= count
        attacker.learn_minimum(name, minimum)
    assert list(attacker.ruled_out()) == []
