"""The anonymous rows: each like four others, and of what the report hides they tell nothing."""
import datetime
from collections import Counter
from itertools import product

import pytest

from disclosure import SUPPRESSED
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.covered import Covered, _whether_incomplete
from models.arbeidszorg.report.report import FLANDERS
from models.arbeidszorg.report.rows import AnonymousRows
from models.organisations import PROVINCES
from tests import old_register
from tests.disclosure.attacker import Attacker, with_margins
from tests.disclosure.once import share_suppression, suppress
from tests.factories import client_of, period_of
from tests.models.arbeidszorg.report import made_up_rows

Day = datetime.date
TODAY = Day(2026, 6, 15)
SEEDS = range(30)
COUNTED = [variable.code for variable in variables.of_clients()]


@pytest.fixture(autouse=True)
def hidden_once(monkeypatch):
    """The reports and the tests share the suppression, which need not be worked out twice."""
    share_suppression(monkeypatch)


def made(seed, scope=FLANDERS, **register):
    figures, found = made_up_rows.register(seed, **register)
    covered = Covered(figures)
    return figures, covered, found, AnonymousRows.of(covered, found, scope)


def said_by(rows):
    """How many rows say each answer: (variable, province, category, situation) → number."""
    said = Counter()
    codes = [heading.code for heading in rows.headings]
    for answers, number in rows.rows:
        row = dict(zip(codes, answers, strict=True))
        for variable in COUNTED:
            if row[variable] is not SUPPRESSED:
                said[variable, row["province"], row[variable], row["situation"]] += number
    return said


@pytest.mark.parametrize("seed", SEEDS)
def test_every_row_is_like_four_others_word_for_word(seed):
    *_, rows = made(seed)
    alike = Counter(tuple(words) for words, _ in rows.words())
    assert all(number >= 5 for number in alike.values())
    assert all(alike[tuple(words)] == indicator for words, indicator in rows.words())
    assert sum(alike.values()) == rows.count


@pytest.mark.parametrize("people", range(3, 93, 4))
def test_the_rows_leave_every_hidden_count_of_the_report_as_open_as_it_was(people):
    """A reader who also counts the rows: each count is at least as many as rows say it."""
    figures, _, _, rows = made(people, people=people)
    counts = figures.clients | _whether_incomplete(figures)
    pattern = suppress(counts)
    cells = with_margins(counts)
    attacker = Attacker(cells, pattern.is_suppressed)
    said = said_by(rows)
    for cell, number in said.items():
        assert number <= cells[cell]
        attacker.learn_minimum(cell, number)
    for knows, changes in pattern.feasible_tables():
        if knows is None:
            attacker.add_feasible_changes(changes)
    assert list(attacker.ruled_out()) == []
    # Subtracting the rows from a shown count leaves 0, or 5 or more.
    for cell, count in cells.items():
        if None not in cell and cell[0] in COUNTED and not pattern.is_suppressed(cell):
            assert count - said[cell] == 0 or count - said[cell] >= 5


@pytest.mark.parametrize("seed", SEEDS)
def test_a_row_says_how_many_there_are_nowhere_that_the_report_does_not(seed):
    figures, covered, _, rows = made(seed)
    found = Counter()
    for answers, number in rows.rows:
        found[answers[:2]] += number
    for province, situation in product(PROVINCES, variables.situations()):
        cell = covered.clients(province, situation=situation)
        assert found[province, situation] == (0 if cell.hidden else cell.count)
    every = covered.clients()
    assert rows.withheld == (None if every.hidden else sum(figures.clients_in.values()) - rows.count)


@pytest.mark.parametrize("seed", range(20))
def test_the_rows_of_flanders_are_those_of_its_provinces_and_do_not_depend_on_the_order_they_come_in(seed):
    _, covered, found, rows = made(seed)
    own = [AnonymousRows.of(covered, found, province).rows for province in PROVINCES]
    assert sorted(map(str, sum(own, ()))) == sorted(map(str, rows.rows))
    turned = {where: Counter(dict(reversed(held.items()))) for where, held in reversed(found.items())}
    assert AnonymousRows.of(covered, turned, FLANDERS).rows == rows.rows


def test_years_of_birth_are_shown_only_if_the_report_shows_every_band_of_ages():
    told = Counter()
    for seed in range(24):
        _, covered, _, rows = made(seed, people=80)
        says = any(answers[-1] is not SUPPRESSED for answers, _ in rows.rows)
        shown = not any(covered.clients(province, "age", band).hidden
                        for province in (*PROVINCES, None) for band in variables.age_bounds())
        assert shown or not says
        told[says] += 1
    assert min(told[True], told[False]) > 2


def test_no_row_shows_a_missing_answer_if_the_report_hides_the_number_of_incomplete_registrations():
    told = Counter()
    for seed in range(24):
        _, covered, _, rows = made(seed, people=60)
        for answers, number in rows.rows:
            if variables.MISSING in answers:
                told[covered.clients(answers[0], "incomplete", "incomplete", answers[1]).hidden] += number
    assert told[False]
    assert not told[True]


@pytest.fixture
def guided(cast):
    """So many alike clients of De Ploeg, guided in 2025."""
    def guided(number, login=cast.ploeg, **answers):
        for _ in range(number):
            period_of(client_of(login, **answers), login, Day(2024, 1, 1))

    return guided


def told(rows):
    """The rows as mappings from heading to words."""
    return [dict(zip((heading.label for heading in rows.headings), words, strict=True)) for words, _ in rows.words()]


def test_a_row_says_the_year_and_the_provinces_in_place_of_the_date_and_the_postcodes(guided):
    guided(5, home_postcode="2070", work_postcode="1000", birth_date=Day(1985, 7, 14))
    rows = AnonymousRows.make(2025, "oost-vlaanderen", TODAY)
    row, = {tuple(one.items()) for one in told(rows)}
    row = dict(row)
    assert rows.count == 5
    assert row["Geboortejaar"] == "1985"
    assert row["Leeftijd"] == "35 tot en met 44"
    assert row["Provincie van de woonplaats"] == "Oost-Vlaanderen"
    assert row["Provincie van tewerkstelling"] == "Brussel"
    assert row["Provincie van de organisatie"] == "Oost-Vlaanderen"
    assert row["Situatie"] == "Nog actief"
    assert not [word for word in row.values() if "2070" in word or "14/07" in word or "Ploeg" in word]


def test_a_birth_year_becomes_five_years_and_then_no_year(guided):
    guided(5, birth_date=Day(1985, 7, 14))
    for year in (1986, 1987, 1988):
        guided(2, birth_date=Day(year, 7, 14))
    guided(5, birth_date=Day(1990, 7, 14))
    years = Counter(row["Geboortejaar"] for row in told(AnonymousRows.make(2025, "oost-vlaanderen", TODAY)))
    assert years == {"1985": 5, "1985-1989": 6, "1990": 5}
    guided(1, birth_date=Day(1981, 7, 14))
    years = Counter(row["Geboortejaar"] for row in told(AnonymousRows.make(2025, "oost-vlaanderen", TODAY)))
    assert years == {"Niet vermeld": 6, "1985-1989": 6, "1990": 5}


def test_the_answers_are_those_of_the_last_day_of_the_year(guided, clock):
    clock(datetime.datetime.fromisoformat("2025-11-01"))
    guided(5, gender="male")
    clock(datetime.datetime.fromisoformat("2026-02-01"))
    for client in Client.select():
        client.change(client.answers() | {"home_postcode": "3500", "gender": "x"}, None, client.version)
    year = {name: {row[name] for row in told(AnonymousRows.make(2025, "oost-vlaanderen", TODAY))}
            for name in ("Geslacht", "Provincie van de woonplaats")}
    assert year == {"Geslacht": {"Man"}, "Provincie van de woonplaats": {"Oost-Vlaanderen"}}


@pytest.mark.parametrize(("complete", "said"), [(3, set()), (10, {"Niet ingevuld"})])
def test_that_an_answer_lacks_is_said_only_where_the_report_tells_how_many_are_incomplete(guided, complete, said):
    guided(20, main_problem=None)
    guided(17, main_problem=None, gender="male")
    guided(complete)
    words = {word for row in told(AnonymousRows.make(2025, "oost-vlaanderen", TODAY)) for word in row.values()}
    assert words & {"Niet ingevuld"} == said


@pytest.mark.parametrize(("older", "said"), [(3, set()), (10, {"1985", "1955"})])
def test_a_year_is_said_only_where_the_report_tells_how_many_there_are_of_every_age(guided, cast, older, said):
    guided(20, cast.elsewhere)
    guided(10, cast.elsewhere, birth_date=Day(1955, 1, 1))
    guided(20)
    guided(20, gender="male")
    guided(older, birth_date=Day(1955, 1, 1))
    rows = told(AnonymousRows.make(2025, "oost-vlaanderen", TODAY))
    assert {row["Geboortejaar"] for row in rows} - {"Niet vermeld"} == said
    assert "35 tot en met 44" in {row["Leeftijd"] for row in rows}


@pytest.mark.parametrize(("answer", "age"), [("unknown", "Onbekend"), (None, "Niet ingevuld")])
def test_a_birth_date_that_is_unknown_is_an_age_that_is_unknown_and_no_year(guided, answer, age):
    guided(6, birth_date=answer)
    rows = told(AnonymousRows.make(2025, "oost-vlaanderen", TODAY))
    assert {(row["Leeftijd"], row["Geboortejaar"]) for row in rows} == {(age, "Niet vermeld")}


def test_of_fewer_than_five_there_is_no_row_and_not_even_a_number(guided):
    guided(4)
    rows = AnonymousRows.make(2025, "oost-vlaanderen", TODAY)
    assert (rows.rows, rows.withheld) == ((), None)


@pytest.mark.usefixtures("shipped")
def test_the_old_register_has_rows_and_most_say_gender_age_and_main_problem(run):
    run(path=old_register.real("oud_register.csv"))
    rows = AnonymousRows.make(2025, FLANDERS, TODAY)
    assert min(number for _, number in rows.rows) >= 5
    assert (rows.count > 7_000, rows.withheld) == (True, 0)
    said = {heading.code: number / rows.count for heading, number in rows.said()}
    assert min(said["gender"], said["age"], said["main_problem"]) > 0.8
