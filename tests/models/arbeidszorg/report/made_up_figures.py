"""Made-up figures of a year, counted person by person, as the register gives them for a report."""
import datetime
from collections import Counter, defaultdict
from random import Random

from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.counting.comparison import Comparison
from models.arbeidszorg.report.counting.tally import Figures
from models.arbeidszorg.report.report import SCOPES, Report
from models.organisations import PROVINCES

COUNTING = "models.arbeidszorg.report.counting.figures"
CLOSINGS = ("length", "closing_reason", "outlook")


def figures(seed, year=2025, people=60, provinces=5):
    """Figures of `size` people, most of them in the first categories."""
    chance = Random(seed * 10_000 + year)
    of_clients, of_closings = variables.of_clients(), variables.of_closings()
    bounds = variables.age_bounds()
    found = {name: Counter() for name in ("clients", "clients_in", "closings", "closings_in", "incomplete",
                                          "shared")}
    ages, initiatives = defaultdict(lambda: (0, 0)), defaultdict(set)

    def pick(codes):
        codes = list(codes)
        return codes[min(int(chance.paretovariate(1.2)) - 1, len(codes) - 1)]

    for _ in range(people):
        province, situation = pick(list(PROVINCES)[:provinces]), pick(variables.situations())
        found["clients_in"][province, situation] += 1
        found["incomplete"][province, situation] += chance.random() < 0.1
        if chance.random() < 0.15:
            found["shared"][province, situation, chance.choice(["own-province", "other-province"])] += 1
        answers = {variable.code: pick(variable.categories) for variable in of_clients}
        for variable, category in answers.items():
            found["clients"][variable, province, category, situation] += 1
        if answers["age"] in bounds:
            total, known = ages[province]
            ages[province] = total + chance.randint(*bounds[answers["age"]]), known + 1
        initiatives[province, answers["sector"]].add(chance.randint(1, 3))
    for _ in range(people // 3):
        province = pick(list(PROVINCES)[:provinces])
        found["closings_in"][province] += 1
        for variable in of_closings:
            found["closings"][variable.code, province, pick(variable.categories)] += 1
    return Figures(
        year, datetime.date(year, 12, 31), found["clients"], found["clients_in"], found["closings"],
        found["closings_in"], dict(ages), {key: len(own) for key, own in initiatives.items()}, found["incomplete"],
        found["shared"])


def comparison(seed, year=2025, people=60, provinces=5, first=None):
    """The comparison of a year with the one before; nobody is in both."""
    years = {own: figures(seed, own, people, provinces) for own in range(first or year - 1, year + 1)}
    return Comparison(years[year - 1], years[year], {}, years)


def reports(monkeypatch, seed, people, provinces, first=None):
    """scope → Report of a made-up register in 2025, and the comparison that they were made from."""
    found = comparison(seed, 2025, people, provinces, first)
    monkeypatch.setattr(f"{COUNTING}.years", lambda today: sorted(found.years))
    monkeypatch.setattr(f"{COUNTING}.compared", lambda year, today, on_progress, others: found)
    return {scope: Report.make(2025, scope, datetime.date(2026, 6, 15)) for scope in SCOPES}, found
