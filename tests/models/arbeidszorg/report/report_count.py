"""The yearly report counted once more, in plain Python over the rows of the organisations' exports.

Nothing of the report's own code is used: bands, provinces and answers of a day are worked out from docs/domain.md,
from the Dutch words that an export holds.
"""
import datetime
import re
from collections import Counter, defaultdict

CHOICES = {
    "gender": "Geslacht", "living_situation": "Leefsituatie", "income": "Hoofdinkomen",
    "main_problem": "Hoofdproblematiek", "education": "Onderwijsniveau", "paid_work": "Bezoldigd circuit",
    "referrer": "Belangrijkste verwijzer", "compensation": "Vergoeding", "subsidy": "Subsidie",
}
EARLIER = re.compile(r"([^:|]+): (.+?) \(t\.e\.m\. (\d\d)/(\d\d)/(\d{4})\)")
HOURS = re.compile(r"([\d,]+) \(t\.e\.m\. (\d\d)/(\d\d)/(\d{4})\)")
LATE = datetime.date(9999, 1, 1)
DAY = datetime.timedelta(days=1)


def count(rows, year, today):
    """The counts of a year, by the Dutch words of the export; `rows` are a mapping each, with `sector` added.

    `stays`, where it is added too, holds the client's earlier organisations: (until, province, name, sector).
    """
    day = min(datetime.date(year, 12, 31), today)
    people = defaultdict(list)
    for row in rows:
        people[row["Nummer"]].append(_where_it_was(row, day))
    found = {name: Counter() for name in ("clients", "clients_in", "closings", "closings_in", "ages", "initiatives",
                                          "incomplete")}
    guided, persons = set(), defaultdict(list)
    for own in people.values():
        periods = sorted((row["Startdatum"], row["Einddatum"] or LATE, row) for row in own
                         if row["Startdatum"] and row["Startdatum"].year <= year
                         and (row["Einddatum"] or LATE).year >= year)
        if periods:
            _client(found, periods, day, persons)
            guided.add((own[0]["Provincie"], own[0]["Organisatie"], own[0]["sector"]))
        for start, end, row in periods:
            goes_on = _goes_on(own, end)
            assert goes_on == (row["Reden van stopzetting"] == "Voortzetting")
            if end.year == year and end <= day and not goes_on:
                _closing(found, _first_day(own, start), end, row)
    found["shared"] = Counter(share for alike in persons.values() for share in _shares(alike))
    found["initiatives"].update((province, sector) for province, _, sector in guided)
    return found


def _where_it_was(row, day):
    """The row with the organisation at which the client was on this day."""
    at = min((stay for stay in row.get("stays", ()) if stay[0] >= day), default=None)
    return {**row, "Provincie": at[1], "Organisatie": at[2], "sector": at[3]} if at else row


def _shares(alike):
    """Where each of these clients with one identity is, and whether another organisation has one of the others."""
    for province, organisation, situation in alike:
        others = {where for where, other, _ in alike if (where, other) != (province, organisation)}
        if others:
            yield province, situation, "own-province" if province in others else "other-province"


def _client(found, periods, day, persons):
    later = [period for period in periods if period[1] >= day]
    _, end, row = (later or periods[-1:])[0]
    province = row["Provincie"]
    situation = "active" if end >= day else row["Perspectief na stopzetting"]
    answers = _answers_on(row, day)
    born = answers["Geboortedatum"]
    identity = born, answers["Geslacht"], answers["Postcode woonplaats"]
    if not {None, "Onbekend"} & set(identity):
        persons[identity].append((province, row["Organisatie"], situation))
    if isinstance(born, datetime.date):
        years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        found["ages"][province, "sum"] += years
        found["ages"][province, "known"] += 1
        born = _first(years, [(24, "-24"), (34, "25-34"), (44, "35-44"), (54, "45-54"), (64, "55-64"), (999, "65-")])
    hours = _hours_on(row, day)
    hours = "20-" if hours >= 20 else _first(hours, [(4, "-4"), (8, "4-8"), (12, "8-12"), (20, "12-20")])
    categories = {code: answers[heading] for code, heading in CHOICES.items()} | {
        "age": born, "hours": hours, "sector": row["sector"], "work_place": _place(answers["Postcode werkplaats"], day)}
    for variable, category in categories.items():
        found["clients"][variable, province, category, situation] += 1
    found["clients_in"][province, situation] += 1
    headings = list(row)
    asked = headings[headings.index("Naam") + 1:headings.index("Aantal uren")]
    found["incomplete"][province, situation] += any(row[heading] is None for heading in asked)


def _hours_on(row, day):
    held = [(datetime.date(*map(int, reversed(until))), hours)
            for hours, *until in HOURS.findall(row["Vroegere uren"] or "")]
    _, hours = min(((until, hours) for until, hours in held if until >= day), default=(None, str(row["Aantal uren"])))
    return float(hours.replace(",", "."))


def _goes_on(own, end):
    """Whether another period starts on the day after this one, at the same organisation."""
    moved = {stay[0] for row in own for stay in row.get("stays", ())}
    return end not in moved and any(end != LATE and row["Startdatum"] == end + DAY for row in own)


def _first_day(own, start):
    """The first day of the stretch of periods, each from the day after the one before it, to which `start` belongs."""
    ends = {row["Einddatum"]: row["Startdatum"] for row in own if row["Einddatum"] and _goes_on(own, row["Einddatum"])}
    while (before := start - DAY) in ends:
        start = ends[before]
    return start


def _closing(found, start, end, row):
    after = end + DAY
    full = (months for months in range(2000)
            if (start.year + (start.month + months) // 12, (start.month + months) % 12 + 1, start.day)
            > (after.year, after.month, after.day))
    months = next(full)
    length = _first(months, [(2, "-3m"), (5, "3-6m"), (11, "6-12m"), (23, "1-2y"), (59, "2-5y"), (9999, "5y-")])
    for variable, category in (("length", length), ("closing_reason", row["Reden van stopzetting"]),
                               ("outlook", row["Perspectief na stopzetting"])):
        found["closings"][variable, row["Provincie"], category] += 1
    found["closings_in"][row["Provincie"]] += 1


def _answers_on(row, day):
    answers = dict(row)
    held = defaultdict(list)
    for heading, answer, *until in EARLIER.findall(row["Vroegere antwoorden"] or ""):
        until = datetime.date(*map(int, reversed(until)))
        if until >= day:
            held[heading.strip()].append((until, answer))
    for heading, earlier in held.items():
        answers[heading] = min(earlier)[1]
        if heading == "Geboortedatum" and answers[heading] != "Onbekend":
            answers[heading] = datetime.datetime.strptime(answers[heading], "%d/%m/%Y").date()  # noqa: DTZ007
    return answers


def _place(postcode, day):
    if postcode is None or not postcode.isdigit():
        return postcode
    if postcode == "2070" and day >= datetime.date(2025, 1, 1):
        return "Oost-Vlaanderen"
    return _first(int(postcode), [
        (1299, "Brussel"), (1499, "Waals-Brabant"), (1999, "Vlaams-Brabant"), (2999, "Antwerpen"),
        (3499, "Vlaams-Brabant"), (3999, "Limburg"), (7999, "Buiten Vlaanderen"), (8999, "West-Vlaanderen"),
        (9999, "Oost-Vlaanderen")])


def _first(value, bands):
    return next(name for most, name in bands if value <= most)


def of_clients(found, variable):
    """Counts of one variable in `Figures`, by (category, situation), all provinces together."""
    counts = Counter()
    for (of, _, category, situation), n in found.clients.items():
        if of == variable:
            counts[category, situation] += n
    return counts
