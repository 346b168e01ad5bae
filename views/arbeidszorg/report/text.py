"""Writes a few sentences for each chapter of a report, for an administrator to start from, and how it was counted.

They use only the counts that the report shows, so no sentence reveals a hidden count; a sentence that a hidden count
could make untrue is left out.
"""
from decimal import ROUND_HALF_UP, Decimal

from models.arbeidszorg.report.report import CHANGES, ONE_PERSON, RUNNING, SERIES
from views.shell.filters import day, number, percentage, signed

HALF_A_PERCENT, MOST_CHANGES = Decimal("0.5"), 6
NO_ANSWER = ("unknown", "missing")
# The sentence about the largest category of each variable.
_LARGEST = {
    "2-province": "De provincie van vestiging met de meeste medewerkers is {}.",
    "2-age": "De grootste leeftijdsgroep is {}.",
    "2-living_situation": "De leefsituatie die het meest voorkomt, is {}.",
    "2-income": "Het hoofdinkomen dat het meest voorkomt, is {}.",
    "2-main_problem": "De hoofdproblematiek die het meest voorkomt, is {}.",
    "2-education": "Het onderwijsniveau dat het meest voorkomt, is {}.",
    "2-referrer": "De verwijzer die het meest voorkomt, is {}.",
    "2-hours": "Het aantal uren per week dat het meest voorkomt, is {}.",
    "3-length": "De duur die het meest voorkomt, is {}.",
    "3-closing_reason": "De reden die het meest voorkomt, is {}.",
}
_HOW_COUNTED = {
    "population": "Een arbeidszorgmedewerker is actief in een jaar wanneer minstens één begeleidingsperiode dat jaar "
                  "overlapt. Wie bij één organisatie twee periodes heeft, telt één keer; wie bij twee organisaties "
                  "geregistreerd is, telt bij elk van beide.",
    "answers": "De antwoorden, de leeftijd en de provincie van tewerkstelling zijn die van {day}; de sector en de "
               "provincie van vestiging zijn die van de organisatie op de dag waarop het rapport gemaakt werd.",
    "moved": "Wie naar een andere organisatie verhuisde, telt met alles bij de organisatie van {day}; wie daar in het "
             "vorige jaar nog niet was, geldt in de vergelijking niet als iemand die in beide jaren begeleid werd.",
    "several-periods": "De uren zijn die van de periode die op die dag loopt, anders van de volgende of de laatste van "
                       "het jaar. Een stopzetting is een periode die in het jaar eindigde: iemand kan er meer hebben.",
    "situation": "Wie op die dag begeleid werd, is nog actief; wie niet, krijgt het perspectief waarmee de laatste "
                 "periode van het jaar eindigde.",
    "not-answered": "‘Onbekend’ is een antwoord. ‘Niet ingevuld’ staat er waar niemand antwoordde; zonder die rij "
                    "antwoordde iedereen. De gemiddelde leeftijd is die van wie de geboortedatum bekend is.",
    "initiatives": "Een initiatief is een organisatie die in het jaar minstens één medewerker begeleidde. Het aantal "
                   "staat er niet waar het iets zou zeggen over aantallen medewerkers die niet getoond worden.",
    "incomplete": "Een registratie is onvolledig wanneer een vraag van het formulier vandaag geen antwoord heeft, ook "
                  "een vraag die niet in dit rapport staat.",
    "hidden": "Een aantal van 1 tot en met 4 staat er niet (*). Hetzelfde teken staat bij andere aantallen waaruit het "
              "te berekenen zou zijn. Een nul staat er, behalve onder een totaal van 1 tot en met 4 of een ander "
              "totaal waarvan niets getoond wordt.",
    "shares": "Percentages zijn afgerond op één decimaal; verschillen zijn vóór het afronden berekend. Ze staan er "
              "alleen waar de aantallen er staan.",
    ONE_PERSON: "Het register volgt geen personen van de ene organisatie naar de andere. ‘Misschien dezelfde persoon’ "
                "telt wie op {day} dezelfde geboortedatum, hetzelfde geslacht en dezelfde postcode thuis had als een "
                "actieve medewerker van een andere organisatie. Het kunnen ook twee verschillende mensen zijn.",
    RUNNING: "Het jaar loopt nog: wat al gepland is, telt mee, en de aantallen zullen nog veranderen.",
    CHANGES: "‘Groter dan toeval’: z-toets die rekening houdt met wie in beide jaren begeleid werd, 5 % per tabel "
             "(methode van Holm). Over een verandering bij minder dan 25 mensen zegt de toets niets.",
    SERIES: "Elk jaar van een reeks is geteld en afgedekt zoals in het rapport over dat jaar. Het lopende jaar staat "
            "er alleen in wanneer het rapport daarover gaat.",
}


def how_counted(report):
    """The sentences on how this report was counted."""
    known = [_HOW_COUNTED[key] for key in report.how_counted if key in _HOW_COUNTED]
    return [sentence.format(day=day(report.reference_day)) for sentence in known]


def sentences(report):
    """Chapter number → its sentences; empty for a report without clients."""
    if report.is_empty:
        return {}
    chapters = {1: _initiatives, 2: _clients, 3: _closings, 4: _changes}
    return {chapter: [sentence for sentence in write(report) if sentence] for chapter, write in chapters.items()}


def _initiatives(report):
    count = _total(report.table("1-sector"))
    if not count:
        return
    those = "begeleidde 1 initiatief" if count == 1 else f"begeleidden {number(count)} initiatieven"
    yield f"In {report.year} {those} in {report.scope_label} minstens één arbeidszorgmedewerker."
    if count > 1:
        yield _largest(report.table("1-sector"), "De meeste initiatieven horen bij de sector {}.")
        yield _largest(report.table("1-province"), "De provincie met de meeste initiatieven is {}.")


def _clients(report):
    if (count := report.clients.now.count) is not None:
        where = "" if report.table("2-province") else f" in {report.scope_label}"
        if report.is_running:
            yield f"{report.year} loopt nog: het register telt{where} {_people(count)} voor dat jaar."
        else:
            be = "was" if count == 1 else "waren"
            yield f"In {report.year} {be} er{where} {_people(count)}{_than_before(report, report.clients)}."
    if report.mean_age.now is not None:
        yield f"Hun gemiddelde leeftijd is {_decimal(report.mean_age.now)} jaar."
    yield _listed(report.table("2-gender"), "Verdeling naar geslacht: {}.")
    for code in _LARGEST:
        if code.startswith("2-"):
            yield _largest(report.table(code), _LARGEST[code])


def _closings(report):
    count = report.closings.now.count
    if count == 0:
        yield f"In {report.year} werd{' nog' if report.is_running else ''} geen enkele begeleidingsperiode stopgezet."
    elif count is not None:
        those = "werd 1 begeleidingsperiode" if count == 1 else f"werden {number(count)} begeleidingsperiodes"
        than_before = "" if report.is_running else _than_before(report, report.closings)
        yield f"In {report.year} {those} stopgezet{than_before}."
    active = _cell(report.table("3-situation"), "active")
    if active and active.share is not None and not report.is_running:
        share = percentage(active.share)
        yield f"Op {day(report.reference_day)} was {share} van de medewerkers van dat jaar nog actief."
    for code in ("3-length", "3-closing_reason"):
        yield _largest(report.table(code), _LARGEST[code])
    yield _listed(report.table("3-outlook"), "Het perspectief na stopzetting: {}.")


def _changes(report):
    if None not in report.mean_age:
        now, before = map(_decimal, report.mean_age)
        yield f"De gemiddelde leeftijd is {now} jaar; in {report.year - 1} was dat {before} jaar."
    if report.clients.before.count == 0:
        yield f"In {report.year - 1} werd in {report.scope_label} niemand begeleid: er valt niets te vergelijken."
    tables = [table for table in report.chapter(4) if table.changes]
    larger = sorted(((-abs(row.points), table.title, row) for table in tables for row in table.rows if row.larger),
                    key=lambda one: one[:2])
    if larger:
        those = "; ".join(f"{title} ‘{row.label}’ ({signed(row.points)})" for _, title, row in larger[:MOST_CHANGES])
        some = "De grootste veranderingen" if len(larger) > MOST_CHANGES else "De veranderingen"
        yield f"{some} sinds {report.year - 1} die groter zijn dan toeval, in procentpunten: {those}."
    elif any(row.points is not None for table in tables for row in table.rows):
        yield f"Geen enkele verandering sinds {report.year - 1} die getoond wordt, is groter dan toeval."
    yield _over_the_years(report)


def _over_the_years(report):
    table = report.table("4-series")
    shown = [(row.label, row.cells[0].count) for row in table.rows if row.cells[0].count] if table else []
    shown = [(year, count) for year, count in shown if int(year) <= report.year]
    if len(shown) > 2 and not report.is_running:
        (first, was), *_, (last, is_) = shown
        return f"Het aantal actieve arbeidszorgmedewerkers was {number(was)} in {first} en {number(is_)} in {last}."
    return None


def _than_before(report, pair):
    """`, 3,1 % meer dan in 2024`; '' if the year before is hidden or zero."""
    now, before = pair.now.count, pair.before.count
    if not before:
        return ""
    change = Decimal(100) * (now - before) / before
    if now == before:
        return f", evenveel als in {report.year - 1}"
    if abs(change) < HALF_A_PERCENT:
        return f", ongeveer evenveel als in {report.year - 1}"
    share = abs(change).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f", {percentage(share)} {'meer' if change > 0 else 'minder'} dan in {report.year - 1}"


def _largest(table, sentence):
    """The sentence with the largest category; None if hidden or missing answers could be as many."""
    total = _total(table)
    if not total:
        return None
    counts = {row: row.cells[0].count for row in table.rows if not row.total and not row.cells[0].hidden}
    answers = {row: count for row, count in counts.items() if row.code not in NO_ANSWER}
    row = max(answers, key=answers.get, default=None)
    others = [count for other, count in answers.items() if other != row]
    not_answered = total - sum(answers.values())
    if row is None or answers[row] <= max([not_answered, *others]):
        return None
    return sentence.format(f"‘{row.label}’ ({percentage(row.cells[0].share)})")


def _listed(table, sentence):
    """The sentence with the share of each category whose count is shown and not zero."""
    if not _total(table):
        return None
    shares = [f"‘{row.label}’ {percentage(row.cells[0].share)}" for row in table.rows
              if not row.total and row.cells[0].count]
    return sentence.format(", ".join(shares)) if shares else None


def _total(table):
    cell = _cell(table, "total")
    return cell.count if cell else None


def _cell(table, row):
    return next((one.cells[0] for one in table.rows if one.code == row), None) if table else None


def _people(count):
    return f"{number(count)} actieve arbeidszorgmedewerker{'' if count == 1 else 's'}"


def _decimal(value):
    return f"{value:f}".replace(".", ",")
