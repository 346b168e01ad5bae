"""Which mean ages may be shown beside what suppression.py left to see (docs/decisions/0071).

A mean, with the bands that the ages are counted in, bounds how many there can be in each band. So with every change
that shows a hidden count to be safe there must be ages that fit the bands and give the same means, of the provinces
and of Flanders.
"""
from disclosure.suppression import SMALLEST_SHOWN
from disclosure.tables import TOTAL


def in_tenths(total, number):
    """A mean as it is shown; a half goes up."""
    return (20 * total + number) // (2 * number)


def means_to_show(hidden, counts, ages, bands, variable="age"):
    """The provinces, and TOTAL for Flanders, of which the mean may be shown.

    `ages` is {province: sum of the known ages}; `bands` is {category: (youngest, oldest)} of the categories with ages.
    """
    if not counts:
        return set()
    means = _Means(counts, ages, bands, variable)
    means.drop(place for place in list(means.shown) if hidden.is_hidden((TOTAL, place, TOTAL, *means.everywhere)))
    worlds = means.worlds(hidden)
    for known, numbers in worlds:
        means.drop(place for place in means.provinces if _is_empty(means.sums(place, numbers, known)))
    if any(_is_empty(means.sums_of_flanders(numbers, known)) for known, numbers in worlds):
        means.drop([TOTAL])
    return set(means.shown)


class _Means:
    """The means that are still thought of to be shown, and what sums of ages agree with them."""

    def __init__(self, counts, ages, bands, variable):
        self.bands, self.ages, self.variable = bands, ages, variable
        self.everywhere = [TOTAL] * (len(min(counts)) - 3)
        self.provinces = sorted({cell[1] for cell in counts})
        self.numbers = {(province, category): 0 for province in self.provinces for category in bands}
        for (of, province, category, *_), count in counts.items():
            if of == variable and category in bands:
                self.numbers[province, category] += count
        self.shown = {}
        for place in (*self.provinces, TOTAL):
            number = self._number(place, self.numbers)
            if number >= SMALLEST_SHOWN:
                total = sum(ages.values()) if place is TOTAL else ages.get(place, 0)
                self.shown[place] = in_tenths(total, number)

    def drop(self, places):
        """Do not show the means of these."""
        for place in list(places):
            self.shown.pop(place, None)

    def worlds(self, hidden):
        """(known province, numbers in each band) of the worlds that have other numbers, each once."""
        band_of = {(self.variable, *key, *self.everywhere): key for key in self.numbers}
        found = {(known, tuple((band_of[cell], change) for cell, change in changes.items())): None
                 for known, changes in hidden.worlds(band_of)}
        return [(known, self.numbers | {key: self.numbers[key] + change for key, change in changes})
                for known, changes in found]

    def sums(self, province, numbers, known):
        """The lowest and highest sum of ages of a province that fit its bands, and its mean if that is shown."""
        if province == known:
            return self.ages.get(province, 0), self.ages.get(province, 0)
        held = [(self.bands[category], count) for (place, category), count in numbers.items() if place == province]
        bounds = sum(low * count for (low, _), count in held), sum(high * count for (_, high), count in held)
        return self._with_the_mean(province, numbers, bounds)

    def sums_of_flanders(self, numbers, known):
        """The same for Flanders, out of the sums of the provinces."""
        each = [self.sums(province, numbers, known) for province in self.provinces]
        return self._with_the_mean(TOTAL, numbers, (sum(low for low, _ in each), sum(high for _, high in each)))

    def _with_the_mean(self, place, numbers, bounds):
        if place not in self.shown:
            return bounds
        number, mean = self._number(place, numbers), self.shown[place]
        at_least, too_much = -(-number * (2 * mean - 1) // 20), -(-number * (2 * mean + 1) // 20)
        return max(bounds[0], at_least), min(bounds[1], too_much - 1)

    def _number(self, place, numbers):
        return sum(count for (province, _), count in numbers.items() if place in (TOTAL, province))


def _is_empty(bounds):
    return bounds[0] > bounds[1]
