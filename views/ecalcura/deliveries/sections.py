"""The values of the deliveries of a facility, as its own page and the desk's page show them."""
from models.ecalcura.deliveries.billed_days import BilledYear, fields_of, parts, years
from models.ecalcura.deliveries.billed_reopening import state_of
from models.ecalcura.facilities import colleagues
from views.ecalcura.deliveries.words import STATES, part


def billed(facility):
    """(year, words of its state, class of its state, cells of its days) of each year with billed days."""
    return [(year, *STATES[state_of(one)], cells(fields_of(facility, year), year, one.days()))
            for year in years(facility) for one in [BilledYear.at(facility, year)]]


def cells(labels, year, days):
    """(label, days or None) of each field in each part of a year."""
    return [(part(one.number, label, labels), days.get((one.number, field)))
            for one in parts(year) for field, label in labels.items()]


def versions(facility, billed):
    """(number, moment, name of whoever submitted it, cells of its days) of each version of a year."""
    names = colleagues.names_of(facility)
    return [(one.number, one.made_at, names.get(one.account_id, "–"), cells(one.labels, billed.year, one.days))
            for one in billed.versions()]
