"""Everything that is kept of a person, as tables in words: for the page, and for the file."""
from typing import NamedTuple

from models.ecalcura.contracts import lists
from models.ecalcura.people import numbers, registers
from models.ecalcura.people.employees import REPLACED
from models.ecalcura.people.lookups import CONTRACT, CORRECTION, IMPORT, RETRY
from models.log import lines_of
from views.ecalcura import check_words, words
from views.hall import log_words
from views.shell import filters

PURPOSES = {CONTRACT: "nieuwe medewerker of nieuw contract", CORRECTION: "nummer verbeteren",
            RETRY: "opnieuw gevraagd door Loket", IMPORT: "lijst ingelezen"}
ANSWERS = {registers.FOUND: "gevonden", registers.NOT_FOUND: "niet gevonden", registers.SILENT: "geen antwoord",
           registers.REPLACED: "nummer vervangen", registers.DECEASED: "overleden"}
REPLACEMENT_COLUMNS = ("Periode", "Uren per week", "Datum van de akte")


class Section(NamedTuple):
    """A table: its heading, its columns, and its rows as text."""

    title: str
    columns: tuple
    rows: list


def of(kept, number, sentence=log_words.line):
    """The sections; `number` is the person's number as the reader may see it, `sentence` writes a line of the log."""
    return [
        Section("Persoon", ("Gegeven", "Waarde"), _person(kept, number)),
        Section("Vroegere nummers", ("Nummer", "Tot", "Waarom"), [_past(one) for one in kept.past_numbers]),
        Section("Contracten", ("Rol", "Kwalificatie", "Statuut", "Periode", "Uren per week", "Visum"),
                [_contract(one, kept.later_hours[one.id]) for one in kept.contracts]),
        Section("Keuzes", ("Stap", "Keuze", "Periode"), [
            (f"{one.step} jaar", words.CHOICES[one.kind], words.period(one.since, one.until))
            for one in kept.choices]),
        Section("Verklaringen van 200 uren", ("Stap", "Periode"), [
            (f"{one.step} jaar", words.period(one.first, one.last)) for one in kept.irregular_work]),
        Section("Vervangt iemand", REPLACEMENT_COLUMNS, [_replacement(one) for one in kept.replaces]),
        Section("Wordt vervangen", REPLACEMENT_COLUMNS, [_replacement(one) for one in kept.replaced_by]),
        Section("Prestaties", ("Trimester", "Uren"), [
            (one.trimester.label, _hours(one.hours)) for one in kept.performances]),
        Section("Te controleren", ("Code", "Wat"), [
            (one.check.code, check_words.sentence(one.check)) for one in kept.checks]),
        Section("Ingediend", ("Trimester", "Versie", "Ingediend op"), [
            (one.trimester.label, str(one.version), filters.moment(one.made_at)) for one in kept.submitted]),
        Section("Gevraagd aan het rijksregister", ("Wanneer", "Waarom", "Antwoord"), [
            (filters.moment(one.made_at), PURPOSES[one.purpose], ANSWERS[one.answer])
            for one in kept.lookups]),
        Section("Nummer bekeken", ("Wanneer", "Door", "Reden"), [
            (filters.moment(one.made_at), "een dossierbeheerder" if one.by_desk else "de voorziening", one.reason)
            for one in kept.looks]),
        Section("Log", ("Wanneer", "Wat"), [
            (filters.moment(one.made_at), sentence(one)) for one in lines_of(kept.entries)]),
    ]


def as_rows(parts):
    """The sections for a file: title → rows, each with the columns as its keys."""
    return {part.title: [dict(zip(part.columns, row, strict=True)) for row in part.rows] for part in parts}


def _person(kept, number):
    person = kept.person
    rows = [("Rijksregister- of bisnummer", number), ("Naam", person.family), ("Voornaam", person.first),
            ("Geboortedatum", filters.day(person.birth)), ("Rekendatum", filters.day(person.reference_date)),
            ("Overleden op", filters.day(person.deceased_on)),
            ("Toegevoegd op", filters.moment(kept.employee.created_at))]
    return [(label, value) for label, value in rows if value]


def _past(one):
    """A number that was wrong is that of somebody else: always masked."""
    why = "vervangen door het rijksregister" if one.reason == REPLACED else "was verkeerd en is verbeterd"
    return numbers.masked(one.number), filters.moment(one.until), why


def _contract(one, later):
    hours = [_of_week(one), *(f"{_of_week(part)} vanaf {filters.day(part.since)}" for part in later)]
    return (words.ROLES[one.role], words.qualification(one.qualification),
            lists.statutes().get(one.statute, one.statute), words.period(one.start, one.until), "; ".join(hours),
            words.QUALIFICATION_STATES[one.qualification_state][0])


def _of_week(one):
    return f"{words.hours(one.hours)} van {words.hours(one.full_time)}"


def _replacement(one):
    """Without the name of the colleague: it is not about this person."""
    return words.period(one.since, one.until), words.hours(one.hours), filters.day(one.act_on) or "niet ingevuld"


def _hours(hours):
    kinds = lists.performance_kinds()
    return "; ".join(f"{kinds.get(kind, kind)}: {words.hours(value)}" for kind, value in hours.items())
