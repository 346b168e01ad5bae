"""The anonymous rows: each like four others, and of what the report hides they tell nothing."""
import datetime
from collections import Counter
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure.coarsening import NOT_SAID, Coarsened, Column
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.report import covered as report_cover
from models.arbeidszorg.report.counting import variables
from models.arbeidszorg.report.covered import Covered
from models.arbeidszorg.report.report import FLANDERS
from models.arbeidszorg.report.rows import AnonymousRows
from models.organisations import PROVINCES
from tests import old_register
from tests.disclosure.reader import Reader, with_totals
from tests.factories import client_of, period_of
from tests.models.arbeidszorg.report import made_up_rows
from tests.models.arbeidszorg.report.hiding import hide

Day = datetime.date
TODAY = Day(2026, 6, 15)
SEEDS = range(30)
COUNTED = [variable.code for variable in variables.of_clients()]


@pytest.fixture(autouse=True)
def hidden_once(monkeypatch):
    """What the reports hide is what the tests ask for, and need not be worked out twice."""
    monkeypatch.setattr(report_cover, "hide", hide)


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
            if row[variable] is not NOT_SAID:
                said[variable, row["province"], row[variable], row["situation"]] += number
    return said


@pytest.mark.parametrize("seed", SEEDS)
def test_every_row_is_like_four_others_word_for_word(seed):
    *_, rows = made(seed)
    alike = Counter(tuple(words) for words, _ in rows.words())
    assert all(number >= 5 for number in alike.values())
    assert all(alike[tuple(words)] == indicator for words, indicator in rows.words())
    assert sum(alike.values()) == rows.count


answers = st.tuples(
    *[st.sampled_from([None, "a", "b", "c"])] * 3, st.sampled_from([None, *map(str, range(1990, 2001))]))


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(answers, st.integers(1, 9)), max_size=40), st.data())
def test_whatever_the_rows_are_five_say_the_same_and_none_is_lost_or_altered(given_rows, data):
    rows = Counter()
    for row, number in given_rows:
        rows[row] += number
    shape = [Column("one"), Column("two"), Column("three"), Column("year", (lambda year: year[:3] + "x",), 0)]
    totals = Counter()
    for row, number in rows.items():
        for place in range(3):
            totals[place, row[place]] += number
    known = {key: number for key, number in totals.items() if number >= 5 and data.draw(st.booleans())}
    most = {key: number - data.draw(st.integers(0, 4)) for key, number in totals.items() if key not in known}
    found = Coarsened(rows, shape, known, most).rows
    assert found.total() == (rows.total() if rows.total() >= 5 else 0)
    assert all(number >= 5 for number in found.values())
    said = Counter()
    for row, number in found.items():
        assert row[3] is NOT_SAID or row[0] is not NOT_SAID
        for place, answer in enumerate(row[:3]):
            said[place, answer] += number
    for key, number in said.items():
        if key[1] is not NOT_SAID:
            assert number <= totals[key]
            assert number <= most.get(key, number)
            assert not 0 < known.get(key, number) - number < 5
    years = {row[3] for row in rows} - {NOT_SAID}
    assert {row[3] for row in found} <= {NOT_SAID} | years | {year[:3] + "x" for year in years}


@pytest.mark.parametrize("turned", [False, True])
def test_where_a_few_would_be_left_to_count_the_smallest_group_is_silent_with_them(turned):
    rows = {("a", "x"): 6, ("b", "x"): 10, ("c", "x"): 3, ("c", "y"): 2, ("d", "x"): 7}
    rows = Counter(dict(reversed(rows.items())) if turned else rows)
    found = Coarsened(rows, [Column("one"), Column("two")], {(1, "x"): 26}, {}).rows
    assert found == {("a", NOT_SAID): 6, ("b", "x"): 10, ("c", NOT_SAID): 5, ("d", "x"): 7}


@pytest.mark.parametrize("people", range(3, 93, 4))
def test_the_rows_leave_every_hidden_count_of_the_report_as_open_as_it_was(people):
    """A reader who also counts the rows: each count is at least as many as rows say it."""
    figures, _, _, rows = made(people, people=people)
    counts = figures.clients | report_cover._whether_incomplete(figures)
    hidden = hide(counts)
    cells = with_totals(counts)
    reader = Reader(cells, hidden.is_hidden)
    said = said_by(rows)
    for cell, number in said.items():
        assert number <= cells[cell]
        if cell in reader.number:
            reader.low[reader.number[cell]] = max(reader.low[reader.number[cell]], number)
    for knows, changes in hidden.worlds():
        if knows is None:
            reader.learn_of_changes(changes)
    assert list(reader.ruled_out()) == []
    # And what is not said is of no few: who subtracts the rows from a count that is shown finds none, or five or more.
    for cell, count in cells.items():
        if None not in cell and cell[0] in COUNTED and not hidden.is_hidden(cell):
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


def test_years_of_birth_are_told_only_where_the_report_tells_every_band_of_ages():
    told = Counter()
    for seed in range(24):
        _, covered, _, rows = made(seed, people=80)
        says = any(answers[-1] is not NOT_SAID for answers, _ in rows.rows)
        shown = not any(covered.clients(province, "age", band).hidden
                        for province in (*PROVINCES, None) for band in variables.age_bounds())
        assert shown or not says
        told[says] += 1
    assert min(told[True], told[False]) > 2


def test_no_row_says_that_an_answer_lacks_where_the_report_hides_how_many_registrations_are_incomplete():
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
