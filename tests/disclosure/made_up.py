"""Made-up registers to publish: tiny ones, sparse ones, lopsided ones."""
from collections import Counter
from random import Random

BANDS = {"under-25": (0, 24), "25-34": (25, 34), "35-44": (35, 44), "45-54": (45, 54), "55-64": (55, 64),
         "65-up": (65, 120)}
AGES = [*BANDS, "missing"]


def register(seed, clients=None, variables=None, categories=5, provinces=None, situations=None):
    """(counts, sums of ages by province) of random clients; what is not said is random too, and small."""
    random = Random(seed)
    clients = clients or random.choice([random.randint(1, 8), random.randint(1, 60)])
    provinces = provinces or random.choice([1, 1, 2, 3, 5])
    situations = random.choice([0, 0, 2, 3]) if situations is None else situations
    sizes = [random.randint(1, categories) for _ in range(random.randint(0, 2) if variables is None else variables - 1)]
    lopsided = random.choice([0.5, 1, 2])

    def pick(options):
        few = random.random() < 0.2
        return random.choice(options) if few else options[min(int(random.paretovariate(lopsided)), len(options)) - 1]

    counts, ages = Counter(), Counter()
    for _ in range(clients):
        province = f"province {pick(range(provinces))}"
        others = [f"situation {pick(range(situations))}"] if situations else []
        band = pick(AGES)
        counts["age", province, band, *others] += 1
        ages[province] += random.randint(BANDS[band][0], min(BANDS[band][1], 80)) if band in BANDS else 0
        for variable, size in enumerate(sizes):
            counts[f"variable {variable}", province, f"category {pick(range(size))}", *others] += 1
    return dict(counts), {cell[1]: ages[cell[1]] for cell in counts}


def of_one_province(seed, clients=None):
    """The same of one province with some hundreds of clients, most of them in one situation, as the demonstration has.

    Categories are lopsided: some are nearly everybody's, some hardly anybody's.
    """
    random = Random(seed)
    situations = random.choice([[1], [30, 1], [40, 3, 2, 1], [60, 4, 2, 2, 0.3]])
    variables = {"age": AGES} | {f"variable {variable}": [f"category {one}" for one in range(random.randint(2, 10))]
                                 for variable in range(4)}
    weights = {name: [random.choice([1, 1, 0.2, 0.03]) for _ in categories] for name, categories in variables.items()}
    counts, ages = Counter(), Counter()
    for _ in range(clients or random.randint(100, 400)):
        situation = random.choices(range(len(situations)), situations)[0]
        chosen = {name: random.choices(categories, weights[name])[0] for name, categories in variables.items()}
        for name, category in chosen.items():
            counts[name, "province", category, f"situation {situation}"] += 1
        if (band := chosen["age"]) in BANDS:
            ages["province"] += random.randint(BANDS[band][0], min(BANDS[band][1], 80))
    return dict(counts), {"province": ages["province"]}
