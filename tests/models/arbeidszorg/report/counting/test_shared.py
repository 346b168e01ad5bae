"""Clients of different organisations who may be one person are counted."""
import datetime
import functools

import pytest

from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report.counting.figures import figures, figures_of
from models.arbeidszorg.report.report import FLANDERS, Report
from tests.factories import client_of, period_of

Day = datetime.date
TODAY = Day(2026, 6, 15)
START = Day(2020, 1, 1)
ACTIVE = ("oost-vlaanderen", "active")


@pytest.fixture
def at(register):
    """Registers a client at an organisation of the cast, guided since 2020: login → the client."""
    def enrolled(login, start=START, end=None, **answers):
        client = client_of(login, **answers)
        period_of(client, login, start, end)
        return client
    return enrolled


@pytest.fixture
def nearby(at, cast):
    """Registers a client like De Ploeg's at another organisation of its province."""
    return functools.partial(at, cast.outsider)


def test_two_clients_of_one_province_with_equal_answers_may_be_one_person(ploeg, at, nearby):
    at(ploeg)
    nearby()
    at(ploeg, birth_date=Day(1970, 2, 2))
    found = figures(2025, TODAY)
    assert found.shared == {(*ACTIVE, "own-province"): 2}
    assert found.clients_in == {ACTIVE: 3}


def test_a_double_within_an_organisation_is_no_shared_client(ploeg, at):
    at(ploeg)
    at(ploeg)
    assert figures(2025, TODAY).shared == {}


def test_a_client_of_another_province_counts_apart(ploeg, at, cast):
    at(ploeg)
    at(cast.elsewhere)
    province = cast.elsewhere.organisation.province
    assert province != "oost-vlaanderen"
    assert figures(2025, TODAY).shared == {
        (*ACTIVE, "other-province"): 1, (province, "active", "other-province"): 1}


@pytest.mark.parametrize("differs", [
    {"birth_date": Day(1990, 1, 2)}, {"gender": "x"}, {"home_postcode": "9001"}, {"birth_date": "unknown"},
    {"home_postcode": "unknown"}, {"gender": None}])
def test_a_client_who_differs_or_is_not_known_is_nobody_else(ploeg, at, nearby, differs):
    at(ploeg)
    nearby(**differs)
    assert figures(2025, TODAY).shared == {}


@pytest.mark.parametrize("unknown", [
    {"birth_date": "unknown"}, {"home_postcode": "unknown"}, {"gender": "unknown"}, {"birth_date": None}])
def test_two_clients_of_whom_the_same_is_not_known_are_not_alike(ploeg, at, nearby, unknown):
    at(ploeg, **unknown)
    nearby(**unknown)
    assert figures(2025, TODAY).shared == {}


def test_only_clients_guided_in_the_same_year_are_compared(ploeg, at, nearby):
    at(ploeg, end=Day(2022, 3, 1))
    nearby(Day(2022, 5, 1))
    found = figures_of([2021, 2022, 2023], TODAY)
    assert {year: one.shared for year, one in found.items()} == {
        2021: {}, 2022: {(*ACTIVE, "own-province"): 1, ("oost-vlaanderen", "higher", "own-province"): 1}, 2023: {}}


def test_the_answers_compared_are_those_of_the_reference_day(ploeg, at, nearby):
    here, there = at(ploeg, home_postcode="9000"), nearby(home_postcode="8000")
    PastAnswer.create(client_number=here.number, question="home_postcode", value="8000", until=Day(2023, 12, 30))
    PastAnswer.create(client_number=there.number, question="gender", option="unknown", until=Day(2021, 12, 31))
    found = figures_of(range(2021, 2025), TODAY)
    assert {year: sum(one.shared.values()) for year, one in found.items()} == {2021: 0, 2022: 2, 2023: 0, 2024: 0}
    Period.update(start_date=Day(2022, 6, 1)).where(Period.client == there.number).execute()
    assert sum(figures(2022, TODAY).shared.values()) == 2


def test_two_who_were_at_two_organisations_stay_so_in_the_years_before_a_move_to_one(ploeg, at, nearby, cast, clock):
    clock(datetime.datetime.combine(TODAY, datetime.time(10)))
    here = at(ploeg)
    nearby()
    ClientMove.move_at_once(here.number, ploeg.organisation, cast.outsider.organisation)
    found = figures_of([2024, 2026], TODAY)
    assert {year: one.shared for year, one in found.items()} == {2024: {(*ACTIVE, "own-province"): 2}, 2026: {}}


def test_the_report_of_a_province_says_it_of_the_province_and_that_of_flanders_of_all(ploeg, at, cast):
    for number in range(7):
        at(ploeg, birth_date=Day(1980, 1, number + 1))
        at(cast.elsewhere, birth_date=Day(1980, 1, number + 1))
    for number in range(30):
        at(ploeg, birth_date=Day(1990, 1, number + 1))
    flanders, province = (Report.make(2025, scope, TODAY).table("2-shared") for scope in (FLANDERS, "oost-vlaanderen"))
    assert [(row.label, row.cells[0].count) for row in flanders.rows] == [
        ("Ja, in de eigen provincie", 0), ("Ja, enkel in een andere provincie", 14), ("Neen", 30), ("Totaal", 44)]
    assert [(row.label, row.cells[0].count) for row in province.rows] == [("Ja", 0), ("Totaal", 37)]
