"""A second count of the quantities: each day apart, over exported rows, with no code of the product.

It is written from the rules in docs/ecalcura.md and docs/decisions/0126 and 0140. Days are ISO texts, hours hundredths.
"""
import datetime
from collections import defaultdict
from fractions import Fraction
from typing import NamedTuple

ALLOW_PREMIUM, EQUATED = {"VPK"}, {"GEL"}
STEPS = (45, 50, 55)
STEP_HOURS, STEP_WAGE = Fraction(2), Fraction(526, 10000)
FOREVER = "9999-12-31"


class Exported(NamedTuple):
    """The rows of a facility, each a dict of its columns; `births`: employee → date of birth or None."""

    contracts: list
    terms: list
    choices: list
    replacements: list
    births: dict
    step_starts: str


def exported(content):
    """Flatten the content of a snapshot."""
    people = content["employees"]
    contracts = [{**one, "employee": person["id"]} for person in people for one in person["contracts"]]
    return Exported(
        contracts, [{**term, "contract": one["id"]} for one in contracts for term in one["terms"]],
        [{**one, "employee": person["id"]} for person in people for one in person["choices"]],
        [{**part, "contract": one["id"]} for one in contracts for part in one["replacements"]],
        {person["id"]: person["birth"] or person["reference_date"] for person in people},
        content["settings"]["step_starts"])


def step_day(born, age, rule):
    """The day on which a step begins, as an ISO text."""
    year, month, day = int(born[:4]) + age, int(born[5:7]), int(born[8:])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if (month, day) == (2, 29) and not leap:
        month, day = 3, 1
    if rule == "first_of_month":
        day = 1
    if rule == "first_of_next_month":
        year, month, day = year + month // 12, month % 12 + 1, 1
    return f"{year:04}-{month:02}-{day:02}"


def holds(row, day, first="since", last="until"):
    """Whether a row holds on a day."""
    return row[first] <= day <= (row[last] or FOREVER)


class Count:
    """Adds up each day of a trimester; `sums` are sums of days, to be divided by the number of days."""

    def __init__(self, rows):
        self.rows, self.days = rows, 0
        self.terms = defaultdict(list)
        for term in rows.terms:
            self.terms[term["contract"]].append(term)
        self.choices, self.replaced = defaultdict(Fraction), defaultdict(Fraction)

    def whole(self, first, last):
        """Count all days; returns name → mean, of each choice by contract and of each replacement."""
        day = datetime.date.fromisoformat(first)
        while day.isoformat() <= last:
            self.days += 1
            self.one_day(day.isoformat())
            day += datetime.timedelta(days=1)
        return ({key: value / self.days for key, value in self.choices.items() if value},
                {key: value / self.days for key, value in self.replaced.items() if value})

    def week(self, contract, day):
        """(hours, full-time week) of a contract on a day; None if it does not run."""
        if not holds(contract, day, "start"):
            return None
        found = contract["hours"], contract["full_time"]
        for term in sorted(self.terms[contract["id"]], key=lambda one: one["since"]):
            if term["since"] <= day:
                found = term["hours"], term["full_time"]
        return found

    def one_day(self, day):
        exempt = defaultdict(Fraction)
        for choice in self.rows.choices:
            born = self.rows.births[choice["employee"]]
            if born and holds(choice, day) and step_day(born, choice["step"], self.rows.step_starts) <= day:
                self.add_choice(choice, day, exempt)
        self.add_replacements(day, exempt)

    def add_choice(self, choice, day, exempt):
        parts = []
        for contract in self.rows.contracts:
            week = self.week(contract, day)
            if contract["employee"] != choice["employee"] or contract["role"] != "entitled" or week is None:
                continue
            acquired = contract["acquired_step"] if contract["qualification"] not in EQUATED else None
            if acquired and choice["step"] > acquired:
                continue
            if choice["kind"] == "premium" and contract["qualification"] not in ALLOW_PREMIUM:
                continue
            parts.append((contract, Fraction(week[0], week[1]), week[1]))
        together = sum((part for _, part, _ in parts), Fraction(0))
        for contract, part, full_time in parts:
            counts = part / together if together > 1 else part
            key = contract["id"], choice["id"]
            if choice["kind"] == "premium":
                self.choices[(*key, "premium")] += STEP_HOURS * counts
                self.choices[(*key, "wage_part")] += STEP_WAGE * counts
            else:
                self.choices[(*key, "exempt")] += STEP_HOURS * counts
                self.choices[(*key, "exempt_fte")] += counts * STEP_HOURS * 100 / full_time
                exempt[choice["employee"]] += STEP_HOURS * counts

    def add_replacements(self, day, exempt):
        contracts = {one["id"]: one for one in self.rows.contracts}
        today = [one for one in self.rows.replacements if holds(one, day)]
        given = defaultdict(Fraction)
        for one in today:
            given[one["replaced"]] += Fraction(one["hours"], 100)
        financed = {who: min(hours, exempt[who]) for who, hours in given.items() if who is not None}
        if None in given:
            left = sum(exempt.values(), Fraction(0)) - sum(financed.values(), Fraction(0))
            financed[None] = min(given[None], left)
        for one in today:
            hours, whole = Fraction(one["hours"], 100), one["replaced"]
            part = hours * financed[whole] / given[whole]
            self.replaced[one["id"], "replaced"] += hours
            self.replaced[one["id"], "financed"] += part
            self.replaced[one["id"], "surplus"] += hours - part
            self.replaced[one["id"], "financed_fte"] += part * 100 / self.week(contracts[one["contract"]], day)[1]


def counted(quantities):
    """The same two tables, from the quantities that the product counted."""
    choices, replaced = {}, {}
    for contract in quantities["contracts"]:
        for choice in contract["choices"]:
            for name in ("exempt", "exempt_fte", "premium", "wage_part"):
                choices[contract["id"], choice["id"], name] = Fraction(choice[name])
        for one in contract["replacements"]:
            for name in ("replaced", "financed", "financed_fte", "surplus"):
                replaced[one["id"], name] = Fraction(one[name])
    return tuple({key: value for key, value in found.items() if value} for found in (choices, replaced))


def sums(rows, choices, replaced):
    """Qualification → name → sum, from the two tables; also the premium of each step."""
    of = {one["id"]: one["qualification"] for one in rows.contracts}
    steps = {one["id"]: one["step"] for one in rows.choices}
    by = {one["id"]: one["contract"] for one in rows.replacements}
    found = defaultdict(lambda: defaultdict(Fraction))
    for (contract, choice, name), value in choices.items():
        found[of[contract]][name] += value
        if name == "premium":
            found[of[contract]][f"premium {steps[choice]}"] += value
    for (replacement, name), value in replaced.items():
        found[of[by[replacement]]][name] += value
    return {code: dict(values) for code, values in found.items()}


def counted_sums(quantities):
    """The same sums, from the quantities that the product counted."""
    found = {}
    for group in quantities["sums"]["groups"]:
        values = {name: Fraction(value) for name, value in group.items() if name not in ("qualification", "steps")}
        values |= {f"premium {one['step']}": Fraction(one["premium"]) for one in group["steps"]}
        found[group["qualification"]] = {name: value for name, value in values.items() if value}
    return {code: values for code, values in found.items() if values}
