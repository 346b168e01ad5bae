"""Random counts to protect: tiny ones, sparse ones, lopsided ones."""
from collections import Counter
from random import Random

BINS = {"0-24": (0, 24), "25-34": (25, 34), "35-44": (35, 44), "45-54": (45, 54), "55-64": (55, 64), "65-up": (65, 120)}
SIZES = [*BINS, "unknown"]


def random_counts(seed, contributors=None, variables=None, categories=5, regions=None, statuses=None):
    """(counts, sums of sizes by region) of random contributors; each number that is not given is random and small."""
    random = Random(seed)
    contributors = contributors or random.choice([random.randint(1, 8), random.randint(1, 60)])
    regions = regions or random.choice([1, 1, 2, 3, 5])
    statuses = random.choice([0, 0, 2, 3]) if statuses is None else statuses
    numbers = [random.randint(1, categories)
               for _ in range(random.randint(0, 2) if variables is None else variables - 1)]
    lopsided = random.choice([0.5, 1, 2])

    def pick(options):
        few = random.random() < 0.2
        return random.choice(options) if few else options[min(int(random.paretovariate(lopsided)), len(options)) - 1]

    counts, sums = Counter(), Counter()
    for _ in range(contributors):
        region = f"region {pick(range(regions))}"
        status = [f"status {pick(range(statuses))}"] if statuses else []
        size = pick(SIZES)
        counts["size", region, size, *status] += 1
        sums[region] += random.randint(BINS[size][0], min(BINS[size][1], 80)) if size in BINS else 0
        for variable, number in enumerate(numbers):
            counts[f"variable {variable}", region, f"category {pick(range(number))}", *status] += 1
    return dict(counts), {name[1]: sums[name[1]] for name in counts}


def one_region(seed, contributors=None):
    """The same of a single region with some hundreds of contributors, most of them with one status.

    Categories are lopsided: some hold nearly every contributor, some hardly any.
    """
    random = Random(seed)
    statuses = random.choice([[1], [30, 1], [40, 3, 2, 1], [60, 4, 2, 2, 0.3]])
    variables = {"size": SIZES} | {f"variable {variable}": [f"category {one}" for one in range(random.randint(2, 10))]
                                   for variable in range(4)}
    weights = {name: [random.choice([1, 1, 0.2, 0.03]) for _ in categories] for name, categories in variables.items()}
    counts, sums = Counter(), Counter()
    for _ in range(contributors or random.randint(100, 400)):
        status = random.choices(range(len(statuses)), statuses)[0]
        chosen = {name: random.choices(categories, weights[name])[0] for name, categories in variables.items()}
        for name, category in chosen.items():
            counts[name, "region", category, f"status {status}"] += 1
        if (size := chosen["size"]) in BINS:
            sums["region"] += random.randint(BINS[size][0], min(BINS[size][1], 80))
    return dict(counts), {"region": sums["region"]}


def table(*rows):
    """Counts of one variable: a row for each category, with a number for each region."""
    return {("kind", f"region {region}", f"category {row}"): count
            for row, numbers in enumerate(rows) for region, count in enumerate(numbers)}


def regions_of(counts):
    """The regions in counts."""
    return sorted({name[1] for name in counts})
