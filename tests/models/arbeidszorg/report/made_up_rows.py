"""Made-up clients of a year: the figures that they give, and the same clients as rows, still to be coarsened."""
import datetime
from collections import Counter, defaultdict
from random import Random

from models.arbeidszorg.register import places
from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.tally import Figures
from models.arbeidszorg.report.rows import BIRTH_YEAR, HOME_PLACE, columns
from models.organisations import PROVINCES

YEAR = 2025


def register(seed, people=None, lopsided=None):
    """(Figures, rows by province and situation) of random clients: tiny, sparse, lopsided, with answers that lack."""
    chance = Random(seed)
    people = people or chance.choice([chance.randint(1, 12), chance.randint(1, 80), chance.randint(60, 400)])
    provinces = list(PROVINCES)[:chance.choice([1, 1, 2, 5])]
    situations = list(variables.situations())[:chance.choice([1, 2, 5])]
    lopsided, options = lopsided or chance.choice([0.7, 1.5, 4]), chance.choice([1, 2, 4, 20])
    lacking = chance.choice([0, 0, 0.02, 0.3])

    def pick(codes):
        codes = [code for code in codes if code != variables.MISSING][:options]
        return codes[min(int(chance.paretovariate(lopsided)) - 1, len(codes) - 1)]

    clients, clients_in, incomplete = Counter(), Counter(), Counter()
    ages, rows = defaultdict(lambda: (0, 0)), defaultdict(Counter)
    for _ in range(people):
        where = pick(provinces), pick(situations)
        answers = {variable.code: variables.MISSING if chance.random() < lacking else pick(variable.categories)
                   for variable in variables.of_clients()}
        for code, answer in answers.items():
            clients[code, where[0], answer, where[1]] += 1
        clients_in[where] += 1
        incomplete[where] += variables.MISSING in answers.values()
        if bounds := variables.age_bounds().get(answers["age"]):
            age = chance.randint(bounds[0], min(bounds[1], 70))
            total, known = ages[where[0]]
            ages[where[0]] = total + age, known + 1
            answers[BIRTH_YEAR] = str(YEAR - age)
        answers[HOME_PLACE] = pick(places.LABELS)
        rows[where][tuple(answers.get(column.code) for column in columns())] += 1
    return Figures(YEAR, datetime.date(YEAR, 12, 31), dict(clients), dict(clients_in), {}, {}, dict(ages), {},
                   dict(+incomplete)), rows
