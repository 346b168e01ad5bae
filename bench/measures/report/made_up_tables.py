"""Made-up counts of one variable, to compare ways to suppress: sparse tables, and dense ones with few small counts."""
from itertools import product
from random import Random

from tests.disclosure.attacker import UNSAFE

# By name: regions, categories, statuses.
SHAPES = {"5 x 6": (5, 6, 0), "3 x 4 x 2": (3, 4, 2)}


def tables(shape):
    """Counts without an end, by (variable, region, category) and status if the shape has them; the same each time."""
    seed = 0
    while True:
        random = Random(f"{shape} {seed}")
        yield (_sparse if seed % 2 else _dense)(random, *SHAPES[shape])
        seed += 1


def _dense(random, regions, categories, statuses):
    small, large = random.choice([0.05, 0.1, 0.2, 0.3]), random.choice([20, 60, 150])
    return {name: random.choice(UNSAFE) if random.random() < small else random.randint(5, large)
            for name in _names(regions, categories, statuses)}


def _sparse(random, regions, categories, statuses):
    of_region = {f"region {number}": random.uniform(0.3, 2) for number in range(regions)}
    of_category = {f"category {number}": random.choice([0.05, 0.2, 0.5, 1, 2]) for number in range(categories)}
    of_status = {"status 0": 1, "status 1": 0.25}
    size = random.choice([100, 300, 600]) / regions / categories
    return {name: int(random.expovariate(1 / (
        size * of_region[name[1]] * of_category[name[2]] * (of_status[name[3]] if statuses else 1))))
        for name in _names(regions, categories, statuses)}


def _names(regions, categories, statuses):
    axes = [("region", regions), ("category", categories), *([("status", statuses)] if statuses else [])]
    return [("kind", *name) for name in product(*([f"{axis} {number}" for number in range(size)]
                                                  for axis, size in axes))]
