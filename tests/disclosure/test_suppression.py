"""What is published of a year can be published: a reader with a solver gets no count of 1 to 4.

SUPPRESSION_REGISTERS is how many random registers are published; the solver takes nearly all of the time.
"""
import os
from itertools import product
from random import Random

import pytest

from disclosure.means import in_tenths, means_to_show
from disclosure.suppression import Cover, hide
from disclosure.tables import Tables
from tests.disclosure.made_up import BANDS, register
from tests.disclosure.reader import NOTHING, SMALL, TOTAL, Reader, with_nobody_elsewhere, with_totals

REGISTERS = int(os.environ.get("SUPPRESSION_REGISTERS", "200"))
HANDFUL = range(20)


def provinces_of(counts):
    return sorted({cell[1] for cell in counts})


def true_means(counts, ages, places):
    """The means in tenths of these places, where anybody has an age."""
    means = {}
    for place in places:
        number = sum(count for cell, count in counts.items()
                     if cell[0] == "age" and cell[2] in BANDS and place in (TOTAL, cell[1]))
        if number:
            means[place] = in_tenths(sum(ages.values()) if place is TOTAL else ages[place], number)
    return means


def reader_of(counts, ages, is_hidden, means=(), knows=NOTHING):
    reader = Reader(with_totals(with_nobody_elsewhere(counts)), is_hidden, knows)
    reader.hears_of_ages("age", BANDS, ages | {"elsewhere": 0}, true_means(counts, ages, means))
    return reader


@pytest.mark.parametrize("part", range(10))
def test_no_count_of_1_to_4_can_be_worked_out_from_what_is_shown(part):
    for seed in range(part, REGISTERS, 10):
        counts, ages = register(seed)
        hidden = hide(counts)
        means = means_to_show(hidden, counts, ages, BANDS)
        reader = reader_of(counts, ages, hidden.is_hidden, means)
        assert list(reader.ruled_out()) == [], f"register {seed}"


def test_what_is_sealed_stays_hidden_and_all_that_is_beneath_it():
    for seed in range(200):
        counts, _ = register(seed)
        hidden = hide(counts)
        assert all(map(hidden.is_hidden, hidden.sealed)), f"register {seed}"
        assert set(filter(hidden.is_hidden, with_totals(counts))) == hidden.cells, f"register {seed}"


@pytest.mark.parametrize("part", range(2))
def test_who_knows_all_of_one_province_cannot_work_out_a_count_of_another(part):
    for seed in range(part, REGISTERS // 8, 2):
        counts, ages = register(seed, provinces=3, variables=2)
        hidden = hide(counts)
        means = means_to_show(hidden, counts, ages, BANDS)
        known = Random(seed).choice(provinces_of(counts))
        reader = reader_of(counts, ages, hidden.is_hidden, means, known)
        assert list(reader.ruled_out()) == [], f"register {seed}, {known}"


LESS = {
    "nothing hidden": lambda cell, count, hidden: False,
    "only 1 to 4 hidden": lambda cell, count, hidden: count in SMALL,
    "every zero shown": lambda cell, count, hidden: count and hidden.is_hidden(cell),
    "only 1 to 4 and zeros hidden": lambda cell, count, hidden: count <= max(SMALL) and hidden.is_hidden(cell),
    "larger totals shown": lambda cell, count, hidden: hidden.is_hidden(cell) and not (count > 4 and TOTAL in cell),
}


@pytest.mark.parametrize("less", LESS)
def test_with_less_hidden_a_count_can_be_worked_out(less):
    found = 0
    for seed in HANDFUL:
        counts, ages = register(seed)
        cells, hidden = with_totals(with_nobody_elsewhere(counts)), hide(counts)
        is_hidden = {cell for cell, count in cells.items() if LESS[less](cell, count, hidden)}.__contains__
        found += any(reader_of(counts, ages, is_hidden).ruled_out())
    assert found > 3


def test_with_every_mean_shown_a_count_can_be_worked_out():
    found = 0
    for seed in HANDFUL:
        counts, ages = register(seed, clients=seed + 1, provinces=2, variables=1, situations=0)
        found += any(reader_of(counts, ages, hide(counts).is_hidden, [*provinces_of(counts), TOTAL]).ruled_out())
    assert found > 3


def test_a_register_of_a_real_size_is_safe_by_changes_that_are_checked_one_by_one():
    counts, ages = register(7, clients=2000, variables=6, categories=12, provinces=5, situations=4)
    hidden = hide(counts)
    cells = with_totals(counts)
    readers = {knows: Reader(cells, hidden.is_hidden, knows) for knows in (NOTHING, *provinces_of(counts))}
    for known, changes in hidden.worlds():
        readers[known or NOTHING].learn_of_changes(changes)
    for reader in readers.values():
        assert len(reader.small) > 100
        assert reader.seen >= {(cell, value) for cell in reader.small for value in SMALL}
        reader.seen = {(cell, cells[cell]) for cell in reader.small}
        assert all(reader.can_be(cell, 5 - cells[cell]) for cell in reader.small[::150])


def test_most_of_a_register_of_a_real_size_is_shown():
    counts, ages = register(7, clients=7000, variables=6, categories=12, provinces=5, situations=4)
    hidden = hide(counts)
    large = [cell for cell, count in with_totals(counts).items() if count > max(SMALL)]
    assert sum(map(hidden.is_hidden, large)) < 0.5 * len(large)
    assert means_to_show(hidden, counts, ages, BANDS) == {TOTAL, *provinces_of(counts)}


def test_what_need_not_be_hidden_is_shown_again():
    counts, _ = register(7, clients=2000, variables=6, categories=12, provinces=5, situations=4)
    cover = Cover(Tables(counts))
    cover.protect_all()
    assert len(hide(counts).cells) < sum(cover.pattern.hidden)


def table(*rows):
    """Counts of one variable: a row for each category, with a number for each province."""
    return {("gender", f"province {province}", f"category {row}"): count
            for row, numbers in enumerate(rows) for province, count in enumerate(numbers)}


def covered(counts):
    """The hidden cells of a table, as (province, category), with 'all' for a total."""
    hidden = hide(counts)
    return {(cell[1] or "all", cell[2] or "all") for cell in with_totals(counts) if hidden.is_hidden(cell)}


def test_where_no_count_is_small_nothing_is_hidden_and_zeros_are_shown():
    assert covered(table((10, 0, 7), (0, 8, 9))) == set()


def test_a_small_count_takes_others_along_that_are_large_enough_for_it_to_be_1_to_4():
    counts = table((2, 20, 30, 60), (30, 40, 20, 70), (40, 0, 8, 80))
    assert covered(counts) >= {("province 0", "category 0")}
    assert ("province 1", "category 2") not in covered(counts)
    assert not any("all" in cell for cell in covered(counts))


def test_of_a_total_of_1_to_4_nothing_is_shown_and_no_zero_either():
    counts = table((1, 20, 30), (1, 40, 50), (0, 60, 70))
    assert covered(counts) >= {("province 0", name) for name in ("all", "category 0", "category 1", "category 2")}


def test_a_zero_elsewhere_is_shown():
    counts = table((2, 20, 30, 0), (30, 40, 50, 0), (0, 60, 70, 90))
    assert covered(counts).isdisjoint({("province 0", "category 2"), ("province 3", "category 0")})


def test_of_one_client_nothing_is_shown():
    assert covered(table((1,))) == set(product(("province 0", "all"), ("category 0", "all")))


def test_an_empty_register_hides_nothing():
    assert not hide({}).is_hidden((TOTAL, TOTAL, TOTAL, TOTAL))
    assert means_to_show(hide({}), {}, {}, BANDS) == set()


def test_a_category_that_is_not_in_the_counts_is_hidden_beneath_a_small_total():
    hidden = hide(table((2, 20, 30), (0, 40, 50)))
    assert hidden.is_hidden(("gender", "province 0", "a category that nobody has"))
    assert not hidden.is_hidden(("gender", "province 1", "a category that nobody has"))


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_counts_makes_no_difference(seed):
    counts, _ = register(seed, clients=100, variables=3)
    items = list(counts.items())
    Random(seed).shuffle(items)
    assert hide(dict(items)).cells == hide(counts).cells


def test_variables_that_do_not_count_the_same_people_are_refused():
    counts = table((10, 20), (30, 40)) | {("income", "province 0", "none"): 39, ("income", "province 1", "none"): 60}
    with pytest.raises(ValueError, match="counts others"):
        hide(counts)


@pytest.mark.parametrize(("total", "number", "mean"), [(120, 6, 200), (121, 6, 202), (1, 20, 1), (1, 21, 0), (0, 5, 0)])
def test_a_mean_is_shown_in_tenths(total, number, mean):
    assert in_tenths(total, number) == mean


def ages_of(*bands):
    return {("age", "province 0", band): count for band, count in zip(BANDS, bands, strict=False)}


def test_a_mean_that_tells_how_many_are_in_a_band_is_not_shown():
    counts = ages_of(3, 3)
    assert means_to_show(hide(counts), counts, {"province 0": 3 * 24 + 3 * 34}, BANDS) == set()


def test_a_mean_that_tells_nothing_of_a_hidden_band_is_shown():
    counts = ages_of(300, 200, 3)
    ages = {"province 0": 300 * 20 + 200 * 30 + 3 * 40}
    assert means_to_show(hide(counts), counts, ages, BANDS) == {"province 0", TOTAL}


@pytest.mark.parametrize(("young", "older", "total", "shown"), [
    (4, 6, 225, True),  # were 1 young and 9 older, these would be 225 years at least
    (4, 6, 224, False),
    (1, 9, 300, True),  # were 4 young and 6 older, these would be 300 years at most
    (1, 9, 301, False),
])
def test_a_mean_is_shown_as_long_as_there_are_ages_for_1_and_for_4(young, older, total, shown):
    counts = ages_of(young, older)
    found = means_to_show(hide(counts), counts, {"province 0": total}, BANDS)
    assert found == ({"province 0", TOTAL} if shown else set())


def test_a_mean_is_not_shown_where_the_number_of_clients_is_hidden():
    for seed in range(20):
        counts, ages = register(seed, clients=6 + seed, variables=1, provinces=3, situations=0)
        hidden = hide(counts)
        shown = means_to_show(hidden, counts, ages, BANDS)
        assert not [place for place in shown if hidden.is_hidden((TOTAL, place, TOTAL))]


def test_the_mean_of_flanders_is_not_shown_where_it_tells_one_province_about_another():
    counts = {("age", "a", "under-25"): 12, ("age", "a", "35-44"): 1, ("age", "a", "45-54"): 1,
              ("age", "a", "55-64"): 1, ("age", "a", "65-up"): 1,
              ("age", "b", "under-25"): 3, ("age", "b", "65-up"): 1, ("age", "c", "under-25"): 3}
    ages, hidden = {"a": 377, "b": 122, "c": 23}, hide(counts)
    assert TOTAL not in means_to_show(hidden, counts, ages, BANDS)
    assert list(reader_of(counts, ages, hidden.is_hidden, [TOTAL]).ruled_out()) == []
    assert list(reader_of(counts, ages, hidden.is_hidden, [TOTAL], knows="a").ruled_out()) != []


def test_the_mean_of_fewer_than_five_ages_is_not_shown():
    counts = {("age", "province 0", "25-34"): 4, ("age", "province 0", "missing"): 96}
    assert means_to_show(hide(counts), counts, {"province 0": 120}, BANDS) == set()
