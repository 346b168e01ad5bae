"""A client that moved counts in each year at the organisation of that year's reference day (docs/decisions/0094)."""
import datetime
import random
from collections import Counter

import pytest

from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.report.counting.figures import compared, figures, figures_of
from models.arbeidszorg.report.rows import AnonymousRows
from models.database import database
from models.organisations import PROVINCES, SECTORS, Organisation
from tests import old_register
from tests.models.arbeidszorg.report.counting.test_figures import (
    TODAY,
    counted,
    exported,
    give_sectors_and_a_past,
    in_words,
)

Day = datetime.date
OWN, OTHER = "oost-vlaanderen", "limburg"


@pytest.fixture
def move(cast, clock):
    """Move a client of De Ploeg to De Winning in Limburg on a day; with `back`, from there to De Ploeg."""
    def move(client, day, back=False):
        clock(datetime.datetime.combine(day, datetime.time(10)))
        ways = cast.elsewhere.organisation, cast.ploeg.organisation
        ClientMove.move_at_once(client.number, *(ways if back else ways[::-1]))

    return move


def where(years, today=TODAY):
    """Year → the provinces in which clients count, with their number."""
    return {year: Counter(province for (province, _), count in found.clients_in.items() for _ in range(count))
            for year, found in figures_of(years, today).items()}


def test_a_client_counts_where_it_was_on_the_last_day_of_the_year(enrol, move):
    client = enrol((Day(2022, 1, 1), None))
    move(client, Day(2025, 1, 1))
    assert where(range(2022, 2027)) == {
        2022: {OWN: 1}, 2023: {OWN: 1}, 2024: {OWN: 1}, 2025: {OTHER: 1}, 2026: {OTHER: 1}}


def test_the_day_of_the_move_itself_is_of_the_receiver(enrol, move):
    client = enrol((Day(2022, 1, 1), None))
    move(client, Day(2024, 12, 31))
    assert where([2023, 2024]) == {2023: {OWN: 1}, 2024: {OTHER: 1}}


def test_in_the_running_year_the_organisation_of_today_counts(enrol, move):
    client = enrol((Day(2022, 1, 1), None))
    move(client, Day(2026, 6, 10))
    assert where([2025, 2026]) == {2025: {OWN: 1}, 2026: {OTHER: 1}}


def test_a_client_that_came_back_counts_there_in_both_stays(enrol, move):
    client = enrol((Day(2022, 1, 1), None))
    move(client, Day(2023, 3, 1))
    move(client, Day(2024, 3, 1), back=True)
    move(client, Day(2025, 3, 1))
    assert where(range(2022, 2026)) == {2022: {OWN: 1}, 2023: {OTHER: 1}, 2024: {OWN: 1}, 2025: {OTHER: 1}}


def test_closings_sector_age_and_initiatives_go_with_the_client(enrol, move, cast):
    Organisation.update(sector="welfare").where(Organisation.id == cast.ploeg.organisation.id).execute()
    client = enrol((Day(2023, 1, 1), Day(2023, 5, 31)), (Day(2024, 1, 1), Day(2025, 5, 31)))
    move(client, Day(2025, 3, 1))
    found = figures_of([2023, 2025], TODAY)
    assert (found[2023].closings_in, found[2025].closings_in) == ({OWN: 1}, {OTHER: 1})
    assert (found[2023].initiatives, found[2025].initiatives) == ({(OWN, "welfare"): 1}, {(OTHER, "missing"): 1})
    assert found[2023].clients["sector", OWN, "welfare", "higher"] == 1
    assert found[2025].clients["sector", OTHER, "missing", "higher"] == 1
    assert found[2023].ages == {OWN: (43, 1)}
    assert found[2025].ages == {OTHER: (45, 1)}


def test_a_client_that_moved_between_two_years_did_not_stay(enrol, move):
    client, other = enrol((Day(2022, 1, 1), None)), enrol((Day(2022, 1, 1), None))
    move(client, Day(2024, 3, 1))
    assert other.organisation_id == client.organisation_id
    def stayed(year):
        moves = compared(year, TODAY).moves
        return Counter(province for (of, province, *_), count in moves.items() if of == "gender" for _ in range(count))
    assert stayed(2023) == {OWN: 2}
    assert stayed(2024) == {OWN: 1}
    assert stayed(2025) == {OWN: 1, OTHER: 1}


def test_the_anonymous_rows_of_a_year_are_of_the_province_of_that_year(enrol, move):
    clients = [enrol((Day(2022, 1, 1), None)) for _ in range(12)]
    for client in clients[:6]:
        move(client, Day(2025, 3, 1))
    for year, provinces in ((2024, {OWN: 12}), (2025, {OWN: 6, OTHER: 6})):
        rows = AnonymousRows.make(year, "vlaanderen", TODAY).rows
        assert Counter({codes[0]: number for codes, number in rows}) == provinces


def moved_by_chance(chance, number, clock):
    """Move this number of guided clients to an organisation of another province, on a day of the running year."""
    clock(datetime.datetime.combine(Day(2026, 6, 10), datetime.time(10)))
    organisations = {one.id: one for one in Organisation.select()}
    clients = list(Client.select(Client.number, Client.organisation).where(Client.active_until >= TODAY).tuples())
    for client, sender in chance.sample(clients, number):
        others = [one for one in organisations.values() if one.province != organisations[sender].province]
        ClientMove.move_at_once(client, organisations[sender], chance.choice(others))


def with_stays(rows):
    """The rows of the exports, each with the earlier organisations of its client."""
    named = {one.id: (PROVINCES[one.province], one.name, SECTORS.get(one.sector)) for one in Organisation.select()}
    stays = {}
    for client, organisation, until in database.execute_sql(
            "SELECT client_number, organisation_id, until FROM past_organisation ORDER BY until"):
        stays.setdefault(client, []).append((Day.fromisoformat(str(until)), *named[organisation]))
    return [row | {"stays": stays.get(row["Nummer"], [])} for row in rows]


@pytest.mark.usefixtures("shipped")
def test_past_years_do_not_change_when_fifty_clients_move_to_other_provinces(run, clock):
    run(path=old_register.real("oud_register.csv"))
    chance = random.Random(10)
    give_sectors_and_a_past(chance)
    past = range(2019, 2026)
    before, running = figures_of(past, TODAY), figures(2026, TODAY)
    moved_by_chance(chance, 50, clock)
    assert figures_of(past, TODAY) == before
    now = figures(2026, TODAY)
    assert now.clients_in != running.clients_in
    assert sum(now.clients_in.values()) == sum(running.clients_in.values())
    rows = with_stays(exported())
    assert sum(bool(row["stays"]) for row in rows) >= 50
    for year in (2022, 2023, 2025, 2026):
        assert in_words(figures(year, TODAY)) == counted(rows, year), year
    # Some of them move again a year later.
    clock(datetime.datetime.combine(Day(2027, 2, 1), datetime.time(10)))
    later = Day(2027, 2, 2)
    before = figures_of(range(2024, 2027), later)
    for client, sender, receiver in list(
            ClientMove.select(ClientMove.client_number, ClientMove.to_organisation, ClientMove.from_organisation)
            .limit(20).tuples()):
        ClientMove.move_at_once(client, Organisation.get_by_id(sender), Organisation.get_by_id(receiver))
    assert figures_of(range(2024, 2027), later) == before
    rows = with_stays(exported())
    for year in (2025, 2026, 2027):
        assert in_words(figures(year, later)) == counted(rows, year, later), year
