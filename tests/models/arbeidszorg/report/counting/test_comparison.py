"""Which changes from one year to the next get a mark (docs/decisions/0072)."""
import datetime
import math
import random
from collections import Counter

import pytest

from models.arbeidszorg.report.counting.comparison import FEWEST, Comparison, chance_of, larger_than_chance, points
from models.arbeidszorg.report.counting.tally import Figures


def two_sided(z):
    return math.erfc(abs(z) / math.sqrt(2))


def independent(before, before_of, now, now_of):
    """The usual test of two samples that have nobody in common."""
    share = (before + now) / (before_of + now_of)
    spread = math.sqrt(share * (1 - share) * (1 / before_of + 1 / now_of))
    return two_sided((now / now_of - before / before_of) / spread)


def test_with_the_same_people_in_both_years_it_is_mcnemars_test():
    came, went, both, of = 60, 35, 400, 1000
    expected = two_sided((came - went) / math.sqrt(came + went))
    assert chance_of(both + went, of, both + came, of, of, both + went, both + came, both) == pytest.approx(expected)
    assert expected < 0.011 < 0.2 < independent(both + went, of, both + came, of)


def test_with_no_people_in_common_it_is_the_test_of_two_samples():
    assert chance_of(300, 1000, 340, 1000, 0, 0, 0, 0) == pytest.approx(independent(300, 1000, 340, 1000), rel=0.01)


def people(chance, number):
    """Two years of a register where nothing changes but by chance: a third leaves, as many come, few change."""
    def answer():
        return chance.random() < 0.3

    years = Counter()
    for _ in range(number):
        before = answer()
        years["before"] += before
        if chance.random() < 0.33:
            years["now"] += answer()
        else:
            now = answer() if chance.random() < 0.1 else before
            years.update(now=now, stayed=1, first=before, second=now, both=before and now)
    return years


def test_without_a_true_change_one_of_twenty_is_significant_unlike_the_two_sample_test():
    chance, number, rounds = random.Random(71), 400, 1500
    ours = usual = 0
    for _ in range(rounds):
        one = people(chance, number)
        ours += chance_of(one["before"], number, one["now"], number,
                          one["stayed"], one["first"], one["second"], one["both"]) < 0.05
        usual += independent(one["before"], number, one["now"], number) < 0.05
    assert 0.035 < ours / rounds < 0.065
    assert usual / rounds < 0.01


def test_too_few_changes_give_no_p_value():
    assert chance_of(0, 1000, FEWEST - 1, 1000, 900, 0, FEWEST - 1, 0) is None
    assert chance_of(0, 1000, FEWEST, 1000, 900, 0, FEWEST, 0) < 0.001
    assert chance_of(500, 1000, 500, 1000, 1000, 500, 500, 500) is None
    assert chance_of(0, 0, 50, 100, 0, 0, 0, 0) is None


def test_more_categories_ask_for_smaller_p_values():
    assert larger_than_chance({"a": 0.04}) == {"a"}
    assert larger_than_chance({"a": 0.04, "b": 0.03}) == set()
    assert larger_than_chance({"a": 0.04, "b": 0.02}) == {"a", "b"}
    assert larger_than_chance({"a": 0.04, "b": 0.02, "few": None}) == {"a", "b"}
    assert larger_than_chance({"a": 0.026, "b": 0.02, "c": 0.016}) == {"a", "b", "c"}
    assert larger_than_chance({"a": 0.026, "b": 0.02, "c": 0.017}) == set()


def year(clients):
    return Figures(2025, datetime.date(2025, 12, 31), clients, {}, {}, {}, {}, {}, {})


def test_a_change_has_counts_points_and_whether_it_is_larger_than_chance():
    before = year({("gender", "limburg", "male", "active"): 60, ("gender", "limburg", "female", "higher"): 140,
                   ("gender", "antwerpen", "male", "active"): 100})
    now = year({("gender", "limburg", "male", "active"): 60, ("gender", "limburg", "male", "higher"): 60,
                ("gender", "limburg", "female", "active"): 80, ("income", "limburg", "other", "active"): 9})
    moves = {("gender", "limburg", "male", "male"): 60, ("gender", "limburg", "female", "female"): 80,
             ("gender", "limburg", "female", "male"): 60}
    comparison = Comparison(before, now, moves)
    male = comparison.changes("gender", "limburg")["male"]
    assert (male.before, male.before_of, male.now, male.now_of) == (60, 200, 120, 200)
    assert male.points == pytest.approx(30)
    assert male.chance == pytest.approx(two_sided(math.sqrt(60)))
    assert male.larger
    everywhere = comparison.changes("gender")["male"]
    assert (everywhere.before, everywhere.before_of, everywhere.now, everywhere.now_of) == (160, 300, 120, 200)
    gone = comparison.changes("gender", "antwerpen")["male"]
    assert (gone.points, gone.chance, gone.larger) == (None, None, False)
    assert points(1, 4, 2, 4) == 25


def test_a_category_with_everybody_in_both_years_gives_no_p_value():
    assert chance_of(300, 300, 400, 400, 200, 200, 200, 200) is None
    assert chance_of(300, 300, 399, 400, 200, 200, 200, 200) is not None


def test_provinces_of_establishment_are_compared_by_arrivals_and_departures():
    day = datetime.date(2025, 12, 31)
    before = Figures(2024, day, {}, {("limburg", "active"): 150, ("antwerpen", "active"): 700,
                                     ("antwerpen", "higher"): 150}, {}, {}, {}, {}, {})
    now = Figures(2025, day, {}, {("limburg", "active"): 240, ("antwerpen", "active"): 760}, {}, {}, {}, {}, {})
    moves = {("gender", "limburg", "x", "x"): 60, ("gender", "limburg", "x", "female"): 60,
             ("gender", "antwerpen", "x", "x"): 700, ("age", "antwerpen", "65-over", "65-over"): 700}
    changes = Comparison(before, now, moves).changes_of_provinces()
    assert (changes["limburg"].before, changes["limburg"].before_of, changes["limburg"].now) == (150, 1000, 240)
    assert changes["limburg"].points == pytest.approx(9)
    assert changes["limburg"].larger
    assert changes["limburg"].chance == chance_of(150, 1000, 240, 1000, 820, 120, 120, 120)
