"""The values of the deliveries of a facility, as its own page and the desk's page show them."""
from models.ecalcura.checks.codes import Check
from models.ecalcura.deliveries import fields
from models.ecalcura.deliveries.billed_days import BilledYear, fields_of, parts, years
from models.ecalcura.deliveries.billed_reopening import state_of
from models.ecalcura.deliveries.certificates import Certificate, with_file
from models.ecalcura.deliveries.physicians import CraContract, gaps, is_usual_riziv
from models.ecalcura.deliveries.residents import DAYS, PLACES, TOTAL, counts_of
from models.ecalcura.facilities import colleagues
from models.ecalcura.people import numbers
from models.ecalcura.trimesters import track
from views.ecalcura.check_words import sentence
from views.ecalcura.deliveries.words import STATES, part
from views.ecalcura.trimesters.hours import trimester_at
from views.ecalcura.trimesters.words import state
from views.ecalcura.words import NO_NAME


def billed(facility):
    """(year, words of its state, class of its state, cells of its days) of each year with billed days."""
    return [(year, *STATES[state_of(one)], cells(fields_of(facility, year), year, one.days()))
            for year in years(facility) for one in [BilledYear.at(facility, year)]]


def residents(facility):
    """(place, total of places, total of days, words and class of its state) of each trimester."""
    if not fields.delivers(facility, fields.RESIDENTS):
        return []
    stages = [stage for of_period in track.stages(facility).values() for stage in reversed(of_period)
              if stage.window or stage.file]
    return [_of_trimester(facility, stage) for stage in stages]


def _of_trimester(facility, stage):
    counts = counts_of(facility, trimester_at(*stage.place))
    return (stage.place, counts.get((TOTAL, PLACES)), counts.get((TOTAL, DAYS)), *state(stage))


def physicians(facility):
    """(contract, name, masked number, RIZIV number, whether that is unusual) of each CRA contract, the newest first."""
    return [(one, found.name or NO_NAME, numbers.masked(found.number), found.riziv,
             bool(found.riziv) and not is_usual_riziv(found.riziv))
            for one in reversed(list(CraContract.of(facility))) for found in [one.physician]]


def physician_gaps(facility):
    """The sentence of V30 for each span of days between two CRA contracts."""
    return [f"V30 {sentence(Check('V30', values={'first': first, 'last': last}))}"
            for first, last in gaps(list(CraContract.of(facility)))]


def certificates(facility):
    """(certificate, whether it has a file) of each certificate, by kind, the newest first."""
    files = with_file(facility)
    return [(one, one.id in files) for one in Certificate.of(facility)]


def cells(labels, year, days):
    """(label, days or None) of each field in each part of a year."""
    return [(part(one.number, label, labels), days.get((one.number, field)))
            for one in parts(year) for field, label in labels.items()]


def versions(facility, billed):
    """(number, moment, name of whoever submitted it, cells of its days) of each version of a year."""
    names = colleagues.names_of(facility)
    return [(one.number, one.made_at, names.get(one.account_id, "–"), cells(one.labels, billed.year, one.days))
            for one in billed.versions()]
